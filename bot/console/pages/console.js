/* What makes the console quicker; everything works without it. */
"use strict";

// A form that was sent is not sent again by a second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // Whoever comes back with the browser's own button may send it anew.
  window.addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
});

// What is half written survives a page that is loaded anew, until it was saved or somebody signs in: it may tell of people.
const SENT = ":sent";
const keeping = (field) => `zhuyetong-${field.dataset.keeps}`;
if (document.querySelector("[data-forgets]")) sessionStorage.clear();
for (const field of document.querySelectorAll("[data-keeps]")) {
  const key = keeping(field);
  const sent = sessionStorage.getItem(key + SENT);
  sessionStorage.removeItem(key + SENT);
  const kept = sessionStorage.getItem(key);
  if (kept !== null && kept === sent && document.querySelector(".told")) sessionStorage.removeItem(key);
  else if (kept) field.value = kept;
}
document.addEventListener("input", ({ target }) => {
  if (target.dataset.keeps) sessionStorage.setItem(keeping(target), target.value);
});
document.addEventListener("submit", ({ target }) => {
  for (const field of target.querySelectorAll("[data-keeps]"))
    sessionStorage.setItem(keeping(field) + SENT, field.value);
});

// Filters apply when they are changed.
for (const select of document.querySelectorAll("form[data-at-once] select"))
  select.addEventListener("change", () => select.form.requestSubmit());

// Copies what stands in the element a button names.
for (const button of document.querySelectorAll("button[data-copies]"))
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
    button.textContent = button.dataset.copied;
  });

// Prints the page.
for (const button of document.querySelectorAll("button[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Who waits for a person, on every page: how many, and in red whoever may be in danger.
const danger = document.getElementById("urgent");
async function seeWhoWaits() {
  let response;
  try {
    response = await fetch("/console/live/waiting");
  } catch {
    return true; // No network: the next look may find one.
  }
  if (response.ok) tellWhoWaits(await response.json());
  return response.status !== 401;
}
function tellWhoWaits({ count, urgent }) {
  document.title = (count ? `(${count}) ` : "") + document.title.replace(/^\(\d+\) /, "");
  const badge = document.getElementById("waiting");
  if (badge) {
    badge.querySelector("[data-how-many]").textContent = count;
    badge.hidden = !count;
  }
  const others = urgent.map(String).filter((number) => number !== danger.dataset.lookedAt);
  // What is not changed is not told again by a screen reader.
  if (others.join() === danger.dataset.numbers) return;
  danger.dataset.numbers = others.join();
  danger.querySelector("[data-how-many]").textContent = others.length;
  danger.querySelector("a").href = ["/console/live", ...others.slice(0, 1)].join("/");
  danger.hidden = !others.length;
}
// Also of a page that is not looked at: its title is seen among the tabs. Whose session is over is told nothing more.
async function watchWhoWaits() {
  if (await seeWhoWaits()) setTimeout(watchWhoWaits, 5000);
}
if (danger) setTimeout(watchWhoWaits, 5000);
