"""Our account at Twilio, out of the settings, and asked for only when something is to be done with it."""

import re
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

API = re.compile(r"https://[a-z0-9.-]+(:\d+)?(/[\w./-]*)?|http://(localhost|127\.0\.0\.1)(:\d+)?(/[\w./-]*)?", re.ASCII)


@dataclass(frozen=True)
class Account:
    """An account's id, its tokens (that of REST first; webhooks may be signed with any) and the address of the API."""

    sid: str
    tokens: tuple[str, ...] = field(repr=False)
    api: str

    @property
    def auth(self) -> tuple[str, str]:
        """Name and password of REST."""
        return self.sid, self.tokens[0]


def account() -> Account:
    """The account. Raises ``ImproperlyConfigured`` with the variable that is missing or can't be right."""
    if not settings.TWILIO_ACCOUNT_SID:
        raise ImproperlyConfigured("TWILIO_ACCOUNT_SID is not set: texts by Twilio need the account's SID, AC….")
    if not settings.TWILIO_AUTH_TOKENS:
        raise ImproperlyConfigured("TWILIO_AUTH_TOKEN is not set: texts by Twilio need the account's auth token.")
    if not API.fullmatch(settings.TWILIO_API):
        raise ImproperlyConfigured("TWILIO_API must be an https:// address, without a query: the token is sent to it.")
    return Account(settings.TWILIO_ACCOUNT_SID, tuple(settings.TWILIO_AUTH_TOKENS), settings.TWILIO_API.rstrip("/"))


def public(path: str) -> str:
    """The address by which Twilio reaches a path of ours, whatever stands in between."""
    return settings.BASE_URL.rstrip("/") + path
