// The microphone: open only while somebody speaks, so that the browser shows truly when we listen.

import { WORDS } from "./words.js";

/** Browsers hide the microphone where the page is not served over https. */
export const hasMicrophone = () => Boolean(navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode);

const WHY = { NotAllowedError: "microphoneRefused", NotFoundError: "microphoneMissing" };

export class Microphone {
  #stream = null;
  #source = null;
  #node = null;

  /** `onPiece(Int16Array)`: a tenth of a second at 16 kHz. Throws an Error whose message is for the person. */
  async open(context, onPiece) {
    try {
      this.#stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      throw new Error(WORDS[WHY[error.name] || "microphoneBroken"]);
    }
    await context.audioWorklet.addModule("/page/capture.js");
    this.#node = new AudioWorkletNode(context, "capture");
    this.#node.port.onmessage = (event) => onPiece(event.data);
    this.#source = context.createMediaStreamSource(this.#stream);
    this.#source.connect(this.#node);
  }

  close() {
    // A node that is left alone goes on with silence, which would mix with what the next one hears.
    if (this.#node) this.#node.port.onmessage = null;
    this.#node?.port.postMessage("end");
    this.#source?.disconnect();
    this.#stream?.getTracks().forEach((track) => track.stop());
    this.#source = null;
    this.#node = null;
    this.#stream = null;
  }
}
