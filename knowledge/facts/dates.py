"""Finds every date in a text, as far as the words name it: 去年三月, 二〇二三年三月份, 2023.5.6, 23年国庆, 上个月."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from knowledge.language.numerals import DIGITS, PLACES, chinese_to_int

NO_SUCH_DAY = "no_such_day"
"""31 February, or a 13th month."""
VAGUE_DATE = "vague_date"
"""好几年前."""
LUNAR = "lunar"
"""A day of the farmers' calendar, which falls on another day each year."""

_TWO_NUMBERS = re.compile(f"[{''.join(DIGITS)}]{{2}}")
"""三四个月前."""
_NUMERAL = f"(?:\\d{{1,2}}|[{''.join(DIGITS)}{''.join(PLACES)}]{{1,3}})"
_YEAR = rf"(?:20\d\d|[二两][〇零]{{1,2}}[{''.join(DIGITS)}]{{1,2}}|[012]\d|[〇零一二][{''.join(DIGITS)}])"
_YEARS_BACK = {
    "今": 0,
    "本": 0,
    "当": 0,
    "去": 1,
    "上": 1,
    "旧": 1,
    "头": 1,
    "前": 2,
    "大前": 3,
    "明": -1,
    "来": -1,
    "后": -2,
}
_DAYS_BACK = {"今": 0, "昨": 1, "前": 2, "大前": 3, "明": -1, "后": -2}
_FESTIVALS = {
    "元旦": (1, 1),
    "三八": (3, 8),
    "妇女节": (3, 8),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "圣诞": (12, 25),
}
_LUNAR_WORDS = "春节|过年|年三十|除夕|元宵|端午|中秋|重阳|正月|冬月|腊月|农历|阴历|旧历"
_FESTIVAL_NAMES = f"(?:{'|'.join(sorted(_FESTIVALS, key=len, reverse=True))})(?!月)"
_RELATIVE_YEAR = r"(?P<back>大前|今|本|当|去|上|旧|头|前|明|(?<![十百])来|后)年子?"
_DATE = re.compile(
    # 2023-03-01, 2023/3, 2023.5.6
    r"(?P<iso_year>20\d\d)[-/.](?P<iso_month>\d{1,2})(?:[-/.](?P<iso_day>\d{1,2}))?(?!\d)"
    # 20230301
    r"|(?<!\d)(?P<run>20\d{2}[01]\d[0-3]\d)(?!\d)"
    # 三个月前, 两年多前, 半年前, 好几年前; 开了两年了
    rf"|(?P<ago>{_NUMERAL}|半|(?:好|十)?几|[好很许]多)个?多?(?P<unit>年|月|星期|礼拜|周|天|日)(?:多|半)?(?:以前|之前|前|了(?!解))"
    # 前几年, 前些天, 前一阵子
    r"|(?P<lately>前(?:几|些|两)(?:年|个?月|天)(?!级)|前一?(?:阵子?|段时间|段日子)|不久(?:以前|之前|前)|早些年|早几年)"
    # 上个月, 上上个月, 这个月, 下个月
    r"|(?P<months_back>上+|下+|这|本)个?月(?:(?P<month_day>" + _NUMERAL + r")[日号])?"
    r"|(?P<week>上+)个?(?:星期|礼拜|周)"
    r"|(?P<days_back>大前|今|昨|前|明|后)天"
    # 2023年3月1日, 去年三月, 三月, 去年国庆, 2023年
    rf"|(?:(?P<year>{_YEAR})年|{_RELATIVE_YEAR})?的?(?P<lunar>(?:{_LUNAR_WORDS}).{{0,6}}?)(?=那|的|时|开|干|$|[,。，]|前|后|摆|做|$)"
    rf"|(?:(?:(?P<year2>{_YEAR})年|{_RELATIVE_YEAR.replace('back', 'back2')})的?)"
    rf"(?:(?P<festival>{_FESTIVAL_NAMES})|(?P<month>{_NUMERAL})月份?(?:(?P<day>{_NUMERAL})[日号]?(?!个|人|块))?)?"
    rf"|(?<![{''.join(DIGITS)}{''.join(PLACES)}])(?P<festival2>{_FESTIVAL_NAMES})(?=节|那|的|期|时|前|后|开|$|[,。，])"
    rf"|(?P<month2>{_NUMERAL})月份?(?:(?P<day2>{_NUMERAL})[日号])?"
)


