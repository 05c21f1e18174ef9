// The conversation on the page. Words become text nodes only: nothing the server sends is read as HTML.

import { clauseNumber } from "./clause.js";
import { chooseByDigit } from "./digits.js";
import { print, save } from "./keeping.js";
import { Opinion } from "./opinion.js";
import { WORDS } from "./words.js";

const LONGEST_NAME = 20;

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

/** The beginning of a long question: a name is heard each time the focus comes by. */
const shortened = (text) => (text.length > LONGEST_NAME ? `${text.slice(0, LONGEST_NAME)}…` : text);

/** A blank line begins a new paragraph; single line breaks are kept by the style sheet. */
function paragraphs(text) {
  return text
    .split(/\n\s*\n/)
    .filter((part) => part.trim())
    .map((part) => element("p", "", part.trim()));
}

/** What to do next and what it rests on stand in lines of their own; the latter is less loud than the answer. */
const CLASSES = { next_step: "next", basis: "basis" };
const LABEL = /^[^:：\n]{1,6}[:：]/;

function part({ kind, text }) {
  const shown = paragraphs(text);
  for (const paragraph of CLASSES[kind] ? shown : []) {
    const words = paragraph.textContent;
    const [label] = LABEL.exec(words) ?? [""];
    paragraph.replaceChildren(element("strong", "", label), words.slice(label.length));
    paragraph.className = CLASSES[kind];
  }
  return shown;
}

function citation({ title, clause, quote }) {
  return element(
    "details",
    "citation",
    element("summary", "", WORDS.source(title, clauseNumber(clause))),
    element("blockquote", "", ...paragraphs(quote)),
  );
}

export class Log {
  /**
   * `onChoose({text, title})`: an option was pressed. `onResend()`: send the unsent line again.
   * `onRead(speech)`: read a message out. `onOpinion(useful)`: say whether an answer helped; it may fail.
   */
  constructor(list, { onChoose, onResend, onRead, onOpinion }) {
    Object.assign(this, { list, onChoose, onResend, onRead, onOpinion });
    chooseByDigit(list);
    this.failure = null;
    this.question = "";
  }

  #add(className, who, ...content) {
    const item = element("li", `message ${className}`, element("h3", "visually-hidden", who), ...content);
    this.list.append(item);
    return item;
  }

  person(text) {
    this.question = text;
    const line = this.#add("from-you", WORDS.youSay, ...paragraphs(text));
    // On a touch screen the focus rests here after an option: see chat.js.
    line.tabIndex = -1;
    return line;
  }

  /**
   * Options that answer a form's question (`asking`) go once it is answered; others stay of use.
   * `judged`: whoever reads it is asked whether it helped.
   */
  bot(message, { asking, judged = false } = {}) {
    const { text, buttons = [], citations = [], parts = [{ kind: "answer", text }] } = message;
    const item = this.#add("from-bot", WORDS.botSays, ...parts.flatMap(part));
    if (buttons.length) {
      const options = element(
        "ul",
        asking ? "options of-a-form" : "options",
        ...buttons.map(({ title, payload }, index) =>
          element(
            "li",
            "",
            button("option", WORDS.option(index + 1, title), () => this.onChoose({ text: payload, title })),
          ),
        ),
      );
      options.setAttribute("role", "list");
      options.setAttribute("aria-label", WORDS.optionsLabel);
      item.append(options);
    }
    item.append(...citations.map(citation), this.#tools(message, item, judged));
    return item;
  }

  /** What can be done with a message: to hear it, to take an answer along, to say whether it helped. */
  #tools(message, item, judged) {
    const tools = element("div", "tools");
    if (message.speech && window.AudioContext) tools.append(this.#reader(message.speech));
    if (message.citations?.length) {
      tools.append(
        button("quiet", WORDS.print, () => print(item)),
        button("quiet", WORDS.save, () => save(message)),
      );
    }
    if (judged) tools.append(new Opinion(shortened(this.question), this.onOpinion).node);
    return tools;
  }

  #reader(speech) {
    return button("quiet", WORDS.read, () => this.onRead(speech));
  }

  /** Below the message `item`: whoever has what they came for can leave nothing behind. */
  offerEnd(item, title, onEnd) {
    item.append(element("div", "options of-the-end", button("option", title, onEnd)));
  }

  staff({ text, by }) {
    const who = WORDS.staffSays(by);
    const item = this.#add("from-bot from-staff", who, element("p", "by", who), ...paragraphs(text));
    if (window.AudioContext) item.append(element("div", "tools", this.#reader(`${who}${text}`)));
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
