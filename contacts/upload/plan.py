"""From the rows of a file to the people that it brings, without asking the database (R6.5, R6.6)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from contacts.models import Contact, Tag
from contacts.person import PROFILE, Person
from contacts.phone import InvalidPhone, normalise
from contacts.text import clean, split_tags
from contacts.upload import columns
from contacts.upload.reading import Sheet
from groups.personal_data import REDACTED

LONGEST_CUSTOM = 1000
_LONGEST = {field.name: field.max_length or 0 for field in Contact._meta.concrete_fields if field.name in PROFILE}
_LONGEST_TAG = next(field.max_length or 0 for field in Tag._meta.concrete_fields if field.name == "name")


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
    """What a file would bring: each phone once, with the values of all of its rows merged.

    ``phones``: the phone of each row that can be read, by the row's number. ``out``: the phones that a column says are
    out, in any of their rows. ``not_out``: how many rows a column about texting says something else of; ``unknown``:
    how often it says what we don't know.
    """

    people: dict[str, Person] = field(default_factory=dict)
    phones: dict[int, str] = field(default_factory=dict)
    rejected: list[RejectedRow] = field(default_factory=list)
    out: set[str] = field(default_factory=set)
    not_out: int = 0
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows the file has, blank ones not counted."""
        return len(self.phones) + len(self.rejected)

    @property
    def duplicates(self) -> int:
        """How many rows have a phone that an earlier one has (R6.5)."""
        return len(self.phones) - len(self.people)


def plan(sheet: Sheet, mapping: Sequence[str], country: str) -> Plan:
    """Plan a sheet under a mapping (one target a column); ``country`` is that of phones without their own."""
    made = Plan()
    for number, cells in sheet.rows:
        try:
            person = _readable(sheet, mapping, country, number, cells)
        except Rejected as problem:
            made.rejected.append(RejectedRow(number, str(problem), cells))
            _take_stop(made, sheet, mapping, country, number, cells)
        else:
            _take(made, number, person)
            _take_statuses(made, person.phone, sheet.headers, mapping, cells)
    return made


def _take_stop(
    made: Plan, sheet: Sheet, mapping: Sequence[str], country: str, number: int, cells: Sequence[str]
) -> None:
    """Hear a row that says *out* even if the rest of it can't be taken, as long as its phone can be read (R6.6)."""
    with suppress(Rejected):
        if number not in sheet.problems:
            _take_statuses(made, _phone(cells[mapping.index("phone")], country), sheet.headers, mapping, cells)


def _readable(sheet: Sheet, mapping: Sequence[str], country: str, number: int, cells: Sequence[str]) -> Person:
    if number in sheet.problems:
        raise Rejected(sheet.problems[number])
    return _person(sheet.headers, mapping, country, cells)


def _take(made: Plan, number: int, person: Person) -> None:
    earlier = made.people.get(person.phone)
    made.people[person.phone] = _merged(earlier, person) if earlier else person
    made.phones[number] = person.phone


def _person(headers: Sequence[str], mapping: Sequence[str], country: str, cells: Sequence[str]) -> Person:
    phone = _phone(cells[mapping.index("phone")], country)
    profile: dict[str, str] = {}
    custom: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    for header, target, cell in zip(headers, mapping, cells, strict=True):
        value = clean(cell, lines=target == "notes")
        if not value or value == REDACTED:
            continue
        if target == "name":
            profile |= _named(header, mapping, value)
        elif target == "tags":
            tags = _tags(header, value)
        elif target == "custom":
            custom[columns.custom_name(header)] = _short_enough(header, value, LONGEST_CUSTOM)
        elif target in _LONGEST:
            profile[target] = _short_enough(header, value, _LONGEST[target])
    return Person(phone, profile, custom, tags)


def _phone(cell: str, country: str) -> str:
    if clean(cell) == REDACTED:
        raise Rejected("Redacted: the number was erased, so there is nobody to add.")
    try:
        return normalise(cell, country)
    except InvalidPhone as problem:
        raise Rejected(str(problem)) from problem


def _named(header: str, mapping: Sequence[str], value: str) -> dict[str, str]:
    """A whole name, split; columns of their own for first and last name win."""
    names = dict(zip(("first_name", "last_name"), columns.split_name(value), strict=True))
    return {
        name: _short_enough(header, text, _LONGEST[name])
        for name, text in names.items()
        if text and name not in mapping
    }


def _tags(header: str, value: str) -> tuple[str, ...]:
    return tuple(_short_enough(header, name, _LONGEST_TAG) for name in split_tags(value))


def _short_enough(header: str, value: str, longest: int) -> str:
    if len(value) > longest:
        raise Rejected(f"{header}: more than {longest:,} characters.")
    return value


def _take_statuses(
    made: Plan, phone: str, headers: Sequence[str], mapping: Sequence[str], cells: Sequence[str]
) -> None:
    told = {
        (header, value): columns.says_out(header, value)
        for header, target, cell in zip(headers, mapping, cells, strict=True)
        if target == "status" and (value := clean(cell))
    }
    if True in told.values():
        made.out.add(phone)
    made.not_out += False in told.values()
    made.unknown.update(f"{header}: {value[:60]}" for (header, value), out in told.items() if out is None)


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
