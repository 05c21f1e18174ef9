"""Made-up people who register."""

from collections.abc import Mapping, Sequence

from registry.registrations.registrations import Consent, Registrations

AGREED = (Consent("general", "2025-03", True), Consent("disability", "2025-03", True))
GENERAL_ONLY = (Consent("general", "2025-03", True), Consent("disability", "2025-03", False))

DACHUI: Mapping[str, str] = {
    "name": "王大锤",
    "phone": "138 0000 0001",
    "city": "南昌",
    "county": "进贤县",
    "gender": "男",
    "birth_year": "1990",
    "disability_type": "视力",
    "disability_level": "二级",
    "education": "初中",
    "skills": "推拿，会用读屏软件",
    "desired_job": "客服",
    "work_mode": "居家",
    "training_need": "电脑",
    "accommodation": "读屏软件",
}


def register(
    registrations: Registrations,
    number: int = 1,
    *,
    consents: Sequence[Consent] = AGREED,
    rural: bool = False,
    **fields: str,
) -> str:
    """Registers a person who differs from 王大锤 in `fields`, and gives the number of the case."""
    told = {**DACHUI, **fields}
    return registrations.register(f"web-{number}", "web", told, consents, f"request-{number}", rural=rural)
