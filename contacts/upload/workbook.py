"""An XLSX workbook, read as a stream.

Files come from strangers, so nothing that a file says about its own size is believed: a reader that sets memory aside
for the announced number of strings, or for the rectangle up to the last cell, can be made to end the whole process.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from math import isfinite
from xml.parsers import expat

from contacts.upload.delimited import Row
from contacts.upload.limits import MOST_CELL, MOST_COLUMNS, MOST_UNPACKED, UnreadableFile

Attributes = Mapping[str, str]

_DAMAGED = "This XLSX file is damaged. Open it in a spreadsheet, save it anew and upload that file."
_FAULTS = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, ValueError, LookupError, RuntimeError)
_CHUNK = 1 << 16
_LAST_ROW = 1 << 20


def rows(content: bytes) -> Iterator[Row]:
    """The rows with content of the first visible sheet that has any, numbered as a spreadsheet numbers them.

    Numbers come without exponent and ".0", dates in ISO form, booleans as "true" and "false", formulas as their last
    result, errors as "". Raises ``UnreadableFile``.
    """
    try:
        yield from _Workbook(zipfile.ZipFile(io.BytesIO(content))).rows()
    except _FAULTS:
        raise UnreadableFile(_DAMAGED)


class _Workbook:
    """The parts of the archive, and how many bytes of them may still be unpacked."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.parts = {part.filename.replace("\\", "/").lower(): part for part in archive.infolist()}
        self.left = MOST_UNPACKED

    def rows(self) -> Iterator[Row]:
        _refuse_other_kinds(self.parts)
        book, links = _Sheets(), self._links()
        strings, styles = _Strings(), _Styles()
        self._read("xl/workbook.xml", book)
        self._read(links.first("sharedstrings"), strings)
        self._read(links.first("styles"), styles)
        for key in book.visible:
            sheet = _Sheet(strings.found, styles.dates(), book.epoch)
            some = False
            for row in self._sheet_rows(links.targets[key], sheet):
                some = True
                yield row
            if some:
                return

    def _links(self) -> "_Links":
        links = _Links()
        self._read("xl/_rels/workbook.xml.rels", links)
        return links

    def _read(self, name: str | None, reader: "_Reader") -> None:
        if name:
            for _chunk in self._parsed(name, reader):
                pass

    def _sheet_rows(self, name: str, sheet: "_Sheet") -> Iterator[Row]:
        for _chunk in self._parsed(name, sheet):
            yield from sheet.taken()

    def _parsed(self, name: str, reader: "_Reader") -> Iterator[None]:
        """Feed a part to its reader; between chunks, whoever asked may use what was read, or stop."""
        parser, part = _parser(reader), self.parts[name.lower()]
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ValueError("packed as no spreadsheet does, with no bound on what one read unpacks")
        self._spend(part.file_size)
        with self.archive.open(part) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk)
                yield
        parser.Parse(b"", True)
        yield

    def _spend(self, size: int) -> None:
        """Count a part's size as the archive states it: nothing beyond that is unpacked, whatever is packed."""
        self.left -= size
        if self.left < 0:
            raise UnreadableFile("This XLSX file holds too much. Save its sheet of contacts alone and upload that.")


def _refuse_other_kinds(parts: Mapping[str, object]) -> None:
    if "xl/workbook.xml" in parts:
        return
    kind = "a zip archive"
    if "xl/workbook.bin" in parts:
        kind = "an XLSB workbook"
    elif "content.xml" in parts:
        kind = "an OpenDocument file"
    elif any(name.endswith(".iwa") for name in parts):
        kind = "a Numbers file"
    raise UnreadableFile(f"This is {kind}. Save the contacts as CSV or XLSX and upload that file.")


def _parser(reader: "_Reader") -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_document_type
    return parser


def _refuse_document_type(*_declaration: object) -> None:
    """No spreadsheet writes one: they are there to name files of this machine, or to swell."""
    raise UnreadableFile(_DAMAGED)


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    """The name of an element or attribute without its prefix, which each program chooses for itself."""
    return name.rpartition(":")[2]


class _Reader:
    """Takes what a part holds as it comes; each kind of part listens to what it needs."""

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text, whole or a piece of it."""


class _Links(_Reader):
    """Which part of the archive stands behind each key that the workbook names."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("xl", attributes["Target"])).lstrip("/")
            self.targets[attributes["Id"]] = target
            self.kinds.setdefault(attributes["Type"].rpartition("/")[2].lower(), target)

    def first(self, kind: str) -> str | None:
        return self.kinds.get(kind)


class _Sheets(_Reader):
    """The keys of the sheets that a person sees, in their order, and the day that dates count from."""

    def __init__(self) -> None:
        self.visible: list[str] = []
        self.epoch = datetime(1899, 12, 30, tzinfo=UTC)

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "sheet" and attributes.get("state", "visible") == "visible":
            self.visible.extend(value for key, value in attributes.items() if _local(key) == "id")
        elif local == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.epoch = datetime(1904, 1, 1, tzinfo=UTC)


class _Text(_Reader):
    """What stands in the listened-to elements; not the readings that Japanese text carries beside it."""

    heard: frozenset[str]

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.listening = False
        self.beside = False

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "rPh":
            self.beside = True
        elif local in self.heard:
            self.listening = not self.beside

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "rPh":
            self.beside = False
        elif local in self.heard:
            self.listening = False

    def text(self, text: str) -> None:
        if self.listening:
            self.pieces.append(text)

    def taken_text(self) -> str:
        text = "".join(self.pieces)[: MOST_CELL + 1]
        self.pieces.clear()
        return text


