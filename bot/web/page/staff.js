// What a person of staff writes: asked for as long as this browser waits for one, or talks with one.

import { bringIntoView } from "./scrolling.js";
import { Failure, messagesOfStaff } from "./server.js";
import { WORDS } from "./words.js";

const PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export class Staff {
  /** Which listening is going on: one that is over must not show what it still gets. */
  #listening = null;

  /** `log` shows what they write, `note(sentence)` that they come and go, and `give(text)` has either heard. */
  constructor({ log, note, give }) {
    Object.assign(this, { log, note, give });
  }

  /** Asks until nobody is asked for any more. What came before the page was loaded comes, too. */
  async listen() {
    if (this.#listening) return;
    const mine = Symbol("listening");
    this.#listening = mine;
    let after = 0;
    let before = null;
    let wait = PAUSE;
    while (this.#listening === mine) {
      try {
        // At first how things stand, at once: else nobody knows that it has changed when the answer comes.
        const { messages, state } = await messagesOfStaff(after, before !== null);
        // Begun again meanwhile? Then it belongs to nobody on the page.
        if (this.#listening !== mine) return;
        if (messages.length) this.#show(messages);
        after = Math.max(after, ...messages.map(({ id }) => id));
        if (before && state !== before) this.#comeOrGo(state, before);
        before = state;
        wait = PAUSE;
        // Once more with `after`, so that the server knows what has arrived.
        if (state === "none" && !messages.length) this.end();
      } catch (failure) {
        if (!(failure instanceof Failure)) throw failure;
        wait = Math.min(2 * wait, LONGEST_PAUSE);
      }
      if (this.#listening === mine) await pause(wait);
    }
  }

  end() {
    this.#listening = null;
  }

  #show(messages) {
    const items = messages.map((message) => this.log.staff(message));
    this.give(messages.map(({ by, text }) => `${WORDS.staffSays(by)}${text}`).join("\n"));
    bringIntoView(items[0], "nearest");
  }

  #comeOrGo(state, before) {
    const sentence = state === "talking" ? WORDS.staffCame : before === "talking" && WORDS.staffLeft;
    if (!sentence) return;
    this.note(sentence);
    this.give(sentence);
  }
}
