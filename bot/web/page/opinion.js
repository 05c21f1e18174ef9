// Whether an answer helped: asked quietly below it, said once, and counted without who or what it was.

import { announce } from "./announcer.js";
import { WORDS } from "./words.js";

export class Opinion {
  #given = false;

  /** `question`: what was answered, so that a screen reader tells these buttons from others'. `give(useful)` may fail. */
  constructor(question, give) {
    this.give = give;
    this.line = document.createElement("span");
    this.line.textContent = WORDS.helped;
    this.buttons = [
      this.#button(WORDS.useful, WORDS.ofAnswer(WORDS.useful, question), true),
      this.#button(WORDS.useless, WORDS.ofAnswer(WORDS.useless, question), false),
    ];
    this.node = document.createElement("div");
    this.node.className = "opinion";
    this.node.append(this.line, ...this.buttons);
  }

  #button(title, name, useful) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "verdict";
    button.textContent = title;
    button.setAttribute("aria-label", name);
    button.addEventListener("click", () => this.#press(button, useful));
    return button;
  }

  async #press(button, useful) {
    if (this.#given) return;
    this.#show(true);
    try {
      await this.give(useful);
    } catch (failure) {
      this.#show(false);
      this.#tell(failure.message);
      return;
    }
    const [other] = this.buttons.filter((each) => each !== button);
    // Whoever has gone on to it meanwhile must not fall off the page with it.
    if (document.activeElement === other) button.focus();
    other.remove();
    button.classList.add("said");
    this.#tell(WORDS.thanks);
  }

  #show(given) {
    this.#given = given;
    // aria-disabled, not disabled: a disabled button would drop the focus on the floor.
    this.buttons.forEach((button) => button.setAttribute("aria-disabled", String(given)));
  }

  #tell(sentence) {
    this.line.textContent = sentence;
    announce(sentence);
  }
}