class _Strings(_Text):
    """The texts that cells refer to by number."""

    heard = frozenset({"t"})

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def end(self, name: str) -> None:
        super().end(name)
        if _local(name) == "si":
            self.found.append(_unescaped(self.taken_text()))


_ESCAPE = re.compile(r"_x((?![dD][89a-fA-F])[0-9A-Fa-f]{4})_")


def _unescaped(text: str) -> str:
    """Undo how Excel writes what XML can't hold: ``_x000D_``. Halves of a character stay as they are."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_LONGEST_FORMAT = 255
_NO_PLACEHOLDER = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


class _Styles(_Reader):
    """The number format of each style of a cell."""

    def __init__(self) -> None:
        self.formats: list[int] = []
        self.custom_dates: set[int] = set()
        self.in_cells = False

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "numFmt" and _says_date(attributes["formatCode"]):
            self.custom_dates.add(int(attributes["numFmtId"]))
        elif local == "xf" and self.in_cells:
            self.formats.append(int(attributes.get("numFmtId", 0)))
        self.in_cells = self.in_cells or local == "cellXfs"

    def end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self.in_cells = False

    def dates(self) -> frozenset[int]:
        """The styles that show a number as a date or a time."""
        dates = _BUILT_IN_DATES | self.custom_dates
        return frozenset(style for style, shown in enumerate(self.formats) if shown in dates)


def _says_date(code: str) -> bool:
    first = _NO_PLACEHOLDER.sub("", code[:_LONGEST_FORMAT]).partition(";")[0]
    return not {"d", "m", "y", "h", "s"}.isdisjoint(first.lower())


class _Sheet(_Text):
    """The rows of one sheet, handed over as they end."""

    heard = frozenset({"v", "t"})

    def __init__(self, strings: list[str], dates: frozenset[int], epoch: datetime) -> None:
        super().__init__()
        self.strings, self.dates, self.epoch = strings, dates, epoch
        self.ended: list[Row] = []
        self.row, self.column = 0, 0
        self.cells: list[str] = []
        self.cell: Attributes = {}

    def taken(self) -> list[Row]:
        ended, self.ended = self.ended, []
        return ended

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "c":
            self.cell = attributes
            reference = attributes.get("r")
            self.column = _column(reference.rstrip("0123456789")) if reference else self.column + 1
        elif local == "row":
            self._start_row(attributes)
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            if self.pieces:
                self._place(self._value(self.taken_text()))
        elif local == "row":
            self._end_row()
        else:
            super().end(name)

    def _start_row(self, attributes: Attributes) -> None:
        row = int(attributes.get("r", self.row + 1))
        if not self.row < row <= _LAST_ROW:
            raise ValueError("rows out of order")
        self.row, self.column, self.cells = row, 0, []

    def _end_row(self) -> None:
        if any(cell.strip() for cell in self.cells):
            self.ended.append((self.row, self.cells))

    def _place(self, value: str) -> None:
        if self.column > MOST_COLUMNS:
            raise UnreadableFile(
                f"Row {self.row} has a cell beyond column {MOST_COLUMNS}: no more are read. "
                "Delete what stands to the right of the contacts and upload again."
            )
        self.cells.extend([""] * (self.column - len(self.cells)))
        self.cells[self.column - 1] = value

    def _value(self, text: str) -> str:
        kind = self.cell.get("t", "n")
        if kind == "s":
            return self.strings[int(text)]
        if kind in {"str", "inlineStr"}:
            return _unescaped(text)
        if kind == "b":
            return {"1": "true", "0": "false"}.get(text, text)
        if kind == "e":
            return ""
        if kind == "d":
            return text.removesuffix("T00:00:00")
        return self._number(text.strip())

    def _number(self, text: str) -> str:
        if int(self.cell.get("s", 0)) in self.dates:
            return _date(float(text), self.epoch) or _number(text)
        return _number(text)


@lru_cache(maxsize=2 * MOST_COLUMNS)
def _column(letters: str) -> int:
    """The number of the column that a reference names by letters: 28 for "AB"."""
    column = 0
    for letter in letters.upper():
        column = column * 26 + "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(letter) + 1
        if column > _LAST_ROW:
            raise ValueError("no sheet is so wide")
    if not column:
        raise ValueError("no column")
    return column


def _number(text: str) -> str:
    """A number as a person would type it: whole ones as digits alone, others as short as they are exact."""
    if text.isdecimal():
        return text
    value = float(text)
    if not isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)


def _date(serial: float, epoch: datetime) -> str | None:
    """A spreadsheet's count of days as an ISO date, with the time if there is any; None outside the years 1900-9999."""
    if not 0 <= serial < 2_957_000:
        return None
    if serial < 1:
        return f"{epoch + _days(serial):%H:%M:%S}"
    if serial < 60 and epoch.year == 1899:
        serial += 1  # Excel counts 29 February 1900, a day that never was
    return f"{epoch + _days(serial):%Y-%m-%d %H:%M:%S}".removesuffix(" 00:00:00")


def _days(serial: float) -> timedelta:
    return timedelta(seconds=round(serial * 86_400))
