"""Countries by ISO 3166 code: the default region of an organization's phones."""

from collections.abc import Iterable

from phonenumbers import SUPPORTED_REGIONS

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


def of(countries: Iterable[str]) -> list[str]:
    """The countries in which a phone that names none may be read, from those of some organizations."""
    return sorted(set(countries)) or ["US"]
