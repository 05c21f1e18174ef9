// Going on with the same conversation on another device, by a number that is good once and for minutes.

import { requestCode, resumeBy } from "./server.js";
import { WORDS } from "./words.js";

const find = (id) => document.getElementById(id);

/** `on`: {announce(sentence), resumed()}. */
export function offerResume(on) {
  const given = find("code-given");
  const field = find("code");
  const wrong = find("code-wrong");

  function refuse(sentence) {
    wrong.textContent = sentence;
    wrong.hidden = !sentence;
    field.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (!sentence) return;
    on.announce(sentence);
    field.focus();
  }

  function show(sentence) {
    given.textContent = sentence;
    given.hidden = false;
    on.announce(sentence);
  }

  find("code-wanted").addEventListener("click", async () => {
    try {
      const { code, minutes } = await requestCode();
      // In fours, as people read a number aloud.
      show(WORDS.code(`${code.slice(0, 4)} ${code.slice(4)}`, minutes));
    } catch (failure) {
      show(failure.message);
    }
  });

  find("resume-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!field.value.trim()) {
      refuse(WORDS.noCode);
      return;
    }
    try {
      await resumeBy(field.value);
      refuse("");
      field.value = "";
      find("resume").open = false;
      on.resumed();
    } catch (failure) {
      refuse(failure.message);
    }
  });
  find("resume").hidden = false;
}
