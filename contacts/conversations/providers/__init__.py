"""Providers of texts: each a module of its own behind ``base.Provider``."""

from importlib import import_module

from django.conf import settings

from contacts.conversations.models import SendingNumber
from contacts.conversations.providers.base import Provider


def at(name: str) -> Provider:
    """The provider of that name. Raises ``LookupError`` if this installation has none of it."""
    if name not in settings.PROVIDERS:
        raise LookupError(f"No provider {name!r} is set up here.")
    found: Provider = import_module(f"{__name__}.{name}").provider()
    return found


def offered() -> list[tuple[str, str]]:
    """The providers that are set up here: name and label."""
    return [(name, SendingNumber.At(name).label) for name in settings.PROVIDERS]
