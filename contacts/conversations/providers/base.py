"""What a provider of texts can do, and the few shapes that it is spoken to in.

Whatever is particular to one provider stands in its own module; nothing else knows which of them a number is at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from django.http import HttpRequest, HttpResponse

TIMEOUT = 10
"""Seconds that a provider has to take a text (R4.9)."""


class Fault(StrEnum):
    """Why a provider will not deliver a text, as far as it matters to us."""

    OPTED_OUT = "opted_out"
    """The recipient told the provider to stop: that is an opt-out (R8.6)."""
    CANNOT_RECEIVE = "cannot_receive"
    """A landline or an invalid number (R7.5)."""
    OTHER = "other"


class Refused(Exception):
    """The provider will never deliver this text; ``code`` is its own word for why."""

    def __init__(self, fault: Fault, code: str) -> None:
        super().__init__(f"{fault}: {code}")
        self.fault, self.code = fault, code


class NotTaken(Exception):
    """The provider certainly did not take the text; it may be tried again later."""


class NoAnswer(Exception):
    """The provider may or may not have taken the text: it is never handed over again (R4.9)."""


class BadSignature(Exception):
    """A webhook that the provider did not sign."""


class Malformed(Exception):
    """A signed webhook that lacks what it is about; says what."""


@dataclass(frozen=True)
class File:
    """A picture or file that goes with a text, and what its sender says that it is."""

    content_type: str
    content: bytes


@dataclass(frozen=True)
class Outgoing:
    """A text that the gate let pass: from which number to which phone (both E.164).

    ``key`` is what the provider's report about it comes back with, in the address that it is sent to.
    """

    number: str
    phone: str
    body: str
    key: str


@dataclass(frozen=True)
class Handed:
    """The provider's answer: its id of the text, and whether it was delivered there and then."""

    provider_id: str
    delivered: bool = False


@dataclass(frozen=True)
class Inbound:
    """A text from a phone to one of our numbers. ``written`` is the provider's own time, where it tells one.

    ``media`` are addresses at the provider; ``opt_out_type`` is its own reading of the text: STOP, START, HELP or "".
    """

    provider_id: str
    number: str
    phone: str
    body: str
    written: datetime | None = None
    media: tuple[str, ...] = ()
    opt_out_type: str = ""


def storable(text: str) -> str:
    """The text as a database can hold it: without NUL, with lone halves of surrogate pairs as question marks."""
    return text.replace("\x00", "").encode(errors="replace").decode()


class Stage(StrEnum):
    """How far a text of ours got, by a later report."""

    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Report:
    """What became of a text of ours; None as ``stage``: nothing that matters to us."""

    provider_id: str
    stage: Stage | None
    fault: Fault | None = None
    code: str = ""


class Provider(Protocol):
    """One company that carries texts, or our stand-in for one."""

    def hand_over(self, text: Outgoing) -> Handed:
        """Give it a text, within ``TIMEOUT``. Raises ``Refused``, ``NotTaken`` or ``NoAnswer``."""

    def read_text(self, request: HttpRequest) -> Inbound:
        """A text out of its webhook. Raises ``BadSignature`` or ``Malformed``."""

    def read_report(self, request: HttpRequest) -> Report:
        """A report out of its webhook. Raises ``BadSignature`` or ``Malformed``."""

    def answer(self) -> HttpResponse:
        """What its webhook wants to hear when all is well: nothing is to be sent back."""

    def written(self, provider_id: str) -> datetime | None:
        """When a text was written, by its own clock; None if it doesn't tell. Raises ``NoAnswer``."""

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        """Every text to one of our numbers from then on, as far as it keeps them (R8.5). Raises ``NoAnswer``."""

    def media(self, address: str) -> File | None:
        """A picture or file of a text; None if it is gone or too large to be kept. Raises ``NoAnswer``."""
