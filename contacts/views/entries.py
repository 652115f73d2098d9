"""What lists of audit entries show beside the sentence that the counts make."""

from collections.abc import Collection, Sequence

from contacts.models import OptOutReason, Tag
from groups import packing
from groups.audit import Kind
from groups.models import AuditChunk, AuditEntry, User


class More:
    """What a sentence of counts leaves out: the note or the file's name, and who or what the keys in it stand for."""

    def __init__(self, entries: Sequence[AuditEntry]) -> None:
        self.touched = _users(entries)
        people = _keys(entries, "agent").union(*self.touched.values())
        self.people = dict(User.objects.filter(pk__among=sorted(people)).values_list("pk", "name"))
        self.tags = _names(Tag, _keys(entries, "tag"))
        self.reasons = _names(OptOutReason, _keys(entries, "reason"))

    def about(self, entry: AuditEntry) -> list[str]:
        """Each in words of its own."""
        counts = entry.counts
        told = [
            entry.text.text if entry.text else "",
            ", ".join(sorted(self.people[key] for key in self.touched.get(entry.pk, ()) if key in self.people)),
            _said("To {}", self.people.get(counts.get("agent"))),
            _said("Tag: {}", self.tags.get(counts.get("tag"))),
            _said("Reason: {}", self.reasons.get(counts.get("reason"))),
        ]
        return [some for some in told if some]


def _said(sentence: str, name: str | None) -> str:
    return sentence.format(name) if name else ""


def _keys(entries: Sequence[AuditEntry], name: str) -> set[int]:
    return {entry.counts[name] for entry in entries if name in entry.counts}


def _names(model: type[Tag] | type[OptOutReason], keys: Collection[int]) -> dict[int, str]:
    found = model._default_manager.filter(pk__among=sorted(keys))
    return dict(found.values_list("pk", "name"))


def _users(entries: Sequence[AuditEntry]) -> dict[int, list[int]]:
    """entry id → the people whose roles it changed."""
    chunks = AuditChunk.objects.filter(entry__among=[entry.pk for entry in entries], kind=Kind.USER)
    found: dict[int, list[int]] = {}
    for entry_id, bucket, ids in chunks.values_list("entry_id", "bucket", "ids"):
        found.setdefault(entry_id, []).extend(packing.unpack(bucket, ids))
    return found
