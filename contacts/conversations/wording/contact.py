"""Where people reach a person: the one address that a help reply may hold (R4.9)."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from contacts.conversations.wording import tables
from contacts.conversations.wording.rules import plain
from contacts.phone import InvalidPhone, normalise, written

LONGEST = 80
_WEB = re.compile(r"(?:https?://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(/[\w.~/-]*)?", re.IGNORECASE | re.ASCII)


class NoContact(ValueError):
    """A text that is no address of a person; its words say why, for whoever wrote it."""


def read_contact(text: str, region: str) -> str:
    """The e-mail address, phone or web address that ``text`` is, as a help reply shows it; "" is none.

    ``region``: the country of a phone without its own. Raises ``NoContact``.
    """
    text = plain(text).strip()
    if not text:
        return ""
    if len(text) > LONGEST:
        raise NoContact(f"Write {LONGEST} characters at most.")
    if "@" in text:
        return _email(text)
    return _phone(text, region) if not re.search(r"[^\W\d_]", text) else _web(text)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise NoContact("This is not an e-mail address. Write one such as help@example.org, and nothing else.")
    return text


def _phone(text: str, region: str) -> str:
    try:
        return written(normalise(text, region))
    except InvalidPhone as problem:
        raise NoContact(str(problem))


def _web(text: str) -> str:
    found = _WEB.fullmatch(text)
    if not found:
        raise NoContact("Write one e-mail address, phone or web address, and nothing else.")
    host, path = found[1].lower(), found[2] or ""
    if host.removeprefix("www.") in tables.SHORTENERS:
        raise NoContact(f"{host} hides where it leads, and carriers block it. Write the address itself.")
    if tables.MARKETING.search(re.sub(r"[^a-z]+", " ", path.lower())):
        raise NoContact("This address reads as marketing. Write the one where people get help.")
    return f"{host}{path.rstrip('/')}"
