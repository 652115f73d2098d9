"""A stand-in for a carrier, so that everything can be tried out without one: the demo's default.

It takes what is handed over and delivers it at once; whoever holds the phones sees it on the page of phones. What they
text back is posted, signed and over HTTP, to the same webhook as any provider's. A few made-up numbers behave as phones
can (``BEHAVIOUR``).
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from http.client import HTTPException
from time import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.dateparse import parse_datetime

from contacts.conversations.providers.base import (
    TIMEOUT,
    BadSignature,
    Fault,
    File,
    Handed,
    Inbound,
    Malformed,
    NoAnswer,
    NotTaken,
    Outgoing,
    Refused,
    Report,
    storable,
)

BEHAVIOUR: dict[str, Exception] = {
    "+19075550191": Refused(Fault.OPTED_OUT, "21610"),
    "+19075550192": Refused(Fault.CANNOT_RECEIVE, "30006"),
    "+19075550193": NotTaken("The carrier is busy."),
    "+19075550194": NoAnswer("The carrier did not answer."),
}
"""What becomes of every text to these phones: blocked, a landline, never taken, never answered."""

FRESH = 300
"""Seconds that a signature is good for."""
MOST_CHARACTERS = 1600
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LENGTHS = {"id": 64, "number": 20, "phone": 20}
"""Characters that each of these has at most, and one at least."""

_straight = build_opener(ProxyHandler({}))
"""To ourselves: no proxy of the machine stands between."""


class Simulator:
    """See ``base.Provider``."""

    def hand_over(self, text: Outgoing) -> Handed:
        if fault := BEHAVIOUR.get(text.phone):
            raise fault
        return Handed(f"SIM{uuid4().hex}", delivered=True)

    def read_text(self, request: HttpRequest) -> Inbound:
        values = _signed(request)
        return Inbound(
            provider_id=_short(values, "id"),
            number=_short(values, "number"),
            phone=_short(values, "phone"),
            body=storable(_string(values, "body"))[:MOST_CHARACTERS],
            written=_time(values),
        )

    def read_report(self, request: HttpRequest) -> Report:
        return Report(_short(_signed(request), "id"), None)

    def answer(self) -> HttpResponse:
        return HttpResponse(status=204)

    def written(self, provider_id: str) -> datetime | None:
        return None

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        """None: it keeps nothing, so that a redaction leaves nothing with it."""
        yield from ()

    def media(self, address: str) -> File | None:
        return None


@cache
def provider() -> Simulator:
    """The one there is."""
    return Simulator()


def text_in(number: str, phone: str, body: str) -> int | None:
    """Text from a phone to one of our numbers; the webhook's status, or None if it didn't answer."""
    values = {
        "id": f"SIM{uuid4().hex}",
        "number": number,
        "phone": phone,
        "body": body[:MOST_CHARACTERS],
        "written": timezone.now().isoformat(),
    }
    content = json.dumps(values).encode()
    address = settings.BASE_URL + reverse("conversations:texts_in", args=["simulator"])
    headers = signature(content, int(time())) | {"Content-Type": "application/json"}
    post = Request(address, content, headers)  # noqa: S310  (our own address)
    try:
        with _straight.open(post, timeout=TIMEOUT) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code
    except (OSError, HTTPException):
        return None


def signature(content: bytes, at: int) -> dict[str, str]:
    """The headers that sign a body as of a time (seconds since 1970)."""
    made = salted_hmac("contacts.conversations.simulator", f"{at}.".encode() + content, algorithm="sha256").hexdigest()
    return {"X-Simulator-Time": str(at), "X-Simulator-Signature": made}


def _signed(request: HttpRequest) -> dict[str, Any]:
    """What a signed body says; signatures are looked at first."""
    at = request.headers.get("X-Simulator-Time", "")
    if not at.isascii() or not at.isdigit() or len(at) > 12 or abs(time() - int(at)) > FRESH:
        raise BadSignature
    made = signature(request.body, int(at))["X-Simulator-Signature"]
    if not constant_time_compare(made, request.headers.get("X-Simulator-Signature", "")):
        raise BadSignature
    try:
        values = json.loads(request.body)
    except (ValueError, RecursionError):
        raise Malformed("The body is no JSON.") from None
    if not isinstance(values, dict):
        raise Malformed("The body is no JSON object.")
    return values


def _string(values: dict[str, Any], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise Malformed(f"“{name}” is missing.")
    return value


def _short(values: dict[str, Any], name: str) -> str:
    value = _string(values, name)
    if not (0 < len(value) <= LENGTHS[name] and value.isprintable()):
        raise Malformed(f"“{name}” has from 1 to {LENGTHS[name]} characters, all of which can be seen.")
    return value


def _time(values: dict[str, Any]) -> datetime:
    """When it was written: of this century, and by a clock that is not ahead of ours."""
    try:
        found = parse_datetime(_string(values, "written"))
    except ValueError:
        found = None
    if not (found and found.tzinfo):
        raise Malformed("“written” is no time with its zone.")
    if not EARLIEST <= found <= timezone.now() + timedelta(seconds=FRESH):
        raise Malformed("“written” is before the year 2000, or still to come.")
    return found
