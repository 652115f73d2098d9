"""Keys of rows, as requests bring them: what no row can have is no key, however many digits it has."""

from collections.abc import Iterable

LARGEST = (1 << 63) - 1
"""The largest key that both databases hold."""


def key_of(text: str) -> int | None:
    """The key that a text spells in plain digits; None, if it can't be one."""
    # The length first: Python raises where it is to read some thousands of digits.
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST))):
        return None
    key = int(text)
    return key if key <= LARGEST else None


def keys_of(texts: Iterable[str]) -> list[int] | None:
    """The keys that the texts spell; None, if one of them can't be a key."""
    found = [key_of(text) for text in texts]
    keys = [key for key in found if key is not None]
    return keys if len(keys) == len(found) else None
