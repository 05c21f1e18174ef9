// The conversation: what is said goes to the server, what comes back is shown and announced once.

import { announce, announceMessages } from "./announcer.js";
import { Composer } from "./composer.js";
import { Log } from "./log.js";
import { openPage } from "./opening.js";
import { offerEnding } from "./ending.js";
import { offerResume } from "./resume.js";
import { bringIntoView } from "./scrolling.js";
import { ask, giveOpinion } from "./server.js";
import { beginSession } from "./session.js";
import { offerSettings } from "./settings.js";
import { Staff } from "./staff.js";
import { Talk } from "./talk.js";
import { Waiting } from "./waiting.js";
import { WORDS } from "./words.js";

// The slot by which a registration ends.
const CONFIRM = "confirm";

const find = (id) => document.getElementById(id);
const waiting = new Waiting(find("waiting"));
const composer = new Composer({
  form: find("composer"),
  field: find("text"),
  send: find("send"),
  label: find("label"),
  note: find("note"),
});
const log = new Log(find("log"), {
  onChoose: choose,
  onResend: resend,
  onRead: (speech) => talk.read(speech),
  onOpinion: giveOpinion,
});
const talk = new Talk({
  heard: (text) => bringIntoView(log.person(text), "nearest"),
  reply: answerAloud,
  tell,
});
const staff = new Staff({ log, note: (sentence) => composer.note(sentence), give });

offerSettings(() => talk.tellRate());

/** The slot that the form asked for last. */
let asked = null;
/** The turn the server is working on: {text, title, line}; null when it is the person's turn. */
let current = null;
/** The turn that failed and may be sent again. */
let unsent = null;

function tell(sentence, { wrong = false } = {}) {
  composer.note(sentence, wrong);
  announce(sentence);
}

/** Heard once: read aloud where the person hears the page, else told to a screen reader, which we would talk over. */
async function give(speech, announceIt = () => announce(speech)) {
  if (!(await talk.readNew(speech))) announceIt();
}

function setCurrent(turn) {
  current = turn;
  waiting.show(Boolean(turn));
  composer.setBusy(Boolean(turn));
}

function isBusy() {
  if (current) tell(WORDS.stillLooking);
  return Boolean(current);
}

async function send(turn) {
  talk.wrote();
  log.dropFailure();
  unsent = null;
  composer.note();
  if (turn.line) log.markSending(turn.line);
  else turn.line = log.person(turn.title);
  setCurrent(turn);
  bringIntoView(waiting.line, "nearest");
  let reply;
  try {
    reply = await ask(turn.text);
  } catch (failure) {
    if (current === turn) fail(turn, failure);
    return;
  }
  // Begun again meanwhile? Then this answer belongs to nobody on the page.
  if (current === turn) receive(turn, reply);
}

/** The messages of a reply, shown. */
function show(reply) {
  composer.note();
  log.dropFormOptions();
  // With a member of staff in the conversation nothing may come back at once.
  const messages = reply.messages.length ? reply.messages : [{ text: WORDS.received }];
  // What rests on no document is a question, a greeting or a refusal, and nothing to judge.
  const answers =
    reply.status === "answered" && !reply.asking ? messages.filter(({ citations }) => citations?.length) : [];
  const judged = answers.pop();
  const items = messages.map((message) => log.bot(message, { asking: reply.asking, judged: message === judged }));
  // What was read back is registered: on a device of others nothing of it should stay.
  if (asked === CONFIRM && reply.status === "answered" && !reply.asking)
    log.offerEnd(items.at(-1), WORDS.finish, ending.ask);
  asked = reply.asking;
  composer.expect(reply.asking);
  if (reply.status === "handoff") staff.listen();
  // They said so in words: the server has forgotten it all, and so does the page.
  if (reply.status === "ended") ending.leave();
  return messages;
}

/** Read aloud by us already: a screen reader would talk over it. */
function answerAloud(reply) {
  show(reply);
  bringIntoView(find("log").lastElementChild, "nearest");
}

function receive(turn, reply) {
  setCurrent(null);
  const messages = show(reply);
  give(messages.map(({ text, speech }) => speech || text).join("\n"), () => announceMessages(messages));
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
  if (returned) composer.note(WORDS.backInField, true);
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
  else tell(WORDS.empty, { wrong: true });
});

/** The page is empty, and whoever speaks next is somebody else to the server, or goes on from another device. */
function begin() {
  asked = null;
  talk.end();
  staff.end();
  unsent = null;
  setCurrent(null);
  log.clear();
  composer.take();
  composer.expect(null);
  composer.focus();
}

const ending = offerEnding({ begin, tell });

offerResume({
  announce,
  resumed: () => {
    begin();
    // What was said last shows where the talk stands.
    send({ text: WORDS.repeat, title: WORDS.goOn });
    staff.listen();
  },
});

openPage({ choose, tell, note: (sentence) => composer.note(sentence) });
beginSession().then(() => staff.listen());
