/* Answering a caller by keyboard: suggestions while typing, and whatever is opened beside them. */
"use strict";

const find = (id) => document.getElementById(id);
const typed = find("typed");
const PAUSE = 30;
const CALM = 900;
let typing, telling, asking;
let opened = 0;

// Suggestions while typing -------------------------------------------------------------------------------------------

async function suggest() {
  asking?.abort();
  asking = new AbortController();
  const form = new URLSearchParams({ csrf: find("find").elements.csrf.value, typed: typed.value });
  let response;
  try {
    response = await fetch("/console/assist/suggestions", { method: "POST", body: form, signal: asking.signal });
  } catch {
    return; // A newer one is under way, or there is no network: the button still sends the form.
  }
  if (response.redirected) return location.assign(response.url);
  if (!response.ok) return;
  find("suggestions").innerHTML = await response.text(); // Made by our own templates, which escape everything.
  clearTimeout(telling);
  telling = setTimeout(() => {
    const count = links().length;
    find("count").textContent = count
      ? `找到${count}条，第一条：${links()[0].querySelector("strong").textContent}`
      : "没有找到";
  }, CALM);
}

typed.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(suggest, PAUSE);
});

find("find").addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  if (links().length) open(links()[0].href);
});

const links = () => [...find("suggestions").querySelectorAll("a[data-key]")];

// What is opened stands beside the suggestions, and what was typed stays -----------------------------------------------

async function open(address, sent) {
  const mine = ++opened;
  const response = await fetch(address, sent ? { method: "POST", body: sent } : {});
  if (/\/(sign-in|locked)(\?|$)/.test(response.url)) return location.assign(response.url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  // Something else was opened while this one was on its way.
  if (mine !== opened) return;
  const desk = page.getElementById("desk");
  find("desk").replaceChildren(...(desk || page.querySelector("main")).childNodes);
  if (desk) {
    const notes = find("notes").value;
    find("call").replaceChildren(...page.getElementById("call").childNodes);
    // What was noted and is not saved yet.
    if (notes) find("notes").value = notes;
    document.title = page.title;
    history.pushState(null, "", response.url);
  }
  reveal();
  find("desk").focus({ preventScroll: true });
  find("desk").scrollIntoView({ block: "start" });
}

const isOurs = (address) =>
  /^\/console\/assist\/(clauses|sums|register)/.test(new URL(address, location.href).pathname);

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button || !isOurs(link.href)) return;
  event.preventDefault();
  open(link.href);
});

// Before console.js, which would keep the form from being sent a second time.
document.addEventListener(
  "submit",
  (event) => {
    if (!isOurs(event.target.action) || !event.target.closest("#desk")) return;
    event.preventDefault();
    const form = new URLSearchParams(new FormData(event.target));
    if (event.submitter?.name) form.set(event.submitter.name, event.submitter.value);
    open(event.target.action, form);
  },
  true,
);

addEventListener("popstate", () => location.reload());

// Copying --------------------------------------------------------------------------------------------------------------

async function copy(button) {
  const text = find(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(text.textContent);
  } catch {
    // Not on an address without https: marked instead, for the browser's own way to copy.
    text.closest("details")?.setAttribute("open", "");
    getSelection().selectAllChildren(text);
    document.execCommand("copy");
  }
  button.textContent = button.dataset.done;
  find("count").textContent = button.dataset.done;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-copy]");
  if (button) copy(button);
});

function reveal() {
  for (const each of document.querySelectorAll(".script-only")) each.hidden = false;
}

// Keys -------------------------------------------------------------------------------------------------------------------

const isWriting = (element) =>
  element.closest("input:not([type=radio], [type=checkbox]), textarea, select, dialog[open]");

function move(step) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  all[(at + step + all.length + (at < 0 && step < 0 ? 1 : 0)) % all.length].focus();
}

function toggle(id) {
  const details = find(id);
  if (!details) return;
  details.open = !details.open;
  details.querySelector("summary").focus();
}

const sheet = find("sheet");
// Whoever dictates, or rests a hand on the keys, can turn single keys off; the button of the sheet always works.
const byKeys = find("by-keys");
const KEPT = "zhuyetong-keys-off";
byKeys.checked = localStorage.getItem(KEPT) === null;
byKeys.addEventListener("change", () => {
  if (byKeys.checked) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, "yes");
});
find("show-sheet").addEventListener("click", () => sheet.showModal());
const KEYS = {
  "/": () => typed.focus(),
  "?": () => sheet.showModal(),
  t: () => {
    if (!find("speak").hidden) find("speak").click();
  },
  j: () => move(1),
  k: () => move(-1),
  e: () => toggle("easy"),
  d: () => toggle("detailed"),
  c: () => {
    const button = document.querySelector("button[data-copy]");
    if (button) copy(button);
  },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape" && event.target === typed) {
    // The browser's own Escape would empty the field.
    event.preventDefault();
    return typed.blur();
  }
  if (event.key === "?" && sheet.open) return sheet.close();
  if (isWriting(event.target) || !byKeys.checked) return;
  const link = /^[1-9]$/.test(event.key) ? links()[Number(event.key) - 1] : null;
  const act = link ? () => open(link.href) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

reveal();
