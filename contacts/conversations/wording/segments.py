"""How long a text is on the air: characters, the alphabet that they need, and the parts that carriers cut it into."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""The GSM 7-bit alphabet (3GPP TS 23.038, 6.2.1)."""
EXTENDED = frozenset("\f^{}\\[~]|€")
"""Its second table: two places each (6.2.1.1)."""

PLAINER = {"‘": "'", "’": "'", "‚": ",", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-", "‐": "-", "•": "-"} | {
    "…": "...",
    "\N{NO-BREAK SPACE}": "a plain space",
    "`": "'",
    "´": "'",
}
"""What editors put into texts, and what to write instead so that a text stays in the GSM alphabet."""


@dataclass(frozen=True)
class Length:
    """Places that a text takes, how many one part holds alone, and its parts; ``wide`` is what needs the long form.

    Without ``wide`` a place is a GSM character, else a UTF-16 unit, of which a part holds fewer than half as many.
    """

    places: int
    room: int
    segments: int
    wide: str = ""


def measure(text: str) -> Length:
    """How long a text is when it is sent; an empty one is one segment of nothing."""
    wide = next((character for character in text if character not in BASIC and character not in EXTENDED), "")
    alone, together = (70, 67) if wide else (160, 153)
    sizes = [_units(some) if wide else 1 + (some in EXTENDED) for some in text]
    places = sum(sizes)
    return Length(places, alone, 1 if places <= alone else _parts(sizes, together), wide)


def _units(character: str) -> int:
    return 2 if ord(character) > 0xFFFF else 1


def _parts(sizes: Iterable[int], room: int) -> int:
    """Parts of ``room`` places; what takes two places is never cut."""
    parts, taken = 1, 0
    for size in sizes:
        parts, taken = (parts + 1, size) if taken + size > room else (parts, taken + size)
    return parts


def named(character: str) -> str:
    """A character and its name, for somebody who has to find it: “’” (right single quotation mark)."""
    return f"“{character}” ({unicodedata.name(character, f'U+{ord(character):04X}').lower()})"
