"""Tells whether an answer to 同意我记下来吗 is wholly consent, a refusal, a question, a condition, or none of these."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from knowledge.facts.plain_answers import plain_answer
from knowledge.facts.questions import clauses, is_question
from knowledge.features import Features
from knowledge.linear import LinearClassifier
from knowledge.writing import normalised


class Answer(str, Enum):
    """What somebody asked for consent has said, as the examples name it."""

    YES = "yes"
    NO = "no"
    QUESTION = "question"
    CONDITION = "condition"
    UNCLEAR = "unclear"


_OTHER = "other"
"""What has nothing to do with it."""
_PLAIN = ("is", "agrees")
_WITHHELD = (Answer.NO, Answer.QUESTION, Answer.CONDITION)
_SURE, _SURE_OF_A_NO = 0.5, 0.8
# Words that make a yes depend on something, or leave it half said: a closed class of Chinese, as question words are.
_DEPENDS = re.compile(
    "如果|要是|假如|倘若|若是?|除非|只要|前提|条件|不过|但是?|可是|就是[^,，。]{2}|[才再][^,，。]{0,4}(?:同意|可以|定|记|说|讲|答应|作数)"
    "|的话|(?<!那)就(?:同意|行|可以|给你|替)|先说好|[要得]先|[要得]问|勉强|同意是同意|可以是可以|行是行|应该|大概|可能|也许|八成|基本|一半|部分|暂时|先[^,，。]{1,8}再|等[^,，。]{1,10}再|考虑|想一?想|商量"
)
_DENIES = re.compile("(?:不|布|唔|没|冇|冒|莫|别|甭|未|勿|免)[^,，。]{0,1}(?:可以|同意|愿|记|登|行|肯|写|要|得|了)")
# 有什么不可以的, 没啥不能记的 deny the denial.
_DENIES_A_DENIAL = re.compile(
    "(?:没|冇|有)(?:什么|啥|么)[^,，。]{0,2}不|不[会能得是]?不|不要紧|没关系|不用问|没问题|莫问题|冇问题|不怕"
)


# Whoever wants to think it over is left in peace.
_PUT_OFF = re.compile("考虑|想一?想|商量|回头|改天|下次|以后再|等[^,，。]{1,10}再")


def is_put_off(text: str) -> bool:
    """Whether `text` (in normal form) puts the decision off: 我要跟她商量."""
    return bool(_PUT_OFF.search(text))


class ConsentReader:
    """Learnt from what people say when they are asked; nothing but a whole yes is one."""

    def __init__(self, examples: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
        """`examples` by Answer; `others` are sentences that answer nothing of the kind."""
        labelled = [
            (text, answer.value)
            for answer in Answer
            for text in map(normalised, examples[answer.value])
            # Question words tell a question by themselves; learnt from, they would make one of everything.
            if answer is not Answer.QUESTION or not is_question(text)
        ]
        labelled += [(text, _OTHER) for text in others]
        self._features = Features()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)

    def read(self, text: str, tells: Callable[[str], bool] = lambda _: False) -> Answer:
        """What `text` is. A yes is one only if no part of it asks, denies, doubts or depends on anything.

        `tells`: whether a part states who somebody is or what they can do, which may stand beside consent.
        """
        text = normalised(text)
        plain = plain_answer(text, _PLAIN)
        if plain is not None:
            return Answer.YES if plain else Answer.NO
        whole = self._probabilities(text)
        likeliest = max(whole, key=lambda label: whole[label])
        undenied = _DENIES_A_DENIAL.sub("", text)
        denies = bool(_DENIES.search(undenied))
        if likeliest == Answer.NO.value and (denies or (undenied == text and whole[likeliest] > _SURE)):
            return Answer.NO
        if is_question(undenied):
            return Answer.NO if denies and whole[Answer.NO.value] > _SURE_OF_A_NO else Answer.QUESTION
        if _DEPENDS.search(text):
            return Answer.CONDITION
        if denies:
            return Answer.NO if likeliest == Answer.NO.value else Answer.UNCLEAR
        if self._is_wholly_consent(text, tells):
            return Answer.YES
        return Answer(likeliest) if likeliest not in {Answer.YES.value, _OTHER} else Answer.UNCLEAR

    def _is_wholly_consent(self, text: str, tells: Callable[[str], bool]) -> bool:
        parts = [part for part in clauses(text) if not tells(part)]
        return any(self._agrees(part) for part in parts) and not any(self._withholds(part) for part in parts)

    def _agrees(self, part: str) -> bool:
        return plain_answer(part, _PLAIN) is True or self._probabilities(part)[Answer.YES.value] >= _SURE

    def _withholds(self, part: str) -> bool:
        found = self._probabilities(part)
        return plain_answer(part, _PLAIN) is not True and any(found[each.value] >= _SURE for each in _WITHHELD)

    def _probabilities(self, text: str) -> Mapping[str, float]:
        found = self._model.probabilities(self._features.row(text))
        return dict(zip(self._model.labels, map(float, found), strict=True))


class TopicReader:
    """What somebody wants to know before they consent, learnt from their questions."""

    def __init__(self, topics: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
        """`topics`: questions by what they ask; `others` ask something else."""
        labelled = [(text, topic) for topic, texts in topics.items() for text in texts]
        labelled += [(text, "") for text in others]
        self._features = Features()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)

    def read(self, text: str) -> str:
        """The topic; "" where it is none of them."""
        return self._model.likeliest(self._features.row(text))
