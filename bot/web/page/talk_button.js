// The talk button, and the space bar: held, it talks as long as it is held; tapped, until there is silence.

const HOLD = 400;

export class TalkButton {
  #pressedAt = null;
  #listening = false;

  /** `on`: {begin(until), finish()}, with until "button" or "silence". */
  constructor(button, on) {
    this.button = button;
    this.on = on;
    button.addEventListener("pointerdown", () => this.#press());
    button.addEventListener("pointerup", () => this.#release());
    button.addEventListener("pointercancel", () => this.#release());
    // The keyboard and screen readers click without a pointer.
    button.addEventListener("click", (event) => {
      if (!event.detail) this.#tap();
    });
    document.addEventListener("keydown", (event) => this.#onSpace(event, () => this.#press()));
    document.addEventListener("keyup", (event) => this.#onSpace(event, () => this.#release()));
  }

  show(listening, words) {
    this.#listening = listening;
    this.button.setAttribute("aria-pressed", String(listening));
    this.button.querySelector(".words").textContent = words;
  }

  #press() {
    if (this.#listening) {
      this.on.finish();
      return;
    }
    this.#pressedAt = performance.now();
    this.on.begin("button");
  }

  #release() {
    if (this.#pressedAt === null) return;
    const held = performance.now() - this.#pressedAt >= HOLD;
    this.#pressedAt = null;
    if (held) this.on.finish();
    else this.on.begin("silence");
  }

  #tap() {
    if (this.#listening) this.on.finish();
    else this.on.begin("silence");
  }

  /** The space bar talks wherever it would not write, press or open something. */
  #onSpace(event, act) {
    const used = event.target.closest("textarea, select, input, button, a, summary");
    if (event.code !== "Space" || this.button.hidden || used) return;
    event.preventDefault();
    if (!event.repeat) act();
  }
}
