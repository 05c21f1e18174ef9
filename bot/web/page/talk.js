// Talking and listening on the page: what the microphone hears goes to the server, what comes back is read aloud.

import { Loudspeaker } from "./loudspeaker.js";
import { hasMicrophone, Microphone } from "./microphone.js";
import { Reading } from "./reading.js";
import { chosenRate, readsAlways } from "./settings.js";
import { TalkButton } from "./talk_button.js";
import { Voice } from "./voice.js";
import { WORDS } from "./words.js";

const find = (id) => document.getElementById(id);

export class Talk {
  #context = null;
  #microphone = new Microphone();
  #loudspeaker = new Loudspeaker();
  /** Whether the person wants to be heard, and how their words end: null, "button" or "silence". */
  #until = null;
  #listening = false;
  /** Whether the server says so; a sentence beside the answer is heard without it. */
  #speaking = false;
  /** Whether what was said last was spoken: then they want to hear what comes back. */
  #spoken = false;
  /** Whether they were told that nothing can be read aloud: once is enough. */
  #told = false;
  #reading = new Reading((text) => this.voice.say("say", { text }));

  /** `on`: {heard(text), reply(reply), tell(sentence)}. */
  constructor(on) {
    this.on = on;
    this.voice = new Voice({
      line: (line) => this.#read(line),
      sound: (sentence, samples) => this.#play(sentence, samples),
      lost: () => this.#lose(),
    });
    this.button = new TalkButton(find("talk"), {
      begin: (until) => this.#begin(until),
      finish: () => this.#finish(),
    });
    find("sound").hidden = !window.AudioContext;
    find("talk").hidden = !hasMicrophone();
    find("hush").addEventListener("click", () => this.hush());
  }

  /** Reads a message out, at once. */
  async read(text) {
    if (!(await this.#open())) return;
    this.#reading.forget();
    this.#reading.add(text);
  }

  /** Reads out what has come in, behind what is being said, where the person hears the page; false where it is not. */
  async readNew(text) {
    // Where nobody has pressed anything yet, the browser keeps the page silent, and waits without end.
    const may = window.AudioContext && navigator.userActivation?.hasBeenActive !== false;
    if (!may || !(this.#spoken || readsAlways())) return false;
    const server = await this.#open({ quiet: this.#told });
    this.#told = !server;
    if (!server?.speaks) return false;
    this.#reading.add(text);
    return true;
  }

  /** They go on in writing, and have heard enough of what went before. */
  wrote() {
    this.#spoken = false;
    if (this.#speaking) this.hush();
  }

  /** Speaks as fast as was chosen; where nothing was said or read yet, from the first time on. */
  tellRate() {
    const rate = chosenRate();
    if (rate) this.voice.say("rate", { rate });
  }

  hush() {
    this.#reading.forget();
    this.#loudspeaker.stop();
    this.voice.say("stop");
    this.#showSpeaking(false);
  }

  /** Whoever begins anew is somebody else to the server. */
  end() {
    this.#loudspeaker.stop();
    this.#lose();
    this.#spoken = false;
    this.voice.close();
  }

  async #begin(until) {
    const opening = this.#until !== null && !this.#listening;
    this.#until = until;
    this.#reading.turn(false);
    this.#loudspeaker.stop();
    if (this.#listening) this.voice.say("start", { until });
    if (this.#listening || opening || !(await this.#open())) return;
    try {
      await this.#microphone.open(this.#context, (piece) => this.voice.send(piece));
    } catch (error) {
      this.#rest();
      this.#reading.turn(!this.#speaking);
      this.on.tell(error.message);
      return;
    }
    // Let go while the browser was still asking for leave to listen.
    if (this.#until === null) {
      this.#microphone.close();
      return;
    }
    this.#listening = true;
    this.voice.say("start", { until: this.#until });
    this.button.show(true, WORDS.listening);
  }

  #finish() {
    if (this.#listening) this.voice.say("speech_end");
    this.#rest();
  }

  #rest() {
    this.#until = null;
    this.#listening = false;
    this.#microphone.close();
    this.button.show(false, WORDS.talk);
  }

  #lose() {
    this.#rest();
    this.#reading.forget();
  }

  /** What the server can do, {hears, speaks}; null where it is not reached, which is told. */
  async #open({ quiet = false } = {}) {
    try {
      // Browsers let a page sound only once somebody has pressed something on it.
      this.#context ||= new AudioContext();
      await this.#context.resume();
      const open = this.voice.isOpen();
      const server = await this.voice.open();
      if (!open) this.tellRate();
      return server;
    } catch (error) {
      this.#lose();
      if (!quiet) this.on.tell(error.message);
      return null;
    }
  }

  #play(sentence, samples) {
    this.#showSpeaking(true);
    this.#loudspeaker.play(this.#context, samples, () => {
      this.voice.say("played", { sentence });
      this.#showSpeaking(this.#speaking);
    });
  }

  #read(line) {
    if (line.type === "stop") this.#loudspeaker.stop();
    if (line.type === "speech_end") this.#rest();
    if (line.type === "heard" && line.text) {
      this.#spoken = true;
      this.on.heard(line.text);
    }
    if (line.type === "reply") this.on.reply(line);
    // A fatal one is told by whoever waits for the connection.
    if (line.type === "error" && !line.fatal) this.on.tell(line.text);
    if (line.type === "state") {
      this.#speaking = line.state === "speaking";
      this.#showSpeaking(this.#speaking);
      this.#reading.turn(line.state === "listening" && this.#until === null);
    }
  }

  #showSpeaking(speaking) {
    find("hush").hidden = !speaking;
  }
}
