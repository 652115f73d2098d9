"""Texts that come in, as they are delivered: kept once, whoever delivers them how often (R8.5).

``receive`` is what a webhook does: a row that makes the text count once. From then on the gate hands nothing more to
its writer's phone. Everything else is the worker's: ``contacts.conversations.actions.take_in``.
"""

import json
from datetime import datetime, timedelta
from math import inf
from time import monotonic
from typing import Any

from django.db import connection
from django.utils import timezone

from contacts import digests
from contacts.conversations.actions.take_in import count_dropped, is_erased, is_known, verdict_of
from contacts.conversations.classify import Verdict
from contacts.conversations.models import SendingNumber
from contacts.conversations.providers.base import Inbound
from contacts.conversations.tasks import inbound
from contacts.phone import InvalidPhone, normalise

MOMENT = 0.1
"""Seconds within which the texts that come in are left to one task."""


class UnknownNumber(Exception):
    """A text to a number that no group has or had at this provider."""


def receive(provider: str, text: Inbound) -> bool:
    """Keep a text of a webhook or of the provider's list; False if it was delivered before.

    Raises ``UnknownNumber``; and ``digests.KeyProblem`` for a text that would create a contact while the secrets are
    not in order: it is not kept, and taken in later from the provider's list (R5.11).
    """
    phone = _phone(text.phone)
    if not digests.in_order() and verdict_of(text) != Verdict.OUT and not is_known(_number(provider, text), phone):
        digests.require()
    if not _keep(provider, text, phone):
        _number(provider, text)
        return False
    _enqueue_taking_in()
    return True


def fetch(provider: str, text: Inbound) -> bool:
    """Keep a text of the provider's list as ``receive`` does; but what is older than a redaction of its phone is not
    even written down, and counted once (R5.7, R8.5)."""
    number = _number(provider, text)
    if not is_erased(number.account_id, _phone(text.phone), text.written or timezone.now()):
        return receive(provider, text)
    count_dropped(number, text.provider_id)
    return False


def _keep(provider: str, text: Inbound, phone: str) -> bool:
    """Write its row, in one statement, since a webhook does little else; False if it was delivered before, or no group
    has the number."""
    time, now = text.written or timezone.now(), timezone.now()
    values = [text.provider_id, phone, text.body, json.dumps(text.media), text.opt_out_type, text.written, now]
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [*map(_stored, values), text.number, provider, _stored(time), _stored(time)])
        return cursor.rowcount == 1


_KEEP = """
    INSERT INTO conversations_inboundtext
        (account_id, number_id, provider, provider_id, phone, body, media, opt_out_type, written, received)
    SELECT account_id, id, provider, %s, %s, %s, %s, %s, %s, %s FROM conversations_sendingnumber
    WHERE phone = %s AND provider = %s
    ORDER BY (since <= %s AND (until IS NULL OR until > %s)) DESC, (until IS NULL) DESC, since DESC LIMIT 1
    ON CONFLICT (provider, provider_id) DO NOTHING
"""
"""As ``_number`` chooses the owner."""


def _stored(value: Any) -> Any:
    """As the database stores it: times are adapted by the engine."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value


def _enqueue_taking_in() -> None:
    """Have the worker take in what waits: one task for all that comes within a moment.

    Whatever is committed before this is asked for is seen by the task that was enqueued last, since that runs only when
    the moment is over.
    """
    if monotonic() - _enqueued.get(connection.alias, -inf) >= MOMENT:
        at = monotonic()
        inbound.take_in_waiting.using(run_after=timezone.now() + timedelta(seconds=MOMENT)).enqueue()
        _enqueued[connection.alias] = at


_enqueued: dict[str, float] = {}


def _number(provider: str, text: Inbound) -> SendingNumber:
    """Whose number it was when the text was written, else whose it is, else whose it was last (R8.5)."""
    owners = list(
        SendingNumber.objects.filter(phone=text.number, provider=provider).select_related("group__organization")
    )
    if not owners:
        raise UnknownNumber(f"No group has this number at {provider}.")
    time = text.written or timezone.now()
    return max(owners, key=lambda owner: (owner.owned_at(time), owner.until is None, owner.since))


def _phone(number: str) -> str:
    """The phone in E.164; a short code or a name of a carrier stays as it is."""
    try:
        return normalise(number)
    except InvalidPhone:
        return number
