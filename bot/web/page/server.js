// One question to the server, one Reply back, or a Failure that says what happened and what next.

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

async function post(body) {
  if (!navigator.onLine) throw new Failure(WORDS.offline);
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), DEADLINE);
  try {
    const response = await fetch("/api/chat", {
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

/** The Reply JSON: {messages: [{text, speech, buttons, citations}], status, asking}. */
export async function ask(sender, text) {
  const { response, text: body } = await post({ sender, text });
  const reply = parse(body);
  if (!response.ok) {
    const sentence = typeof reply.error === "string" && reply.error ? reply.error : WORDS.broken;
    throw new Failure(sentence, [400, 413, 422].includes(response.status));
  }
  const isReply = Array.isArray(reply.messages) && reply.messages.every(({ text }) => typeof text === "string");
  if (!isReply) throw new Failure(WORDS.broken);
  return reply;
}
