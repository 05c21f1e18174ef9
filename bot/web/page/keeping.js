// An answer to take along: on paper, or as a text file.

import { clauseNumber } from "./clause.js";
import { WORDS } from "./words.js";

/** Prints this message alone. */
export function print(item) {
  item.classList.add("printed");
  document.documentElement.classList.add("printing");
  const closed = [...item.querySelectorAll("details:not([open])")];
  // On paper nothing folds out.
  closed.forEach((each) => {
    each.open = true;
  });
  const restore = () => {
    item.classList.remove("printed");
    document.documentElement.classList.remove("printing");
    closed.forEach((each) => {
      each.open = false;
    });
  };
  addEventListener("afterprint", restore, { once: true });
  window.print();
}

/** The answer with the words it rests on, as somebody reads it without this page. */
export function asText({ text, citations = [] }) {
  const sources = citations.map(({ title, clause, quote }) => `${WORDS.source(title, clauseNumber(clause))}\n${quote}`);
  return `${[text, ...sources, WORDS.from(location.origin)].join("\n\n")}\n`;
}

export function save(message) {
  const address = URL.createObjectURL(new Blob(["\ufeff", asText(message)], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = WORDS.fileName;
  link.click();
  // Some browsers fetch it only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
