"""Cells of the CSV files that we write: a spreadsheet must never run one (R6.7)."""

_RUN = ("=", "+", "-", "@")


def guarded(cell: str) -> str:
    """The cell, with one ``'`` before it if a spreadsheet would run it; an upload takes it off again.

    Space at the start of such a cell goes: some spreadsheets look past it, and an upload cuts it off anyway.
    """
    bare = cell.lstrip()
    return f"'{bare}" if bare.startswith(_RUN) else cell
