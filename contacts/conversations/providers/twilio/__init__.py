"""Twilio as a provider of texts (R8.5, R8.6): REST out, signed webhooks in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse

from contacts.conversations.providers.base import TIMEOUT, File, Handed, Inbound, Outgoing, Report
from contacts.conversations.providers.twilio import webhooks
from contacts.conversations.providers.twilio.account import account

if TYPE_CHECKING:
    from contacts.conversations.providers.twilio.rest import Rest

__all__ = ["Twilio", "provider"]

NOTHING_BACK = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
"""TwiML without a verb: whatever is sent back goes through our own gate."""


@dataclass(frozen=True)
class Twilio:
    """The provider; ``timeout`` is the time in seconds that one call may take."""

    timeout: float = TIMEOUT

    @property
    def _rest(self) -> "Rest":
        from contacts.conversations.providers.twilio.rest import Rest  # noqa: PLC0415  (its library is slow to load)

        return Rest(account(), self.timeout)

    def hand_over(self, text: Outgoing) -> Handed:
        """Give it a text (R4.9). Its report comes to an address of ours that ends in the text's key."""
        return self._rest.hand_over(text)

    def read_text(self, request: HttpRequest) -> Inbound:
        """A text to one of our numbers, out of its webhook; Twilio tells its time on request only (``written``)."""
        return webhooks.read_text(request)

    def read_report(self, request: HttpRequest) -> Report:
        """What became of a text of ours, out of its status callback."""
        return webhooks.read_report(request)

    def answer(self) -> HttpResponse:
        """An empty answer in TwiML."""
        return HttpResponse(NOTHING_BACK, content_type="text/xml; charset=utf-8")

    def written(self, provider_id: str) -> datetime | None:
        """When Twilio received a text, to the second."""
        return self._rest.written(provider_id)

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        """The texts to one of our numbers whose webhooks were due from then on, newest first (R8.5)."""
        return self._rest.texts_since(number, since)

    def media(self, address: str) -> File | None:
        """A picture or file, from Twilio and its storage only; None for whatever else an address leads to."""
        return self._rest.media(address)


def provider() -> Twilio:
    """Twilio, as it is set up here. Raises ``ImproperlyConfigured`` while it isn't."""
    account()
    return Twilio()
