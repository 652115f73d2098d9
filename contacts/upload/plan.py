"""From the rows of a file to the people that it brings, without asking the database (R6.5, R6.6)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from contacts.actions.arrival import Person
from contacts.models import Contact, Tag
from contacts.phone import InvalidPhone, normalise
from contacts.upload import columns
from contacts.upload.reading import Sheet
from groups.personal_data import REDACTED

LONGEST_CUSTOM = 1000
_LONGEST = {
    name: (Contact._meta.get_field(name).max_length or 0)
    for name in ("first_name", "last_name", "email", "postal_code", "notes", "external_id")
}
_LONGEST_TAG = Tag._meta.get_field("name").max_length or 0


class Rejected(Exception):
    """Why a row can't be read, in words for whoever mends it."""


@dataclass(frozen=True)
class RejectedRow:
    """A row that can't be read: its number in the file (the header is row 1), the cause, and its cells."""

    number: int
    cause: str
    cells: tuple[str, ...]


@dataclass
class Plan:
    """What a file would bring: each phone once, on its first valid row, with the values of all of its rows merged."""

    rows: int = 0
    people: dict[str, Person] = field(default_factory=dict)
    duplicates: int = 0
    rejected: list[RejectedRow] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    unknown: Counter[str] = field(default_factory=Counter)
    says_in: int = 0


@dataclass(frozen=True)
class Statuses:
    """What the columns about texting say of one row."""

    out: bool
    says_in: bool
    unknown: tuple[str, ...]


def plan(sheet: Sheet, mapping: Sequence[str], region: str) -> Plan:
    """Plan a sheet under a mapping (one target a column); ``region`` is the country of phones without their own."""
    made = Plan(rows=len(sheet.rows))
    for number, cells in sheet.rows:
        try:
            _take(made, sheet, mapping, region, number, cells)
        except Rejected as problem:
            made.rejected.append(RejectedRow(number, str(problem), cells))
    return made


def _take(made: Plan, sheet: Sheet, mapping: Sequence[str], region: str, number: int, cells: tuple[str, ...]) -> None:
    if number in sheet.problems:
        raise Rejected(sheet.problems[number])
    person = _person(sheet.headers, mapping, region, cells)
    said = _statuses(sheet.headers, mapping, cells)
    if person.phone in made.people:
        made.duplicates += 1
        person = _merged(made.people[person.phone], person)
    made.people[person.phone] = person
    made.unknown.update(said.unknown)
    made.says_in += said.says_in
    if said.out:
        made.out.add(person.phone)


def _person(headers: Sequence[str], mapping: Sequence[str], region: str, cells: Sequence[str]) -> Person:
    phone = _phone(cells[mapping.index("phone")], region)
    profile: dict[str, str] = {}
    custom: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for header, target, cell in zip(headers, mapping, cells, strict=True):
        value = columns.clean(cell, lines=target == "notes")
        if not value or value == REDACTED:
            continue
        if target == "name":
            profile |= _named(profile, mapping, value)
        elif target == "tags":
            tags = _tags(value)
        elif target == "custom":
            custom[header] = _short_enough(header, value, LONGEST_CUSTOM)
        elif target in _LONGEST:
            profile[target] = _short_enough(header, value, _LONGEST[target])
    return Person(phone, profile, custom, tags)


def _phone(cell: str, region: str) -> str:
    if columns.clean(cell) == REDACTED:
        raise Rejected("Redacted: the number was erased, so there is nobody to add.")
    try:
        return normalise(cell, region)
    except InvalidPhone as problem:
        raise Rejected(str(problem)) from problem


def _named(profile: dict[str, str], mapping: Sequence[str], value: str) -> dict[str, str]:
    """A whole name, split; columns of their own for first and last name win."""
    first, last = columns.split_name(value)
    names = {"first_name": first, "last_name": last}
    return {
        name: _short_enough("Name", text, _LONGEST[name])
        for name, text in names.items()
        if text and name not in mapping and name not in profile
    }


def _tags(value: str) -> tuple[str, ...]:
    return tuple(_short_enough("Tags", tag, _LONGEST_TAG) for tag in columns.split_tags(value))


def _short_enough(header: str, value: str, longest: int) -> str:
    if len(value) > longest:
        raise Rejected(f"{header}: more than {longest:,} characters.")
    return value


def _statuses(headers: Sequence[str], mapping: Sequence[str], cells: Sequence[str]) -> Statuses:
    told = [
        (cell.strip(), columns.says_out(header, cell))
        for header, target, cell in zip(headers, mapping, cells, strict=True)
        if target == "status" and cell.strip()
    ]
    return Statuses(
        out=any(out for _, out in told),
        says_in=any(out is False for _, out in told),
        unknown=tuple(value[:60] for value, out in told if out is None),
    )


def _merged(earlier: Person, later: Person) -> Person:
    """One person from two rows: the later row's values win where they are not blank (R6.5)."""
    return Person(
        earlier.phone,
        {**earlier.profile, **later.profile},
        {**earlier.custom, **later.custom},
        _union(earlier.tags, later.tags),
    )


def _union(earlier: Iterable[str], later: Iterable[str]) -> tuple[str, ...]:
    return tuple({tag.casefold(): tag for tag in (*later, *earlier)}.values())
