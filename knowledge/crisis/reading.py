"""Tells from what somebody says whether they, or somebody near them, may be in danger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from sklearn.kernel_approximation import Nystroem
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from knowledge.features import Features
from knowledge.linear import LinearClassifier
from knowledge.meaning import meaning, meanings


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
_FAR_FROM_DANGER = -1.2
"""The margin of words below which no meaning could make it a danger: most turns, which so cost nothing more."""
_EACH = 8
_LANDMARKS = 1_200
_ABOUT_ONESELF = frozenset({Kind.DESPAIR, Kind.DESPAIR_ACUTE})


class CrisisReader:
    """Learnt from sentences by many writers; apart from the intents, so that nothing else decides with it."""

    # Each writer's examples judged by a reader that had not seen that writer (`python -m benchmarks crisis`).
    SURE = 0.4

    def __init__(
        self, examples: Mapping[str, Sequence[str]], themes: Mapping[str, Sequence[str]], questions: Sequence[str]
    ) -> None:
        """`examples` by Kind and NO_DANGER, `themes` of despair by Crisis.theme; `questions` are no danger either."""
        in_danger = [(text, kind) for kind in Kind for text in examples.get(kind.value, ())]
        safe = [text for name in NO_DANGER for text in examples.get(name, ())] + list(questions)
        self._features = Features(min_count=2)
        rows = self._features.fit_transform([*(text for text, _ in in_danger), *safe])
        self._met = LinearClassifier(rows, [_DANGER] * len(in_danger) + [_NONE] * len(safe), balanced=True)
        # What is far from any danger is told by the words alone; meaning is learnt where both come near each other.
        near = [text for text, _ in in_danger] + safe[: len(safe) - len(questions)] + list(questions)[::_EACH]
        # A kernel machine by landmarks: a full one takes minutes to learn and is hardly better.
        self._meant = make_pipeline(
            Nystroem(gamma=2.0, n_components=_LANDMARKS, random_state=0),
            LinearSVC(C=1.0, class_weight="balanced", random_state=0, max_iter=5_000),
        )
        self._meant.fit(meanings(near), [1] * len(in_danger) + [0] * (len(near) - len(in_danger)))
        self._kind = LinearClassifier(rows[: len(in_danger)], [kind.value for _, kind in in_danger], balanced=True)
        themed = [(text, theme) for theme, texts in themes.items() for text in texts]
        self._theme = LinearClassifier(
            self._features.rows([text for text, _ in themed]), [theme for _, theme in themed], balanced=True
        )

    def score(self, text: str) -> float:
        """How much speaks for somebody being in danger: what the words say and what the whole means, taken together.

        Neither decides alone: of words taken together 我想消失五分钟去吃饭 looks like despair, and so does in meaning
        what is merely sad.
        """
        said = self._met.margin(self._features.row(text), _DANGER)
        if said < _FAR_FROM_DANGER:
            return said
        return said + float(self._meant.decision_function(meaning(text)[None])[0])

    def read(self, text: str) -> Crisis | None:
        """The danger that `text` tells of; None where it tells of none."""
        if self.score(text) < self.SURE:
            return None
        row = self._features.row(text)
        kind = Kind(self._kind.likeliest(row))
        return Crisis(kind, self._theme.likeliest(row) if kind in _ABOUT_ONESELF else "")
