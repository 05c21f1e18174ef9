"""Tells what people want to know about the assistant and their registration, and when they doubt themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.classify.linear import LinearClassifier
from knowledge.classify.said_and_meant import SaidAndMeant
from knowledge.search.meaning_index import MeaningIndex

DOUBT = "self_doubt"
"""The intent of whoever doubts that anybody wants them."""
_NONE = ""
_LONGEST = 200
"""Characters that are looked at."""


class AboutUsReader:
    """Learnt from questions about us, and from what looks like them and is none."""

    _SURE = 0.5
    """In cross-validation 64 % of what is asked about us is then told rightly and 7 % as another topic; of questions
    that the documents answer 0.2 % are taken for one, of those that nothing here answers 2.6 %."""

    def __init__(self, topics: Mapping[str, Sequence[str]], others: Sequence[str]) -> None:
        """`topics`: questions by what they ask; `others` ask something else."""
        labelled = [(text, topic) for topic, texts in topics.items() for text in texts]
        labelled += [(text, _NONE) for text in others]
        self._features = SaidAndMeant()
        rows = self._features.fit_transform([text for text, _ in labelled])
        self._model = LinearClassifier(rows, [topic for _, topic in labelled], balanced=True)

    def read(self, text: str) -> str:
        """The topic that `text` (in normal form) asks about; "" where it is none of them."""
        probabilities = self._model.probabilities(self._features.row(text[:_LONGEST]))
        best = int(probabilities.argmax())
        return self._model.labels[best] if probabilities[best] >= self._SURE else _NONE


@dataclass(frozen=True)
class TalkReader:
    """Reads what no document is asked."""

    about_us: AboutUsReader
    doubts: MeaningIndex[str]

    def topic(self, text: str) -> str:
        """Which of the topics of about_us.yml `text` (in normal form) asks about; "" where it asks none."""
        return self.about_us.read(text)

    def is_self_doubt(self, text: str) -> bool:
        """Whether `text` means what people say who doubt themselves: 我老公也算吗 only has their words."""
        return self.doubts.likeliest(text) == DOUBT
