// Begin again, or leave nothing behind: each after asking once, in the page itself.

import { Failure } from "./server.js";
import { endSession } from "./session.js";
import { WORDS } from "./words.js";

const find = (id) => document.getElementById(id);
const buttons = find("endings");
const question = find("confirm");

function show(asking) {
  question.hidden = !asking;
  buttons.hidden = asking;
}

/**
 * `begin()` empties the page and moves the focus on, `tell(sentence)` says a sentence. Gives `ask()`, which asks whether
 * to finish, and `leave()`, for whoever has said so in words.
 */
export function offerEnding({ begin, tell }) {
  let opener = null;
  let confirmed = null;

  function ask(from, onYes) {
    [opener, confirmed] = [from, onYes];
    const asked = `confirm-${from.id}`;
    for (const each of question.querySelectorAll("p")) each.hidden = each.id !== asked;
    question.setAttribute("aria-labelledby", asked);
    show(true);
    // On the harmless answer, so that a second Enter by mistake loses nothing.
    find("confirm-no").focus();
  }

  /** Nothing is left here or on the server; `sentence` says so. */
  async function forget(sentence) {
    try {
      await endSession();
    } catch (failure) {
      if (!(failure instanceof Failure)) throw failure;
      tell(failure.message, { wrong: true });
      return;
    }
    begin();
    if (sentence) tell(sentence);
    scrollTo(0, 0);
  }

  function keep() {
    show(false);
    opener.focus();
  }

  find("restart").addEventListener("click", () => ask(find("restart"), () => forget(WORDS.cleared)));
  const finish = () => ask(find("finish"), () => forget(WORDS.finished));
  find("finish").addEventListener("click", finish);
  find("confirm-no").addEventListener("click", keep);
  question.addEventListener("keydown", (event) => {
    if (event.key === "Escape") keep();
  });
  find("confirm-yes").addEventListener("click", () => {
    show(false);
    confirmed();
  });
  return { ask: finish, leave: () => forget(WORDS.finished) };
}
