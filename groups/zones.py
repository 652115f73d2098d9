"""IANA time zones: the names that we accept, and their choices for forms."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


@cache
def names() -> tuple[str, ...]:
    """Every zone that people choose from, sorted: places and UTC, not the legacy abbreviations."""
    places = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))
    return (*places, "UTC")


def known(name: str) -> None:
    """Field validator: refuse a zone that this system does not know."""
    if name not in names():
        raise ValidationError(
            "“%(name)s” is not a time zone. Choose one such as America/New_York.", params={"name": name}
        )


def choices() -> list[tuple[str, str]]:
    """(name, name with spaces) for a select."""
    return [(name, name.replace("_", " ")) for name in names()]
