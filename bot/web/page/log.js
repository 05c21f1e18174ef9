// The conversation on the page. Words become text nodes only: nothing the server sends is read as HTML.

import { clauseNumber } from "./clause.js";
import { WORDS } from "./words.js";

function element(name, className, ...content) {
  const node = document.createElement(name);
  if (className) node.className = className;
  node.append(...content);
  return node;
}

function button(className, title, onPress) {
  const node = element("button", className, title);
  node.type = "button";
  node.addEventListener("click", onPress);
  return node;
}

/** A blank line begins a new paragraph; single line breaks are kept by the style sheet. */
function paragraphs(text) {
  return text.split(/\n\s*\n/).filter((part) => part.trim()).map((part) => element("p", "", part.trim()));
}

function citation({ title, clause, quote }) {
  return element("details", "citation",
    element("summary", "", WORDS.source(title, clauseNumber(clause))),
    element("blockquote", "", ...paragraphs(quote)));
}

export class Log {
  /** `onChoose({text, title})`: an option was pressed. `onResend()`: send the unsent line again. */
  constructor(list, { onChoose, onResend }) {
    this.list = list;
    this.onChoose = onChoose;
    this.onResend = onResend;
    this.failure = null;
  }

  #add(className, who, ...content) {
    const item = element("li", `message ${className}`, element("h3", "visually-hidden", who), ...content);
    this.list.append(item);
    return item;
  }

  person(text) {
    const line = this.#add("from-you", WORDS.youSay, ...paragraphs(text));
    // On a touch screen the focus rests here after an option: see chat.js.
    line.tabIndex = -1;
    return line;
  }

  /** Options that answer a form's question (`asking`) go once it is answered; others stay of use. */
  bot({ text, buttons = [], citations = [] }, asking) {
    const item = this.#add("from-bot", WORDS.botSays, ...paragraphs(text), ...citations.map(citation));
    if (buttons.length) {
      const options = element("ul", asking ? "options of-a-form" : "options",
        ...buttons.map(({ title, payload }) => element("li", "",
          button("option", title, () => this.onChoose({ text: payload, title })))));
      options.setAttribute("role", "list");
      options.setAttribute("aria-label", WORDS.optionsLabel);
      item.append(options);
    }
    return item;
  }

  fail(line, sentence, canResend) {
    line.append(element("p", "unsent", WORDS.unsent));
    this.failure = this.#add("from-bot failed", WORDS.botSays, ...paragraphs(sentence));
    if (canResend) this.failure.append(button("primary", WORDS.resend, this.onResend));
    return this.failure;
  }

  dropFailure() {
    if (this.failure) this.failure.remove();
    this.failure = null;
  }

  markSending(line) {
    line.querySelectorAll(".unsent").forEach((node) => node.remove());
  }

  dropFormOptions() {
    this.list.querySelectorAll(".of-a-form").forEach((node) => node.remove());
  }

  clear() {
    this.failure = null;
    this.list.replaceChildren();
  }
}
