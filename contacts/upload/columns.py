"""Which column of a file is what, and what its cells say (R6.4, R6.6, R6.7)."""

import re
from collections import Counter
from collections.abc import Sequence, Set
from datetime import date
from enum import StrEnum

from contacts.text import clean


class Target(StrEnum):
    """Where a column goes: a field, a question about texting (status), a field of its own (custom), or nowhere."""

    PHONE = "phone"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    NAME = "name"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    TAGS = "tags"
    NOTES = "notes"
    EXTERNAL_ID = "external_id"
    STATUS = "status"
    CUSTOM = "custom"
    IGNORE = "ignore"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


MANY = frozenset({Target.STATUS, Target.CUSTOM, Target.IGNORE})
"""Targets that any number of columns may have."""

# As ``_plain`` leaves headers. The first alias that a file has wins, in its first column so named.
ALIASES: dict[Target, tuple[str, ...]] = {
    Target.PHONE: (
        *("cell", "cellphone", "mobile", "mobilenumber", "mobilephone"),
        *("phone", "phonenumber", "number", "tel", "telephone", "urn:tel", "optinphone"),
    ),
    Target.FIRST_NAME: ("firstname", "first", "fn", "fname", "givenname", "preferredname"),
    Target.LAST_NAME: ("lastname", "last", "ln", "lname", "surname", "familyname"),
    Target.NAME: ("name", "fullname"),
    Target.EMAIL: ("email", "emailaddress"),
    Target.POSTAL_CODE: ("zip", "zipcode", "postalcode", "ziporpostal", "postcode"),
    Target.TAGS: ("tags", "tag", "labels"),
    Target.NOTES: ("notes", "note"),
    Target.EXTERNAL_ID: ("id", "externalid", "vanid", "uuid", "contactuuid", "identifier"),
}

EXPORT_HEADERS = (
    *("Phone", "First name", "Last name", "Email", "Postal code", "Tags", "Notes", "External id"),
    *("Status", "Opted out", "Opted out on", "Opt-out source", "Opt-out reason"),
    *("Assigned agent", "Last message", "Added", "Source", "Source date", "Group", "Organization"),
)
"""The headers of our own export of contacts: a file that has them all can be uploaded again as it is (R6.7)."""

OWN_FIELD = "Custom field: "
"""What stands before a custom field in our own export where its name alone would be taken for something else."""


def column_of(headers: Sequence[str], aliases: Sequence[str]) -> int | None:
    """Return the first column whose header is the first of ``aliases`` that any header is; None if none is."""
    plain = [_plain(header) for header in headers]
    return next((plain.index(alias) for alias in aliases if alias in plain), None)


def suggest(headers: Sequence[str]) -> tuple[str, ...]:
    """Return a ``Target`` for each header, in order; a column that loses a field to another is a field of its own."""
    plain = [_plain(header) for header in headers]
    chosen = {}
    for target, aliases in ALIASES.items():
        column = column_of(headers, aliases)
        if column is not None:
            chosen[column] = target
    if {Target.FIRST_NAME, Target.LAST_NAME} <= set(chosen.values()):
        chosen = {column: target for column, target in chosen.items() if target != Target.NAME}
    ours = {_plain(header) for header in EXPORT_HEADERS}
    known = ours if ours <= set(plain) else set()
    return tuple(chosen.get(column) or _without_field(header, known) for column, header in enumerate(plain))


def custom_headers(names: Sequence[str]) -> list[str]:
    """Return the header of each custom field in our own export, by which an upload finds its name again (R6.7)."""
    taken = {header.casefold() for header in EXPORT_HEADERS}
    headers = []
    for name in names:
        header = OWN_FIELD + name if _taken_for_another(name) or name.casefold() in taken else name
        taken.add(header.casefold())
        headers.append(header)
    return headers


def custom_name(header: str) -> str:
    """Return the custom field that a column goes to."""
    return header.removeprefix(OWN_FIELD)


def _taken_for_another(name: str) -> bool:
    ours = {_plain(header) for header in EXPORT_HEADERS}.union(_STATUS_HEADERS, *ALIASES.values())
    return name.startswith(OWN_FIELD) or _plain(name) in ours


