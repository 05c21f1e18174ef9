"""People who do not exist and register, each different from all others."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from stdnum import damm

from registry.clock import utc_now
from registry.registrations.registrations import Consent
from registry.store.database import Database
from registry.store.encryption import Cipher
from registry.store.personal_data import stored
from registry.tables.all import CaseRow, ConsentRow, MilestoneRow, RegistrationRow

AGREED = (Consent("general", "2025-03", True), Consent("disability", "2025-03", True))
_SURNAMES, _GIVEN = "欧阳上官司马诸葛尉迟", "檀栩翊珩璟昀霁砚"
_BATCH = 2_000


@dataclass(frozen=True)
class MadeUpPerson:
    """Whoever registers, and what must never be read in clear."""

    name: str
    phone: str
    identity: str
    """Like an ID number, and nobody's: there is no such day."""

    @property
    def fields(self) -> Mapping[str, str]:
        return {
            "name": self.name,
            "phone": self.phone,
            "city": "南昌",
            "county": "进贤县",
            "gender": "男",
            "birth_year": "1990",
            "disability_type": "视力",
            "disability_level": "二级",
            "education": "初中",
            "skills": f"推拿，身份证{self.identity}",
            "desired_job": f"客服，打{self.phone}找我",
            "work_mode": "居家",
        }


def person(number: int) -> MadeUpPerson:
    surname = _SURNAMES[number % 5 * 2 : number % 5 * 2 + 2]
    given = _GIVEN[number // 8 % 8] + _GIVEN[number % 8]
    return MadeUpPerson(f"{surname}{given}{number}", f"139{number:08d}", f"36012119{number:06d}99{number % 10}X")


def fill(database: Database, cipher: Cipher, count: int) -> Sequence[tuple[str, str]]:
    """Records so many people at once, and gives their numbers and phones.

    Not by Registrations.register, which waits for the disk each time: only the sizes of the tables matter.
    """
    filled: list[tuple[str, str]] = []
    rows = _rows(cipher, count)
    while batch := [*islice(rows, _BATCH)]:
        numbers = [str(row["number"]) for row, _ in batch]
        with database.writing() as session:
            session.execute(RegistrationRow.__table__.insert(), [row for row, _ in batch])
            consents = [
                {"number": number, "purpose": each.purpose, "version": each.version, "given": True, "at": utc_now()}
                for number in numbers
                for each in AGREED
            ]
            session.execute(ConsentRow.__table__.insert(), consents)
            cases = [{"number": number, "state": "registered", "changed_at": utc_now()} for number in numbers]
            session.execute(CaseRow.__table__.insert(), cases)
            milestones = [{"number": number, "name": name} for number in numbers for name in ("a", "b", "c", "d")]
            session.execute(MilestoneRow.__table__.insert(), milestones)
        filled += [(number, phone) for number, (_, phone) in zip(numbers, batch, strict=True)]
    return filled


def _rows(cipher: Cipher, count: int) -> Iterator[tuple[dict[str, object], str]]:
    for number in range(count):
        told, case = person(number), _case_number(number)
        yield (
            {
                "number": case,
                "request_index": cipher.index(f"request-{number}"),
                "sender_index": cipher.index(f"web-{number}"),
                "door": "web",
                "registered_by": "self",
                "registered_at": utc_now(),
                **stored(cipher, case, told.fields),
            },
            told.phone,
        )


def _case_number(number: int) -> str:
    digits = str(1_000_000 + number)
    return digits + str(damm.calc_check_digit(digits))
