"""How often danger is noticed, what is taken for it, for consent and for a command, on unseen sentences (tests/nlu)."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure, Report, Table
from benchmarks.options import Options
from bot.settings import read_settings
from knowledge.commands.command_reader import ENDS
from knowledge.commands.learn_commands import learn_commands
from knowledge.consent.learn_consent import learn_consent
from knowledge.crisis.care import WORRIED, Care, learn_care
from knowledge.crisis.crisis_reader import HARD
from knowledge.facts.learn_facts import learn_facts
from knowledge.facts.registration import read_registration
from knowledge.language.writing import normalised
from knowledge.search.example_questions import example_questions

SETS = Path(__file__).parent.parent / "tests" / "nlu"
TODAY = date(2026, 11, 23)


def sentences(name: str) -> Iterator[tuple[str, str]]:
    """Label and text of each line of a set."""
    for line in (SETS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        label, text = line.split("\t", 1)
        yield label, text


def measure(options: Options) -> Report:
    cache = read_settings().cache
    care, commands = learn_care(cache), learn_commands(cache)
    (consent, topics), facts = learn_consent(cache), learn_facts(cache)

    def tells(part: str) -> bool:
        return bool(read_registration(part, TODAY, None, facts))

    def danger(text: str) -> str:
        met = care.read(normalised(text), listening=False)
        return met.need if met and met.need != HARD else ""

    def is_hard(text: str) -> bool:
        return care.read(normalised(text), listening=False) == Care(HARD)

    def listened(text: str) -> str:
        met = care.read(normalised(text), listening=True)
        return "turn" if met is None else met.need

    def command(text: str) -> str:
        found = commands.read(normalised(text))
        # Its writers were asked for one word for both.
        return "" if found is None else "stop" if found in ENDS else found.value

    met = _told("crisis/despair", danger)
    harmless = _told("crisis/harmless", danger)
    violence = _told("crisis/violence", danger)
    questions = [danger(text) for text in example_questions()]
    after = _told("crisis/afterwards", listened)
    agreed = _told("consent/answers", lambda text: consent.read(text, tells).value)
    asked = _told("consent/topics", lambda text: topics.read(normalised(text), is_answered=False))
    commanded = _told("commands/commands", command)
    answered = _told("commands/answers", command)
    no_yes = [told for label, told, _ in agreed if label != "yes"]
    return Report(
        (
            Figure("despair met", _share(told != "" for _, told, _ in met), "%", at_least=97),
            Figure("… of it with a word of concern only", _share(told == WORRIED for _, told, _ in met), "%"),
            Figure(
                "harmless sentences taken for danger", _share(told != "" for _, told, _ in harmless), "%", at_most=0.2
            ),
            Figure(
                "… of them met with a word of concern only", _share(told == WORRIED for _, told, _ in harmless), "%"
            ),
            Figure("example questions taken for danger", _share(told != "" for told in questions), "%", at_most=0.2),
            Figure(
                "violence, threats and accidents met",
                _share(told != "" for label, told, _ in violence if label != "plain"),
                "%",
            ),
            Figure(
                "hard stories met with a human word",
                _share(is_hard(text) for label, _, text in harmless if label == "hard"),
                "%",
            ),
            Figure(
                "anything else harmless met with one",
                _share(is_hard(text) for label, _, text in harmless if label != "hard"),
                "%",
            ),
            Figure("what comes afterwards, right", _share(told == label for label, told, _ in after), "%"),
            Figure("consent understood", _share(told == "yes" for label, told, _ in agreed if label == "yes"), "%"),
            Figure("anything else taken for consent", _share(told == "yes" for told in no_yes), "%", at_most=0),
            Figure("refusals understood", _share(told == "no" for label, told, _ in agreed if label == "no"), "%"),
            Figure("what is asked before consent, right", _share(told == label for label, told, _ in asked), "%"),
            Figure("commands understood", _share(told == label for label, told, _ in commanded), "%"),
            Figure("answers taken for a command", _share(told != "" for _, told, _ in answered), "%", at_most=0),
        ),
        (
            _by_label(
                "despair and harmless sentences",
                [*met, *harmless],
                lambda told: WORRIED if told == WORRIED else "met" if told else "not",
            ),
            _by_label("violence", violence, lambda told: told or "not"),
            _by_label("asked for consent", agreed, str),
        ),
    )


def _told(name: str, read: Callable[[str], str]) -> list[tuple[str, str, str]]:
    return [(label, read(text), text) for label, text in sentences(name)]


def _share(right: Iterator[bool]) -> float:
    found = list(right)
    return 100 * sum(found) / len(found)


def _by_label(title: str, told: list[tuple[str, str, str]], shown: Callable[[str], str]) -> Table:
    counts = Counter((label, shown(found)) for label, found, _ in told)
    outcomes = sorted({outcome for _, outcome in counts})
    labels = dict.fromkeys(label for label, _, _ in told)
    rows = tuple((label, *(str(counts[label, outcome]) for outcome in outcomes)) for label in labels)
    return Table(title, ("", *outcomes), rows)
