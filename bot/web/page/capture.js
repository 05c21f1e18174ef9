// Runs beside the page, in the sound's own thread: the microphone's sound as 16 kHz, 16-bit pieces of a tenth of a second.

const RATE = 16_000;
const PIECE = RATE / 10;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.piece = new Int16Array(PIECE);
    this.filled = 0;
    this.sum = 0;
    this.count = 0;
    this.due = 0;
    this.ended = false;
    this.port.onmessage = () => {
      this.ended = true;
    };
  }

  process([[channel]]) {
    if (!channel || this.ended) return !this.ended;
    for (const sample of channel) {
      // The mean of the samples that make one: a plain low-pass, so that nothing is heard twice over.
      this.sum += sample;
      this.count += 1;
      this.due += RATE;
      if (this.due < sampleRate) continue;
      this.due -= sampleRate;
      this.#add(this.sum / this.count);
      this.sum = 0;
      this.count = 0;
    }
    return true;
  }

  #add(sample) {
    this.piece[this.filled] = Math.max(-1, Math.min(1, sample)) * 32_767;
    this.filled += 1;
    if (this.filled < PIECE) return;
    this.port.postMessage(this.piece.slice());
    this.filled = 0;
  }
}

registerProcessor("capture", Capture);
