// What is to be read aloud, one after the other: the server reads one thing, and whatever came next would cut it off.

// As much as the server reads at once, and a sentence is not torn where that can be helped.
const PIECE = /[\s\S]{1,999}[。！？!?\n]|[\s\S]{1,1000}/g;

export class Reading {
  #waiting = [];
  #free = true;

  /** `say(text)` has the server read `text`. */
  constructor(say) {
    this.say = say;
  }

  add(text) {
    this.#waiting.push(...(text.match(PIECE) ?? []));
    this.#next();
  }

  /** `free`: nobody speaks, on either side. */
  turn(free) {
    this.#free = free;
    this.#next();
  }

  forget() {
    this.#waiting = [];
    this.#free = true;
  }

  #next() {
    if (!this.#free || !this.#waiting.length) return;
    this.#free = false;
    this.say(this.#waiting.shift());
  }
}
