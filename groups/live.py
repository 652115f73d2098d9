"""How open pages learn that something changed: a number for each organization, another one after every change (R3.4).

A page asks for it again and again (``address``) and looks for what is new only when it has become one that the page has
not met yet. It says nothing else, so whoever was handed the signed address may read it without signing in: asked by
hundreds of pages it has to cost next to nothing. A process therefore asks the database a few times a second at most. A
page about several organizations follows the sum of their numbers.

The number is written once the change is committed, in a statement of its own, so that no change waits for another's
row. If that fails, or the process dies between the two, the change stands all the same; the pages then follow with the
next one. None of them decides anything: ``Save`` and the gate ask the truth (R6.2, R4.9).
"""

import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from threading import Lock

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from groups.models import ChangeNumber

PATH = "/live/"
KEPT = 0.2
"""Seconds for which a process answers with a number that it has read."""

BELOW = 1 << 62
"""Numbers are drawn below this, and sums taken modulo it."""

type Key = int | tuple[int, ...]
"""Whose number: an organization's (its id), or that of all organizations of one or several accounts (their ids)."""

_read: dict[Key, tuple[float, int]] = {}
_reading = Lock()


def changed(organization_ids: Iterable[int]) -> None:
    """Give these organizations another number when the transaction commits; a query set is read only then.

    Whatever changes what a page shows says so; what is audited has said it by `groups.audit.record`.
    """
    transaction.on_commit(partial(_renew, organization_ids), robust=True)


def _renew(organization_ids: Iterable[int]) -> None:
    # By key, so that two of these, each for several organizations, do not wait for each other.
    rows = [ChangeNumber(pk=key, number=secrets.randbelow(BELOW)) for key in sorted(set(organization_ids))]
    ChangeNumber.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["organization"], update_fields=["number"]
    )


def number(of: Key) -> int:
    """The number as it is now; 0 before the first change."""
    numbers = ChangeNumber.objects.all()
    numbers = numbers.filter(pk=of) if isinstance(of, int) else numbers.filter(organization__account__in=of)
    return sum(numbers.values_list("number", flat=True)) % BELOW


def recent_number(of: Key) -> int:
    """The number as it was a moment ago at most, from the memory of this process."""
    known = _read.get(of)
    if known and time.monotonic() < known[0]:
        return known[1]
    # One thread asks; the others don't wait for it if they have an answer.
    if known is None:
        _reading.acquire()
    elif not _reading.acquire(blocking=False):
        return known[1]
    try:
        found = number(of)
        _read[of] = (time.monotonic() + KEPT, found)
    finally:
        _reading.release()
    return found


def address(of: Key) -> str:
    """Where a page asks for the number: of what its reader has a role in, since it stands in the page."""
    key = str(of) if isinstance(of, int) else f"a{'-'.join(map(str, sorted(of)))}"
    return f"{PATH}{key}/{_signature(key)}"


@dataclass(frozen=True)
class Watched:
    """What a page is handed: where to ask for the number, and the one under which it was made."""

    address: str
    number: str


def watched(of: Key) -> Watched:
    """Call it before anything of the page is read: what is committed meanwhile gives another number then."""
    return Watched(address(of), str(number(of)))


def answer_to(path: str) -> int | None:
    """What to answer at this address; None if its signature is not ours."""
    key, _, signature = path.removeprefix(PATH).partition("/")
    return recent_number(_read_key(key)) if constant_time_compare(signature, _signature(key)) else None


def _read_key(key: str) -> Key:
    return tuple(map(int, key[1:].split("-"))) if key.startswith("a") else int(key)


def _signature(key: str) -> str:
    return salted_hmac("groups.live", key, algorithm="sha256").hexdigest()[:32]


def forget() -> None:
    """Forget what this process remembers; for tests, whose organizations have the keys of others before them."""
    _read.clear()