@dataclass(frozen=True)
class StatedDate:
    """A date as it stands in a text."""

    start: int
    end: int
    value: str | None
    """ISO, as far as it is known: 2023-03-01, 2023-03 or 2023. None where `problem` says why."""
    problem: str | None = None


def dates(text: str, today: date) -> tuple[StatedDate, ...]:
    """The dates of `text` (in normal form), in order; relative ones are counted from `today`.

    A month or day without its year is the last one that is not after `today`.
    """
    return tuple(_read(match, today) for match in _DATE.finditer(text) if match.end() > match.start())


def _read(match: re.Match[str], today: date) -> StatedDate:
    if match["lunar"]:
        return StatedDate(match.start(), match.end(), None, LUNAR)
    if match["lately"] or {"几", "多"} & set(match["ago"] or "") or _TWO_NUMBERS.fullmatch(match["ago"] or ""):
        return StatedDate(match.start(), match.end(), None, VAGUE_DATE)
    try:
        value = _value(match, today)
    except ValueError:
        return StatedDate(match.start(), match.end(), None, NO_SUCH_DAY)
    return StatedDate(match.start(), match.end(), value)


def _value(match: re.Match[str], today: date) -> str:
    """Raises ValueError where there is no such day."""
    if match["iso_year"]:
        return _iso(int(match["iso_year"]), int(match["iso_month"]), _optional(match["iso_day"]))
    if match["run"]:
        return _iso(int(match["run"][:4]), int(match["run"][4:6]), int(match["run"][6:]))
    if match["ago"]:
        return _ago(match["ago"], match["unit"], today)
    if match["months_back"]:
        back = match["months_back"].count("上") - match["months_back"].count("下")
        day = today - relativedelta(months=back)
        return _iso(day.year, day.month, _optional(match["month_day"]))
    if match["week"]:
        return (today - timedelta(weeks=len(match["week"]))).isoformat()[:7]
    if match["days_back"]:
        return (today - timedelta(days=_DAYS_BACK[match["days_back"]])).isoformat()
    year, month, day = _year(match, today), _number(match["month"] or match["month2"]), match["day"] or match["day2"]
    festival = match["festival"] or match["festival2"]
    if festival:
        month, in_month = _FESTIVALS[festival]
        day = str(in_month)
    if year is None and month is not None:
        year = _last_year_with(month, _number(day), today)
    if year is None:
        raise ValueError(match[0])
    return _iso(year, month, _number(day))


def _year(match: re.Match[str], today: date) -> int | None:
    back = match["back"] or match["back2"]
    if back:
        return today.year - _YEARS_BACK[back]
    written = match["year"] or match["year2"]
    if not written:
        return None
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c for c in written)
    return int(digits) if len(digits) == 4 else 2000 + int(digits[-2:])


def _last_year_with(month: int, day: int | None, today: date) -> int:
    return today.year if (month, day or 1) <= (today.month, today.day) else today.year - 1


def _ago(count: str, unit: str, today: date) -> str:
    if count == "半":
        return (today - relativedelta(months=6)).isoformat()[:7] if unit == "年" else today.isoformat()[:7]
    number = _number(count) or 0
    if unit == "年":
        return str(today.year - number)
    if unit == "月":
        month: str = (today - relativedelta(months=number)).isoformat()[:7]
        return month
    if unit in {"天", "日"}:
        return (today - timedelta(days=number)).isoformat()
    return (today - timedelta(weeks=number)).isoformat()[:7]


def _iso(year: int, month: int | None, day: int | None) -> str:
    if month is None:
        return f"{year:04d}"
    if not 1 <= month <= 12:
        raise ValueError(month)
    if day is None:
        return f"{year:04d}-{month:02d}"
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(day)
    return f"{year:04d}-{month:02d}-{day:02d}"


def _optional(numeral: str | None) -> int | None:
    return _number(numeral)


def _number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    return int(numeral) if numeral.isdigit() else chinese_to_int(numeral)