def _without_field(plain: str, known: Set[str]) -> Target:
    if plain in _STATUS_HEADERS:
        return Target.STATUS
    return Target.IGNORE if plain in known else Target.CUSTOM


def check(mapping: Sequence[str], headers: Sequence[str]) -> list[str]:
    """Return what is wrong with a mapping, a sentence each: it needs one phone, and no field twice."""
    if len(mapping) != len(headers) or not set(mapping) <= set(Target):
        return ["The columns don't fit this file. Upload it again."]
    times = Counter(map(Target, mapping))
    problems = [] if times[Target.PHONE] else ["No column goes to Phone. Choose the one that holds the phones."]
    for target in Target:
        if times[target] > 1 and target not in MANY:
            names = " and ".join(header for header, to in zip(headers, mapping, strict=True) if to == target)
            problems.append(f"{names} go to {target.label}. Choose one of them.")
    return problems


def _plain(header: str) -> str:
    """A header without what does not matter in it: case, spaces, dots, dashes, underscores, the number of a repeat."""
    return re.sub(r"[\s._\-\u2010-\u2015]+", "", re.sub(r" \(\d+\)$", "", clean(header)).casefold())


# What a cell about texting says.

_YES = frozenset({"true", "yes", "y", "t", "1"})
_NO = frozenset({"false", "no", "n", "0"})
_OUT = frozenset({"optedout", "optout", "unsubscribed", "stopped", "out"})
_NOT_OUT = frozenset({"active", "inactive", "onhold", "optedin", "optin", "subscribed", "in", "[redacted]"})

_OUT_IF_YES = frozenset({"optedout", "globaloptedout", "optout", "smsoptout", "textoptout", "donottext"})
_OUT_IF_NO = frozenset({"optedin", "optin"})
_STATUS_HEADERS = _OUT_IF_YES | _OUT_IF_NO | {"status", "optinstatus"}


def says_out(header: str, value: str) -> bool | None:
    """Return whether a cell of a status column says that the person is out (R6.6).

    True: out. False: blank, or anything that is known not to mean out, *Inactive* and *On hold* too. None: not known.
    A date says when something came to be, so it is a yes.
    """
    value = clean(value).casefold()
    if not value:
        return False
    plain = _plain(header)
    if plain in _OUT_IF_YES:
        return _answer(value, yes=True)
    if plain in _OUT_IF_NO:
        return _answer(value, yes=False)
    return _status(value)


def _answer(value: str, *, yes: bool) -> bool | None:
    if value in _YES or _is_date(value):
        return yes
    return not yes if value in _NO else None


def _status(value: str) -> bool | None:
    """A word of ours or of others, or several: whoever is out under one of them is out."""
    words = {_plain(word) for word in re.split(r"[·,;|/]", value)} - {""}
    if words & _OUT:
        return True
    return False if words <= _NOT_OUT else None


_DATES = (
    re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?:[t ].*)?"),
    re.compile(r"(?P<month>\d{1,2})([-/.])(?P<day>\d{1,2})\2(?P<year>\d{4}|\d\d)(?:,? .*)?"),
    re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4}|\d\d)(?:,? .*)?"),
    re.compile(r"(?P<day>\d{1,2})[ -](?P<month>[a-z]{3})[a-z]*[ -](?P<year>\d{4})(?:,? .*)?"),
    re.compile(r"(?P<month>[a-z]{3})[a-z]*\.? (?P<day>\d{1,2}),? (?P<year>\d{4})(?:,? .*)?"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _is_date(value: str) -> bool:
    found = (pattern.fullmatch(value) for pattern in _DATES)
    return any(_exists(match) for match in found if match)


def _exists(match: re.Match[str]) -> bool:
    """Whether the day was ever in a calendar: "0000-00-00" is how some databases write that there is none."""
    month = match["month"]
    try:
        date(int(match["year"]) or 1, _MONTHS.index(month) + 1 if month.isalpha() else int(month), int(match["day"]))
    except ValueError:
        return False
    return True


def split_name(name: str) -> tuple[str, str]:
    """Split a whole name into first and last at the last space; one word is a first name."""
    first, _space, last = clean(name).rpartition(" ")
    return (first, last) if first else (last, "")
