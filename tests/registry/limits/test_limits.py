"""How much somebody may ask for: the buckets' arithmetic, and the same wherever they are kept."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import func, select

from registry.limits.buckets import BucketsInDatabase, BucketsInMemory
from registry.limits.limits import Buckets, Limiter, Rate, Wanted, full_after, limits, wait_for
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.tables.all import BucketRow

NOON = datetime(2025, 3, 1, 12, 0, 0, tzinfo=timezone.utc)
NOTHING, SECOND = timedelta(0), timedelta(seconds=1)
THREE_THEN_ONE_A_SECOND = Rate(3, 60)
ONE = Wanted("a" * 64, THREE_THEN_ONE_A_SECOND)


class StoppedClock:
    """Goes only where the test puts it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def buckets(request: pytest.FixtureRequest, clock: StoppedClock) -> Iterator[Buckets]:
    if request.param == "memory":
        yield BucketsInMemory(clock)
        return
    is_file = request.param == "sqlite"
    url = request.getfixturevalue("sqlite_url") if is_file else request.getfixturevalue("postgresql").newest_schema()
    database = Database(url)
    yield BucketsInDatabase(database, clock)
    database.engine.dispose()


@pytest.mark.parametrize(
    ("full_in", "wait"),
    [
        pytest.param(None, 0, id="nobody has taken any"),
        pytest.param(-60, 0, id="it has been full for a while"),
        pytest.param(2, 0, id="one is left"),
        pytest.param(2.25, 0.25, id="the next one comes in a quarter of a second"),
        pytest.param(3, 1, id="none is left"),
    ],
)
def test_a_bucket_gives_what_is_in_it(full_in: float | None, wait: float) -> None:
    full_at = None if full_in is None else NOON + full_in * SECOND

    assert wait_for(full_at, ONE, NOON) == wait * SECOND


def test_what_is_taken_from_a_full_bucket_comes_in_again() -> None:
    assert full_after(None, ONE, NOON) == NOON + SECOND
    assert full_after(NOON + SECOND, ONE, NOON) == NOON + 2 * SECOND


def test_three_at_once_then_one_a_second(buckets: Buckets, clock: StoppedClock) -> None:
    wanted = [Wanted("a" * 64, THREE_THEN_ONE_A_SECOND)]

    assert [buckets.take(wanted) for _ in range(4)] == [NOTHING] * 3 + [SECOND]
    clock.now += SECOND
    assert [buckets.take(wanted) for _ in range(2)] == [NOTHING, SECOND]


def test_a_long_text_takes_more_and_never_more_than_there_can_be(buckets: Buckets, clock: StoppedClock) -> None:
    two, ten = (Wanted("a" * 64, THREE_THEN_ONE_A_SECOND, count) for count in (2, 10))

    assert [buckets.take([two]) for _ in range(2)] == [NOTHING, SECOND]
    clock.now += 2 * SECOND
    assert buckets.take([ten]) == NOTHING
    assert buckets.take([ONE]) == SECOND


def test_a_text_counts_by_its_length() -> None:
    assert [limits()["chat"].count(characters) for characters in (0, 49, 50, 1_000)] == [1, 1, 2, 21]
    assert limits()["feedback"].count(1_000) == 1


def test_where_one_bucket_is_empty_nothing_is_taken_from_the_other(buckets: Buckets) -> None:
    small, large = Wanted("a" * 64, Rate(1, 60)), Wanted("b" * 64, Rate(2, 60))

    assert [buckets.take([small, large]) for _ in range(5)] == [NOTHING] + [SECOND] * 4
    assert [buckets.take([large]) for _ in range(2)] == [NOTHING, SECOND]


def test_of_many_at_once_only_so_many_pass(database: Database) -> None:
    wanted = [Wanted(each * 64, Rate(5, 1)) for each in "ab"]
    stores = [BucketsInDatabase(database) for _ in range(4)]
    with ThreadPoolExecutor(8) as people:
        waits = list(people.map(lambda number: stores[number % 4].take(wanted), range(20)))

    assert waits.count(NOTHING) == 5


def test_full_buckets_are_cleared_away_in_memory(clock: StoppedClock) -> None:
    buckets = BucketsInMemory(clock)
    for number in range(2_000):
        buckets.take([Wanted(str(number), THREE_THEN_ONE_A_SECOND)])
        clock.now += SECOND

    assert len(buckets) < 600


def test_full_buckets_are_cleared_away_in_the_database(
    database: Database, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.limits.buckets._TAKES_BETWEEN_CLEARINGS", 3)
    buckets = BucketsInDatabase(database, clock)
    for each in "abc":
        buckets.take([Wanted(each * 64, THREE_THEN_ONE_A_SECOND)])
        clock.now += 5 * SECOND

    with database.session() as session:
        assert session.execute(select(func.count()).select_from(BucketRow)).scalar_one() == 1


def test_no_name_and_no_address_is_kept(database: Database, cipher: Cipher) -> None:
    Limiter(BucketsInDatabase(database), cipher).take("chat", sender="web-1", address="192.0.2.7")

    with database.session() as session:
        kept = session.execute(select(BucketRow.subject)).scalars().all()
    assert [len(each) for each in kept] == [64, 64]
    assert not any("web-1" in each or "192.0.2.7" in each for each in kept)


def take_all(take: Callable[[], timedelta]) -> int:
    """How often it gives before it makes one wait."""
    return next(count for count in range(1_000) if take())


def test_one_sender_and_one_address_are_counted_apart(cipher: Cipher, clock: StoppedClock) -> None:
    limiter, rates = Limiter(BucketsInMemory(clock), cipher), limits()["chat"].rates

    assert take_all(lambda: limiter.take("chat", sender="a", address="192.0.2.1")) == rates["sender"].at_once
    others = iter(range(1_000))
    rest = take_all(lambda: limiter.take("chat", sender=f"b{next(others)}", address="192.0.2.1"))
    assert rest == rates["address"].at_once - rates["sender"].at_once
    assert limiter.take("chat", sender="c", address="192.0.2.2") == NOTHING


def test_a_door_on_this_machine_has_no_address_to_be_counted_by(cipher: Cipher, clock: StoppedClock) -> None:
    limiter, senders = Limiter(BucketsInMemory(clock), cipher), iter(range(1_000))

    assert [limiter.take("chat", sender=str(next(senders))) for _ in range(100)] == [NOTHING] * 100


def test_every_limit_has_a_reason_and_something_it_is_counted_by() -> None:
    for name, limit in limits().items():
        assert len(limit.reason) > 20, name
        assert limit.rates, name
        assert limit.rates.keys() <= {"sender", "program", "address", "everybody"}, name
