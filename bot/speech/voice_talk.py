"""Drives one talk: sound in, sentences of sound out, whoever carries them; voice/session.py decides, this does."""

import asyncio
import logging
import time
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from bot.conversation import Conversation
from bot.messages import Mode, Reply, Script, Turn
from bot.senders import Sender
from bot.speech.engines_and_recordings import Speech, reply_to, said_by
from bot.speech.utterance_buffer import UtteranceBuffer
from bot.tasks import cancel_and_wait
from dialogue.mark import Status
from voice.doubts import Heard, Verdict
from voice.errors import VoiceError
from voice.listening.transcripts import Transcript
from voice.session import Do, Session, State, Step
from voice.sound.audio import Pcm
from voice.speaking.sentences import sentences
from voice.speaking.spoken import spoken

logger = logging.getLogger(__name__)

CHANNEL = "voice"
_TICK = 0.25
_LATE = 15.0
"""Seconds after the end of a sentence at which it counts as heard, though nobody has said so."""
_VERDICTS = {Do.ANSWER: Verdict.TAKE, Do.SAY_BACK: Verdict.SAY_BACK, Do.SAY_AGAIN: Verdict.SAY_AGAIN}
_OWN_SENTENCES = {Do.OFFER_MORE: "utter_offer_more", Do.PATIENCE: "utter_patience", Do.REMIND: "utter_listening"}


class Port(Protocol):
    """What carries a talk: a WebSocket, or this machine's microphone and loudspeaker."""

    async def tell(self, kind: str, **about: Any) -> None:
        """A line about the talk: state, partial, heard, reply, speech_end, stop, error."""

    async def play(self, sentence: int, text: str, pcm: Pcm) -> None:
        """A sentence as sound; whoever plays it calls `VoiceTalk.played` with its number afterwards."""


class Until(str, Enum):
    """What ends an utterance."""

    SILENCE = "silence"
    BUTTON = "button"
    """The person holds or presses a button: pauses in between are theirs."""


@dataclass(frozen=True)
class TalkPreferences:
    """Whom we talk with, and how they like it."""

    sender: Sender
    script: Script | None = None
    mode: Mode | None = None
    full_duplex: bool = False
    """Whether we listen while we speak: only where the loudspeaker does not reach the microphone."""


