// A talk with the server over its voice socket: docs/voice-protocol.md.

import { session } from "./server.js";
import { manner } from "./settings.js";
import { WORDS } from "./words.js";

export class Voice {
  #socket = null;
  #ready = null;
  #audio = null;

  /** `on`: {line(line), sound(sentence, samples), lost(sentence)}. */
  constructor(on) {
    this.on = on;
  }

  /** Connects where that is not done yet. Throws an Error whose message is for the person. */
  open() {
    this.#ready ||= session().then(() => this.#connect());
    this.#ready.catch(() => this.#forget());
    return this.#ready;
  }

  #connect() {
    return new Promise((resolve, reject) => {
      const address = new URL("/api/voice", location);
      address.protocol = address.protocol.replace("http", "ws");
      const socket = new WebSocket(address);
      this.#socket = socket;
      socket.binaryType = "arraybuffer";
      socket.onopen = () => socket.send(JSON.stringify({ type: "hello", ...manner() }));
      socket.onmessage = (event) => {
        if (typeof event.data !== "string") this.#take(new Int16Array(event.data));
        else this.#read(JSON.parse(event.data), resolve, reject);
      };
      socket.onclose = () => {
        reject(new Error(WORDS.voiceLost));
        if (this.#socket !== socket) return;
        this.#forget();
        this.on.lost();
      };
    });
  }

  isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  say(type, about = {}) {
    if (this.isOpen()) this.#socket.send(JSON.stringify({ type, ...about }));
  }

  send(samples) {
    if (this.isOpen()) this.#socket.send(samples);
  }

  close() {
    const socket = this.#socket;
    this.#forget();
    socket?.close();
  }

  #forget() {
    this.#socket = null;
    this.#ready = null;
    this.#audio = null;
  }

  #read(line, resolve, reject) {
    if (line.type === "hello") resolve(line);
    if (line.type === "error" && line.fatal) reject(new Error(line.text));
    // The sound of a sentence follows its line in pieces.
    this.#audio = line.type === "audio" ? { line, samples: new Int16Array(line.bytes / 2), filled: 0 } : this.#audio;
    this.on.line(line);
  }

  #take(piece) {
    const audio = this.#audio;
    if (!audio) return;
    audio.samples.set(piece, audio.filled);
    audio.filled += piece.length;
    if (audio.filled < audio.samples.length) return;
    this.#audio = null;
    this.on.sound(audio.line.sentence, audio.samples);
  }
}
