"""Names as lists sort and search them."""

import unicodedata

LONGEST = 100


def folded(text: str) -> str:
    """Text without case and accents, so that "jose" finds José on both engines."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def sort_name(first: str, last: str) -> str:
    """The read copy of a name on a membership."""
    return folded(f"{first} {last}".strip())[:LONGEST]
