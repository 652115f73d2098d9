"""The date of a former system's opt-out, as people and spreadsheets write it (R4.10)."""

import re
from calendar import month_name
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from django.utils import timezone

MONTH_FIRST = frozenset({"US", "PR", "VI", "GU", "AS", "MP", "UM", "FM", "MH", "PW", "PH"})
"""Countries in which 3/4/2026 is in March."""

EITHER_WAY = frozenset({"CA"})
"""Countries in which it may be March or April: such a date is not guessed."""

NOON = time(12)
"""UTC: the day stays the same wherever it is read."""

EARLIEST = date(1993, 1, 1)
"""No text message was sent before it."""

_SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, for days from March 1900 on."""


class InvalidDate(ValueError):
    """A text that is no day on which somebody can have opted out; its words say why, for the person who wrote it."""


_MONTHS = {
    name[:length].casefold(): number for number, name in enumerate(month_name) for length in (3, 4, len(name)) if name
}
_YEAR_FIRST = r"(?P<year>\d{4})(?P<sign>[-/.])(?P<month>\d{1,2})(?P=sign)(?P<day>\d{1,2})"
_YEAR_LAST = r"(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d\d)"
_DAY_WORD = r"(?P<day>\d{1,2})[ -](?P<word>[a-z]{3,9})\.?,?[ -](?P<year>\d{4})"
_WORD_DAY = r"(?P<word>[a-z]{3,9})\.? (?P<day>\d{1,2}),? (?P<year>\d{4})"
_SERIAL = r"(?P<serial>\d{5})(?P<rest>\.\d+)?"
_CLOCK = (
    r"(?:(?:t|,? )(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<part>\d{1,6})\d*)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?(?: ?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d))?)?"
)
_DATES = [re.compile(day + _CLOCK) for day in (_YEAR_FIRST, _YEAR_LAST, _DAY_WORD, _WORD_DAY)]
_NUMBER = re.compile(_SERIAL)


def read_date(text: str, country: str) -> datetime:
    """Return the time that ``text`` names; a day alone is its noon in UTC, or now if that is still to come.

    A clock without a zone is that of the current time zone. ``country`` (two capital letters) says whether the month
    or the day comes first where both could.
    """
    plain = " ".join(text.split()).casefold()
    match = next((found for pattern in _DATES if (found := pattern.fullmatch(plain))), None)
    try:
        return _past(*(_of_match(match, country) if match else _of_number(plain)))
    except (ValueError, OverflowError) as problem:
        if isinstance(problem, InvalidDate):
            raise
        raise InvalidDate(f"There is no such day as {_short(text)}: write it as 2026-03-31, or leave it out.")


def _short(text: str) -> str:
    return f"“{text[:40]}”"


def _of_match(match: re.Match[str], country: str) -> tuple[date, datetime | None]:
    parts = match.groupdict()
    day = _day(parts, country)
    return day, _moment(day, parts) if parts["hour"] else None


def _of_number(plain: str) -> tuple[date, datetime | None]:
    """A spreadsheet's number of a day, such as 46112."""
    match = _NUMBER.fullmatch(plain)
    if match is None:
        raise InvalidDate(f"Not a date: {_short(plain)}. Write it as 2026-03-31, or leave it out.")
    return _SERIAL_ZERO + timedelta(days=int(match["serial"])), None


def _day(parts: dict[str, str], country: str) -> date:
    year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
    if "word" in parts:
        month, day = _MONTHS.get(parts["word"], 0), int(parts["day"])
    elif "one" in parts:
        month, day = _month_and_day(int(parts["one"]), int(parts["two"]), country)
    else:
        month, day = int(parts["month"]), int(parts["day"])
    return date(year, month, day)


def _month_and_day(one: int, two: int, country: str) -> tuple[int, int]:
    if one > 12 or two > 12 or one == two:
        return (two, one) if one > 12 else (one, two)
    if country in EITHER_WAY:
        raise InvalidDate("Month or day first? Write the date as 2026-03-31.")
    return (one, two) if country in MONTH_FIRST else (two, one)


def _moment(day: date, parts: dict[str, str]) -> datetime:
    hour = int(parts["hour"])
    if parts["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if parts["half"] == "p" else 0)
    microsecond = int((parts["part"] or "").ljust(6, "0"))
    clock = time(hour, int(parts["minute"]), int(parts["second"] or 0), microsecond, _zone(parts["zone"]))
    return datetime.combine(day, clock)


def _zone(zone: str | None) -> tzinfo | None:
    if not zone:
        return timezone.get_current_timezone()
    return UTC if zone[0] not in "+-" else datetime.strptime(zone, "%z").tzinfo


def _past(day: date, moment: datetime | None) -> datetime:
    now = timezone.now()
    if day < EARLIEST:
        raise InvalidDate(f"Too long ago: {day:%d %b %Y}. Check the year.")
    if (moment and moment > now) or day > timezone.localdate(now):
        raise InvalidDate("In the future: a date on which they opted out has passed. Correct it, or leave it out.")
    return moment or min(datetime.combine(day, NOON, UTC), now)


# Where a date begins at the end of a line.

_END = [
    re.compile(rf"(?P<phone>.*?\S)(?:[\t,;]\s*|\s+)(?P<date>{day}{_CLOCK})", re.IGNORECASE)
    for day in (_YEAR_FIRST, _DAY_WORD, _WORD_DAY, _YEAR_LAST)
]


def at_the_end(line: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before a date at the end of ``line`` and the date, for each shape that fits, surest first."""
    for pattern in _END:
        if match := pattern.fullmatch(line):
            yield match["phone"], match["date"]
