// Opens the page once everything is there: what may be asked first, and whether there is a network.

import { written } from "./hant.js";
import { WORDS } from "./words.js";
import { keepPage } from "./worker.js";

const find = (id) => document.getElementById(id);

/** `choose({text, title})`: a question of the page was pressed. `tell` says a sentence, `note` only shows it. */
export function openPage({ choose, tell, note }) {
  find("starters").addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    // Without this script the button sends the form, and the answer comes as a page.
    event.preventDefault();
    const question = written(pressed.value);
    choose({ text: question, title: question });
  });
  addEventListener("offline", () => tell(WORDS.wentOffline));
  addEventListener("online", () => tell(WORDS.cameOnline));
  find("hint").hidden = false;
  find("restart").hidden = false;
  find("finish").hidden = false;
  keepPage();
  if (!navigator.onLine) note(WORDS.wentOffline);
}
