"""Who may be in danger, which is read before anything else, and who has been listened to since."""

import logging
import re
from collections.abc import Callable, Sequence

from bot.engine.agent import Engine, Said, Talk
from bot.finished import has_finished
from bot.messages import Turn
from bot.senders import Sender
from dialogue.mark import Status
from knowledge.crisis.care import WORRIED, Care, CareReader, Told
from knowledge.crisis.crisis_reader import HARD
from knowledge.language.writing import normalised
from registry.errors import RegistryError
from registry.talk.person_requests import PersonRequests

logger = logging.getLogger(__name__)

_SLOT = "listening"
_GOES_ON = frozenset({"resume", "register", "navigator", "my_data"})
_EACH = 3
HARD_WORDS = ("utter_care_hard", *(f"utter_care_hard_{number}" for number in range(2, 6)))
_READABLE = re.compile(r"\w")


class Listening:
    """Reads each turn with what the talk remembers of those before it."""

    def __init__(
        self, engine: Engine, persons: PersonRequests, care: CareReader | None, answers: Callable[[str, str], bool]
    ) -> None:
        """Without `care` nobody is met. `answers` tells of the slot a form waits for and of a text whether the one
        answers the other."""
        self._engine = engine
        self._persons = persons
        self._care = care
        self._answers = answers

    async def care_for(self, turn: Turn, talk: Talk) -> tuple[Care | None, bool]:
        """How somebody is met who may be in danger, and whether they were being listened to before this turn.

        `talk`: as it was before it.
        """
        text = normalised(turn.text)
        if self._care is None or has_finished(text):
            return None, False
        try:
            kept = talk.slots.get(_SLOT) or {}
            listening, worried = bool(kept.get("open")), bool(kept.get("worried"))
            asking = talk.offer.asking
            read = text if _READABLE.search(text) else ""
            told = Told.from_json(kept)
            care = self._care.read(
                read, listening, lambda: asking is not None and self._answers(asking, read), worried, told
            )
            if worried:
                await self._engine.remember(turn.sender.key, _SLOT, {**kept, "worried": False})
            # Whoever plainly wants to go on with something is not held back with listening.
            held = care is not None and not care.in_danger and care.need != HARD
            return None if held and await self._goes_on(text) else care, listening
        except Exception:
            # Without the text, on purpose.
            logger.exception("nobody knows whether somebody on %s is in danger", turn.channel)
            return None, False

    def is_danger(self, text: str) -> bool:
        """Whether `text` (in normal form) alone tells of danger."""
        care = self._care.read(text, listening=False) if self._care else None
        return care is not None and care.in_danger

    def call_urgently(self, turn: Turn, care: Care | None) -> None:
        """Tells whoever of staff looks at the queue, though a colleague talks with this sender already."""
        try:
            if care is not None and care.in_danger:
                self._persons.mark_urgent(turn.sender.key)
        except RegistryError:
            logger.exception("a request on %s is urgent and not marked so", turn.channel)

    async def before(self, sender: Sender, care: Care, said: Sequence[Said]) -> Sequence[Said]:
        """What is said before the usual answer, `said`, to whom `care` stands beside it.

        A word of concern once in a talk, and the next turn is read with it in mind; of what is hard, a human word the
        first time and every third time after: said each time, it would be a formula.
        """
        kept = (await self._engine.open(sender.key)).slots.get(_SLOT) or {}
        if care.need == WORRIED:
            await self._engine.remember(
                sender.key, _SLOT, {**kept, "worried": True, "told": True, "speaker": care.speaker.to_json()}
            )
            return () if kept.get("told") else [self._engine.say("utter_care_worried")]
        if any(each.mark.status is Status.CHAT for each in said):
            # That is kind already.
            return ()
        times = int(kept.get("hard", 0))
        await self._engine.remember(sender.key, _SLOT, {**kept, "hard": times + 1})
        wording, rest = divmod(times, _EACH)
        return () if rest else [self._engine.say(HARD_WORDS[wording % len(HARD_WORDS)])]

    async def left_waiting(self, sender: Sender, said: Sequence[Said]) -> Sequence[Said]:
        """The word that a form still waits, for whoever was listened to and turned to something else by themselves."""
        slots = (await self._engine.open(sender.key)).slots
        await self._engine.remember(sender.key, _SLOT, {**(slots.get(_SLOT) or {}), "open": False})
        paused = slots.get("paused")
        if not paused or any(each.mark.asking for each in said):
            return ()
        return [self._engine.say(f"utter_left_open_{paused[-1]['journey']}")]

    async def _goes_on(self, text: str) -> bool:
        return bool(_READABLE.search(text)) and (await self._engine.understand(text))[0] in _GOES_ON
