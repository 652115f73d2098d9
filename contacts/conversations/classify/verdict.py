"""What a text may ask for."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What an inbound text asks for."""

    OUT = "OUT"
    """A stop, certainly (R8.1)."""
    HOLD = "HOLD"
    """Perhaps a stop, or the phone is somebody else's: somebody decides (R8.2)."""
    IN = "IN"
    """To be texted again (R8.4)."""
    HELP = "HELP"
    """To be told who texts (R8.4)."""
    NONE = "NONE"
    """Anything else (R8.3)."""


def strictest(found: Iterable[Verdict]) -> Verdict:
    """A certain stop before a doubtful one; NONE if there is neither."""
    said = set(found)
    return next((verdict for verdict in (Verdict.OUT, Verdict.HOLD) if verdict in said), Verdict.NONE)
