"""The one path that every door takes: a turn in, a reply out."""

import asyncio
import logging
import re
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from weakref import WeakValueDictionary

from bot.engine.agent import Engine, Said, Talk
from bot.finished import has_finished
from bot.forgetting import Forgetting
from bot.listening import Listening
from bot.messages import Button, Citation, Message, Reply, Script, Turn
from bot.replies import in_traditional, joined, shown_together
from bot.senders import Sender
from bot.turn_counts import IN_DANGER
from dialogue.mark import Mark, Status
from knowledge.crisis.afterwards import Afterwards
from knowledge.crisis.care import BESIDE, Care, CareReader
from knowledge.language.numerals import ordinal
from knowledge.language.writing import normalised, script_of
from knowledge.library.documents import Library
from registry.errors import RegistryError
from registry.registrations.receipts import Receipt
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from voice.speaking.spoken import spoken

logger = logging.getLogger(__name__)

LONGEST_TEXT = 1_000
"""Characters of a turn that are still read; people who paste a page are asked for their question."""

_LONG = 200
"""Characters from which turns go one after the other: each takes a processor so long that several together would make
whoever asks something short wait for all of them."""

SLOWEST, FASTEST = 0.5, 2.0
"""Speech rates; the slot `pace` of domain.yml takes no others."""

_SENDERS_REMEMBERED = 10_000
_OUR_PAYLOAD = re.compile(r'/ask_clause\{"clause":"[\w.-]{1,80}/[\w.-]{1,20}"\}|/none_of_these')
_SILENCE, _TOO_LONG = "/silence", "/too_long"
"""What a form has to hear of too, so that it can ask again."""
_CRISIS = "/crisis"
"""What nobody's words may be taken for who may be in danger; how they are met stands beside it."""
_ANSWERS = {Status.ANSWERED, Status.CLARIFY, Status.NOT_COVERED}
_READABLE = re.compile(r"\w")


