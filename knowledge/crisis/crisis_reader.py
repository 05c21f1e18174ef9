"""Tells from what somebody says whether they, or somebody near them, may be in danger."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import scipy.sparse
from sklearn.kernel_approximation import Nystroem
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from knowledge.classify.features import Features
from knowledge.classify.linear import LinearClassifier
from knowledge.classify.meaning import meanings
from knowledge.facts.question_words import clauses


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
    """What weighs most on somebody in despair, one of THEMES; "" where it is another's."""
    is_sure: bool = True
    """Whether it is taken for danger; else it may be one, and everything goes on with a word of concern."""
    is_plain: bool = True
    """Whether it would be taken for danger of anybody, and not only of whoever told of some before."""


THEMES = ("burden", "alone", "shame", "pain", "hopeless", "loss", "money", "attempt", "goodbye", "means")
HARD = "hard"
"""Misery in which nobody's life is in danger."""
NO_DANGER = (HARD, "want", "idiom", "plain")
"""How the examples name what is none."""


class Met(Enum):
    """In which turn somebody is read, and the score from which it is danger.

    Chosen on writers nobody had learnt from: 1.7 takes 2 % of harmless sentences that look alike for danger, 0.8 4 %
    (docs/adr/0014). Whoever is being listened to has told of danger before; what answers the question just asked, as
    永修，永远的永 does, is likely no more than that.
    """

    FIRST = 1.7
    LISTENED_TO = 0.8
    ANSWERING = 2.5


_DANGER, _NONE = "danger", "none"
_HARD_FROM = 0.2
"""Of sentences by a writer nobody had learnt from it meets 69 % of what is hard and 0.8 % of what is not."""
_FAR_FROM_DANGER = -1.2
"""The margin of words below which no meaning could make it a danger: most turns, which so cost nothing more."""
_NEAR_DESPAIR = -0.5
"""The margin of words from which there is a theme: everything is like one of ten, were it only the likeliest."""
_MEANT = dict.fromkeys(Kind, 450) | {Kind.DESPAIR: 1_200}
_UNMEANT = 2_500
"""Sentences of danger, of each kind, and of none, whose meaning is learnt from: no kind drowns the others."""
_LANDMARKS = 1_200
_LONGEST_MEANT = 120
"""Characters of a part whose meaning is looked at; that of more costs its length and says little of any of it."""
_MOST_PARTS, _MOST_CLAUSES, _MOST_MEANT = 45, 12, 3
"""Of a long turn: clauses that are read, up to how many are read two by two as well, and parts whose meaning counts."""
ABOUT_ONESELF = frozenset({Kind.DESPAIR, Kind.DESPAIR_ACUTE})


