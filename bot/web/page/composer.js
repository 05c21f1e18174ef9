// The field at the foot of the page: what Enter means, what is asked for, and whether it may stay in sight.

import { WORDS } from "./words.js";

// No numeric keypad for a phone number or a year: on it a person could not write 跳过, or ask something.
const AUTOFILL = { name: "name", phone: "tel", birth_year: "bday-year", city: "address-level2" };

// A form taller than this share of the window would cover what is read: it then scrolls with the page.
const ROOM = 0.4;

export class Composer {
  constructor({ form, field, send, label, note }) {
    Object.assign(this, { form, field, send, label, noteLine: note });
    field.addEventListener("keydown", (event) => this.#onKey(event));
    new ResizeObserver(() => this.#makeRoom()).observe(form);
    addEventListener("resize", () => this.#makeRoom());
  }

  #onKey(event) {
    // Safari ends a composition before its Enter arrives; there only the key code 229 tells.
    const composing = event.isComposing || event.keyCode === 229;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    // Holding the key down is one sending.
    if (!event.repeat) this.form.requestSubmit();
  }

  #makeRoom() {
    const root = document.documentElement;
    root.style.setProperty("--composer-height", `${this.form.offsetHeight}px`);
    root.classList.toggle("roomy", this.form.offsetHeight < innerHeight * ROOM);
  }

  /** The words in the field, which is then empty. */
  take() {
    const text = this.field.value.trim();
    this.field.value = "";
    return text;
  }

  /** Words that could not be sent come back, unless something new is being written. */
  giveBack(text) {
    if (this.field.value.trim()) return false;
    this.field.value = text;
    return true;
  }

  /** `asking`: the slot a form is waiting for, or null. */
  expect(asking) {
    this.label.textContent = asking ? WORDS.answer : WORDS.ask;
    this.field.autocomplete = AUTOFILL[asking] || "off";
  }

  /** aria-disabled, not disabled: a disabled button would drop the focus on the floor. */
  setBusy(busy) {
    this.send.setAttribute("aria-disabled", String(busy));
  }

  /** A sentence that is read with the field; `wrong`: it says what is wrong with what the field holds. */
  note(sentence = "", wrong = false) {
    this.noteLine.textContent = sentence;
    this.noteLine.hidden = !sentence;
    this.field.setAttribute("aria-invalid", String(wrong));
  }

  focus() {
    this.field.focus({ preventScroll: true });
  }
}
