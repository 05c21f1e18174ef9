"""Tells from what somebody says whether they, or somebody near them, may be in danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from knowledge.features import Features
from knowledge.linear import LinearClassifier


class Kind(str, Enum):
    """What the danger is, as the examples name it."""

    DESPAIR = "self"
    DESPAIR_ACUTE = "self_acute"
    """With means at hand, at the place, or in the act."""
    OTHER = "other"
    """Somebody near the speaker is in despair."""
    OTHER_ACUTE = "other_acute"
    VIOLENCE = "violence"
    """From somebody else, to the speaker or a third person."""
    THREAT = "threat"
    """The speaker wants to harm others."""
    ACCIDENT = "accident"
    """An emergency for 120 or 119."""


@dataclass(frozen=True)
class Crisis:
    """A danger that was met in what somebody said."""

    kind: Kind
    theme: str = ""
    """What weighs most on somebody in despair: burden, alone, shame, pain, hopeless, loss, money, attempt, goodbye,
    means; "" where it is another's."""


NO_DANGER = ("hard", "want", "idiom", "plain")
"""How the examples name what is none; hard is misery in which nobody's life is in danger."""
_DANGER, _NONE = "danger", "none"
_ABOUT_ONESELF = frozenset({Kind.DESPAIR, Kind.DESPAIR_ACUTE})


class CrisisReader:
    """Learnt from sentences by many writers; apart from the intents, so that nothing else decides with it."""

    # Of the examples, each writer's judged by a reader that had not seen that writer: docs/measured.md.
    SURE, SURE_WHEN_WARY = 0.9, 0.5

    def __init__(
        self, examples: Mapping[str, Sequence[str]], themes: Mapping[str, Sequence[str]], questions: Sequence[str]
    ) -> None:
        """`examples` by Kind and NO_DANGER, `themes` of despair by Crisis.theme; `questions` are no danger either."""
        in_danger = [(text, kind) for kind in Kind for text in examples.get(kind.value, ())]
        safe = [text for name in NO_DANGER for text in examples.get(name, ())] + list(questions)
        self._features = Features(min_count=2)
        rows = self._features.fit_transform([*(text for text, _ in in_danger), *safe])
        self._met = LinearClassifier(rows, [_DANGER] * len(in_danger) + [_NONE] * len(safe), balanced=True)
        self._kind = LinearClassifier(rows[: len(in_danger)], [kind.value for _, kind in in_danger], balanced=True)
        themed = [(text, theme) for theme, texts in themes.items() for text in texts]
        self._theme = LinearClassifier(
            self._features.rows([text for text, _ in themed]), [theme for _, theme in themed], balanced=True
        )

    def probability(self, text: str) -> float:
        """How likely it is, 0 to 1, that somebody is in danger."""
        return float(self._met.probabilities(self._features.row(text))[self._met.labels.index(_DANGER)])

    def read(self, text: str, wary: bool = False) -> Crisis | None:
        """The danger that `text` tells of; None where it tells of none. `wary`: whether there was one just before."""
        if self.probability(text) < (self.SURE_WHEN_WARY if wary else self.SURE):
            return None
        row = self._features.row(text)
        kind = Kind(self._kind.likeliest(row))
        return Crisis(kind, self._theme.likeliest(row) if kind in _ABOUT_ONESELF else "")
