"""Take in what a provider has and its webhooks did not bring: they are not reliably repeated (R8.5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone

from contacts.conversations import providers
from contacts.conversations.actions.receive import fetch
from contacts.conversations.models import InboundText, SendingNumber
from contacts.conversations.providers.base import Inbound
from groups.background import each

BACK = timedelta(days=3)


def reconcile() -> int:
    """List the last three days of every number at its provider and take in what is missing; returns how many texts.

    Raises an ``ExceptionGroup`` at the end for the numbers that could not be listed and the texts that could not be
    kept, such as an unknown sender's while the secrets are not in order (R5.11); the others are done.
    """
    since = timezone.now() - BACK
    return sum(each(partial(_fetch_missing, since), _numbers(since), failed="Not every number could be reconciled"))


def _fetch_missing(since: datetime, ours: tuple[str, str]) -> int:
    provider, number = ours
    missing = _missing(provider, number, since)
    return sum(each(partial(fetch, provider), missing, failed="Not every text could be kept"))


def _numbers(since: datetime) -> Iterable[tuple[str, str]]:
    """Provider and number of everything that was a group's at that time or later."""
    ours = SendingNumber.objects.filter(Q(until=None) | Q(until__gte=since))
    return ours.order_by("provider", "phone").values_list("provider", "phone").distinct()


def _missing(provider: str, number: str, since: datetime) -> Iterable[Inbound]:
    texts = list(providers.at(provider).texts_since(number, since))
    kept = InboundText.objects.filter(provider=provider, provider_id__among=[text.provider_id for text in texts])
    known = set(kept.values_list("provider_id", flat=True))
    return [text for text in texts if text.provider_id not in known]
