"""How fast turns are through HTTP with conversations kept, ours and stock Rasa's side by side."""

from benchmarks.doors import Door, at_once, one_by_one
from benchmarks.figures import Figure, Report, milliseconds
from benchmarks.options import Options
from benchmarks.our_service import Served, our_service
from benchmarks.processes import resident
from benchmarks.stock_rasa import stock_rasa, trained_project
from benchmarks.turns import conversations, endless_texts
from benchmarks.var_folder import with_own_var

_ROUNDS, _QUICK_ROUNDS = 12, 3
_STARTS, _QUICK_STARTS = 3, 1
_PEOPLE = 8
_TURNS = 10
"""A conversation's length: stock Rasa grows slower with each turn, so a longer one would flatter us."""


def measure(options: Options) -> Report:
    """Both services run at once and take turns at being asked, so that what else the machine does slows both."""
    stock_project = trained_project(options.settings)
    with with_own_var(options.settings) as settings:
        starts = []
        for _ in range((_QUICK_STARTS if options.quick else _STARTS) - 1):
            with our_service(settings) as ours:
                starts.append(ours.seconds_to_ready)
        with our_service(settings) as ours, stock_rasa(stock_project) as stock:
            starts.append(ours.seconds_to_ready)
            idle = resident(*ours.processes)
            return _compare(options, ours, stock, sorted(starts), idle)


def _compare(options: Options, ours: Served, stock: Served, starts: list[float], idle: float) -> Report:
    singles: dict[Door, list[float]] = {ours.door: [], stock.door: []}
    rates: dict[Door, list[float]] = {ours.door: [], stock.door: []}
    texts = endless_texts(options.questions)
    for door in singles:
        one_by_one(door, conversations(texts, "warm", 1, _TURNS)[0])
    rounds = _QUICK_ROUNDS if options.quick else _ROUNDS
    for number in range(rounds):
        said = conversations(texts, f"round-{number}", _PEOPLE, _TURNS)
        together = conversations(texts, f"together-{number}", _PEOPLE, _TURNS)
        # Whoever goes first changes, so that neither always finds the caches the other left.
        for door in list(singles)[:: 1 if number % 2 else -1]:
            for conversation in said:
                singles[door] += one_by_one(door, conversation)
            rates[door].append(at_once(door, together))
    p50, p95 = (milliseconds(singles[ours.door], percentile) for percentile in (50, 95))
    stock_p50, stock_p95 = (milliseconds(singles[stock.door], percentile) for percentile in (50, 95))
    rate, stock_rate = (sorted(rates[each.door])[rounds // 2] for each in (ours, stock))
    return Report(
        (
            Figure("turn p50", p50, "ms", at_most=15),
            Figure("turn p95", p95, "ms", at_most=40),
            Figure(f"turns per second, {_PEOPLE} people at once", rate),
            Figure("memory when ready", idle, "MB", at_most=1024),
            Figure("memory after the turns", resident(*ours.processes), "MB", at_most=1024),
            Figure("cold start", starts[len(starts) // 2], "s", at_most=15),
            Figure("stock Rasa: turn p50", stock_p50, "ms"),
            Figure("stock Rasa: turn p95", stock_p95, "ms"),
            Figure("stock Rasa: turns per second", stock_rate),
            Figure("stock Rasa: memory of both servers", resident(*stock.processes), "MB"),
            Figure("stock Rasa: cold start", stock.seconds_to_ready, "s"),
            Figure("p50, ours ÷ stock", p50 / stock_p50, "×", at_most=0.5),
            Figure("turns per second, ours ÷ stock", rate / stock_rate, "×"),
        ),
        notes=(
            f"{len(singles[ours.door])} single turns each, in conversations of {_TURNS}, and {rounds} × "
            f"{_PEOPLE * _TURNS} at once, in alternating batches; the caller shares the cores with both services",
            f"cold start is the median of {len(starts)}; stock's is one start, the action server's at the same time",
            "stock Rasa: DIET, TED, RulePolicy; 300 questions for the intent `ask`; its actions only say their name",
        ),
    )
