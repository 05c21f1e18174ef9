"""Nothing is stored before consent, and what is stored is found, changed, withdrawn and deleted as the person wants."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timezone
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import text

from registry.cases.cases import Cases
from registry.cases.states import CaseState
from registry.errors import EncryptionError, RegistrationError, RegistrationNotFound, RegistryError
from registry.registrations.registrations import FIELDS, LONGEST, SENSITIVE, Consent, Registration, Registrations
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.talk.person_requests import PersonRequests
from registry.talk.transcripts import Transcripts
from registry.values.case_numbers import is_number
from registry.values.fields import REQUIRED
from tests.registry.people import AGREED, DACHUI, GENERAL_ONLY, register

TABLES = ("registrations", "consents", "cases", "milestones", "case_notes", "audit_entries")


@pytest.fixture
def registrations(database: Database, cipher: Cipher, clock: Callable[[], datetime]) -> Registrations:
    return Registrations(database, cipher, clock)


def counts(database: Database) -> dict[str, int]:
    with database.session() as session:
        return {table: session.execute(text(f"select count(*) from {table}")).scalar_one() for table in TABLES}


# register ------------------------------------------------------------------------------------------------------------


def test_a_registration_holds_exactly_what_was_told(registrations: Registrations) -> None:
    number = registrations.register("web-1", "web", DACHUI, AGREED, "request-1", by="family")

    assert is_number(number)
    assert registrations.show(number, "李敏") == Registration(
        number,
        datetime(2025, 3, 1, 8, 0, 1, tzinfo=timezone.utc),
        "family",
        "web",
        CaseState.REGISTERED,
        DACHUI,
        list(AGREED),
    )


def test_the_fields_come_in_their_order_and_without_those_left_out(registrations: Registrations) -> None:
    told = {"city": "赣州", "skills": "", "phone": "13800000001", "name": "李四"}
    number = registrations.register("web-1", "web", told, AGREED, "request-1")

    assert [*registrations.show(number, "李敏").fields.items()] == [
        ("name", "李四"),
        ("phone", "13800000001"),
        ("city", "赣州"),
    ]


def test_the_fields_are_those_of_the_contract() -> None:
    assert tuple(DACHUI) == FIELDS
    assert {"disability_type", "disability_level", "accommodation"} == SENSITIVE


@pytest.mark.parametrize(
    "told",
    [
        "'); DROP TABLE registrations;--",
        "<script>alert(1)</script>",
        "一\0二\x1b[2J\r\n",
        "=1+1",
        "👩🏽‍🦽𠮷",
        '"\\u0000',
    ],
)
def test_whatever_is_told_is_stored_as_text(registrations: Registrations, told: str) -> None:
    number = register(registrations, name=told, skills=told)

    assert registrations.show(number, "李敏").fields == {**DACHUI, "name": told, "skills": told}


@pytest.mark.parametrize("consents", [(), AGREED[1:], (Consent("general", "2025-03", False), AGREED[1])])
def test_without_the_general_consent_nothing_is_stored(
    registrations: Registrations, database: Database, consents: tuple[Consent, ...]
) -> None:
    with pytest.raises(RegistrationError) as caught:
        register(registrations, consents=consents)

    assert (caught.value.field, sum(counts(database).values())) == ("consent", 0)


@pytest.mark.parametrize("consents", [AGREED[:1], GENERAL_ONLY])
@pytest.mark.parametrize("name", sorted(SENSITIVE))
def test_without_its_own_consent_no_sensitive_field_is_stored(
    registrations: Registrations, database: Database, name: str, consents: tuple[Consent, ...]
) -> None:
    told = {"name": "李四", "phone": "13800000001", "city": "赣州", name: "视力"}
    with pytest.raises(RegistrationError, match=f"^{name}: is not stored without the consent for disability data; "):
        registrations.register("web-1", "web", told, consents, "request-1")

    assert sum(counts(database).values()) == 0


def test_who_refuses_the_second_consent_registers_without_the_sensitive_fields(registrations: Registrations) -> None:
    told = {name: value for name, value in DACHUI.items() if name not in SENSITIVE}
    number = registrations.register("web-1", "web", told, GENERAL_ONLY, "request-1")

    found = registrations.show(number, "李敏")
    assert (found.fields, found.consents) == (told, list(GENERAL_ONLY))


@pytest.mark.parametrize(("purpose", "version"), [("all", "2025-03"), ("general", ""), ("general", "长" * 41)])
def test_a_consent_is_for_one_of_two_purposes_and_to_a_version_of_a_text(purpose: str, version: str) -> None:
    with pytest.raises(RegistrationError, match="^consent: "):
        Consent(purpose, version, True)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", REQUIRED)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_name_phone_and_city_cannot_be_left_out(
    registrations: Registrations, database: Database, name: str, value: str | None
) -> None:
    told = {key: each for key, each in {**DACHUI, name: value}.items() if each is not None}
    with pytest.raises(RegistrationError) as caught:
        registrations.register("web-1", "web", told, AGREED, "request-1")

    assert (caught.value.field, sum(counts(database).values())) == (name, 0)


@pytest.mark.parametrize("name", sorted(set(FIELDS) - {"phone"}))
def test_a_field_takes_its_greatest_length_and_not_one_character_more(registrations: Registrations, name: str) -> None:
    longest = "长" * LONGEST[name]
    told: dict[str, Any] = {name: longest}
    too_long: dict[str, Any] = {name: longest + "长"}
    number = register(registrations, **told)
    with pytest.raises(RegistrationError) as caught:
        register(registrations, 2, **too_long)

    assert registrations.show(number, "李敏").fields[name] == longest
    assert str(caught.value) == f"{name}: has {LONGEST[name] + 1} characters; at most {LONGEST[name]} are kept"


def test_an_unknown_field_is_refused(registrations: Registrations) -> None:
    with pytest.raises(RegistrationError, match="^id_number: is no field of a registration; those are name, phone, "):
        register(registrations, id_number="360100199001010000")


@pytest.mark.parametrize(("argument", "problem"), [({"by": "robot"}, "by: "), ({"request": ""}, "request: ")])
def test_who_registers_and_the_key_of_the_request_must_be_told(
    registrations: Registrations, argument: dict[str, Any], problem: str
) -> None:
    given: dict[str, Any] = {"request": "request-1", **argument}
    with pytest.raises(RegistrationError, match=f"^{problem}"):
        registrations.register("web-1", "web", DACHUI, AGREED, **given)


def test_the_same_request_registers_once_and_gives_the_same_number(
    registrations: Registrations, database: Database
) -> None:
    first = register(registrations)
    before = counts(database)
    again = {register(registrations, skills="别的") for _ in range(4)}

    assert (again, counts(database)) == ({first}, before)
    assert registrations.show(first, "李敏").fields == DACHUI


def test_twenty_at_once_with_five_requests_are_five_registrations(
    url: str, cipher: Cipher, registrations: Registrations
) -> None:
    others = [registrations, *(Registrations(Database(url), cipher) for _ in range(3))]
    starting = Barrier(20)

    def send(at: int) -> tuple[int, str]:
        starting.wait()
        return at % 5, register(others[at % 4], at % 5)

    with ThreadPoolExecutor(20) as pool:
        told = set(pool.map(send, range(20)))

    assert len(told) == 5
    assert sorted(each.number for each in registrations.all()) == sorted(number for _, number in told)


def test_a_number_that_somebody_has_is_not_given_twice(
    registrations: Registrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = register(registrations)
    chance = iter([first, first, "57240000"])
    monkeypatch.setattr("registry.registrations.registrations.new_number", lambda: next(chance))

    assert register(registrations, 2) == "57240000"
    assert {each.number for each in registrations.all()} == {first, "57240000"}


def test_where_every_number_is_taken_nothing_is_stored(
    registrations: Registrations, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = register(registrations)
    before = counts(database)
    monkeypatch.setattr("registry.registrations.registrations.new_number", lambda: first)

    with pytest.raises(RegistryError, match="^registrations: 5 new numbers were all taken; try again$"):
        register(registrations, 2)
    assert counts(database) == before


def test_an_error_in_the_middle_leaves_nothing(
    registrations: Registrations, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(*about: object) -> None:
        raise RegistryError("the audit is gone")

    monkeypatch.setattr("registry.store.audit.Audit.note", break_off)
    with pytest.raises(RegistryError, match="^the audit is gone$"):
        register(registrations)

    assert sum(counts(database).values()) == 0


# find ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("phone", ["13800000001", "138-0000-0001", "+86 138 0000 0001"])
def test_a_registration_is_found_by_number_and_phone(registrations: Registrations, phone: str) -> None:
    number = register(registrations)

    assert registrations.find(number, phone).fields == DACHUI


def test_a_wrong_number_and_a_wrong_phone_are_told_the_same(registrations: Registrations) -> None:
    number = register(registrations)
    told = set()
    for wrong in (("57240000", "13800000001"), (number, "13800000002"), (number, "你好"), ("'--", "13800000001")):
        with pytest.raises(RegistrationNotFound) as caught:
            registrations.find(*wrong)
        told.add(str(caught.value))

    assert told == {"no registration has this number and this phone; check both and try again"}


def test_a_sender_sees_what_they_registered_newest_first(registrations: Registrations) -> None:
    numbers = [
        registrations.register(sender, "web", {**DACHUI, "name": name}, AGREED, name)
        for sender, name in (("web-1", "甲"), ("web-2", "乙"), ("web-1", "丙"))
    ]

    assert [each.number for each in registrations.of_sender("web-1")] == [numbers[2], numbers[0]]
    assert registrations.of_sender("web-3") == []


def test_everything_for_an_export_comes_oldest_first(
    registrations: Registrations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("registry.registrations.registrations._BATCH", 2)
    numbers = [register(registrations, each) for each in range(5)]

    assert [each.number for each in registrations.all()] == numbers


def test_a_printed_registration_tells_nothing_about_the_person(registrations: Registrations) -> None:
    printed = repr(registrations.show(register(registrations), "李敏"))

    assert [value for value in DACHUI.values() if value in printed] == []


@pytest.mark.parametrize("personal", ["'x' || personal", "'gAAAAAB'"])
def test_a_registration_that_somebody_changed_is_named_and_not_quoted(
    registrations: Registrations, database: Database, personal: str
) -> None:
    number = register(registrations)
    with database.writing() as session:
        session.execute(text(f"update registrations set personal = {personal}"))

    with pytest.raises(EncryptionError, match=f"^registrations {number}: cannot be decrypted; [^大]*$"):
        registrations.show(number, "李敏")


# change --------------------------------------------------------------------------------------------------------------


def test_a_field_is_changed_and_nothing_else(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.change(number, "skills", "按摩", "self")

    assert registrations.show(number, "李敏").fields == {**DACHUI, "skills": "按摩"}


def test_a_field_is_taken_out(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.change(number, "accommodation", "", "self")

    told = {name: value for name, value in DACHUI.items() if name != "accommodation"}
    assert registrations.show(number, "李敏").fields == told


def test_after_a_change_of_phone_only_the_new_one_finds(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.change(number, "phone", "13900000001", "self")

    assert registrations.find(number, "13900000001").number == number
    with pytest.raises(RegistrationNotFound):
        registrations.find(number, "13800000001")


@pytest.mark.parametrize(
    ("name", "value"),
    [("phone", "123"), ("phone", ""), ("name", " "), ("city", ""), ("skills", "长" * 201), ("salary", "高")],
)
def test_a_change_that_is_not_allowed_changes_nothing(registrations: Registrations, name: str, value: str) -> None:
    number = register(registrations)
    with pytest.raises(RegistrationError) as caught:
        registrations.change(number, name, value, "self")

    assert (caught.value.field, registrations.show(number, "李敏").fields) == (name, DACHUI)


def test_a_sensitive_field_is_added_once_the_consent_is_given(registrations: Registrations) -> None:
    told = {name: value for name, value in DACHUI.items() if name not in SENSITIVE}
    number = registrations.register("web-1", "web", told, GENERAL_ONLY, "request-1")
    with pytest.raises(RegistrationError, match="^disability_type: "):
        registrations.change(number, "disability_type", "视力", "self")
    registrations.give_consent(number, AGREED[1], "self")
    registrations.change(number, "disability_type", "视力", "self")

    assert registrations.show(number, "李敏").fields["disability_type"] == "视力"


def test_of_many_changes_at_once_none_is_lost(url: str, cipher: Cipher, registrations: Registrations) -> None:
    number = register(registrations)
    names = [name for name in FIELDS if name not in {*REQUIRED, *SENSITIVE}]
    starting = Barrier(len(names))

    def change(name: str) -> None:
        other = Registrations(Database(url), cipher)
        starting.wait()
        other.change(number, name, "新的", "self")

    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(change, names))

    assert registrations.show(number, "李敏").fields == {**DACHUI, **dict.fromkeys(names, "新的")}


# withdraw and delete -------------------------------------------------------------------------------------------------


def test_withdrawing_the_consent_for_disability_data_deletes_the_sensitive_fields(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.withdraw_consent(number, "disability", "self")

    found = registrations.show(number, "李敏")
    assert found.fields == {name: value for name, value in DACHUI.items() if name not in SENSITIVE}
    assert (found.consents, found.state) == (list(GENERAL_ONLY), "registered")


def test_withdrawing_the_general_consent_ends_the_case_and_deletes_what_was_told_and_written(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    cases = Cases(database, cipher)
    number = register(registrations)
    cases.note(number, "王大锤想在家工作", "李敏")
    cases.milestone_done(number, "ability_assessment", "视力二级", "李敏")
    cases.plan(number, date(2025, 4, 1), "打电话给王大锤", "李敏")
    registrations.withdraw_consent(number, "general", "self")

    found, case = registrations.show(number, "李敏"), cases.show(number)
    assert (found.fields, found.state, [each.given for each in found.consents]) == ({}, "withdrawn", [False, False])
    assert (case.notes, case.next_what, {each.result for each in case.milestones}) == ([], "", {""})
    with pytest.raises(RegistrationNotFound):
        registrations.find(number, "13800000001")


def test_nothing_is_added_to_a_withdrawn_registration(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.withdraw_consent(number, "general", "self")

    changes: tuple[Callable[[], object], ...] = (
        lambda: registrations.change(number, "skills", "按摩", "self"),
        lambda: registrations.withdraw_consent(number, "general", "self"),
        lambda: registrations.give_consent(number, AGREED[0], "self"),
    )
    for change in changes:
        with pytest.raises(RegistrationError, match=f"^number: {number} is withdrawn; register anew$"):
            change()


def test_a_consent_that_was_not_given_cannot_be_withdrawn(registrations: Registrations) -> None:
    number = register(registrations)
    registrations.withdraw_consent(number, "disability", "self")

    with pytest.raises(RegistrationError, match="^consent: for disability was not given, so it cannot be withdrawn$"):
        registrations.withdraw_consent(number, "disability", "self")


def test_deleting_leaves_nothing_of_the_person_and_everything_of_others(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    transcripts = Transcripts(database, cipher)
    persons = PersonRequests(database, cipher, transcripts)
    cases = Cases(database, cipher)
    numbers = [register(registrations, each) for each in (1, 2)]
    for sender, number in zip(("web-1", "web-2"), numbers, strict=True):
        transcripts.note(sender, "我叫王大锤", "您好")
        persons.ask(sender, "web", "asked", {})
        cases.note(number, "王大锤想在家工作", "李敏")

    receipt = registrations.delete(numbers[0], "self")

    assert (receipt.number, receipt.senders) == (numbers[0], [cipher.index("web-1")])
    assert receipt.counts == {
        "case_notes": 1,
        "milestones": 4,
        "cases": 1,
        "consents": 2,
        "registrations": 1,
        "calls": 0,
        "staff_messages": 0,
        "resume_codes": 0,
        "transcript_turns": 1,
        "person_requests": 1,
        "telegram_notices": 0,
        "telegram_messages": 0,
        "telegram_chats": 0,
    }
    assert (transcripts.of("web-1"), [each.number for each in persons.waiting()]) == ([], [2])
    assert (len(transcripts.of("web-2")), len(cases.show(numbers[1]).notes)) == (1, 1)
    assert [each.number for each in registrations.all()] == [numbers[1]]
    with pytest.raises(RegistrationNotFound):
        registrations.delete(numbers[0], "self")


def test_deleting_takes_what_was_merged_into_it_along(
    registrations: Registrations, database: Database, cipher: Cipher
) -> None:
    keep, other = (register(registrations, each) for each in (1, 2))
    Cases(database, cipher).merge(keep, other, "李敏")

    receipt = registrations.delete(keep, "self")
    assert receipt.counts["registrations"] == 2
    assert {*receipt.senders} == {cipher.index("web-1"), cipher.index("web-2")}
    assert list(registrations.all()) == []


def test_whoever_reads_while_it_is_deleted_sees_all_or_nothing(
    url: str, cipher: Cipher, registrations: Registrations
) -> None:
    numbers = [register(registrations, each) for each in range(20)]
    starting = Barrier(4)

    def read(_: int) -> list[dict[str, str]]:
        reader, seen = Registrations(Database(url), cipher), []
        starting.wait()
        for number in numbers:
            try:
                seen.append(dict(reader.show(number, "李敏").fields))
            except RegistrationNotFound:
                continue
        return seen

    def delete(_: int) -> list[dict[str, str]]:
        deleter = Registrations(Database(url), cipher)
        starting.wait()
        for number in numbers:
            deleter.delete(number, "self")
        return []

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(call, each) for each, call in enumerate((read, delete, read, read))]
        seen = [fields for future in futures for fields in future.result()]

    assert [fields for fields in seen if fields != DACHUI] == []
    assert list(registrations.all()) == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_deleted_is_gone_from_the_files_even_encrypted(
    registrations: Registrations, database: Database, folder: Path
) -> None:
    number = register(registrations)
    with database.session() as session:
        token = session.execute(text("select personal from registrations")).scalar_one().encode()
    before = [path.name for path in folder.iterdir() if token in path.read_bytes()]
    registrations.delete(number, "self")

    assert before != []
    assert [path.name for path in folder.iterdir() if token in path.read_bytes()] == []


@pytest.mark.parametrize("number", ["", "57240000", "57240005", "'--", "1" * 500, "一\0"])
def test_a_number_without_a_registration_is_named(registrations: Registrations, number: str) -> None:
    for call in (
        lambda: registrations.show(number, "李敏"),
        lambda: registrations.change(number, "skills", "", "self"),
        lambda: registrations.withdraw_consent(number, "general", "self"),
        lambda: registrations.delete(number, "self"),
    ):
        with pytest.raises(RegistrationNotFound):
            call()
