"""What a search of a list looks for: part of a phone, or part of a name."""

import re

from contacts.names import folded

WHOLE = 9
"""Digits from which on a search is taken for a whole number."""

_PART_OF_A_PHONE = re.compile(r"[ ()+./-]*[0-9][0-9 ()+./-]*")


def part_of_phone(text: str) -> str:
    """The digits of a search for a part of a phone; "" for any other text.

    A whole number loses the zeros that one dials before it; in a part, such as the last four digits, they count.
    """
    if not _PART_OF_A_PHONE.fullmatch(text):
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    return (digits.lstrip("0") or digits) if len(digits) >= WHOLE else digits


def part_of_name(text: str) -> str:
    """A search for a part of a name, as ``sort_name`` is written; "" if nothing of it can be found in one."""
    return folded(text).strip()
