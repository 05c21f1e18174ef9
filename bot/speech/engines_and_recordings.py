"""Speech for every door: engines that load in the background, what was heard, what is answered, and its sound."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from bot.audio_store import KeptAudio
from bot.conversation import Conversation
from bot.messages import Reply, Turn
from bot.senders import Sender
from bot.speech.hints import SpeechHints
from knowledge.library.documents import Library
from voice.doubts import Doubts, Heard, Verdict
from voice.errors import VoiceError
from voice.listening.gate import VoiceActivity
from voice.listening.transcripts import Hints, Transcript
from voice.sound.audio import RATE, Pcm
from voice.sound.resampling import joined, resampled
from voice.speaking.sentences import sentences
from voice.speaking.spoken import spoken
from voice.synthesizers import Manner

logger = logging.getLogger(__name__)

_PATIENCE = 30.0
"""Seconds for which somebody waits for engines that are being loaded."""
_SENDERS_REMEMBERED = 10_000


class HearsAsItComes(Protocol):
    """What the doors need of voice.listening.hearing.HearingStream."""

    async def accept(self, pcm: Pcm) -> Sequence[VoiceActivity | Transcript]: ...
    async def finish(self) -> Transcript: ...


class Hears(Protocol):
    """What the doors need of voice.listening.hearing.Hearing."""

    async def hear(self, pcm: Pcm, hints: Hints = ...) -> Transcript: ...
    def stream(self, hints: Hints = ...) -> HearsAsItComes: ...
    def close(self) -> None: ...


class Speaks(Protocol):
    """What the doors need of voice.speaking.voices.Voices."""

    async def speak(self, text: str, manner: Manner = ..., *, keep: bool = ...) -> Pcm: ...
    async def warm(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Answered:
    """What came of one recording."""

    heard: Transcript
    reply: Reply


class Speech:
    """Hearing and voices, each loaded once, when the service begins or somebody first needs it."""

    def __init__(
        self,
        load_hearing: Callable[[], Hears],
        load_voices: Callable[[], Speaks],
        library: Callable[[], Library],
        kept: KeptAudio | None = None,
    ) -> None:
        """`library` gives the documents, whose terms are listened for and whose sentences may be kept as sound."""
        self._hearing = _Later(load_hearing)
        self._voices = _Later(load_voices)
        self._library = library
        self._hints = SpeechHints(library)
        self._warmed = False
        self._kept = kept
        self._known: tuple[Library, frozenset[str]] | None = None

    def begin(self) -> None:
        """Loads in the background, so that nobody waits for it who only writes."""
        self._hearing.begin()
        self._voices.begin()

    async def hearing(self) -> Hears:
        """Raises EngineMissing where there is no recogniser, VoiceError("loading") where it takes long."""
        return await self._hearing.get()

    async def lacks(self) -> tuple[VoiceError | None, VoiceError | None]:
        """Why nobody can be heard, and why nobody can be spoken to; None where they can."""
        found: list[VoiceError | None] = []
        for engine in (self._hearing, self._voices):
            try:
                await engine.get()
                found.append(None)
            except VoiceError as error:
                found.append(error)
        if found[0] is None:
            # What people say of the subject is counted now, and not while the first of them waits.
            await self.hints(None)
        return found[0], found[1]

    async def warm(self) -> None:
        """Starts the voice's processes, which nobody needs who only writes, so that the first answer is not late."""
        if self._warmed:
            return
        self._warmed = True
        try:
            await (await self._voices.get()).warm()
        except VoiceError as error:
            self._warmed = False
            logger.warning("the voice is not ready yet: %s", error)

    async def hear(self, sender: Sender, pcm: Pcm, asking: str | None) -> Transcript:
        """What `sender` said; `asking` is the slot a form waits for. Raises VoiceError."""
        heard = await (await self.hearing()).hear(pcm, await self.hints(asking))
        self.keep(sender, pcm)
        return heard

    def keep(self, sender: Sender, pcm: Pcm) -> None:
        """Keeps what was said as sound where the settings ask for it."""
        if self._kept is None:
            return
        try:
            self._kept.keep(sender.key, pcm)
        except OSError as error:
            logger.error("a recording was not kept (%s); make room or set ZHUYETONG_KEEP_AUDIO=0", error.strerror)

    async def speak(self, text: str, pace: float = 1.0) -> Pcm:
        """One sentence at 16 kHz. Raises VoiceError where there is no voice or it has too much to do."""
        voices = await self._voices.get()
        # Nothing but the documents' own sentences is kept on disk: any other may tell of somebody.
        return resampled(await voices.speak(text, Manner(rate=pace), keep=text in self._to_keep()), RATE)

    async def sound(self, reply: Reply, pace: float = 1.0) -> Pcm:
        """The whole reply as sound. Raises VoiceError."""
        return await self.read(said_by(reply), pace)

    async def read(self, said: Sequence[str], pace: float = 1.0) -> Pcm:
        """Sentences one after the other as one sound. Raises VoiceError."""
        return joined([await self.speak(sentence, pace) for sentence in said], RATE)

    async def hints(self, asking: str | None) -> Hints:
        """What is likely to be said where a form waits for the slot `asking`, or for nothing."""
        return await self._hints.hints(asking)

    def close(self) -> None:
        for engine in (self._hearing, self._voices):
            engine.close()

    def _to_keep(self) -> frozenset[str]:
        """The documents' own sentences."""
        library = self._library()
        if self._known is None or self._known[0] is not library:
            said = [sentence for clause in library.clauses for sentence in sentences(spoken(clause.spoken))]
            self._known = (library, frozenset(said))
        return self._known[1]


