"""A program: reads a workbook from its input with calamine and writes its rows to its output. It may die of the file.

``workbook_reader.py COLUMNS LETTERS`` says ``ready``, reads, writes a line of JSON for each row with content of the
first visible sheet that has any (its number, and its cells as text: no more of them and no longer than asked for), and
says ``end`` when nothing is missing. It imports nothing of the project: it has to start at once, and to know no secret.
"""

import io
import json
import os
import resource
import sys
from collections.abc import Sequence
from contextlib import suppress
from math import isfinite

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

# Bytes; seconds of computing; no memory with people's data in it is left on the disk by a crash.
_LIMITS = {resource.RLIMIT_AS: 2**30, resource.RLIMIT_CPU: 20, resource.RLIMIT_CORE: 0}


def main(columns: int, letters: int) -> None:
    for kind, most in _LIMITS.items():
        _limit(kind, most)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what calamine says of a file may quote from it
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    for sheet in book.sheets_metadata:
        shown = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        if shown and _write(book.get_sheet_by_name(sheet.name), columns, letters):
            break
    sys.stdout.write("end\n")


def _limit(kind: int, most: int) -> None:
    _soft, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    with suppress(ValueError):  # macOS takes no bound on memory
        resource.setrlimit(kind, (most, most))


def _write(sheet: CalamineSheet, columns: int, letters: int) -> bool:
    """Write the rows; return whether there were any."""
    some = False
    if sheet.start:  # iterating over an empty sheet is a panic
        left = [""] * sheet.start[1]
        for number, values in enumerate(sheet.iter_rows(), start=1):
            if cells := _cells(values, letters):
                sys.stdout.write(json.dumps([number, (left + cells)[:columns]]) + "\n")
                some = True
    return some


def _cells(values: Sequence[object], letters: int) -> list[str]:
    """The cells as text, up to the last one that is not blank."""
    cells = [value[:letters] if isinstance(value, str) else _text(value) for value in values]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return _number(value)
    return str(value).partition(".")[0].removesuffix(" 00:00:00")  # days and times


def _number(value: float) -> str:
    """A number as a person would type it: whole ones as digits alone, others as short as they are exact."""
    if not isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
