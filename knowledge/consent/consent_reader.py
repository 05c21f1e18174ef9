"""Tells whether an answer to 同意我记下来吗 is wholly consent, a refusal, a question, a condition, or none of these."""

import re
from collections.abc import Callable, Mapping, Sequence
from enum import Enum

from knowledge.classify.linear import LinearClassifier
from knowledge.classify.said_and_meant import SaidAndMeant
from knowledge.facts.plain_answers import plain_answer
from knowledge.facts.question_words import clauses, is_question
from knowledge.language.phonetics import sounds
from knowledge.language.writing import normalised


class Answer(str, Enum):
    """What somebody asked for consent has said, as the examples name it."""

    YES = "yes"
    NO = "no"
    QUESTION = "question"
    CONDITION = "condition"
    UNCLEAR = "unclear"
    PARTLY = "partly"
    """A yes to everything but the disability; told by its parts, so there are no examples."""


_OTHER = "other"
"""What has nothing to do with it."""
_PLAIN = ("is", "agrees")
_WITHHELD = (Answer.NO, Answer.QUESTION, Answer.CONDITION)
_SURE, _SURE_OF_A_NO = 0.5, 0.8
_WITHHOLDS = 0.4
"""Probability of a no, a question and a condition together from which no yes is whole."""
_LONGEST, _MOST_PARTS = 200, 12
"""Characters and parts; more is no consent."""
_SAYS_IT = re.compile("同意|愿意|答应")
_AND_SO = re.compile("^(?:那就?|那我|我?也|我?都|就|我(?=同意|愿意))|(?:都|也)(?=同意|可以|行)")
_NOT_AGAINST = 0.1
"""Probability of a yes that everything else in the answer must have: 没问题, 谢谢老师."""
# Words that make a yes depend on something, or leave it half said: a closed class of Chinese, as question words are.
_DEPENDS = re.compile(
    "如果|要是|假如|倘若|若是?|除非|只要|前提|条件|不过|但是?|可是|就是[^,，。]{2}|[才再][^,，。]{0,4}(?:同意|可以|定|记|说|讲|答应|作数)"
    "|的话|(?<!那)就(?:同意|行|可以|给你|替)|先说好|[要得]先|[要得]问|勉强|同意是同意|可以是可以|行是行|应该|大概|可能|也许|八成|基本|一半|部分|暂|倒是|(?<![不莫别])怕|等我|问问|虽然|凑合|打鼓|不踏实|不放心|先[^,，。]{1,8}再|等[^,，。]{1,10}再|考虑|想一?想|商量"
)
_DENIES = re.compile("(?:不|布|唔|没|冇|冒|莫|别|甭|未|勿|免)[^,，。]{0,1}(?:可以|同意|愿|记|登|行|肯|写|要|得|了)")
# 有什么不可以的, 没啥不能记的 deny the denial.
_DENIES_A_DENIAL = re.compile(
    "(?:没|冇|有)(?:什么|啥|么)[^,，。]{0,2}不|不[会能得是]?不|不要紧|没关系|不用问|没问题|莫问题|冇问题|不怕"
)


