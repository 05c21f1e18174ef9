// The line that says an answer is being looked up.

import { announceLater } from "./announcer.js";
import { WORDS } from "./words.js";

// An answer is usually there sooner; then "looking it up" would only be noise.
const PATIENCE = 2_000;

export class Waiting {
  #callOff = () => {};

  constructor(line) {
    this.line = line;
  }

  show(busy) {
    this.#callOff();
    if (busy) this.#callOff = announceLater(WORDS.looking, PATIENCE);
    this.line.hidden = !busy;
  }
}
