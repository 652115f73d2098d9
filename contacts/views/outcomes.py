"""What the pages of an upload say of each outcome, and which rows or people they list under it (R6.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contacts.actions.arrival import OUTCOMES
from contacts.actions.upload import Forecast
from contacts.models import Membership, Upload
from contacts.upload.reading import Sheet
from groups import audit
from groups.audit import Kind
from groups.models import Group

SHOWN = 50
GLANCE = 10
_MEANINGS = {
    "created": ("Created", "plus", "New contacts, active in this group"),
    "added": ("Added", "plus", "Known to {organization}, new to this group"),
    "updated": ("Updated", "check", "Filled or changed; a blank cell changes nothing"),
    "unchanged": ("Unchanged", "minus", "Same as before"),
    "duplicate": ("Duplicate in file", "minus", "Their number came earlier; what is filled in here wins"),
    "rejected": ("Rejected", "warning", "Can't be read; download them, correct, upload again"),
}
_KEPT = {
    "kept_inactive": ("Kept inactive", "inactive", "Inactive in this group; an upload never reactivates"),
    "kept_opted_out": ("Kept opted out", "opted_out", "Opted out of {organization}; nothing is sent"),
}


@dataclass(frozen=True)
class Line:
    """One outcome: its word, glyph, how many, what it means; ``url`` shows them, "" if there is nothing to show."""

    key: str
    word: str
    glyph: str
    many: int
    meaning: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A row of the file as the preview lists it; ``cause`` is there if it is rejected."""

    number: int
    phone: str
    name: str
    outcome: str
    word: str
    glyph: str
    cause: str = ""


def lines(group: Group, counts: Mapping[str, int], shown: frozenset[str]) -> list[Line]:
    """The outcomes in their order; those that are ``shown`` link to their rows or people."""
    return [
        Line(
            key,
            word,
            glyph,
            counts[key],
            meaning.format(organization=group.organization),
            f"?show={key}#rows" if key in shown and counts[key] else "",
        )
        for key, (word, glyph, meaning) in _MEANINGS.items()
    ]


def kept(group: Group, counts: Mapping[str, int]) -> list[Line]:
    """What stays as it is: phones, not rows."""
    return [
        Line(key, word, glyph, counts[key], meaning.format(organization=group.organization))
        for key, (word, glyph, meaning) in _KEPT.items()
    ]


def word(outcome: str) -> str:
    """The outcome's word; "" for what is none."""
    return _MEANINGS[outcome][0] if outcome in _MEANINGS else ""


def rows(judged: Forecast, sheet: Sheet, phone_column: int, show: str) -> list[Row]:
    """The first rows of the file with the outcome ``show``; if it is "", a glance at the first rows of all."""
    wanted = sorted((number, outcome) for number, outcome in judged.rows() if show in ("", outcome))
    return list(_told(judged, dict(wanted[: SHOWN if show else GLANCE]), sheet, phone_column))


def _told(judged: Forecast, outcomes: Mapping[int, str], sheet: Sheet, phone_column: int) -> Iterator[Row]:
    causes = {row.number: row.cause for row in judged.plan.rejected}
    cells = dict(sheet.rows)
    for number, outcome in outcomes.items():
        person = judged.plan.people.get(judged.plan.phones.get(number, ""))
        profile = person.profile if person else {}
        name = f"{profile.get('first_name', '')} {profile.get('last_name', '')}".strip()
        said, glyph, _ = _MEANINGS[outcome]
        yield Row(number, cells[number][phone_column], name, outcome, said, glyph, causes.get(number, ""))


def members(upload: Upload, outcome: str) -> list[Membership]:
    """Those whom a saved upload created, added or updated, the first of them."""
    if upload.entry is None or outcome not in OUTCOMES[:3]:
        return []
    ids = audit.subject_ids(upload.entry, Kind.CONTACT).get(OUTCOMES.index(outcome), [])
    found = upload.group.memberships.filter(contact__among=ids).select_related("contact").order_by("position")
    return list(found[:SHOWN])