_NOT_KEPT = re.compile("(?:不|别|莫|甭|勿|唔)[^,，。]{0,2}(?:记|写|登|填|留|同意)(?!给)")
"""但不要让老板知道我的病 asks for something other than not being written down, and is a condition."""
_IF = re.compile("如果|要是|假如|倘若|除非|只要|前提|条件|的话")
_OF_DISABILITY = re.compile("残|病|障碍|类别|等级|级别|敏感")
_HESITATES = re.compile(r"[嗯呃额哦啊唔这个那嘛吧\W_]+")
_A_PAUSE = re.compile(r"…|\.{2,}|。{2,}|—")
_DENIED = tuple(" ".join(sounds(word)) for word in ("不同意", "不可以", "不愿意", "不登记"))
"""As they sound, since 步同意 is what a recogniser may write."""


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
            for text in map(normalised, examples.get(answer.value, ()))
            # Question words tell a question by themselves; learnt from, they would make one of everything.
            if answer is not Answer.QUESTION or not is_question(text)
        ]
        labelled += [(text, _OTHER) for text in others]
        self._features = SaidAndMeant()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [label for _, label in labelled], balanced=True)

    def read(self, text: str, tells: Callable[[str], bool] = lambda _: False) -> Answer:
        """What `text` is. A yes is one only if no part of it asks, denies, doubts or depends on anything.

        `tells`: whether a part states who somebody is or what they can do, which may stand beside consent.
        """
        text, is_long = normalised(text)[:_LONGEST], len(text) > _LONGEST
        depends = bool(_DEPENDS.search(text)) or (bool(_A_PAUSE.search(text)) and bool(_HESITATES.fullmatch(text)))
        plain = plain_answer(text, _PLAIN)
        if plain is not None and not (plain and depends):
            return Answer.YES if plain else Answer.NO
        if not is_long and _is_all_but_the_disability(text):
            return Answer.PARTLY
        whole = self._probabilities(text)
        likeliest = max(whole, key=lambda label: whole[label])
        undenied = _DENIES_A_DENIAL.sub("", text)
        denies = bool(_DENIES.search(undenied)) or any(said in " ".join(sounds(undenied)) for said in _DENIED)
        asks = is_question(undenied)
        if not denies and not asks and not depends and likeliest == Answer.NO.value and _says_yes(text):
            # 算了问不出来，同意，快点登: nobody is told that they refused who said that they agree.
            return Answer.UNCLEAR
        if likeliest == Answer.NO.value and (denies or (undenied == text and not asks and whole[likeliest] > _SURE)):
            return Answer.NO
        if asks:
            return Answer.NO if denies and whole[Answer.NO.value] > _SURE_OF_A_NO else Answer.QUESTION
        if depends:
            return Answer.UNCLEAR if _HESITATES.fullmatch(text) else Answer.CONDITION
        if denies:
            return Answer.NO if likeliest == Answer.NO.value else Answer.UNCLEAR
        if not is_long and self._is_wholly_consent(text, tells):
            return Answer.YES
        return Answer(likeliest) if likeliest not in {Answer.YES.value, _OTHER} else Answer.UNCLEAR

    def _is_wholly_consent(self, text: str, tells: Callable[[str], bool]) -> bool:
        parts = [part for part in dict.fromkeys(clauses(text)) if not tells(part)]
        if len(parts) > _MOST_PARTS:
            return False
        found = {part: self._probabilities(part) for part in parts}
        if any(sum(found[part][each.value] for each in _WITHHELD) >= _WITHHOLDS for part in parts if not _is_yes(part)):
            return False
        yes = [found[part][Answer.YES.value] for part in parts]
        # 同意，徐海波，1827… is plain, and whatever comes with it is data. Of less plain words all have to agree:
        # 好，谢谢你听我讲 agrees to nothing.
        is_plain = any(_says_yes(part) for part in parts)
        return is_plain or (bool(yes) and max(yes) >= _SURE and min(yes) >= _NOT_AGAINST)

    def _probabilities(self, text: str) -> Mapping[str, float]:
        found = self._model.probabilities(self._features.row(text))
        return dict(zip(self._model.labels, map(float, found), strict=True))


def _is_all_but_the_disability(text: str) -> bool:
    """Whether one part of `text` agrees, and all that is refused is the disability: 同意，不过残疾的部分我不想写."""
    parts = [_DENIES_A_DENIAL.sub("", part) for part in clauses(text)]
    refused = [part for part in parts if _DENIES.search(part)]
    agreed = [part for part in parts if part not in refused and (_SAYS_IT.search(part) or _is_yes(part))]
    about_it = bool(refused) and all(_OF_DISABILITY.search(part) and _NOT_KEPT.search(part) for part in refused)
    return bool(agreed) and about_it and not is_question(text) and not _IF.search(text)


def _is_yes(part: str) -> bool:
    return plain_answer(_AND_SO.sub("", part), _PLAIN) is True


def _says_yes(text: str) -> bool:
    """Whether a part of `text` says in plain words that somebody agrees."""
    return any(_is_yes(part) and _SAYS_IT.search(part) for part in clauses(text))


class TopicReader:
    """What somebody wants to know before they consent, learnt from their questions."""

    # Most that people ask just then is about it; what the documents answer too has to be it plainly. Of a writer nobody
    # learnt from, 92 % of topics are then told, 81 % where it has to be plain; of the questions to the documents 0.4 %
    # are taken for one.
    _LIKELY, _PLAINLY = -0.4, 0.5

    def __init__(self, topics: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
        """`topics`: questions by what they ask; `others` ask something else."""
        asked = [(text, topic) for topic, texts in topics.items() for text in texts]
        self._features = SaidAndMeant()
        rows = self._features.fit_transform([*(text for text, _ in asked), *others])
        # Apart from each other: so many other questions would drown ten topics of a few dozen each.
        self._about = LinearClassifier(rows, [True] * len(asked) + [False] * len(others), balanced=True)
        self._topic = LinearClassifier(rows[: len(asked)], [topic for _, topic in asked], balanced=True)

    def read(self, text: str, is_answered: bool) -> str:
        """The topic; "" where it is none of them. `is_answered`: whether the documents have an answer to `text`."""
        row = self._features.row(text[:_LONGEST])
        if self._about.margin(row, True) < (self._PLAINLY if is_answered else self._LIKELY):
            return ""
        return self._topic.likeliest(row)
