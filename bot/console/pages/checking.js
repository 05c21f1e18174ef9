/* Checks the answers of a clause while somebody types; without it they are checked when they are sent. */
"use strict";

const form = document.querySelector("form[data-checks]");
const count = form.querySelector("[data-count]");
let waiting,
  asked = 0;

async function check() {
  const mine = ++asked;
  const answer = await fetch(form.dataset.checks, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  // A later question was asked meanwhile, or the session ended: the form itself will tell.
  if (mine !== asked || !answer.ok) return;
  const found = await answer.json();
  for (const place of form.querySelectorAll("[data-field]")) {
    const said = found
      .filter((each) => each.field === place.dataset.field)
      .map((each) => each.says)
      .join(" ");
    if (place.textContent !== said) place.textContent = said;
    const field = document.getElementById(place.dataset.field);
    if (field) field.setAttribute("aria-invalid", said ? "true" : "false");
  }
  const says = found.length ? `${found.length} ${count.dataset.wrong}` : count.dataset.fine;
  if (count.textContent !== says) count.textContent = says;
}

form.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(check, 400);
});
