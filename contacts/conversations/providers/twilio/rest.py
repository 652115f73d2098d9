"""Asking Twilio over REST: hand texts over, list those that came, fetch what hangs on them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from twilio.base.exceptions import TwilioException, TwilioRestException, TwilioServiceException
from twilio.rest import Client

from contacts.conversations.providers.base import File, Handed, Inbound, NoAnswer, NotTaken, Outgoing, storable
from contacts.conversations.providers.twilio import media
from contacts.conversations.providers.twilio.account import Account, public
from contacts.conversations.providers.twilio.codes import refusal
from contacts.conversations.providers.twilio.transport import Transport
from contacts.conversations.providers.twilio.webhooks import PHONE, SID

REPORTS = "/texts/twilio/reports/{key}/"
"""The path of ours that a report comes to."""

PAGE = 200
UNREADABLE = (TwilioException, ValueError, TypeError, AttributeError, KeyError, OverflowError, RecursionError)
"""What the library raises for an answer of another shape than it expects."""


class Rest:
    """An account, spoken to."""

    def __init__(self, account: Account, timeout: float) -> None:
        self.account, self.timeout = account, timeout
        self.messages = Client(*account.auth, http_client=Transport(account.api, timeout)).api.v2010.account.messages

    def hand_over(self, text: Outgoing) -> Handed:
        """Hand a text over, once. Raises ``Refused``, ``NotTaken`` or ``NoAnswer``."""
        report = public(REPORTS.format(key=text.key))
        with readable():
            try:
                made = self.messages.create(to=text.phone, from_=text.number, body=text.body, status_callback=report)
            except (TwilioRestException, TwilioServiceException) as answer:
                raise refusal(answer.status, str(answer.code))
            return Handed(_sid(made))

    def written(self, provider_id: str) -> datetime | None:
        """When Twilio received a text: its ``date_created``, since ``date_sent`` is when it called us about it."""
        with asking():
            try:
                found = self.messages(provider_id).fetch()
            except TwilioRestException as answer:
                if answer.status == 404:
                    return None
                raise
            return _time(found)

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        """The texts to ``number`` since then, page by page. Raises ``NoAnswer``, perhaps after some of them."""
        with asking():
            page = self.messages.page(to=number, date_sent_after=since.astimezone(UTC), page_size=PAGE)
        while page:
            with asking():
                found = [self._text(record) for record in page if _is_from_a_phone(record)]
            yield from found
            with asking():
                page = page.next_page()

    def media(self, address: str) -> File | None:
        """What an address of Twilio's leads to."""
        return media.download(address, self.account, self.timeout)

    def _text(self, record: Any) -> Inbound:
        return Inbound(
            provider_id=_sid(record),
            number=record.to,
            phone=record.from_,
            body=storable(record.body or ""),
            written=_time(record),
            media=self._media(record),
        )

    def _media(self, record: Any) -> tuple[str, ...]:
        if record.num_media in (None, "0"):
            return ()
        listed = self.messages(record.sid).media.list()
        return tuple(self.account.api + item.uri.removesuffix(".json") for item in listed)


@contextmanager
def readable() -> Iterator[None]:
    """An answer that can't be read is as good as none."""
    try:
        yield
    except UNREADABLE as problem:
        raise NoAnswer(f"An answer that can't be read: {type(problem).__name__}") from problem


@contextmanager
def asking() -> Iterator[None]:
    """A question can be put again, so all that matters is that there was no answer."""
    try:
        with readable():
            yield
    except NotTaken as problem:
        raise NoAnswer(str(problem)) from problem


def _sid(record: Any) -> str:
    if not SID.fullmatch(record.sid):
        raise ValueError("No SID.")
    return record.sid


def _time(record: Any) -> datetime | None:
    return record.date_created or record.date_sent


def _is_from_a_phone(record: Any) -> bool:
    """Short codes and names write too; nobody could be told apart by them, and nothing can be sent to them."""
    return record.direction == "inbound" and all(PHONE.fullmatch(str(end)) for end in (record.from_, record.to))
