// How the person likes the page and the answers. It stays on this device; early.js applies it before the first paint.

import { writePage } from "./hant.js";

const KEY = "zhuyetong-settings";
const root = document.documentElement;
const form = document.getElementById("settings-form");
const NAMES = ["size", "contrast", "words", "script", "rate", "aloud"];

/** What was chosen, by name; what was never touched is missing. */
function chosen() {
  return Object.fromEntries(NAMES.filter((name) => root.dataset[name]).map((name) => [name, root.dataset[name]]));
}

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(chosen()));
  } catch {
    // Storage is switched off: it holds as long as the page does.
  }
}

function showScript() {
  writePage(form.elements.script.value === "hant");
}

/** What the server has to know: {mode, script}, each only where it was chosen. */
export function manner() {
  const { words, script } = chosen();
  return { ...(words === "easy" && { mode: "easy" }), ...(script && { script }) };
}

/** The speech rate that was chosen, else null. */
export function chosenRate() {
  return Number(root.dataset.rate) || null;
}

/** Whether whatever comes in is to be read aloud, though nobody spoke. */
export function readsAlways() {
  return root.dataset.aloud === "always";
}

/** `onRate()`: the speech rate was changed. */
export function offerSettings(onRate) {
  // A browser set to Traditional characters gets them, until somebody chooses.
  if (/^zh-(hant|tw|hk|mo)/i.test(navigator.language)) form.elements.script.value = "hant";
  for (const [name, value] of Object.entries(chosen())) form.elements[name].value = value;
  form.addEventListener("change", ({ target: { name, value } }) => {
    root.dataset[name] = value;
    keep();
    if (name === "script") showScript();
    if (name === "rate") onRate();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  showScript();
  form.parentElement.hidden = false;
}
