"""Text in columns: its encoding, its delimiter, its rows."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice

from contacts.upload.limits import MOST_BYTES, UnreadableFile

Row = tuple[int, list[str]]
"""The number of a row, as a spreadsheet shows it, and its cells."""

SIGNS = {"comma": ",", "semicolon": ";", "tab": "\t"}
"""The delimiters that are read, by their names."""

_SAMPLE, _SAMPLE_TEXT = 25, 100_000
"""Rows, and characters, that a delimiter is judged by at most."""

# The module's own limit of 131,072 characters stops a file in its midst; here a long cell is a rejected row.
csv.field_size_limit(MOST_BYTES)


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and the encoding in words: UTF-8, UTF-16 or Latin-1. Raises ``UnreadableFile`` for what is no text."""
    encoding = _utf_16(content)
    if encoding:
        text, name = _strictly(content, encoding), "UTF-16"
    else:
        text, name = _by_line(content.removeprefix(b"\xef\xbb\xbf"))
    if "\0" in text or _is_noise(text[:4000]):
        raise UnreadableFile("This is not a CSV or XLSX file. Save the contacts as one of these and upload that file.")
    return text, name


def _utf_16(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    first = content[:4000]
    even, odd = first[0::2].count(0), first[1::2].count(0)
    if even + odd < len(first) / 5:
        return None
    if odd > 10 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 10 * odd else None


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        raise UnreadableFile("This UTF-16 file is cut off or damaged. Save it anew as CSV UTF-8 and upload that file.")


def _by_line(content: bytes) -> tuple[str, str]:
    """Each line as UTF-8 or else as Windows writes Western text: one odd byte spoils its own line only."""
    try:
        return content.decode(), "UTF-8"
    except UnicodeDecodeError:
        return "".join(map(_line, content.splitlines(keepends=True))), "Latin-1"


def _line(line: bytes) -> str:
    for encoding in ("utf-8", "cp1252"):
        try:
            return line.decode(encoding)
        except UnicodeDecodeError:
            continue
    return line.decode("latin-1")


_NO_TEXT = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")


def _is_noise(start: str) -> bool:
    return len(_NO_TEXT.findall(start)) > len(start) / 20


def split(text: str) -> tuple[Iterator[Row], str]:
    """The rows, numbered from 1 as a spreadsheet shows them, and the delimiter in words. Raises ``UnreadableFile``."""
    named = re.match(r'"?sep=(.)"?(?:\r\n|\r|\n)', text, re.IGNORECASE)
    if named is None:
        name = max(SIGNS, key=lambda name: _columns_that_hold(text, SIGNS[name]))
        return _rows(text, SIGNS[name]), name
    name = next((name for name, sign in SIGNS.items() if sign == named[1]), "")
    if not name:
        raise UnreadableFile("The first line names a delimiter that is not read. Use comma, semicolon or tab.")
    return _rows(text[named.end() :], SIGNS[name]), name


def _columns_that_hold(text: str, delimiter: str) -> float:
    """How many columns a delimiter makes, counted for less the fewer rows have as many as the headers."""
    reader = csv.reader(io.StringIO(text[:_SAMPLE_TEXT], newline=""), delimiter=delimiter)
    headers, *others = list(islice((row for row in reader if any(row)), _SAMPLE)) or [[]]
    alike = [len(row) == len(headers) for row in [headers, *others]]
    return (len(headers) - 1) * (sum(alike) / len(alike)) ** 2


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error:
        raise UnreadableFile(
            f'The quotes in row {number + 1} are broken: a cell is not closed, or goes on after its closing ". '
            "Correct the row and upload again."
        )
