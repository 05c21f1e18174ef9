// The choices of a message by their number: 1 to 9, pressed while the focus is in that message.
// (Anywhere else a digit is only written: a key that acts everywhere would surprise who speaks to the computer.)

export function chooseByDigit(list) {
  list.addEventListener("keydown", (event) => {
    if (!/^[1-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const choices = event.target.closest(".message")?.querySelectorAll(".options .option") ?? [];
    const choice = choices[event.key - 1];
    if (!choice) return;
    event.preventDefault();
    choice.click();
  });
}
