"""Cells of the CSV files that we write: a spreadsheet must never run one (R6.7)."""

_RUN = ("=", "+", "-", "@", "\t", "\r")


def guarded(cell: str) -> str:
    """The cell, with one ``'`` before it if a spreadsheet would run it; an upload takes it off again."""
    return f"'{cell}" if cell.startswith(_RUN) else cell
