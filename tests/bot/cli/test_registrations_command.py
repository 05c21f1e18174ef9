"""`zhuyetong registrations …` as a person of staff sees it."""

import csv
import io
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli.main import main
from bot.engine.conversation_rows import ConversationRows
from tests.bot.cli.commands import CommandLine, Ran, Records
from tests.registry.people import DACHUI

# list ----------------------------------------------------------------------------------------------------------------


def test_where_nobody_registered_nothing_is_listed(zhuyetong: CommandLine) -> None:
    assert zhuyetong("registrations", "list") == Ran(0, [], "")


def test_a_list_has_number_state_next_action_and_city_and_nothing_of_who_it_is(
    zhuyetong: CommandLine, records: Records
) -> None:
    first, second = records.register(1), records.register(2, city="赣州")
    records.cases.plan(first, date(2025, 3, 10), "给王大锤打电话", "李敏")
    records.registrations.withdraw_consent(second, "general", "self")

    assert zhuyetong("registrations", "list", "--as", "李敏") == Ran(
        0,
        [f"{first}  registered   2025-03-10  南昌", f"{second}  withdrawn    -           -"],
        "",
    )
    assert records.noted()[-1][:2] == ("李敏", "read_all")


# show ----------------------------------------------------------------------------------------------------------------


def test_a_registration_is_shown_in_full_and_who_looked_is_noted(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()

    assert zhuyetong("registrations", "show", number, "--as", "李敏") == Ran(
        0,
        [
            f"{number}  2025-03-01 16:01  registered, by self (web)",
            "consent general: given (2025-03)",
            "consent disability: given (2025-03)",
            *(f"{name}: {value}" for name, value in DACHUI.items()),
        ],
        "",
    )
    assert records.noted()[-1] == ("李敏", "read", number, {})


def test_what_somebody_told_does_not_steer_the_terminal(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register(skills="\x1b[2J推拿\r\n\u202e是")

    assert "skills:  [2J推拿   是" in zhuyetong("registrations", "show", number).out


def test_of_who_withdrew_nothing_is_shown(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    records.registrations.withdraw_consent(number, "general", "self")

    shown = zhuyetong("registrations", "show", number).out
    assert shown[1:] == [
        "consent general: not given (2025-03)",
        "consent disability: not given (2025-03)",
        "nothing is kept of what was told",
    ]


@pytest.mark.parametrize("command", [["show"], ["delete", "--yes"]])
@pytest.mark.parametrize("number", ["12345678", "10000000", "王大锤", ""])
def test_a_number_without_a_registration_is_named_in_one_sentence(
    zhuyetong: CommandLine, records: Records, command: list[str], number: str
) -> None:
    ran = zhuyetong("registrations", *command, number)

    assert (ran.status, ran.out) == (1, [])
    assert ran.error.endswith(f" {number}: there is none; check the number\n")


# export --------------------------------------------------------------------------------------------------------------


def test_an_export_to_standard_output_is_a_table_of_what_was_said(
    zhuyetong: CommandLine, records: Records, capsys: pytest.CaptureFixture[str]
) -> None:
    number = records.register()
    status = main(["registrations", "export", "--as", "李敏"])
    (line,) = csv.DictReader(io.StringIO(capsys.readouterr().out, newline=""))

    assert (status, line["number"]) == (0, number)
    assert {name: line[name] for name in DACHUI} == DACHUI
    assert records.noted()[-1][:2] == ("李敏", "read_all")


def test_a_csv_file_begins_with_the_mark_that_excel_needs_and_is_for_its_user_alone(
    zhuyetong: CommandLine, records: Records, tmp_path: Path
) -> None:
    records.register()
    file = tmp_path / "all.csv"
    file.touch(0o644)
    ran = zhuyetong("registrations", "export", "--out", str(file))

    assert ran.out == [f"{file}: 1 registrations in full; keep it no longer and no less safe than the records"]
    assert file.read_bytes().startswith("\ufeffnumber,registered_at".encode())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("arguments", [[], ["--format", "xlsx"]])
def test_an_excel_file_is_made_where_its_name_or_the_option_says_so(
    zhuyetong: CommandLine, records: Records, tmp_path: Path, arguments: list[str]
) -> None:
    number = records.register()
    file = tmp_path / "all.xlsx"
    ran = zhuyetong("registrations", "export", *arguments, "--out", str(file))

    assert (ran.status, stat.S_IMODE(file.stat().st_mode)) == (0, 0o600)
    assert load_workbook(file).active["A2"].value == number


def test_an_excel_file_is_not_written_to_the_terminal(zhuyetong: CommandLine, records: Records) -> None:
    assert zhuyetong("registrations", "export", "--format", "xlsx") == Ran(
        1, [], "zhuyetong: --format xlsx: goes to a file alone; name one with --out FILE\n"
    )


def test_a_file_that_cannot_be_written_is_named(zhuyetong: CommandLine, records: Records, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "all.csv"

    assert zhuyetong("registrations", "export", "--out", str(file)) == Ran(
        1,
        [],
        f"zhuyetong: {file}: cannot be written (No such file or directory); name a file in a folder you may write to\n",
    )


def test_an_export_that_breaks_off_leaves_the_file_of_before(
    zhuyetong: CommandLine, records: Records, tmp_path: Path
) -> None:
    records.register()
    file = tmp_path / "all.csv"
    zhuyetong("registrations", "export", "--out", str(file))
    before = file.read_bytes()
    (records.var / "key").write_text("A" * 43 + "=\n")
    ran = zhuyetong("registrations", "export", "--out", str(file))

    assert (ran.status, file.read_bytes(), sorted(os.listdir(tmp_path))) == (1, before, ["all.csv", "var"])
    assert ran.error.startswith("zhuyetong: registrations ")


# statistics ----------------------------------------------------------------------------------------------------------


def test_registrations_are_counted_and_small_counts_hidden_from_the_public(
    zhuyetong: CommandLine, records: Records
) -> None:
    for each in range(3):
        records.register(each)
    records.register(3, city="赣州", desired_job="接老王的班")

    counted, public = (zhuyetong("registrations", "statistics", *option).out for option in ([], ["--public"]))
    assert counted[:5] == ["state:", "      4  registered", "city:", "      3  南昌", "      1  赣州"]
    assert counted[counted.index("desired_job:") + 1 :][:2] == ["      3  客服", "      1  接老王的班"]
    assert public[:5] == ["state:", "      4  registered", "city:", "      3  南昌", "     <3  赣州"]
    assert public[public.index("desired_job:") + 1 :][:2] == ["      3  客服", "milestone:"]


# delete --------------------------------------------------------------------------------------------------------------


def test_a_deletion_takes_everything_and_gives_a_receipt(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    records.transcripts.note("web-1", "我要登记", "好的")
    rows = ConversationRows(records.var / "conversations.db", records.cipher)
    rows.write("web-1", "[]")
    rows.write("web-2", "[]")
    ran = zhuyetong("registrations", "delete", number, "--yes", "--as", "李敏")

    assert (ran.status, ran.out[0].startswith(f"registration {number} was deleted at 20")) == (0, True)
    assert [line.split() for line in ran.out[1:] if "telegram_" not in line] == [
        ["0", "case_notes"],
        ["4", "milestones"],
        ["1", "cases"],
        ["2", "consents"],
        ["1", "registrations"],
        ["0", "calls"],
        ["0", "staff_messages"],
        ["1", "transcript_turns"],
        ["0", "person_requests"],
        ["0", "resume_codes"],
        ["1", "conversations"],
        ["0", "recordings"],
    ]
    assert zhuyetong("registrations", "list").out == []
    assert (rows.senders(), records.transcripts.of("web-1")) == (["web-2"], [])


@pytest.mark.parametrize(("typed", "left"), [("yes", 0), ("no", 1), ("", 1)])
def test_a_deletion_is_asked_about_first(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch, typed: str, left: int
) -> None:
    number = records.register()
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    ran = zhuyetong("registrations", "delete", number)

    assert (ran.status, len([*records.registrations.all()])) == (left, left)


# usage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [[], ["remove"], ["show"], ["list", "--as", " "], ["export", "--format", "pdf"], ["delete"]]
)
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["registrations", *arguments])

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("Usage: zhuyetong registrations")