class VoiceTalk:
    """One listener's talk, as long as the port is open."""

    def __init__(self, conversation: Conversation, speech: Speech, port: Port, preferences: TalkPreferences) -> None:
        self._conversation = conversation
        self._speech = speech
        self._port = port
        self._preferences = preferences
        self._session = Session()
        self._buffer = UtteranceBuffer(speech, preferences.sender)
        self._until = Until.SILENCE
        self._turns = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._speaking: asyncio.Task[None] | None = None
        self._ready: dict[str, asyncio.Task[Pcm]] = {}
        self._sentence = 0
        self._playing: int | None = None
        self._aside: int | None = None
        """A sentence outside the answer that is being played, such as the plea for patience."""
        self._pace = 1.0

    async def begin(self) -> None:
        """Starts the clock of the talk."""
        self._pace = await self._conversation.pace(self._preferences.sender)
        self._spawn(self._clock())

    async def start(self, until: Until) -> None:
        """The person wants to speak: we are silent, and whatever was half heard is forgotten."""
        self._until = until
        self._buffer.forget()
        await self._do(self._session.stop())
        await self._hush()
        await self._tell_state()

    async def hear(self, pcm: Pcm) -> None:
        """The next stretch of sound at 16 kHz. Raises VoiceError."""
        if not self._listens:
            self._buffer.forget()
            return
        asking = None if self._buffer.open else await self._conversation.asking(self._preferences.sender)
        events = await self._buffer.accept(pcm, asking)
        if events.partial is not None:
            await self._port.tell("partial", text=events.partial)
        if events.started:
            await self._port.tell("speech_start")
            await self._do(self._session.speech_started())
        if events.full or (events.paused and self._until is Until.SILENCE):
            await self.end_of_speech()

    async def end_of_speech(self) -> None:
        """The person has finished: a pause was heard, or the button let go. Raises VoiceError."""
        await self._port.tell("speech_end")
        await self._do(self._session.speech_ended())
        await self._tell_state()
        try:
            heard = await self._buffer.finish()
        except VoiceError:
            await self._do(self._session.heard(Heard("", 0.0, "")))
            raise
        await self._heard(heard, wanted=self._until is Until.BUTTON)

    async def typed(self, text: str) -> None:
        """The person wrote something, or chose an option."""
        await self._do((*self._session.stop(), *self._session.speech_ended()))
        await self._understood(text, 1.0)

    async def played(self, sentence: int) -> None:
        """The person has heard sentence number `sentence` to its end."""
        if sentence == self._aside:
            self._aside = None
        elif sentence == self._playing:
            self._playing = None
            await self._do(self._session.played())
            await self._tell_state()

    async def stop(self) -> None:
        """The person wants silence."""
        await self._do(self._session.stop())
        await self._hush()
        await self._tell_state()

    async def set_pace(self, pace: float) -> None:
        """The person has chosen a speech rate."""
        await self._conversation.set_pace(self._preferences.sender, pace)
        self._pace = await self._conversation.pace(self._preferences.sender)
        self._drop_ready()

    async def read(self, text: str) -> None:
        """Reads something out again that stands on the person's screen."""
        await self._do(self._session.stop())
        await self._hush()
        self._session.speech_ended()
        await self._do(self._session.answered(sentences(spoken(text)), whole=True))
        await self._tell_state()

    async def close(self) -> None:
        """Ends everything that is still going on for this listener."""
        self._drop_ready()
        await cancel_and_wait(self._tasks)
        self._buffer.forget()

    @property
    def _listens(self) -> bool:
        ours = self._session.state is State.SPEAKING or self._aside is not None
        return self._preferences.full_duplex or not ours

    async def _heard(self, heard: Transcript, wanted: bool) -> None:
        await self._port.tell("heard", text=heard.text, confidence=round(heard.confidence, 2))
        if not heard.text:
            await self._do(self._session.heard(Heard("", 0.0, "")))
            # Whoever held the button waits for something; whoever coughed does not.
            if wanted and self._session.state is State.LISTENING:
                await self._say_own("utter_nothing_heard")
            await self._tell_state()
            return
        await self._understood(heard.text, heard.confidence)

    async def _understood(self, text: str, confidence: float) -> None:
        intent = await self._conversation.intent(text)
        await self._do(self._session.heard(Heard(text, confidence, intent)))
        await self._tell_state()

    async def _do(self, steps: Sequence[Step]) -> None:
        for step in steps:
            if step.do is Do.STOP_SPEECH:
                await self._hush()
            elif step.do is Do.SPEAK:
                self._speaking = self._spawn(self._speak(step.text))
            elif step.do is Do.OFFER_MORE:
                reply = await self._conversation.say(
                    self._preferences.sender, _OWN_SENTENCES[step.do], self._preferences.script
                )
                await self._port.tell("reply", **reply.to_json())
                await self._do(self._session.offered(said_by(reply)))
            elif step.do in _OWN_SENTENCES:
                await self._say_own(_OWN_SENTENCES[step.do])
            else:
                self._spawn(self._answer(_VERDICTS[step.do], step.text))

    async def _answer(self, verdict: Verdict, text: str) -> None:
        # One after the other, so that a form takes its answers in the order in which they were given.
        async with self._turns:
            turn = Turn(self._preferences.sender, text, CHANNEL, self._preferences.mode, self._preferences.script)
            reply = await reply_to(self._conversation, verdict, turn)
            self._pace = await self._conversation.pace(self._preferences.sender)
        await self._port.tell("reply", **reply.to_json())
        whole = reply.asking is not None or _offers_a_choice(reply)
        await self._do(self._session.answered(said_by(reply), whole=whole, pace=self._pace))
        await self._tell_state()

    async def _speak(self, sentence: str) -> None:
        try:
            pcm = await self._sound(sentence)
        except VoiceError as error:
            # The words stand on the screen; where there is none, the next sentence is still tried.
            await self._port.tell("error", code=error.code, fatal=False)
            self._playing = None
            await self._do(self._session.played())
            await self._tell_state()
            return
        self._sentence += 1
        number = self._playing = self._sentence
        await self._port.play(number, sentence, pcm)
        following = self._session.next_sentence
        if following is not None:
            self._ready[following] = asyncio.ensure_future(self._speech.speak(following, self._pace))
        self._spawn(self._give_up_on(number, pcm.seconds + _LATE))

    async def _sound(self, sentence: str) -> Pcm:
        ready = self._ready.pop(sentence, None)
        return await (ready if ready is not None else self._speech.speak(sentence, self._pace))

    async def _say_own(self, response: str) -> None:
        """Says something beside the answer, which is not shown as one."""
        try:
            said = await self._conversation.say(self._preferences.sender, response, self._preferences.script)
            pcm = await self._speech.sound(said, self._pace)
        except VoiceError as error:
            await self._port.tell("error", code=error.code, fatal=False)
            return
        self._sentence += 1
        self._aside = self._sentence
        await self._port.play(self._sentence, "", pcm)
        self._spawn(self._give_up_on(self._sentence, pcm.seconds + _LATE))

    async def _give_up_on(self, sentence: int, seconds: float) -> None:
        await asyncio.sleep(seconds)
        await self.played(sentence)

    async def _hush(self) -> None:
        """Stops our speech on both sides."""
        silent = self._playing is None and self._aside is None
        if self._speaking is not None and not self._speaking.done():
            self._speaking.cancel()
            silent = False
        self._speaking = self._playing = self._aside = None
        self._drop_ready()
        if not silent:
            await self._port.tell("stop")

    def _drop_ready(self) -> None:
        for task in self._ready.values():
            task.cancel()
        self._ready.clear()

    async def _clock(self) -> None:
        while True:
            await self._do(self._session.tick(time.monotonic()))
            await asyncio.sleep(_TICK)

    async def _tell_state(self) -> None:
        await self._port.tell("state", state=self._session.state.value)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("a talk on %s failed", CHANNEL, exc_info=error)


def _offers_a_choice(reply: Reply) -> bool:
    return reply.status is Status.CLARIFY or any(message.buttons for message in reply.messages)
