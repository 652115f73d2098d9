"""A list of phones to opt out, pasted or from a file, with the dates of the former system (R4.10).

Nothing of it is kept between the preview and ``Save``: the lines travel in the page's own form.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from contacts.phone import InvalidPhone, normalise
from contacts.text import clean
from contacts.upload import columns
from contacts.upload.dates import InvalidDate, at_the_end, read_date
from contacts.upload.limits import MOST_ROWS, UnreadableFile
from contacts.upload.reading import Sheet, read
from groups.personal_data import REDACTED

DATES = (
    *("date", "optedouton", "optedoutat", "optedoutdate", "optoutdate", "optouton", "optoutat", "optouttime"),
    *("dateoptedout", "unsubscribedon", "unsubscribedat", "unsubscribedate", "dateunsubscribed", "stoppedon"),
    *("stoppedat", "datetime", "timestamp"),
)
"""Headers of the date, as ``columns.column_of`` compares them; ``ENDED`` says that an opt-out is over."""

ENDED = ("ended", "endedon", "endedat")
MOST_CARRIED = 2_000_000
"""Bytes of a list in the form between preview and ``Save``."""

_LONGEST = 300
"""Characters of a line that are looked at: more than a phone and a date can take."""

_SHOWN = 60
"""Characters of a rejected line that are shown, and carried."""


@dataclass(frozen=True)
class Line:
    """A line as written: its number (that of the row in a file), phone, date, and why it can't be taken, if so."""

    number: int
    phone: str
    date: str = ""
    cause: str = ""


@dataclass(frozen=True)
class List:
    """What a list asks for: phones in their order, each with its earliest date, if any has one.

    ``phones``: the phone of each line that can be read, by the line's number; further lines of a phone are duplicates.
    """

    dates: dict[str, datetime | None] = field(default_factory=dict)
    phones: dict[int, str] = field(default_factory=dict)
    rejected: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """How many lines the list has, blank ones not counted."""
        return len(self.phones) + len(self.rejected)

    @property
    def times(self) -> dict[str, datetime]:
        """The phones that have a date, and it."""
        return {phone: time for phone, time in self.dates.items() if time}


def pasted(text: str, country: str) -> list[Line]:
    """The lines of a paste: a number each, and perhaps a date after it. Raises ``UnreadableFile``."""
    filled = [(number, line) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(filled) > MOST_ROWS:
        raise UnreadableFile(f"The list has more than {MOST_ROWS:,} numbers. Split it and paste the parts.")
    return [Line(number, *_parted(line.strip()[:_LONGEST], country)) for number, line in filled]


_SIGN = re.compile(r"\s*[\t,;]\s*")


def _parted(line: str, country: str) -> tuple[str, str]:
    """The phone and the date of a line: at the date that ends it, else at the first tab, comma or semicolon."""
    for phone, date in at_the_end(line):
        if _SIGN.search(line) or date[:4].isdigit() or not _is_phone(line, country):
            return phone.rstrip("\t,; "), date
    phone, *rest = _SIGN.split(line, maxsplit=1)
    return (phone, rest[0]) if rest else (line, "")


def _is_phone(text: str, country: str) -> bool:
    try:
        return bool(normalise(text, country))
    except InvalidPhone:
        return False


@dataclass(frozen=True)
class Columns:
    """Which columns of a file are read, by name: the phones, and the dates ("" if it has none)."""

    phone: str
    date: str


def from_file(content: bytes, name: str) -> tuple[list[Line], Columns]:
    """The lines of a CSV or XLSX file with a phone column, perhaps a date column. Raises ``UnreadableFile``."""
    sheet = read(content, name)
    phone = columns.column_of(sheet.headers, columns.ALIASES[columns.Target.PHONE])
    if phone is None:
        raise UnreadableFile("No column is known to hold phones. Name it Phone and upload the file again.")
    date = columns.column_of(sheet.headers, DATES)
    read_from = Columns(sheet.headers[phone], "" if date is None else sheet.headers[date])
    return list(_lines(sheet, phone, date)), read_from


def _lines(sheet: Sheet, phone: int, date: int | None) -> Iterator[Line]:
    ended = columns.column_of(sheet.headers, ENDED)
    told = [(n, sheet.headers[n]) for n, target in enumerate(columns.suggest(sheet.headers)) if target == "status"]
    for number, cells in sheet.rows:
        over = f"{sheet.headers[ended]}: this opt-out has ended." if ended is not None and cells[ended].strip() else ""
        cause = sheet.problems.get(number) or over or _not_out([(header, cells[n]) for n, header in told])
        yield Line(number, cells[phone], "" if date is None else cells[date], cause)


def _not_out(told: Sequence[tuple[str, str]]) -> str:
    """Why a row is about somebody who is not out, going by its columns about texting: a whole file may come here."""
    says = {columns.says_out(header, cell): (header, clean(cell)) for header, cell in told if cell.strip()}
    if False not in says or True in says:
        return ""
    header, cell = says[False]
    return f"{header}: “{cell[:40]}” is not opted out."


def planned(lines: Iterable[Line], country: str) -> List:
    """Read the lines; ``country`` is that of phones without their own, and of dates that could be read two ways."""
    made = List()
    for line in lines:
        try:
            phone, time = _phone(line, country), _date(line, country)
        except (InvalidPhone, InvalidDate) as problem:
            made.rejected.append(Line(line.number, _shown(line), "", str(problem)))
        else:
            made.phones[line.number] = phone
            earlier = made.dates.get(phone)
            made.dates[phone] = min(time, earlier) if time and earlier else time or earlier
    return made


def _phone(line: Line, country: str) -> str:
    if line.cause:
        raise InvalidPhone(line.cause)
    if clean(line.phone) == REDACTED:
        raise InvalidPhone("Redacted: the number was erased, so there is nothing to opt out.")
    return normalise(line.phone, country)


def _date(line: Line, country: str) -> datetime | None:
    text = clean(line.date)
    return read_date(text, country) if text else None


def _shown(line: Line) -> str:
    text = clean(f"{line.phone} {line.date}")
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# Through the form.


def carried(made: List) -> str:
    """The list as text: number, phone, date and cause of each line between tabs. Raises ``UnreadableFile``."""
    good = (f"{number}\t{phone}\t{_iso(made.dates[phone])}\t" for number, phone in made.phones.items())
    bad = (f"{line.number}\t{line.phone}\t\t{line.cause}" for line in made.rejected)
    text = "\n".join([*good, *bad])
    if len(text.encode()) > MOST_CARRIED:
        raise UnreadableFile("The list holds too much text. Leave out what is no phone and no date, or split it.")
    return text


def _iso(time: datetime | None) -> str:
    return time.isoformat() if time else ""


def brought(text: str) -> list[Line]:
    """The lines of a list that was carried. Raises ``UnreadableFile`` if they are not whole."""
    cells = [line.split("\t") for line in text.splitlines() if line]
    whole = all(len(parts) == 4 and parts[0].isascii() and parts[0].isdigit() for parts in cells)
    if not cells or not whole or len(cells) > MOST_ROWS:
        raise UnreadableFile("The list did not arrive whole. Paste it or choose the file again.")
    return sorted((Line(int(number[:9]), *rest) for number, *rest in cells), key=lambda line: line.number)
