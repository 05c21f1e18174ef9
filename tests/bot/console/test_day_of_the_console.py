"""The console means the day in China."""

from dataclasses import replace

from bot.console.context import ConsoleContext
from tests.evening import DAY, at_evening


def test_today_at_the_desk_is_the_day_in_china_and_so_are_its_questions(desk: ConsoleContext) -> None:
    desk = replace(desk, records=replace(desk.records, now=at_evening))
    desk.records.unanswered.note("有住房补贴吗", "")

    assert (desk.today(), [each.last_asked for each in desk.records.unanswered.most_asked()]) == (DAY, [DAY])