class CrisisReader:
    """Learnt from sentences by many writers; apart from the intents, so that nothing else decides with it."""

    def __init__(
        self, examples: Mapping[str, Sequence[str]], themes: Mapping[str, Sequence[str]], questions: Sequence[str]
    ) -> None:
        """`examples` by Kind and NO_DANGER, `themes` of despair by Crisis.theme; `questions` are no danger either."""
        in_danger = [(text, kind) for kind in Kind for text in examples.get(kind.value, ())]
        safe = [text for name in NO_DANGER for text in examples.get(name, ())]
        # Of what tells of no danger no part does; which part of the others does, nobody wrote down.
        more = [*dict.fromkeys(part for text in safe for part in parts(text)), *questions]
        self._features = Features(min_count=2)
        rows = self._features.fit_transform([*(text for text, _ in in_danger), *safe, *more])
        self._met = LinearClassifier(
            rows, [_DANGER] * len(in_danger) + [_NONE] * (len(safe) + len(more)), balanced=True
        )
        # What words cannot tell, a few thousand meanings do; of all of them it learns no better and takes minutes.
        chance = random.Random(0)  # The same ones every time.
        meant = [text for kind in Kind for text in _some(chance, examples.get(kind.value, ()), _MEANT[kind])]
        unmeant = _some(chance, safe, _UNMEANT)
        # A kernel machine by landmarks: a full one takes minutes to learn and is hardly better.
        self._meant = make_pipeline(
            Nystroem(gamma=2.0, n_components=_LANDMARKS, random_state=0),
            LinearSVC(C=1.0, class_weight="balanced", random_state=0, max_iter=5_000),
        )
        self._meant.fit(meanings([*meant, *unmeant]), [1] * len(meant) + [0] * len(unmeant))
        # What stands in a hard story is hard, and not each part of it.
        hard = set(examples.get(HARD, ()))
        whole = len(in_danger) + len(safe)
        labels = [HARD if text in hard else _NONE for text in (*safe, *questions)]
        self._hard = LinearClassifier(
            scipy.sparse.vstack([rows[len(in_danger) : whole], rows[rows.shape[0] - len(questions) :]]).tocsr(),
            labels,
            balanced=True,
        )
        self._kind = LinearClassifier(rows[: len(in_danger)], [kind.value for _, kind in in_danger], balanced=True)
        themed = [(text, theme) for theme, texts in themes.items() for text in texts]
        self._theme = LinearClassifier(
            self._features.rows([text for text, _ in themed]), [theme for _, theme in themed], balanced=True
        )

    def score(self, text: str) -> float:
        """How much speaks for somebody being in danger: what all the words say, and what the part of it says and means
        that speaks most for it.

        Neither decides alone: of words taken together 我想消失五分钟去吃饭 looks like despair, and so does in meaning
        what is merely sad; and in a long story one clause is easily drowned by the others.
        """
        whole = self._said(text)
        said = {part: self._said(part) for part in dict.fromkeys(parts(text))} | {text: whole}
        if max(said.values()) < _FAR_FROM_DANGER:
            return 3 * whole
        most = sorted(said, key=lambda part: said[part], reverse=True)[:_MOST_MEANT]
        meant = self._meant.decision_function(meanings([part[:_LONGEST_MEANT] for part in most]))
        return 2 * whole + max(said[part] + float(means) for part, means in zip(most, meant, strict=True))

    def _said(self, text: str) -> float:
        return self._met.margin(self._features.row(text), _DANGER)

    def read(self, text: str, met: Met) -> Crisis | None:
        """The danger that `text` tells of, in the turn in which it is `met`; None where it tells of none."""
        score = self.score(text)
        if score < Met.LISTENED_TO.value:
            return None
        kind = Kind(self._kind.likeliest(self._features.row(text)))
        return Crisis(
            kind, self.theme(text) if kind in ABOUT_ONESELF else "", score >= met.value, score >= Met.FIRST.value
        )

    def margins(self, text: str) -> list[float]:
        """How far `text` (in normal form) is on the side of each kind of danger, and of danger at all."""
        row = self._features.row(text)
        return [*(self._kind.margin(row, kind) for kind in self._kind.labels), self._met.margin(row, _DANGER)]

    def is_hard(self, text: str) -> bool:
        """Whether `text` (in normal form), in which nobody is in danger, tells of misery, wrong or loss."""
        return self._hard.margin(self._features.row(text), HARD) > _HARD_FROM

    def theme(self, text: str) -> str:
        """What weighs most on whoever says `text` in despair; "" where the words are far from it: 别报给家里啊."""
        if self._said(text) < _NEAR_DESPAIR:
            return ""
        return self._theme.likeliest(self._features.row(text))


def parts(text: str) -> list[str]:
    """The clauses of `text`, and each with the one after it; none of a text that is a single clause."""
    found = clauses(text)[:_MOST_PARTS]
    if len(found) < 2:
        return []
    if not 2 < len(found) <= _MOST_CLAUSES:
        return found
    return found + [f"{one}{other}" for one, other in pairwise(found)]


def _some(chance: random.Random, texts: Sequence[str], most: int) -> list[str]:
    return chance.sample(list(texts), min(most, len(texts)))
