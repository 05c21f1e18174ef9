"""How often the right clause comes first, by style, on held-out questions; and whether replies hold to the source."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from benchmarks.answered_question import Asked, ask
from benchmarks.faithfulness import Faithfulness
from benchmarks.figures import Figure, Report, Table, percent
from benchmarks.follow_ups import about_every_clause
from benchmarks.options import Options
from benchmarks.questions import NONE, TALK, read_questions, set_names
from benchmarks.var_folder import with_own_var
from bot.app.service import build_service
from bot.messages import Reply
from dialogue.mark import Status
from knowledge.library.loading import load_library
from knowledge.policy_files import DOCUMENTS

_LEAST = {"homophone": 90, "asr": 90, "noisy": 90}
"""Percent of styles that are misheard or misspelt; 95 for all together."""
_SHOWN = (Status.ANSWERED, Status.CLARIFY, Status.NOT_COVERED)
_OPEN_SETS = frozenset({"heldout"})
"""Sets whose failures are listed. Who mends failures of the others one by one would have no held-out questions left."""
_LONGEST = 50
_MOST_FAULTS = 20


def measure(options: Options) -> Report:
    """Asks in process, through the conversation that every door uses."""
    library = load_library((DOCUMENTS,))
    with with_own_var(options.settings) as settings:
        asyncio.set_event_loop(asyncio.new_event_loop())
        conversation = build_service(settings).conversation
        questions = read_questions(options.questions)
        asked = ask(conversation, questions, library)
        followed = about_every_clause(conversation, library)
    faithfulness = Faithfulness(library, options.settings.project / "nlu_data")
    checks, faults = _faults([*((each.question.text, each.reply) for each in asked), *followed], faithfulness)
    figures, tables = [], []
    for name in set_names(questions):
        of_set = [each for each in asked if each.question.set == name]
        figures += _figures(name, of_set)
        tables += _tables(name, of_set)
    wording = "、".join(sorted(faithfulness.numbers_of_wording()))
    return Report(
        (*figures, *checks),
        tuple(table for table in (*tables, faults) if table.rows),
        (
            "right: the first clause the first message cites, whatever the status; told: right, and answered",
            "seen: the same words stand among the examples the search learns from; `unseen` leaves these questions out",
            f"held to the source: {len(asked)} replies to held-out questions, {len(followed)} about every clause and "
            f"what is asked next of it; numbers of the responses' fixed wording beside the hotlines: {wording}",
        ),
    )


def _figures(name: str, asked: Sequence[Asked]) -> list[Figure]:
    covered = [each for each in asked if each.question.covered]
    outside = [each for each in asked if each.question.clause == NONE]
    talk = [each for each in asked if each.question.clause == TALK]
    unseen = [each for each in covered if not each.seen]
    figures = [Figure(f"{name}: right clause first, unseen", _share(unseen, "right"), "%", at_least=95)]
    for style, least in _LEAST.items():
        of_style = [each for each in covered if each.question.style == style]
        if of_style:
            figures.append(
                Figure(f"{name}: right clause first, {style}", _share(of_style, "right"), "%", at_least=least)
            )
    wrong = [each for each in covered if each.answered and not each.right]
    figures.append(Figure(f"{name}: in scope but refused", _share(covered, "refused"), "%"))
    figures.append(Figure(f"{name}: answered with a wrong clause", percent(len(wrong), len(covered)), "%"))
    if outside:
        as_if_covered = _share(outside, "answered")
        figures.append(Figure(f"{name}: out of scope answered as if covered", as_if_covered, "%", at_most=3))
    if talk:
        figures.append(Figure(f"{name}: talk taken for a question on the plan", _share(talk, "failed"), "%"))
    return figures


def _share(asked: Sequence[Asked], what: str) -> float:
    return percent(sum(getattr(each, what) for each in asked), len(asked))


def _tables(name: str, asked: Sequence[Asked]) -> list[Table]:
    statuses = (*(status.value for status in _SHOWN), "other")
    covered = [each for each in asked if each.question.covered]
    outside = [each for each in asked if each.question.clause == NONE]
    talk = [each for each in asked if each.question.clause == TALK]
    other_rows = [(style, str(len(some)), *_statuses(some)) for style, some in _by_style(outside)]
    if talk:
        other_rows.append(("talk", str(len(talk)), *_statuses(talk)))
    return [
        Table(
            f"{name}: questions the plan answers, % of a style",
            ("style", "asked", "seen", "right", "right of unseen", "told", *statuses),
            tuple(_covered_row(style, some) for style, some in _by_style(covered)),
        ),
        Table(f"{name}: questions it does not answer, % of a style", ("style", "asked", *statuses), tuple(other_rows)),
        Table(
            f"{name}: what went wrong",
            ("question", "style", "expected", "first", "status"),
            tuple(_failure(each) for each in asked if each.failed and name in _OPEN_SETS),
        ),
    ]


def _by_style(asked: Sequence[Asked]) -> list[tuple[str, list[Asked]]]:
    styles = dict.fromkeys(each.question.style for each in asked)
    return [("all", list(asked)), *((style, [a for a in asked if a.question.style == style]) for style in styles)]


def _covered_row(style: str, asked: Sequence[Asked]) -> tuple[str, ...]:
    unseen = [each for each in asked if not each.seen]
    told = percent(sum(each.right and each.answered for each in asked), len(asked))
    right = f"{_share(unseen, 'right'):.1f}" if unseen else "–"
    counts = (str(len(asked)), str(len(asked) - len(unseen)))
    return style, *counts, f"{_share(asked, 'right'):.1f}", right, f"{told:.1f}", *_statuses(asked)


def _statuses(asked: Sequence[Asked]) -> list[str]:
    counts = Counter(each.reply.status for each in asked)
    shown = [counts[status] for status in _SHOWN]
    return [f"{percent(count, len(asked)):.1f}" for count in (*shown, len(asked) - sum(shown))]


def _failure(asked: Asked) -> tuple[str, ...]:
    question = asked.question
    expected = ",".join([question.clause, *sorted(question.also)])
    return _shortened(question.text), question.style, expected, asked.first or "–", asked.reply.status.value


def _faults(replies: Sequence[tuple[str, Reply]], faithfulness: Faithfulness) -> tuple[list[Figure], Table]:
    uncited = [(text, "", "") for text, reply in replies if faithfulness.lacks_citation(reply)]
    invented = [(text, *each) for text, reply in replies for each in faithfulness.numbers_without_source(text, reply)]
    rows = [(_shortened(text), number, _shortened(said)) for text, number, said in (*uncited, *invented)]
    figures = [
        Figure("answers without their citation", len(uncited), at_most=0),
        Figure("numbers not in the source", len(invented), at_most=0),
    ]
    return figures, Table(
        "Replies that do not hold to the source", ("said", "number", "reply"), tuple(rows[:_MOST_FAULTS])
    )


def _shortened(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
