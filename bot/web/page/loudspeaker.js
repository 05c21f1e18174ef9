// The loudspeaker: one sentence after the other, and silence at once.

const RATE = 16_000;

export class Loudspeaker {
  #playing = new Set();
  #free = 0;

  /** `samples`: 16-bit, at 16 kHz. `onHeard` is called at their end, and never where they are cut off. */
  play(context, samples, onHeard) {
    const buffer = context.createBuffer(1, samples.length, RATE);
    buffer.copyToChannel(
      Float32Array.from(samples, (sample) => sample / 32_768),
      0,
    );
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.connect(context.destination);
    source.onended = () => {
      if (this.#playing.delete(source)) onHeard();
    };
    this.#playing.add(source);
    this.#free = Math.max(this.#free, context.currentTime);
    source.start(this.#free);
    this.#free += buffer.duration;
  }

  stop() {
    const cut = [...this.#playing];
    this.#playing.clear();
    this.#free = 0;
    cut.forEach((source) => source.stop());
  }
}
