// What a screen reader hears: one small polite live region, each thing said once.

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
    forgetting = setTimeout(() => { region.textContent = ""; }, FORGET);
  }, PAUSE);
}

/** Say it only if `delay` milliseconds pass first; the function returned calls it off. */
export function announceLater(sentence, delay) {
  const timer = setTimeout(() => announce(sentence), delay);
  return () => clearTimeout(timer);
}