@dataclass(frozen=True)
class Understood:
    """What is made of one recording."""

    heard: Transcript
    verdict: Verdict = Verdict.TAKE
    text: str = field(default="", repr=False)
    """What `verdict` is about; empty where nobody spoke."""


class Recordings:
    """Answers recordings that come one by one: a file, a voice message."""

    def __init__(self, conversation: Conversation, speech: Speech) -> None:
        self._conversation = conversation
        self._speech = speech
        self._doubts: OrderedDict[Sender, Doubts] = OrderedDict()

    async def answer(self, turn: Turn, pcm: Pcm) -> Answered:
        """The reply to what is said in `pcm`; the text of `turn` is not looked at. Raises VoiceError."""
        understood = await self.understand(turn.sender, pcm)
        heard = understood.heard
        if not heard.text:
            return Answered(heard, await self._conversation.say(turn.sender, "utter_nothing_heard", turn.script))
        told = replace(turn, text=understood.text)
        return Answered(heard, await reply_to(self._conversation, understood.verdict, told))

    async def understand(self, sender: Sender, pcm: Pcm) -> Understood:
        """What `sender` says in `pcm`, and whether it is taken or asked about first. Raises VoiceError."""
        heard = await self._speech.hear(sender, pcm, await self._conversation.asking(sender))
        if not heard.text:
            return Understood(heard)
        return Understood(heard, *await self._judge(sender, heard.text, heard.confidence))

    async def written(self, sender: Sender, text: str) -> tuple[Verdict, str]:
        """What to do with what `sender` wrote: it may say whether something was heard right."""
        return await self._judge(sender, text, 1.0) if self._of(sender).open else (Verdict.TAKE, text)

    def forget(self, sender: Sender) -> None:
        """Drops what `sender` was asked about."""
        self._doubts.pop(sender, None)

    async def sound(self, sender: Sender, reply: Reply) -> Pcm:
        """The reply as sound, as fast as `sender` asked for. Raises VoiceError."""
        return await self._speech.sound(reply, await self._conversation.pace(sender))

    async def _judge(self, sender: Sender, text: str, confidence: float) -> tuple[Verdict, str]:
        return self._of(sender).judge(Heard(text, confidence, await self._conversation.intent(text)))

    def _of(self, sender: Sender) -> Doubts:
        doubts = self._doubts.setdefault(sender, Doubts())
        self._doubts.move_to_end(sender)
        if len(self._doubts) > _SENDERS_REMEMBERED:
            self._doubts.popitem(last=False)
        return doubts


async def reply_to(conversation: Conversation, verdict: Verdict, turn: Turn) -> Reply:
    """The answer, or the question whether it was heard right, or the request to say it again."""
    if verdict is Verdict.SAY_BACK:
        return await conversation.say(turn.sender, "utter_say_back", turn.script, heard=turn.text)
    if verdict is Verdict.SAY_AGAIN:
        return await conversation.say(turn.sender, "utter_say_again", turn.script)
    return await conversation.handle(turn)


class _Closes(Protocol):
    def close(self) -> None: ...


C = TypeVar("C", bound=_Closes)


class _Later(Generic[C]):
    """Something that takes seconds to load and is loaded in a thread."""

    def __init__(self, load: Callable[[], C]) -> None:
        self._load = load
        self._loading: Future[C] | None = None
        self._thread = ThreadPoolExecutor(1, "speech")

    def begin(self) -> "Future[C]":
        # What failed is tried again: a model may have been fetched meanwhile.
        if self._loading is None or (self._loading.done() and self._loading.exception() is not None):
            self._loading = self._thread.submit(self._load)
            self._loading.add_done_callback(_tell)
        return self._loading

    async def get(self) -> C:
        loading: Awaitable[C] = asyncio.wrap_future(self.begin())
        try:
            return await asyncio.wait_for(asyncio.shield(loading), _PATIENCE)
        except asyncio.TimeoutError:
            raise VoiceError("loading", "the engines of speech are being loaded; try again in a minute") from None

    def close(self) -> None:
        self._thread.shutdown(wait=False, cancel_futures=True)
        if self._loading is not None and self._loading.done() and self._loading.exception() is None:
            self._loading.result().close()


def _tell(loading: "Future[C]") -> None:
    error = None if loading.cancelled() else loading.exception()
    if error is not None:
        logger.warning("speech is not there yet: %s", error)


def said_by(reply: Reply) -> Sequence[str]:
    """The sentences of a reply."""
    return [sentence for message in reply.messages for sentence in sentences(message.speech)]
