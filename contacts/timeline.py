"""What happened to one contact, in sentences, newest first (R6.3): the audit's entries about them, and their texts.

Each floor tells its own entries, beside what it says of them in lists of changes (`groups.audit_sentences`); the floor
that keeps texts tells those (`texts_by`).
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format

from contacts.models import Contact, Membership, OptOutReason, Source
from groups import audit, audit_sentences
from groups.audit import Kind
from groups.models import AuditEntry, Organization, User
from groups.times import exact

LONGEST = 200
SHOWN = {"": "Everything", "changes": "Changes", "texts": "Texts"}
"""What of a timeline may be asked for."""

GLYPHS = {
    "make_inactive": "inactive",
    "undo_make_active": "inactive",
    "make_active": "active",
    "undo_make_inactive": "active",
    "opt_out": "opted_out",
    "sync_opt_out": "opted_out",
    "reverse_opt_out": "undo",
    "hold": "on_hold",
    "release_hold": "active",
    "upload": "plus",
    "hand": "plus",
    "texted_in": "plus",
}

type Telling = str | Sequence[str] | Callable[[AuditEntry], str]

WORDS: dict[str, Telling] = {}
"""How an action is told of one whom it touched; several words: by their state before it, which the entry keeps."""
OF_AN_ORGANIZATION: set[str] = set()
"""Actions whose place is the organization, wherever in it they were done."""


def tell(*, of_an_organization: bool = False, **by_action: Telling) -> None:
    """Put actions into ``WORDS``, and where it is so into ``OF_AN_ORGANIZATION``."""
    WORDS.update(by_action)
    if of_an_organization:
        OF_AN_ORGANIZATION.update(by_action)


@dataclass(frozen=True)
class Event:
    """One line: the hour, a glyph, what happened where, and who did it how."""

    time: datetime
    hour: str
    exact: str
    glyph: str
    strong: str
    place: str
    who: str
    note: str
    others: int


@dataclass(frozen=True)
class Day:
    """The events of one day in the current zone."""

    date: date
    events: Sequence[Event]

    @property
    def label(self) -> str:
        """ "Today, 22 November", or "4 June 2026"."""
        if self.date == timezone.localdate():
            return f"Today, {date_format(self.date, 'j F')}"
        return date_format(self.date, "j F Y")


type Texts = Callable[[Contact, Collection[int], Sequence[Event]], Sequence[Event]]
"""A contact, the groups whose texts the reader may read, what changed → the latest ``LONGEST`` texts, newest first."""

_TEXTS: list[Texts] = []


def texts_by(texts: Texts) -> Texts:
    """Let timelines hold these texts too."""
    _TEXTS.append(texts)
    return texts


def of_contact(
    contact: Contact, memberships: Collection[Membership], *, readable: Collection[int] = (), shown: str = ""
) -> list[Day]:
    """The latest events of a contact by day: what ``events_of`` finds, and the texts of the groups (ids) ``readable``.

    ``shown`` is a key of ``SHOWN``.
    """
    changes = events_of(contact, memberships)
    texts = [text for found in _TEXTS for text in found(contact, readable, changes)]
    both = {"": [*changes, *texts], "changes": changes, "texts": texts}[shown]
    latest = sorted(both, key=lambda event: event.time, reverse=True)[:LONGEST]
    by_day = groupby(latest, key=lambda event: timezone.localtime(event.time).date())
    return [Day(day, list(events)) for day, events in by_day]


def events_of(contact: Contact, memberships: Collection[Membership]) -> list[Event]:
    """The latest events of a contact, newest first.

    ``memberships`` are those that the reader may see; other groups go unnamed.
    """
    seen = {membership.group_id for membership in memberships}
    subjects = {Kind.CONTACT: [contact.pk], Kind.MEMBERSHIP: [membership.pk for membership in memberships]}
    about = audit.entries_about(contact.account_id, subjects, LONGEST)[:LONGEST]
    names = _names(entry for entry, _ in about)
    return [_event(entry, before, seen, names) for entry, before in about]


type Names = dict[tuple[str, int], str]
"""("agent", "reason" or "from", id) → its name."""


def _names(entries: Iterable[AuditEntry]) -> Names:
    told = [entry.counts for entry in entries]
    agents = User.objects.filter(pk__in={counts["agent"] for counts in told if "agent" in counts})
    reasons = OptOutReason.objects.filter(pk__in={counts["reason"] for counts in told if "reason" in counts})
    origins = Organization.objects.filter(pk__in={counts["from"] for counts in told if "from" in counts})
    return {
        **{("agent", user.pk): user.name for user in agents},
        **{("reason", some.pk): some.name for some in reasons},
        **{("from", some.pk): some.name for some in origins},
    }


def _event(entry: AuditEntry, before: int, seen: Collection[int], names: Names) -> Event:
    local = timezone.localtime(entry.time)
    many = sum(entry.counts.get(name, 0) for name in ("changed", "created", "added", "updated"))
    return Event(
        time=entry.time,
        hour=f"{local:%H:%M}",
        exact=exact(entry.time),
        glyph=GLYPHS.get(entry.action, "person" if "assign" in entry.action else "note"),
        strong=_what(entry, before, seen, names),
        place=_place(entry, seen),
        who=_who(entry, names),
        note=entry.text.text if entry.text and entry.action in ("make_active", "make_inactive") else "",
        others=many,
    )


def _what(entry: AuditEntry, before: int, seen: Collection[int], names: Names) -> str:
    told = WORDS.get(entry.action, audit_sentences.what(entry))
    words = told if isinstance(told, str) else told(entry) if callable(told) else told[before]
    if entry.action == "upload" and entry.text and entry.group_id in seen:
        return f"{words} {entry.text.text}"
    if entry.action == "assign":
        return f"{words} {names.get(('agent', entry.counts['agent']), 'an agent')}"
    return words


def _place(entry: AuditEntry, seen: Collection[int]) -> str:
    if entry.action in OF_AN_ORGANIZATION and entry.organization:
        return f"of {entry.organization}"
    if entry.group is None:
        return ""
    return f"in {entry.group}" if entry.group_id in seen else "in another group"


def _who(entry: AuditEntry, names: Names) -> str:
    who = [audit_sentences.who(entry)]
    if entry.action in ("opt_out", "sync_opt_out") and entry.source in Source.values:
        who.append(Source(entry.source).label)
    if entry.action == "sync_opt_out":
        who.append(f"opted out in {names[('from', entry.counts['from'])]}, and so here")
    if entry.counts.get("reason"):
        who.append(f"reason: {names.get(('reason', entry.counts['reason']), '')}")
    return " · ".join(who)


def _ended(entry: AuditEntry) -> str:
    return "Opt-out ended" + (" by Customer Support" if entry.source == "support" else " by START from their phone")


def _released(entry: AuditEntry) -> str:
    return "Off hold" + (": not an opt-out" if entry.actor else " by START from their phone")


def _arrived(how: str) -> Telling:
    return [f"{done} {how}" for done in ("Created", "Added", "Updated")]


tell(
    upload=_arrived("by upload"),
    hand=_arrived("by hand"),
    number_changed=_arrived("by a change of number"),
    texted_in=_arrived("by a text of theirs"),
    change_number=("Changed to another number", "Came by a change of number"),
    edit="Profile edited",
    make_inactive="Made inactive",
    make_active="Made active",
    undo_make_inactive="Made active again (undone)",
    undo_make_active="Made inactive again (undone)",
    assign="Assigned to",
    unassign="Unassigned",
    undo_assign="Assigned as before (undone)",
    undo_unassign="Assigned as before (undone)",
    hold=("On hold: a text of theirs may be an opt-out", "Another doubtful text while on hold"),
    release_hold=_released,
    cannot_receive="Marked: their number receives no texts",
    receives_again="Unmarked: a text was delivered to them",
)
tell(
    of_an_organization=True,
    opt_out=("Opted out", "Asked again to be opted out"),
    sync_opt_out="Opted out",
    reverse_opt_out=_ended,
)
