"""`zhuyetong audit …`, `retention`, `key …` and `unanswered …` as whoever keeps the records sees them."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.cli.main import main
from bot.engine.conversation_rows import ConversationRows
from registry.clock import today
from registry.registrations.registrations import Registrations
from registry.store.encryption import Cipher
from tests.bot.cli.commands import CommandLine, Ran, Records
from tests.registry.decrypting import texts
from tests.registry.people import DACHUI

# audit ---------------------------------------------------------------------------------------------------------------


def test_a_whole_chain_is_said_to_be_whole_with_what_to_note_elsewhere(
    zhuyetong: CommandLine, records: Records
) -> None:
    records.register()
    ran = zhuyetong("audit", "verify")

    assert ran == Ran(
        0,
        [
            f"1 entries, each as it was written; the last is {records.audit.head()[1]}",
            "Note the line above where nobody who can write to the database can: it shows when all was put back.",
        ],
        "",
    )


def test_the_first_broken_entry_is_named_and_what_next(zhuyetong: CommandLine, records: Records) -> None:
    for each in range(3):
        records.register(each)
    with records.database.writing() as session:
        session.execute(text("drop trigger audit_entries_refuse_update"))
        session.execute(text("update audit_entries set actor = '王芳' where id >= 2"))

    assert zhuyetong("audit", "verify") == Ran(
        1,
        ["audit_entries 2: was changed after it was written"],
        "Next: copy the database as it is, find out who can write to it, and compare with a backup.\n",
    )


def test_who_did_what_is_listed_of_all_or_of_one(zhuyetong: CommandLine, records: Records) -> None:
    first, second = records.register(1), records.register(2)
    records.registrations.show(second, "李\x1b[2J敏")
    records.registrations.change(first, "skills", "按摩", "self")
    listed = zhuyetong("audit", "list").out

    # The clock is looked at for what is done and for its entry.
    assert [re.sub(r"16:\d\d", "16:00", line) for line in listed] == [
        f"     1  2025-03-01 16:00  {first}  register          self  door=web",
        f"     2  2025-03-01 16:00  {second}  register          self  door=web",
        f"     3  2025-03-01 16:00  {second}  read              李 [2J敏",
        f"     4  2025-03-01 16:00  {first}  change            self  field=skills",
    ]
    assert zhuyetong("audit", "list", second).out == listed[1:3]
    assert zhuyetong("audit", "list", "12345678").out == []


# retention -----------------------------------------------------------------------------------------------------------


def test_what_was_kept_long_enough_goes_and_a_dry_run_only_tells(zhuyetong: CommandLine, records: Records) -> None:
    records.transcripts.note("web-1", "我要登记", "好的")
    rows = ConversationRows(records.var / "conversations.db", records.cipher)
    rows.write("web-1", "[]")
    late = ("--on", (today() + timedelta(days=31)).isoformat())
    kinds = ["transcript_turns", "staff_messages", "calls", "person_requests", "unanswered_questions"]
    kinds += ["telegram_chats", "buckets", "telegram_updates", "cases", "conversations"]

    dry = zhuyetong("retention", "--dry-run", *late)
    assert (dry.status, [line.split()[:2] for line in dry.out]) == (
        0,
        [[count, kind] for count, kind in zip("1000000001", kinds, strict=True)],
    )
    assert dry.out[0] == "     1  transcript_turns would go after 30 days"
    assert (len(records.transcripts.of("web-1")), rows.has("web-1"), records.noted()) == (1, True, [])
    assert zhuyetong("retention", *late, "--as", "李敏").out[0] == "     1  transcript_turns went after 30 days"
    assert (records.transcripts.of("web-1"), rows.has("web-1")) == ([], False)
    assert records.noted()[-1][:2] == ("李敏", "expire")


def test_a_conversation_of_today_stays(zhuyetong: CommandLine, records: Records) -> None:
    rows = ConversationRows(records.var / "conversations.db", records.cipher)
    rows.write("web-1", "[]")
    zhuyetong("retention", "--on", (today() + timedelta(days=29)).isoformat())

    assert rows.has("web-1")


# key -----------------------------------------------------------------------------------------------------------------


def keys(records: Records) -> list[str]:
    return (records.var / "key").read_text().split()


def test_after_a_rotation_the_newest_key_reads_everything(zhuyetong: CommandLine, records: Records) -> None:
    number = records.register()
    ConversationRows(records.var / "conversations.db", records.cipher).write("web-1", '["甲"]')
    before = keys(records)
    ran = zhuyetong("key", "rotate", "--as", "李敏")

    assert (ran.status, keys(records)[1:]) == (0, before)
    assert "     1  registrations encrypted anew" in ran.out
    assert "     1  conversations encrypted anew" in ran.out
    assert ran.out[-1] == (
        "A service that runs cannot read this: start it again, then run `zhuyetong key renew` for what it wrote."
    )
    newest = Cipher(keys(records)[:1])
    assert any("王大锤" in each for each in texts(records.database, newest))
    assert ConversationRows(records.var / "conversations.db", newest).senders() == ["web-1"]
    found = Registrations(records.database, Cipher(keys(records))).find(number, "13800000001")
    assert found.fields == DACHUI


def test_where_services_run_the_key_comes_first_and_the_rest_when_they_were_started_again(
    zhuyetong: CommandLine, records: Records
) -> None:
    records.register()
    before = keys(records)
    ran = zhuyetong("key", "new")

    assert ran.out[1:] == ["Next: start every running service again, then run `zhuyetong key renew`."]
    assert keys(records)[1:] == before
    assert "     1  registrations encrypted anew" in zhuyetong("key", "renew").out
    assert "     0  registrations encrypted anew" in zhuyetong("key", "renew").out


def test_what_no_key_reads_is_named_and_the_status_says_so(zhuyetong: CommandLine, records: Records) -> None:
    records.register()
    with records.database.writing() as session:
        session.execute(text("update registrations set personal = 'gAAAAAB'"))
    ran = zhuyetong("key", "rotate")

    assert (ran.status, ran.error) == (1, "registrations 1: no key decrypts it; take it from a backup\n")


def test_where_the_records_cannot_be_reached_no_key_is_put(
    zhuyetong: CommandLine, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys(records)
    monkeypatch.setenv("ZHUYETONG_DATABASE", "postgresql://127.0.0.1:1/r")

    assert (zhuyetong("key", "rotate").status, keys(records)) == (1, before)


# unanswered ----------------------------------------------------------------------------------------------------------


def test_a_question_has_an_owner_and_a_state_until_it_is_answered(zhuyetong: CommandLine, records: Records) -> None:
    records.unanswered.note("有住房补贴吗", "")

    def line(state: str, owner: str) -> str:
        return f"    1      1  {today()}  {state:8}  {owner}  {'-':32}  有住房补贴吗"

    assert zhuyetong("unanswered", "list").out == [line("open", "-")]
    assert zhuyetong("unanswered", "take", "1", "--as", "李敏") == Ran(0, ["question 1 is taken"], "")
    assert zhuyetong("unanswered", "list").out == [line("taken", "李敏")]
    assert zhuyetong("unanswered", "answer", "1", "--as", "王芳") == Ran(
        1, [], "zhuyetong: question 1: 李敏 has it; ask 李敏 to give it back\n"
    )
    assert zhuyetong("unanswered", "answer", "1", "--as", "李敏").out == ["question 1 is answered"]
    assert zhuyetong("unanswered", "list").out == zhuyetong("documents", "unanswered").out == []
    assert zhuyetong("unanswered", "list", "--all").out == [line("answered", "李敏")]
    assert zhuyetong("unanswered", "give-back", "1", "--as", "王芳").out == ["question 1 is open"]


def test_a_number_without_a_question_is_named(zhuyetong: CommandLine, records: Records) -> None:
    assert zhuyetong("unanswered", "take", "7", "--as", "李敏") == Ran(
        1, [], "zhuyetong: question 7: there is none; the list has their numbers\n"
    )


# usage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["audit"], ["key"], ["unanswered", "take", "1"], ["unanswered"], ["retention", "--on", "soon"]]
)
def test_wrong_usage_is_status_two(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith(f"Usage: zhuyetong {arguments[0]}")
