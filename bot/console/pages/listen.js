/* Speaking what a caller said into the search field; hidden where there is no microphone. */
"use strict";

const speak = document.getElementById("speak");
const LONGEST = 20_000;
const RATE = 16_000;
const SAY = {
  listening: "正在听，再按一次结束。",
  writing: "正在写下来。",
  nothing: "没有听到话，请再说一遍。",
  refused: "没有得到用话筒的许可，请在浏览器里允许后再试。",
  missing: "话筒打不开，请检查后再试。",
  unreachable: "网络不通，没有听写成。",
};
let recording = null;

const tell = (text) => {
  document.getElementById("heard").textContent = text;
};

async function begin() {
  const context = new AudioContext();
  const pieces = [];
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true },
    });
    await context.audioWorklet.addModule("/page/capture.js");
  } catch (error) {
    stream?.getTracks().forEach((track) => track.stop());
    context.close();
    return tell(error.name === "NotAllowedError" ? SAY.refused : SAY.missing);
  }
  const node = new AudioWorkletNode(context, "capture");
  node.port.onmessage = (event) => pieces.push(event.data);
  context.createMediaStreamSource(stream).connect(node);
  const close = () => {
    node.port.onmessage = null;
    stream.getTracks().forEach((track) => track.stop());
    context.close();
  };
  recording = { pieces, close, longest: setTimeout(finish, LONGEST) };
  show(true);
  tell(SAY.listening);
}

async function finish() {
  const { pieces, close, longest } = recording;
  recording = null;
  clearTimeout(longest);
  close();
  show(false);
  tell(SAY.writing);
  const form = new FormData();
  form.set("csrf", document.getElementById("find").elements.csrf.value);
  form.set("file", wav(pieces), "heard.wav");
  let response;
  try {
    response = await fetch("/console/api/heard", { method: "POST", body: form });
  } catch {
    return tell(SAY.unreachable);
  }
  if (response.redirected) return location.assign(response.url);
  const heard = await response.json();
  if (!response.ok) return tell(heard.error);
  tell(heard.text ? `听到：${heard.text}` : SAY.nothing);
  if (!heard.text) return;
  const typed = document.getElementById("typed");
  typed.value = heard.text;
  typed.dispatchEvent(new Event("input"));
  typed.focus();
}

/** 16-bit samples as a WAV file. */
function wav(pieces) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const text = (at, letters) => [...letters].forEach((letter, each) => head.setUint8(at + each, letter.charCodeAt(0)));
  text(0, "RIFF");
  head.setUint32(4, 36 + bytes, true);
  text(8, "WAVEfmt ");
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true);
  head.setUint16(22, 1, true);
  head.setUint32(24, RATE, true);
  head.setUint32(28, 2 * RATE, true);
  head.setUint16(32, 2, true);
  head.setUint16(34, 16, true);
  text(36, "data");
  head.setUint32(40, bytes, true);
  return new Blob([head, ...pieces], { type: "audio/wav" });
}

function show(listening) {
  speak.setAttribute("aria-pressed", String(listening));
}

if (navigator.mediaDevices?.getUserMedia && window.AudioWorkletNode) {
  speak.hidden = false;
  speak.addEventListener("click", () => (recording ? finish() : begin()));
}
