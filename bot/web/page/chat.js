// The conversation: what is said goes to the server, what comes back is shown and announced once.

import { announce, announceLater } from "./announcer.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { offerRestart } from "./restart.js";
import { newSender, sender } from "./sender.js";
import { ask } from "./server.js";
import { WORDS } from "./words.js";

// An answer is usually there sooner; then "looking it up" would only be noise.
const PATIENCE = 2_000;

const find = (id) => document.getElementById(id);
const waitingLine = find("waiting");
const composer = new Composer({
  form: find("composer"), field: find("text"), send: find("send"), label: find("label"), note: find("note"),
});
const log = new Log(find("log"), { onChoose: choose, onResend: resend });

let me = sender();
/** The turn the server is working on: {text, title, line}; null when it is the person's turn. */
let current = null;
/** The turn that failed and may be sent again. */
let unsent = null;
let callOffLooking = () => {};

function tell(sentence) {
  composer.note(sentence);
  announce(sentence);
}

/** The text, and how many options follow it. */
function spoken({ text, buttons = [] }) {
  const closed = /[。！？!?.…：:]\s*$/.test(text) ? text : `${text}。`;
  return buttons.length ? `${closed}\n${WORDS.options(buttons.length)}` : closed;
}

function bringIntoView(node, block) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

function setCurrent(turn) {
  current = turn;
  callOffLooking();
  if (turn) callOffLooking = announceLater(WORDS.looking, PATIENCE);
  waitingLine.hidden = !turn;
  composer.setBusy(Boolean(turn));
}

function isBusy() {
  if (current) tell(WORDS.stillLooking);
  return Boolean(current);
}

async function send(turn) {
  log.dropFailure();
  unsent = null;
  composer.note();
  if (turn.line) log.markSending(turn.line);
  else turn.line = log.person(turn.title);
  setCurrent(turn);
  bringIntoView(waitingLine, "nearest");
  let reply;
  try {
    reply = await ask(me, turn.text);
  } catch (failure) {
    if (current === turn) fail(turn, failure);
    return;
  }
  // Begun again meanwhile? Then this answer belongs to nobody on the page.
  if (current === turn) receive(turn, reply);
}

function receive(turn, reply) {
  setCurrent(null);
  composer.note();
  log.dropFormOptions();
  // With a member of staff in the conversation nothing may come back at once.
  const messages = reply.messages.length ? reply.messages : [{ text: WORDS.received }];
  messages.forEach((message) => log.bot(message, reply.asking));
  composer.expect(reply.asking);
  announce(messages.map(spoken).join("\n"));
  // A long answer is read from its beginning.
  bringIntoView(turn.line, "start");
}

function fail(turn, failure) {
  setCurrent(null);
  unsent = turn;
  const typed = turn.text === turn.title;
  const returned = failure.rejected && typed && composer.giveBack(turn.text);
  const sentence = returned ? `${failure.message}\n${WORDS.backInField}` : failure.message;
  const card = log.fail(turn.line, sentence, !returned);
  announce(sentence);
  bringIntoView(card, "nearest");
}

function choose({ text, title }) {
  if (isBusy()) return;
  const turn = { text, title };
  send(turn);
  // On a touch screen the field would bring up the keyboard over the answer.
  if (matchMedia("(hover: none) and (pointer: coarse)").matches) turn.line.focus({ preventScroll: true });
  else composer.focus();
}

function resend() {
  if (isBusy() || !unsent) return;
  send(unsent);
  composer.focus();
}

find("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  composer.focus();
  if (isBusy()) return;
  const text = composer.take();
  if (text) send({ text, title: text });
  else tell(WORDS.empty);
});

find("starters").addEventListener("click", (event) => {
  const pressed = event.target.closest("button");
  if (pressed) choose({ text: pressed.textContent, title: pressed.textContent });
});

offerRestart(() => {
  me = newSender();
  unsent = null;
  setCurrent(null);
  log.clear();
  composer.take();
  composer.expect(null);
  composer.focus();
  tell(WORDS.cleared);
  scrollTo(0, 0);
});

addEventListener("offline", () => tell(WORDS.wentOffline));
addEventListener("online", () => tell(WORDS.cameOnline));

find("opening").remove();
find("starters").hidden = false;
find("composer").hidden = false;
if (!navigator.onLine) composer.note(WORDS.wentOffline);
