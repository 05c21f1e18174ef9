// What a screen reader hears: one small polite live region, each thing said once.

import { WORDS } from "./words.js";

const region = document.getElementById("announcer");

// An unchanged text is not announced again, so the region is emptied and filled a moment later.
const PAUSE = 100;
// Afterwards it is emptied, so that someone reading on does not meet the message twice.
const FORGET = 10_000;

let pending = [];
let filling;
let forgetting;

export function announce(sentence) {
  if (!pending.includes(sentence)) pending.push(sentence);
  region.textContent = "";
  clearTimeout(filling);
  clearTimeout(forgetting);
  filling = setTimeout(() => {
    region.textContent = pending.join("\n");
    pending = [];
    forgetting = setTimeout(() => {
      region.textContent = "";
    }, FORGET);
  }, PAUSE);
}

/** The text of each message, and how many options follow it. */
export function announceMessages(messages) {
  const spoken = ({ text, buttons = [] }) => {
    const closed = /[。！？!?.…：:]\s*$/.test(text) ? text : `${text}。`;
    return buttons.length ? `${closed}\n${WORDS.options(buttons.length)}` : closed;
  };
  announce(messages.map(spoken).join("\n"));
}

/** Say it only if `delay` milliseconds pass first; the function returned calls it off. */
export function announceLater(sentence, delay) {
  const timer = setTimeout(() => announce(sentence), delay);
  return () => clearTimeout(timer);
}
