"""Tells when somebody wants to be registered, however much else they say beside it."""

import re
from collections.abc import Mapping, Sequence

from knowledge.classify.linear import LinearClassifier
from knowledge.classify.said_and_meant import SaidAndMeant
from knowledge.facts.question_words import clauses, is_question

WISH, ASKS = "register", "asks_about_it"
"""How the examples name the wish, and questions about it."""
_NONE = ""
_LONGEST, _MOST_PARTS = 300, 12
"""Characters and parts that are looked at."""
# The verbs of it, and what denies, ends or looks up what they mean: closed classes, as question words are.
_VERBS = re.compile("[登报记录填列备挂]")
_DENIED = re.compile("不|没|冇|莫|别|甭|免|删|退|撤|取消|查|改(?![成为])|更正")
_DENIES_NOTHING = re.compile("不是|[行好要]不[行好要]?$|不绕")


class WishReader:
    """Learnt from sentences with the wish and with its words, whole and part by part."""

    # In cross-validation 108 of 120 wishes are heard, 7 of 80 questions about registering, 8 of 120 sentences that only
    # have its words and none of 40 wishes for work are taken for one.
    _PART, _WHOLE, _WHOLE_OF_A_QUESTION = 0.4, 0.05, 0.8

    def __init__(self, examples: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
        """`examples` (in normal form) by what they are, WISH and ASKS among them; `others` are none of it."""
        whole = [(text, name) for name, texts in examples.items() for text in texts]
        whole += [(text, _NONE) for text in others]
        parts = [each for text, name in whole for each in _labelled_parts(text, name)]
        self._whole, self._of_whole = _learn(whole)
        self._parts, self._of_parts = _learn(parts)

    def is_wish(self, text: str) -> bool:
        """Whether `text` (in normal form) or a part of it wants somebody registered."""
        text = text[:_LONGEST]
        parts = [(part, is_question(part)) for part in _parts(text)[:_MOST_PARTS] if _VERBS.search(part)]
        parts = [(part, asks) for part, asks in parts if asks or not _DENIED.search(_DENIES_NOTHING.sub("", part))]
        # Meaning costs ten times what spelling does, so nobody else's words are looked up.
        if not parts:
            return False
        whole = _share(self._whole, self._of_whole, text)
        return any(
            whole >= (self._WHOLE_OF_A_QUESTION if asks else self._WHOLE)
            and _share(self._parts, self._of_parts, part) >= self._PART
            for part, asks in parts
        )


def _learn(labelled: Sequence[tuple[str, str]]) -> tuple[SaidAndMeant, LinearClassifier[str]]:
    features = SaidAndMeant()
    rows = features.fit_transform([text for text, _ in labelled])
    return features, LinearClassifier(rows, [label for _, label in labelled], balanced=True)


def _share(features: SaidAndMeant, model: LinearClassifier[str], text: str) -> float:
    return float(model.probabilities(features.row(text))[model.labels.index(WISH)])


def _labelled_parts(text: str, name: str) -> list[tuple[str, str]]:
    """The parts of an example with what each is: of a wish, those that have its verbs."""
    parts = _parts(text)
    if name == WISH:
        wishing = [part for part in parts if _VERBS.search(part)] or [text]
        return [*((part, WISH) for part in wishing), *((part, _NONE) for part in parts if part not in wishing)]
    label = ASKS if name == ASKS else _NONE
    return [(text, label), *((part, label) for part in parts if len(parts) > 1 and _VERBS.search(part))]


def _parts(text: str) -> list[str]:
    return [part for each in clauses(text) if (part := each.strip(",。.!?~、 "))] or [text]
