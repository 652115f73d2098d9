"""An uploaded file as a sheet: headers, numbered rows, and what is wrong with single rows (R6.4)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, count, islice, repeat

from contacts.text import clean, visible
from contacts.upload import delimited, workbook
from contacts.upload.columns import OWN_FIELD, custom_name
from contacts.upload.delimited import Row
from contacts.upload.limits import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, MOST_TEXT, UnreadableFile

__all__ = ["MOST_BYTES", "MOST_CELL", "MOST_COLUMNS", "MOST_ROWS", "Sheet", "UnreadableFile", "raw_rows", "read"]

_LONGEST_HEADER = 100


@dataclass(frozen=True)
class Sheet:
    """What a file holds.

    ``rows`` are its rows that are not blank, each with its number as a spreadsheet shows it (the headers stand in row 1
    unless blank rows come first) and as many cells as there are headers, as written. ``problems`` names the cause, by
    row number, for rows that cannot be taken whatever their cells say; they are in ``rows`` too.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    """UTF-8, UTF-16, Latin-1 or Excel."""
    delimiter: str
    """comma, semicolon or tab; "" for Excel."""
    problems: dict[int, str] = field(default_factory=dict)


def read(content: bytes, name: str) -> Sheet:
    """Read a CSV or XLSX file; ``name`` is what the person calls it. Raises ``UnreadableFile``.

    What kind of file it is, is seen from its content; its name only helps to say what else it may be.
    """
    if len(content) > MOST_BYTES:
        raise UnreadableFile(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it and upload the parts.")
    _refuse_other_kinds(content, name)
    return _sheet(*_rows(content))


def raw_rows(content: bytes) -> Iterator[Row]:
    """The rows of a file that was read before, as they are, the headers too. Raises ``UnreadableFile``."""
    rows, _encoding, _delimiter = _rows(content)
    return iter(rows)


def _rows(content: bytes) -> tuple[Iterable[Row], str, str]:
    """The rows, the encoding and the delimiter, as a sheet names them."""
    if content.startswith(b"PK"):
        return workbook.rows(content), "Excel", ""
    text, encoding = delimited.decoded(content)
    rows, delimiter = delimited.split(text)
    return rows, encoding, delimiter


# Files that people upload though they are neither CSV nor XLSX.

_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"<", "a web page or XML"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def _refuse_other_kinds(content: bytes, name: str) -> None:
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    if content.startswith(_OLD_OFFICE):
        raise UnreadableFile(_old_office(content))
    kind = next((kind for sign, kind in _KINDS if start.startswith(sign)), None)
    if kind:
        raise UnreadableFile(f"This is {kind}{_ending(name)}. Save the contacts as CSV or XLSX and upload that file.")


def _old_office(content: bytes) -> str:
    if _ENCRYPTED in content:
        return "This workbook is protected by a password. Save it without one and upload that file."
    return "This is a workbook of the old kind (XLS). Save it as XLSX or CSV and upload that file."


def _ending(name: str) -> str:
    ending = re.search(r"\.(\w{1,8})$", name)
    return f", named .{ending[1]}" if ending else ""


# From rows of cells to a sheet, the same for both kinds of file.


def _sheet(rows: Iterable[Row], encoding: str, delimiter: str) -> Sheet:
    filled = ((number, cells) for number, cells in rows if any(visible(cell).strip() for cell in cells))
    _number, first = next(filled, (0, []))
    if not first:
        raise UnreadableFile("The file is empty. Export the contacts again and upload that file.")
    found = _at_most(filled)
    headers = _headers(first, found)
    _refuse_contact_as_headers(headers, found)
    if not found:
        raise UnreadableFile("The file has headers and no rows under them. Export the contacts again and upload that.")
    problems = {number: cause for number, cells in found if (cause := _problem(cells, headers, delimiter))}
    kept = tuple((number, _fitted(cells, len(headers))) for number, cells in found)
    return Sheet(headers, kept, encoding, delimiter, problems)


def _at_most(rows: Iterator[Row]) -> list[Row]:
    found = []
    letters = 0
    for row in rows:
        found.append(row)
        letters += sum(min(len(cell), MOST_CELL) for cell in row[1])
        if len(found) > MOST_ROWS or letters > MOST_TEXT:
            raise UnreadableFile(_too_much(len(found)))
    return found


def _too_much(rows: int) -> str:
    if rows > MOST_ROWS:
        return f"The file has more than {MOST_ROWS:,} rows. Split it and upload the parts."
    return "The file holds too much text. Split it and upload the parts."


def _fitted(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(islice(chain((cell[:MOST_CELL] for cell in cells), repeat("")), width))


def _headers(first: Sequence[str], found: Sequence[Row]) -> tuple[str, ...]:
    """A name of its own for each column: clean, "Column 3" if it has none, "Phone (2)" if it has that of another."""
    names = [clean(header[: len(OWN_FIELD) + _LONGEST_HEADER + 1]) for header in first[: _width(first, found)]]
    if len(names) > MOST_COLUMNS:
        raise UnreadableFile(f"The file has more than {MOST_COLUMNS} columns. Upload it without those you don't need.")
    if any(len(custom_name(name)) > _LONGEST_HEADER for name in names):
        raise UnreadableFile(f"A header is longer than {_LONGEST_HEADER} characters. The first row must hold headers.")
    unique: list[str] = []
    for number, name in enumerate(names, start=1):
        unique.append(_unused(name or f"Column {number}", unique))
    return tuple(unique)


def _width(first: Sequence[str], found: Sequence[Row]) -> int:
    """How many columns there are: empty ones at the right, without header and cells, are none."""
    rows = (cells for _number, cells in found if len(cells) <= len(first))
    return max(_last_filled(cells) for cells in chain([first], rows))


def _last_filled(cells: Sequence[str]) -> int:
    return next((number for number in range(len(cells), 0, -1) if cells[number - 1].strip()), 0)


def _unused(name: str, used: Sequence[str]) -> str:
    taken = set(map(_folded, used))
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(each for each in names if _folded(each) not in taken)


def _folded(header: str) -> str:
    """A header as it is compared: two custom fields of our own export may differ in capitals alone."""
    return header if header.startswith(OWN_FIELD) else header.casefold()


_PHONE_LIKE = re.compile(r"[+(]?[0-9](?:[ ().-]*[0-9]){8,14}")


def _phone_like(text: str) -> bool:
    return len(text) < 100 and _PHONE_LIKE.fullmatch(text.strip()) is not None


def _refuse_contact_as_headers(headers: Sequence[str], found: Sequence[Row]) -> None:
    """Numbers that look like phones both where a header belongs and under it mean that there are no headers."""
    for column, header in enumerate(headers):
        under = [cells[column] for _number, cells in found[:5] if column < len(cells)]
        if _phone_like(header) and (not found or any(map(_phone_like, under))):
            raise UnreadableFile(
                "The first row looks like a contact. Put headers above it, such as phone, first name, last name."
            )


def _problem(cells: Sequence[str], headers: Sequence[str], delimiter: str) -> str | None:
    """Why a row can't be taken, whatever its cells say."""
    width = _last_filled(cells)
    if width > len(headers):
        mend = f"A cell with a {delimiter} in it needs quotes." if delimiter else "Give each column a header."
        return f"More cells than headers: {width} for {len(headers)}. {mend}"
    for header, cell in zip(headers, cells, strict=False):
        if len(cell) > MOST_CELL:
            return f"{header} is longer than {MOST_CELL:,} characters."
        if _holds_rows(cell, len(headers), delimiter):
            return f"{header} holds further rows: a quote is left open in it."
    return None


def _holds_rows(cell: str, width: int, delimiter: str) -> bool:
    """Whether a quote left open, and closed by one further down, made a cell of the rows between."""
    if "\n" not in cell and "\r" not in cell:
        return False
    lines = (line.split(delimited.SIGNS[delimiter]) for line in cell.splitlines()[1:]) if delimiter else ()
    return any(len(parts) >= width > 1 and any(map(_phone_like, parts)) for parts in lines)
