"""An office in the middle of its day: invented people, what they asked, and what was done for them."""

from dataclasses import dataclass
from datetime import timedelta

from bot.console.context import ConsoleContext
from dialogue.mark import Mark, Status
from registry.talk.calls import CallOutcome
from tests.registry.people import register

CLAUSES = ("2.5.5", "2.3.4", "2.8.1", "2.4.2", "2.5.1", "2.6.3")
PEOPLE = (
    ("王大锤", "南昌", "进贤县", "limin"),
    ("陈小满", "赣州", "于都县", "limin"),
    ("刘春生", "上饶", "广丰区", "wangfang"),
    ("周桂花", "宜春", "丰城市", ""),
    ("吴建国", "九江", "修水县", ""),
)


class SilentEngine:
    """Answers every turn with 好; only what the conversation needs of the engine."""

    async def open(self, sender: str) -> object:
        from bot.engine.agent import Talk

        return Talk()

    async def handle(self, sender: str, text: str, *about: object) -> list[object]:
        from bot.engine.agent import Said

        return [Said("好的。", "好的。", mark=Mark(Status.ANSWERED))]


@dataclass(frozen=True)
class Office:
    """What the pages of a furnished console are about."""

    case: str
    """Opened by the admin, with a history; the others are masked."""
    masked: str
    waiting: int
    """The number of a conversation nobody has taken yet."""
    taken: int
    """One the admin has taken."""
    others: int
    """One a colleague has taken."""
    question: int
    call: int


def furnish(desk: ConsoleContext) -> Office:
    """Fills the records of `desk`."""
    numbers = [
        register(
            desk.records.registrations,
            each,
            name=name,
            phone=f"1380013800{each}",
            city=city,
            county=county,
            rural=each == 1,
        )
        for each, (name, city, county, _) in enumerate(PEOPLE)
    ]
    today = desk.today()
    for each, (number, (*_, owner)) in enumerate(zip(numbers, PEOPLE, strict=True)):
        if owner:
            desk.records.cases.assign(number, owner, "wangfang")
            desk.records.cases.plan(number, today + timedelta(days=2 * each - 1), "回电，约评估时间", owner)
    desk.records.cases.note(numbers[0], "本人希望在家工作，已有电脑。", "limin")
    desk.records.cases.milestone_done(numbers[0], "basic_information_check", "信息属实", "limin")
    desk.records.unmasking.open(numbers[0], "回电或联系本人", "zhaolei")
    _talk(desk)
    _ask(desk)
    waiting, taken, others = (
        desk.records.persons.ask(f"web-{name}", "web", "asked", {"城市": "南昌"}) for name in "abc"
    )
    desk.records.persons.ask("web-d", "web", "urgent", {"城市": "赣州"})
    desk.records.persons.take(taken, "zhaolei")
    desk.records.messages.write(taken, "您好，我是赵雷。您说的低保，我帮您查一下。", "zhaolei")
    desk.records.persons.take(others, "wangfang")
    call = desk.records.calls.current("zhaolei").id
    for clause in CLAUSES[:2]:
        desk.records.calls.opened(call, f"jiangxi-2022-2024/{clause}", "zhaolei")
        desk.records.clause_uses.note("jiangxi-2022-2024", clause)
    desk.records.calls.note(call, "想摆摊，问低保会不会停。", "zhaolei")
    desk.records.calls.end(call, CallOutcome.ANSWERED, "zhaolei")
    return Office(numbers[0], numbers[1], waiting, taken, others, desk.records.unanswered.most_asked()[0].number, call)


def _talk(desk: ConsoleContext) -> None:
    for name in "abc":
        desk.records.transcripts.note(
            f"web-{name}", "我吃低保，想自己摆个摊，低保会不会停", "不会马上停。首次创业的，低保待遇延退三年。"
        )
        desk.records.transcripts.note(f"web-{name}", "我要找人工", "好的，已经替您叫人，请稍等。")


def _ask(desk: ConsoleContext) -> None:
    for text, times in (("残疾人能考公务员吗", 4), ("残疾人能靠公务员吗", 2), ("导盲犬能坐高铁吗", 1)):
        for _ in range(times):
            desk.records.unanswered.note(text, "jiangxi-2022-2024/2.1.1")
    desk.records.taught.add("摆地摊会不会取消低保", "jiangxi-2022-2024", "2.5.5", "wangfang")
    today = desk.today()
    counts = {}
    for back in range(30):
        day = today - timedelta(days=back)
        for what, count in (
            ("begun", 40 + back * 7 % 23),
            ("answered", 60 + back * 5 % 17),
            ("not_covered", 4 + back % 3),
        ):
            counts[day, "web", what] = count
        counts |= {
            (day, "voice", "begun"): 9,
            (day, "telegram", "begun"): 5,
            (day, "web", "clarify"): 6,
            (day, "web", "crisis"): 1,
        }
        counts |= {(day, "web", "within 0.1"): 55, (day, "web", "within 0.5"): 11, (day, "web", "within 1"): 2}
    desk.records.counts.add(counts)
