"""A program: reads a workbook from its input with calamine, writes its rows to its output, and may die of a hostile one.

``workbook_reader.py COLUMNS LETTERS`` writes a line of JSON for each row of the first visible sheet with content:
its number and its cells as text, of both no more than is asked for. The line ``end`` says that nothing is missing.
Imports nothing of the project, so that it starts at once and holds no secret.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from itertools import islice
from math import isfinite

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

_MEMORY = 2**30
_SECONDS = 20


def main(columns: int, letters: int) -> None:
    for kind, most in ((resource.RLIMIT_AS, _MEMORY), (resource.RLIMIT_CPU, _SECONDS), (resource.RLIMIT_CORE, 0)):
        _limit(kind, most)
    book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
    rows = (_rows(sheet, letters) for sheet in _sheets(book))
    for number, cells in next(filter(None, map(_started, rows)), ()):
        sys.stdout.write(json.dumps([number, cells[:columns]]) + "\n")
    sys.stdout.write("end\n")
