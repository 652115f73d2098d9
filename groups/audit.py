"""Writing and reading the audit: one entry a change, its subjects packed (DATAMODEL: AuditEntry, AuditChunk).

Keys, codes and counts only. Words go to an ``AuditText`` that a redaction can erase.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from groups import live, packing
from groups.models import Account, AuditChunk, AuditEntry, AuditText, Group, Organization, Scope, User

Kind = AuditChunk.Kind


@dataclass(frozen=True)
class Subjects:
    """Ids of one kind that a change touched, all with the same state before it (its meaning is the action's)."""

    kind: AuditChunk.Kind
    ids: Iterable[int]
    before: int = 0


def record(
    action: str,
    *,
    on: Scope | None,
    by: User | None,
    source: str = "page",
    counts: Mapping[str, int | str] | None = None,
    text: str = "",
    subjects: Iterable[Subjects] = (),
    undoes: AuditEntry | None = None,
) -> AuditEntry:
    """Write one entry and its subjects; call it inside the change's own transaction.

    Open pages follow once that is committed (R3.4).
    ``on`` is None for what concerns no tenant: a person's own settings, Customer Support; then there is no ``text``.
    """
    keys = scope_keys(on)
    entry = AuditEntry.objects.create(
        **keys,
        actor=by,
        action=action,
        source=source,
        time=timezone.now(),
        counts=dict(counts or {}),
        text=AuditText.objects.create(account_id=on.account_id, text=text) if on and text else None,
        undoes=undoes,
    )
    add_subjects(entry, subjects)
    if on is not None:
        live.changed(_organizations(on))
    return entry


def _organizations(on: Scope) -> Iterable[int]:
    """Keys of the organizations whose pages may show the change; of an account they are read once it is committed."""
    if isinstance(on, Account):
        return on.organizations.values_list("pk", flat=True)
    return [on.organization_id if isinstance(on, Group) else on.pk]


def add_subjects(entry: AuditEntry, subjects: Iterable[Subjects]) -> None:
    """Name more subjects of an entry, those that came to be by it; in the same transaction."""
    AuditChunk.objects.bulk_create(_chunks(entry, subjects), batch_size=500)


def scope_keys(on: Scope | None) -> dict[str, int | None]:
    """account_id, organization_id and group_id of an object of the tenant tree; all None for the installation."""
    if on is None:
        return {"account_id": None, "organization_id": None, "group_id": None}
    if isinstance(on, Group):
        return {"account_id": on.account_id, "organization_id": on.organization_id, "group_id": on.pk}
    if isinstance(on, Organization):
        return {"account_id": on.account_id, "organization_id": on.pk, "group_id": None}
    return {"account_id": on.pk, "organization_id": None, "group_id": None}


def _chunks(entry: AuditEntry, subjects: Iterable[Subjects]) -> list[AuditChunk]:
    return [
        AuditChunk(entry=entry, kind=subject.kind, before=subject.before, bucket=bucket, ids=packed)
        for subject in subjects
        for bucket, packed in packing.pack(subject.ids)
    ]


def subject_ids(entry: AuditEntry, kind: AuditChunk.Kind) -> dict[int, list[int]]:
    """The ids of one kind that an entry touched, by their state before."""
    found: dict[int, list[int]] = {}
    for chunk in entry.chunks.filter(kind=kind).order_by("bucket"):
        found.setdefault(chunk.before, []).extend(packing.unpack(chunk.bucket, chunk.ids))
    return found


def entries_touching(account_id: int, subjects: Mapping[AuditChunk.Kind, frozenset[int]]) -> dict[int, bool]:
    """The ids of every entry of an account that touched one of these subjects; True if it touched nobody else."""
    chunks = AuditChunk.objects.filter(entry__account=account_id)
    entries = {
        entry
        for kind, ids in subjects.items()
        for entry, key, packed in chunks.filter(kind=kind, bucket__among=sorted({packing.bucket(i) for i in ids}))
        .values_list("entry_id", "bucket", "ids")
        .iterator(chunk_size=500)
        if not ids.isdisjoint(packing.unpack(key, packed))
    }
    alone = dict.fromkeys(entries, True)
    told = AuditChunk.objects.filter(entry__among=sorted(entries), kind__in=subjects)
    for entry, kind, key, packed in told.values_list("entry_id", "kind", "bucket", "ids").iterator(chunk_size=500):
        alone[entry] &= subjects[Kind(kind)].issuperset(packing.unpack(key, packed))
    return alone


def entries_about(
    account_id: int, subjects: Mapping[AuditChunk.Kind, Iterable[int]], most: int
) -> list[tuple[AuditEntry, int]]:
    """The latest entries of an account (``most`` a subject) that touched one of these few subjects, newest first.

    Each comes with the subject's state before it.
    """
    hits = dict(
        hit for kind, ids in subjects.items() for number in ids for hit in _hits(account_id, kind, number, most)
    )
    entries = AuditEntry.objects.select_related("actor", "group", "organization", "text").in_bulk(hits)
    return sorted(((entries[key], before) for key, before in hits.items()), key=_newest_first)


def ids_about(account_id: int, subjects: Mapping[AuditChunk.Kind, Iterable[int]], most: int) -> set[int]:
    """Keys of the latest entries of an account (``most`` a subject) that touched one of these few subjects."""
    return {
        entry for kind, ids in subjects.items() for number in ids for entry, _ in _hits(account_id, kind, number, most)
    }


def _hits(account_id: int, kind: AuditChunk.Kind, number: int, most: int) -> Iterator[tuple[int, int]]:
    chunks = AuditChunk.objects.filter(kind=kind, bucket=packing.bucket(number), entry__account=account_id)
    rows = chunks.order_by("-entry_id").values_list("entry_id", "before", "ids").iterator(chunk_size=500)
    return islice(((entry, before) for entry, before, ids in rows if packing.holds(ids, number)), most)


def _newest_first(told: tuple[AuditEntry, int]) -> tuple[float, int]:
    return -told[0].time.timestamp(), -told[0].pk
