/* New messages and new people in the queue, without a page being loaded anew. */
"use strict";

const LOOK = 3000;
const list = document.querySelector("[data-at-once]");
const news = document.getElementById("news");
const field = document.getElementById("text");
const count = () => Number(list.querySelector("[data-count]")?.dataset.count || 0);
const open = () => [...list.querySelectorAll("[data-open]")].map((row) => row.dataset.number);
const toEnd = () => {
  list.scrollTop = list.scrollHeight;
};

async function look() {
  let response;
  try {
    response = await fetch(list.dataset.atOnce);
  } catch {
    return; // No network: the next look may find one.
  }
  // Signed out, locked, or taken by a colleague meanwhile: the page itself says so.
  if (response.status === 401 || response.status === 403) return location.reload();
  if (!response.ok) return;
  const text = await response.text();
  const before = { count: count(), open: open() };
  const focused = list.contains(document.activeElement) && document.activeElement.getAttribute("href");
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
  list.innerHTML = text; // Made by our own templates, which escape everything.
  if (focused) list.querySelector(`a[href="${focused}"]`)?.focus();
  if (list.id === "talk" && atEnd) toEnd();
  const came = open().filter((number) => !before.open.includes(number));
  if (came.length) news.textContent = `有人在等：${came.join("、")}号`;
  const last = list.querySelector(".talk > li:last-child");
  if (count() > before.count && last?.classList.contains("theirs"))
    news.textContent = `对方说：${last.querySelector("p").textContent}`;
}

setInterval(() => {
  if (!document.hidden || list.id === "queue") look();
}, LOOK);
if (list.id === "talk") toEnd();

field?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
});
if (field && !field.value) field.focus();