class Conversation:
    """Answers turns; safe to call for many senders at once, in order for each one."""

    # One for each thing the service may be put together without.
    def __init__(  # noqa: PLR0913
        self,
        engine: Engine,
        library: Callable[[], Library],
        transcripts: Transcripts,
        persons: PersonRequests,
        forgetting: Forgetting | None = None,
        pause: Callable[[], str] = str,
        count: Callable[[str, str, str, float], None] | None = None,
        care: CareReader | None = None,
        answers: Callable[[str, str], bool] = lambda *_: False,
    ) -> None:
        """`library` gives the documents at hand, from which citations are quoted; `forgetting` forgets people, where
        anything else than the conversation is kept of them.

        `pause` gives what people read instead of answers while staff turned them off, "" where answers are on.
        `count` takes sender, door, status and seconds of each turn, the status being "crisis" where somebody may be in
        danger. `care` notices that before anything else; `answers` tells of the slot a form waits for and of a text
        whether the one answers the other.
        """
        self._engine = engine
        self._library = library
        self._transcripts = transcripts
        self._persons = persons
        self._forgetting = forgetting
        self._pause = pause
        self._count = count
        self._listening = Listening(engine, persons, care, answers)
        self._written: OrderedDict[Sender, Script] = OrderedDict()
        self._locks: WeakValueDictionary[Sender, asyncio.Lock] = WeakValueDictionary()
        self._long = asyncio.Semaphore()

    async def handle(self, turn: Turn) -> Reply:
        """What we say to `turn`. Never raises for anything a person can send; a fault of ours is an error reply."""
        # Turns of one sender wait here for each other; Rasa's own lock looks again only once a second.
        lock = self._locks.setdefault(turn.sender, asyncio.Lock())
        started = time.perf_counter()
        async with lock, self._long if len(turn.text) > _LONG else nullcontext():
            # While a person of staff talks with this sender, we are silent; what is said is kept for them to read.
            talk = await self._open(turn)
            care, listening = await self._listening.care_for(turn, talk)
            if self._in_hand(turn) and (care is not None or not has_finished(normalised(turn.text))):
                self._listening.call_urgently(turn, care)
                reply, forgets = Reply((), Status.HANDOFF), False
            else:
                reply, forgets = await self._answer(turn, talk, care, listening)
            # Whoever had everything deleted is not kept in the transcript for saying so.
            if not forgets:
                # In a thread: nobody else waits for the disk.
                await asyncio.to_thread(self._keep, turn, reply)
            if self._count is not None:
                what = IN_DANGER if care is not None and care.in_danger else reply.status.value
                self._count(turn.sender.key, turn.channel, what, time.perf_counter() - started)
            return reply

    def library(self) -> Library:
        """The documents at hand."""
        return self._library()

    async def intent(self, text: str) -> str:
        """The name of what `text` means when nothing is asked, e.g. "affirm"; "" for a text without a word."""
        if not _READABLE.search(text := normalised(text)):
            return ""
        if self._listening.is_danger(text):
            return _CRISIS.lstrip("/")
        return (await self._engine.understand(text))[0]

    async def asking(self, sender: Sender) -> str | None:
        """The slot a form of `sender` waits for, by which a door hears better what is said next."""
        return (await self._engine.open(sender.key)).offer.asking

    async def pace(self, sender: Sender) -> float:
        """The speech rate `sender` asked for, 1.0 where they never did."""
        return float((await self._engine.open(sender.key)).slots.get("pace") or 1.0)

    async def set_pace(self, sender: Sender, pace: float) -> None:
        """Remembers a speech rate that was chosen on a control instead of said; 0.5 to 2.0."""
        async with self._locks.setdefault(sender, asyncio.Lock()):
            await self._engine.remember(sender.key, "pace", min(FASTEST, max(SLOWEST, pace)))

    async def say(self, sender: Sender, response: str, script: Script | None = None, **values: str) -> Reply:
        """A sentence of the door's own, such as whether something was heard right; it is no turn and is not kept.

        Without `script` it is in the characters `sender` asked for.
        """
        script = script or await self._script(sender)
        return self._as_reply([self._engine.say(response, **values)], script)

    def sentence(self, response: str, **values: str) -> str:
        """A sentence of ours in Simplified characters and for the ear, for staff to read aloud."""
        return self._engine.say(response, **values).speech

    async def forget(self, sender: Sender) -> None:
        """Forgets everything said with `sender`; what is registered stays."""
        async with self._locks.setdefault(sender, asyncio.Lock()):
            await self._forget_talk(sender, finished=False)

    async def end(self, sender: Sender) -> None:
        """The same for one who has finished here: if they need a person urgently, staff still know."""
        async with self._locks.setdefault(sender, asyncio.Lock()):
            await self._forget_talk(sender, finished=True)

    async def _open(self, turn: Turn) -> Talk:
        try:
            return await self._engine.open(turn.sender.key)
        except Exception:
            # Without the text, on purpose.
            logger.exception("nobody knows what was said before a turn on %s", turn.channel)
            return Talk()

    async def _answer(self, turn: Turn, talk: Talk, care: Care | None, listening: bool) -> tuple[Reply, bool]:
        """What we say, and whether everything of the sender is forgotten with it."""
        try:
            beside = care if care is not None and care.need in BESIDE else None
            care = None if beside else care
            said = await self._said(turn, talk, care)
            if beside is not None:
                said = [*await self._listening.before(turn.sender, beside, said), *said]
            if listening and (care is None or care.need == Afterwards.MISREAD.value):
                said = [*said, *await self._listening.left_waiting(turn.sender, said)]
            script = turn.script or await self._script(turn.sender, turn.text)
            reply = self._paused(self._as_reply(said, script), script)
            to_forget = next((each.mark.forget for each in said if each.mark.forget is not None), None)
            if reply.status is Status.ENDED:
                await self._forget_talk(turn.sender, finished=True)
            elif to_forget is not None:
                await self._forget(turn.sender, Receipt.from_json(to_forget))
            return reply, reply.status is Status.ENDED or to_forget is not None
        except Exception:
            # The text is left out on purpose: it may tell of a person's disability.
            logger.exception("a turn on %s failed", turn.channel)
            return self._as_reply([self._engine.say("utter_fault")], turn.script), False

    def _paused(self, reply: Reply, script: Script | None) -> Reply:
        """`reply`, or the notice in its place where answers are off; forms, commands and people go on."""
        if reply.status not in _ANSWERS:
            return reply
        try:
            notice = self._pause()
        except RegistryError:
            logger.exception("nobody knows whether answers are turned off; they stay on")
            return reply
        if not notice:
            return reply
        return self._as_reply([Said(notice, notice, mark=Mark(Status.CHAT))], script)

    async def _forget_talk(self, sender: Sender, finished: bool) -> None:
        await self._forget(sender, self._forgetting.receipt(sender.key) if self._forgetting else None, finished)

    async def _forget(self, sender: Sender, receipt: Receipt | None, finished: bool = False) -> None:
        if self._forgetting is not None and receipt is not None:
            self._forgetting.forget_person(self._forgetting.with_sender(receipt, sender.key), finished=finished)
        await self._engine.forget(sender.key)
        self._written.pop(sender, None)

    def _in_hand(self, turn: Turn) -> bool:
        try:
            return self._persons.in_hand(turn.sender.key)
        except RegistryError:
            # Better two voices than none.
            logger.exception("nobody knows whether a turn on %s is a person's to answer", turn.channel)
            return False

    def _keep(self, turn: Turn, reply: Reply) -> None:
        try:
            self._transcripts.note(turn.sender.key, turn.text, "\n".join(message.text for message in reply.messages))
        except RegistryError:
            logger.exception("a turn on %s was answered and is missing in the transcript", turn.channel)

    async def _said(self, turn: Turn, talk: Talk, care: Care | None) -> Sequence[Said]:
        # The process may have ended after the turn was taken in and before its answer was out.
        before = talk.said_to(turn.id) if turn.id else ()
        if before:
            return before
        text = normalised(turn.text)
        if care is not None:
            text = _CRISIS
        elif len(text) > LONGEST_TEXT:
            text = _TOO_LONG
        elif not _READABLE.search(text):
            text = _SILENCE
        elif has_finished(text):
            return [self._engine.say(_ended(talk))]
        else:
            offer = talk.offer
            number = ordinal(text, bare=not offer.digits_are_values)
            if number is not None and 1 <= number <= len(offer.buttons):
                text = offer.buttons[number - 1][1]
            elif number is not None and offer.asking is None:
                return [self._engine.say("utter_no_such_choice")]
            if not _OUR_PAYLOAD.fullmatch(text):
                text = text.lstrip("/ ")  # Rasa takes a leading slash for an intent; only our buttons may name one.
        about_turn = {
            "mode": turn.mode.value if turn.mode else None,
            "identified": turn.sender.identified,
            "care": care.to_json() if care else None,
        }
        said = await self._engine.handle(turn.sender.key, text, turn.channel, about_turn, turn.id)
        return said or [self._engine.say("utter_not_understood")]

    async def _script(self, sender: Sender, text: str = "") -> Script:
        """The characters the sender asked for, else writes, else wrote last."""
        # After the turn, which may have been 换繁体.
        chosen = (await self._engine.open(sender.key)).slots.get("script")
        if chosen:
            return Script(chosen)
        written = script_of(text)
        if written is not None:
            self._written[sender] = Script(written)
            self._written.move_to_end(sender)
            if len(self._written) > _SENDERS_REMEMBERED:
                self._written.popitem(last=False)
        return self._written.get(sender, Script.SIMPLIFIED)

    def _as_reply(self, said: Sequence[Said], script: Script | None) -> Reply:
        messages = [self._message(part) for part in joined(said)]
        if script is Script.TRADITIONAL:
            messages = [in_traditional(message) for message in messages]
        # What came of the turn is more than that a form took something or asks on.
        statuses = [each.mark.status for each in said if each.mark.status] or [Status.CHAT]
        status = next((each for each in statuses if each is not Status.FORM), Status.FORM)
        asking = next((each.mark.asking for each in reversed(said) if each.mark.asking), None)
        return Reply(tuple(messages), status, asking)

    def _message(self, said: Said) -> Message:
        speech = said.speech
        for number, (title, _) in enumerate(() if said.mark.choices_told else said.buttons, 1):
            speech += self._engine.say("utter_choices_spoken", number=str(number), title=title).speech
        citations = tuple(self._citation(*each) for each in said.mark.citations)
        buttons = tuple(Button(*each) for each in said.buttons)
        return Message(said.text, spoken(speech), buttons, citations, shown_together(said.parts))

    def _citation(self, document: str, clause: str) -> Citation:
        cited = self._library().clause(document, clause)
        return Citation(document, clause, cited.title, cited.quote)


def _ended(talk: Talk) -> str:
    """The last sentence: whoever was registering has to know that nothing is registered."""
    form = talk.slots.get("form")
    begun = [*(talk.slots.get("paused") or ()), *([form] if form and not form["done"] else [])]
    open_still = any(each["journey"] == "register" for each in begun)
    return "utter_talk_ended_unregistered" if open_still else "utter_talk_ended"
