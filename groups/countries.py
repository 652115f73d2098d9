"""Countries by ISO 3166 code: the default region of an organization's phones."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from phonenumbers import SUPPORTED_REGIONS

if TYPE_CHECKING:
    from groups.models import Organization

NAMES = {
    "US": "United States",
    "CA": "Canada",
    "GB": "United Kingdom",
    "IE": "Ireland",
    "AU": "Australia",
    "NZ": "New Zealand",
    "DE": "Germany",
    "FR": "France",
    "MX": "Mexico",
    "RW": "Rwanda",
}


def choices() -> list[tuple[str, str]]:
    """(code, name): the named ones first, then every other region that has phone numbers, by its code."""
    others = sorted(SUPPORTED_REGIONS - NAMES.keys())
    return [*NAMES.items(), *((code, code) for code in others)]


def of(organizations: Iterable["Organization"]) -> list[str]:
    """The countries of some organizations, in which a phone that names none may be read."""
    return sorted({organization.country for organization in organizations}) or ["US"]
