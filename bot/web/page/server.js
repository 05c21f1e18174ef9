// One question to the server, one Reply back, or a Failure that says what happened and what next.

import { manner } from "./settings.js";
import { WORDS } from "./words.js";

// For the request, not the person: a connection that hangs this long is taken for lost.
const DEADLINE = 60_000;

export class Failure extends Error {
  /** `rejected`: the server read the text and wants another one, so sending it again would not help. */
  constructor(sentence, rejected = false) {
    super(sentence);
    this.rejected = rejected;
  }
}

let begun = null;

/** The cookie by which the server knows who speaks; asked for once, since two questions at once would get two. */
export function session() {
  begun ||= answerOf("/api/session", {}, { first: true }).catch((failure) => {
    begun = null;
    throw failure;
  });
  return begun;
}

/** Ends the conversation here and on the server. */
export async function end() {
  await answerOf("/api/session/end", {});
  begun = null;
}

async function post(address, body, { first = false } = {}) {
  if (!first) await session();
  if (!navigator.onLine) throw new Failure(WORDS.offline);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), DEADLINE);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
      signal: control.signal,
    });
    // A gateway may answer with a page of HTML; a body cut short is a failed network.
    return { response, text: await response.text() };
  } catch {
    // Not sent again by itself: if it did arrive, a form would take the same words for two answers.
    throw new Failure(navigator.onLine ? WORDS.unreachable : WORDS.offline);
  } finally {
    clearTimeout(timer);
  }
}

function parse(text) {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {};
  }
}

async function answerOf(address, question, how) {
  const { response, text } = await post(address, question, how);
  const answer = parse(text);
  if (response.ok) return answer;
  const sentence = typeof answer.error === "string" && answer.error ? answer.error : WORDS.broken;
  throw new Failure(sentence, [400, 413, 422].includes(response.status));
}

/** A number to go on with elsewhere: {code, minutes}. */
export const requestCode = () => answerOf("/api/resume-code", {});

/** From then on this browser has the conversation that number leads to. */
export const resumeBy = (code) => answerOf("/api/resume", { code });

/** Says whether an answer helped. */
export async function giveOpinion(useful) {
  let status = 0;
  try {
    ({
      response: { status },
    } = await post("/api/feedback", { useful }));
  } catch (failure) {
    // What it says is about a sentence that was not sent.
    if (!(failure instanceof Failure)) throw failure;
  }
  if (status === 429) throw new Failure(WORDS.opinionsEnough);
  if (status !== 204) throw new Failure(WORDS.opinionLost);
}

/** The Reply JSON: {messages: [{text, speech, buttons, citations}], status, asking}. */
export async function ask(text) {
  const reply = await answerOf("/api/chat", { text, ...manner() });
  const isReply = Array.isArray(reply.messages) && reply.messages.every(({ text }) => typeof text === "string");
  if (!isReply) throw new Failure(WORDS.broken);
  return reply;
}

/** What staff wrote behind the message `after`: {messages: [{id, text, by}], state}; with `wait`, once it is new. */
export async function messagesOfStaff(after, wait) {
  if (!navigator.onLine) throw new Failure(WORDS.offline);
  await session();
  try {
    const response = await fetch(`/api/messages?${new URLSearchParams({ after, ...(!wait && { wait: 0 }) })}`);
    const news = response.ok ? parse(await response.text()) : {};
    if (Array.isArray(news.messages)) return news;
  } catch {
    // The same as an answer that is none.
  }
  throw new Failure(WORDS.unreachable);
}
