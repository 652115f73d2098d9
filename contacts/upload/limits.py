"""What a file may hold at most, and the error that refuses it as a whole."""

MOST_ROWS = 10_000
"""Rows under the headers, blank ones not counted."""

MOST_COLUMNS = 250

MOST_CELL = 10_000
"""Characters of a cell."""

MOST_BYTES = 20 * 2**20
"""Bytes of a file."""

MOST_TEXT = 50_000_000
"""Characters in all cells together; a workbook can repeat a long one without growing."""

MOST_UNPACKED = 100_000_000
"""Bytes that an XLSX file may unpack to; packed, a thousand times as much can look small."""


class UnreadableFile(Exception):
    """A file of which nothing is read; its words are one line: the cause, and what to do."""
