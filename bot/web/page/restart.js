// Begin again, after asking once, in the page itself.

const button = document.getElementById("restart");
const question = document.getElementById("confirm");
const no = document.getElementById("confirm-no");
const yes = document.getElementById("confirm-yes");

function show(asking) {
  question.hidden = !asking;
  button.hidden = asking;
}

function keep() {
  show(false);
  button.focus();
}

/** `onConfirmed` is called once the person has said yes; it moves the focus on. */
export function offerRestart(onConfirmed) {
  button.addEventListener("click", () => {
    show(true);
    // On the harmless answer, so that a second Enter by mistake loses nothing.
    no.focus();
  });
  no.addEventListener("click", keep);
  question.addEventListener("keydown", (event) => {
    if (event.key === "Escape") keep();
  });
  yes.addEventListener("click", () => {
    show(false);
    onConfirmed();
  });
}
