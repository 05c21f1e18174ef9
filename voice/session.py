"""One listener's talk: who speaks when, what stops, what is said next. No sound, no clock and no waiting of its own."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from voice.doubts import Doubts, Heard, Verdict
from voice.speaking.sentences import first_part

PATIENCE_AFTER = 1.0
"""Seconds of thinking after which somebody who cannot see hears that it goes on."""
REMIND_AFTER = 20.0
"""Seconds of silence after which we say, once, that we listen. Nobody is ever hung up on."""

_MORE = frozenset({"affirm", "resume", "detail"})
_GO_ON = frozenset({"resume"})
_STOP = frozenset({"stop"})
_NO_MORE = frozenset({"deny"})


class State(str, Enum):
    """What we do."""

    LISTENING = "listening"
    THINKING = "thinking"
    SPEAKING = "speaking"


class Do(str, Enum):
    """What whoever drives the talk has to do."""

    STOP_SPEECH = "stop_speech"
    """Silence, at once; whatever is not yet played is thrown away."""
    ANSWER = "answer"
    """Give the text to the conversation, then call `answered`."""
    SAY_BACK = "say_back"
    """Ask whether the text was heard right, then call `answered`."""
    SAY_AGAIN = "say_again"
    """Ask to say it once more, then call `answered`."""
    OFFER_MORE = "offer_more"
    """Ask whether the rest is wanted, then call `offered`."""
    SPEAK = "speak"
    """Say the text, which is one sentence; call `played` once it has been heard."""
    PATIENCE = "patience"
    """Say that it takes a moment."""
    REMIND = "remind"
    """Say that we listen."""


@dataclass(frozen=True)
class Step:
    """One thing to do."""

    do: Do
    text: str = field(default="", repr=False)


class Session:
    """Every method takes what happened and returns what to do, in order."""

    def __init__(self, doubts: Doubts | None = None) -> None:
        self.state = State.LISTENING
        self._doubts = doubts or Doubts()
        self._person_speaks = False
        self._to_say: deque[str] = deque()
        """The first of them is being said while we speak."""
        self._rest: tuple[str, ...] = ()
        """What was cut off or not yet said, for whoever wants to hear on."""
        self._offered = False
        self._offer_due = False
        self._keeps_rest = False
        self._since: float | None = None
        self._told = False

    def speech_started(self) -> tuple[Step, ...]:
        """The person begins to speak: we stop, whatever we were saying."""
        self._person_speaks = True
        self._since = None
        return self._hush()

    def speech_ended(self) -> tuple[Step, ...]:
        """The person has finished; what they said is being recognised."""
        self._person_speaks = False
        return self._enter(State.THINKING)

    def heard(self, heard: Heard) -> tuple[Step, ...]:
        """What the person said, with an empty text where it was no speech."""
        self._person_speaks = False
        if not heard.text:
            # A cough or a door: what it cut off is said on.
            return self._say_rest() if self._rest and not self._offered else self._enter(State.LISTENING)
        hush = self._hush()
        if self._rest and heard.intent in (_MORE if self._offered else _GO_ON):
            return (*hush, *self._say_rest())
        if self._offered and heard.intent in _NO_MORE:
            self._rest = ()
        self._offered = False
        self._keeps_rest = heard.intent in _STOP
        verdict, text = self._doubts.judge(heard)
        do = {Verdict.TAKE: Do.ANSWER, Verdict.SAY_BACK: Do.SAY_BACK, Verdict.SAY_AGAIN: Do.SAY_AGAIN}[verdict]
        return (*hush, *self._enter(State.THINKING), Step(do, text))

    def answered(self, said: Sequence[str], *, whole: bool = False, pace: float = 1.0) -> tuple[Step, ...]:
        """The sentences of our answer; `whole` where nothing may be left out, as in a question of a form."""
        now, later = (tuple(said), ()) if whole else first_part(said, pace)
        if not self._keeps_rest:
            self._rest = later
            self._offer_due = bool(later)
        if self._person_speaks:
            # They have gone on meanwhile: what they say comes first.
            self._rest = (*now, *later)
            self._offer_due = False
            return ()
        return self._say(now)

    def offered(self, said: Sequence[str]) -> tuple[Step, ...]:
        """The question whether the rest is wanted."""
        self._offered = True
        return self._say(said)

    def played(self) -> tuple[Step, ...]:
        """The person has heard the sentence."""
        if self.state is not State.SPEAKING:
            return ()
        self._to_say.popleft()
        if self._to_say:
            return (Step(Do.SPEAK, self._to_say[0]),)
        if self._offer_due:
            self._offer_due = False
            return (Step(Do.OFFER_MORE),)
        return self._enter(State.LISTENING)

    def stop(self) -> tuple[Step, ...]:
        """Somebody pressed stop: silence, and nothing is asked."""
        return self._hush()

    def tick(self, now: float) -> tuple[Step, ...]:
        """Time has come to `now`, in seconds of a clock that only goes forward."""
        if self._since is None:
            self._since = now
        waited = now - self._since
        if self._told or self._person_speaks:
            return ()
        if self.state is State.THINKING and waited >= PATIENCE_AFTER:
            self._told = True
            return (Step(Do.PATIENCE),)
        if self.state is State.LISTENING and waited >= REMIND_AFTER:
            self._told = True
            return (Step(Do.REMIND),)
        return ()

    @property
    def next_sentence(self) -> str | None:
        """What will be said after the sentence being said, so that it can be made ready."""
        return self._to_say[1] if len(self._to_say) > 1 else None

    def _say_rest(self) -> tuple[Step, ...]:
        rest, self._rest = self._rest, ()
        self._offered = False
        return self._say(rest)

    def _say(self, said: Sequence[str]) -> tuple[Step, ...]:
        self._to_say = deque(said)
        if not said:
            return self._enter(State.LISTENING)
        self._enter(State.SPEAKING)
        return (Step(Do.SPEAK, said[0]),)

    def _hush(self) -> tuple[Step, ...]:
        if self.state is not State.SPEAKING:
            return ()
        # The sentence that was cut off is heard again from its beginning.
        if not self._offered:
            self._rest = (*self._to_say, *self._rest)
        self._to_say.clear()
        self._offer_due = False
        self._enter(State.LISTENING)
        return (Step(Do.STOP_SPEECH),)

    def _enter(self, state: State) -> tuple[Step, ...]:
        # The reminder is said once in a silence, and the plea for patience once in a thought.
        if state is not self.state:
            self._told = False
        self._since = None
        self.state = state
        return ()
