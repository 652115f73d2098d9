"""The one way in for contacts and memberships: uploads, contacts added by hand and changed numbers all pass here.

**An upload never reactivates and never reverses an opt-out** (R3.6, R4.7, R4.8): nothing here writes ``inactive`` of a
membership that exists, or ends an episode; whoever arrives with an opted-out phone arrives opted out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from contacts import counts, digests, locks
from contacts.actions import suppression, sync
from contacts.actions.tag import tags_named
from contacts.models import Contact, ContactTag, Membership
from contacts.names import sort_name
from contacts.person import PROFILE, Person
from contacts.text import clean, split_tags
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Group, User

OUTCOMES = ("created", "added", "updated", "unchanged")
BATCH = 2000


@dataclass(frozen=True)
class Standing:
    """What is known about a phone before it arrives. ``inactive``: in this group; None if it is no member of it."""

    contact: Contact | None = None
    inactive: bool | None = None
    tags: frozenset[str] = frozenset()
    opted_out: bool = False

    def outcome(self, person: Person) -> str:
        """One of ``OUTCOMES`` (R6.5)."""
        if self.contact is None:
            return "created"
        if self.inactive is None:
            return "added"
        return "updated" if _news(self, person) else "unchanged"

    @property
    def known(self) -> Contact:
        """The contact of a phone that the organization knows."""
        if self.contact is None:
            raise ValueError("This phone is new to the organization.")
        return self.contact

    @property
    def kept_inactive(self) -> bool:
        """Inactive in this group; an arrival leaves it so."""
        return self.inactive is True


@dataclass(frozen=True)
class Arrived:
    """What came of each phone, how it stood before, and the entry that records it (None: nothing changed)."""

    outcomes: Mapping[str, str]
    before: Mapping[str, Standing]
    entry: AuditEntry | None


def standings(group: Group, phones: Iterable[str]) -> dict[str, Standing]:
    """How each phone stands in the group and its organization, in a constant number of queries."""
    wanted = list(phones)
    organization = group.organization
    contacts = organization.contacts.by_phone(wanted)
    ids = [contact.pk for contact in contacts.values()]
    inactive = dict(Membership.objects.filter(group=group, contact__among=ids).values_list("contact_id", "inactive"))
    tags: dict[int, set[str]] = {}
    for contact_id, name in ContactTag.objects.filter(contact__among=ids).values_list("contact_id", "tag__name"):
        tags.setdefault(contact_id, set()).update(_folded(name))
    out = suppression.opted_out(organization, wanted)
    return {
        phone: Standing(
            contact,
            inactive.get(contact.pk) if contact else None,
            frozenset(tags.get(contact.pk, ())) if contact else frozenset(),
            phone in out,
        )
        for phone in wanted
        for contact in [contacts.get(phone)]
    }


def _folded(tag: str) -> Iterable[str]:
    """A tag as it is compared, and what a file makes of it (R6.7)."""
    return (name.casefold() for name in (tag, *split_tags(tag)))


@dataclass(frozen=True)
class _Arrival:
    """What is alike for all who come in together, to a ``group`` whose row is locked."""

    group: Group
    by: User | None
    came_by: Contact.Source
    source: str
    text: str
    now: datetime


@transaction.atomic
def bring_in(
    group: Group,
    people: Sequence[Person],
    *,
    by: User | None,
    came_by: Contact.Source,
    source: str = "page",
    text: str = "",
) -> Arrived:
    """Create, add or update each person (one a phone) in ``group`` (R6.5).

    ``came_by`` is kept with the contacts that are new, and names what was done in the audit, as ``source`` does whence.
    ``text`` is kept, erasable, with the audit entry (a file's name). Raises ``digests.KeyProblem`` while the digest
    secrets are not in order (R5.11).
    """
    digests.require()
    locks.alone(group.organization)
    locked = Group.objects.select_for_update(no_key=True, of=("self",))
    group = locked.select_related("organization").get(pk=group.pk)
    arrival = _Arrival(group, by, came_by, source, text, timezone.now())
    phones = [person.phone for person in people]
    known = group.organization.contacts.with_phones(phones)
    locks.memberships_of(list(known.values_list("pk", flat=True)))
    before = standings(group, phones)
    outcomes = {person.phone: before[person.phone].outcome(person) for person in people}
    created = _create(arrival, [p for p in people if outcomes[p.phone] == "created"])
    if back := suppression.reopen(group.organization, phones):
        sync.reach(group.organization, back)
    contacts = {phone: s.contact for phone, s in before.items() if s.contact} | created
    _update(before, [p for p in people if outcomes[p.phone] in ("added", "updated")])
    _tag(arrival, before, contacts, people)
    entry = _record(arrival, outcomes, contacts)
    _join(arrival, [contacts[phone] for phone, outcome in outcomes.items() if outcome in ("created", "added")])
    return Arrived(outcomes, before, entry)


def _create(arrival: _Arrival, people: Sequence[Person]) -> dict[str, Contact]:
    made = Contact.objects.bulk_create(
        [
            Contact(
                account_id=arrival.group.account_id,
                organization=arrival.group.organization,
                phone=person.phone,
                custom=dict(person.custom),
                source=arrival.came_by,
                source_at=arrival.now,
                **person.profile,
            )
            for person in people
        ],
        batch_size=BATCH,
    )
    return {str(contact.phone): contact for contact in made}


def _news(standing: Standing, person: Person) -> bool:
    """Whether a person's values say anything that is not known yet."""
    contact = standing.known
    return (
        any(_differs(value, getattr(contact, name), name == "notes") for name, value in person.profile.items())
        or any(_differs(value, contact.custom.get(name, "")) for name, value in person.custom.items())
        or any(tag.casefold() not in standing.tags for tag in person.tags)
    )


def _differs(value: str, known: str, lines: bool = False) -> bool:
    """Whether a value is news: no blank, not what is known, and not what a file makes of it (R6.7)."""
    return value not in ("", known) and value != clean(known, lines=lines)


def _update(before: Mapping[str, Standing], people: Sequence[Person]) -> None:
    """Write the values that are not blank, and the names' read copies."""
    changed, renamed = [], []
    for person in people:
        standing = before[person.phone]
        if not _news(standing, person):
            continue
        contact = standing.known
        names = (contact.first_name, contact.last_name)
        for name, value in person.profile.items():
            setattr(contact, name, value or getattr(contact, name))
        contact.custom = contact.custom | {name: value for name, value in person.custom.items() if value}
        changed.append(contact)
        if names != (contact.first_name, contact.last_name):
            renamed.append(contact)
    _rewrite(Contact.objects.all(), changed, [*PROFILE, "custom"])
    rename(renamed)


def _rewrite[M: Model](rows: QuerySet[M], changed: Sequence[M], fields: Sequence[str]) -> None:
    """Write these fields of rows that exist. ``bulk_update`` says the same in one expression a value, and takes twenty
    times as long."""
    rows.bulk_create(changed, update_conflicts=True, unique_fields=["pk"], update_fields=fields, batch_size=BATCH)


def rename(contacts: Sequence[Contact]) -> None:
    """Bring the read copies of these contacts' names up to date in all their groups."""
    names = {contact.pk: sort_name(contact.first_name, contact.last_name) for contact in contacts}
    rows = list(Membership.objects.filter(contact__among=list(names)))
    for row in rows:
        row.sort_name = names[row.contact_id]
    _rewrite(Membership.objects.all(), rows, ["sort_name"])


def _tag(
    arrival: _Arrival, before: Mapping[str, Standing], contacts: Mapping[str, Contact], people: Sequence[Person]
) -> None:
    """Put the tags on; an upload takes none off. A tag that the organization lacks is made."""
    wanted = {
        (person.phone, tag.casefold()): tag
        for person in people
        for tag in person.tags
        if tag.casefold() not in before[person.phone].tags
    }
    tags = tags_named(arrival.group.organization, wanted.values(), by=arrival.by, source=arrival.source)
    ContactTag.objects.bulk_create(
        [
            ContactTag(account_id=arrival.group.account_id, contact=contacts[phone], tag=tags[folded])
            for phone, folded in wanted
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )


def _record(arrival: _Arrival, outcomes: Mapping[str, str], contacts: Mapping[str, Contact]) -> AuditEntry | None:
    """One entry; its subjects are the contacts created, added and updated, told apart by ``before``: 0, 1 and 2."""
    ids = {
        number: [contacts[phone].pk for phone, outcome in outcomes.items() if outcome == name]
        for number, name in enumerate(OUTCOMES[:3])
    }
    if not any(ids.values()):
        return None
    figures = {OUTCOMES[number]: len(some) for number, some in ids.items() if some}
    subjects = [Subjects(Kind.CONTACT, some, before=number) for number, some in ids.items()]
    return audit.record(
        arrival.came_by,
        on=arrival.group,
        by=arrival.by,
        source=arrival.source,
        counts=figures,
        text=arrival.text,
        subjects=subjects,
    )


def _join(arrival: _Arrival, contacts: Sequence[Contact]) -> None:
    """Give each contact an active membership at the next position, with its read copies (R3.6, R4.7)."""
    if not contacts:
        return
    group, phones = arrival.group, [str(contact.phone) for contact in contacts]
    organization = group.organization
    out = set(organization.opt_outs.open().with_phones(phones).values_list("phone", flat=True))
    held = set(organization.holds.open().with_phones(phones).values_list("phone", flat=True))
    with counts.kept([contact.pk for contact in contacts]):
        Membership.objects.bulk_create(
            [
                Membership(
                    account_id=group.account_id,
                    group=group,
                    contact=contact,
                    position=group.last_position + number,
                    added=arrival.now,
                    sort_name=sort_name(contact.first_name, contact.last_name),
                    phone=contact.phone,
                    opted_out=contact.phone in out,
                    on_hold=contact.phone in held,
                )
                for number, contact in enumerate(contacts, start=1)
            ],
            batch_size=BATCH,
        )
    group.last_position += len(contacts)
    group.save(update_fields=["last_position"])
