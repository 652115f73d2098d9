"""The audit: one entry a change, its subjects as packed ids in chunks. UPDATE and DELETE are refused by trigger."""

from django.db import models

from groups import personal_data
from groups.models.account import Account, Group, Organization
from groups.models.user import User


class AuditText(models.Model):
    """The words of a change (a note, a file name). They can be erased, so they stand apart from the entry."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text


class AuditEntry(models.Model):
    """One change: who did what, where, when, by which way, and how many were changed. Keys, codes and counts only."""

    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    action = models.CharField(max_length=40)
    source = models.CharField(max_length=20, default="page")
    time = models.DateTimeField()
    counts = models.JSONField(default=dict)
    text = models.ForeignKey(AuditText, models.PROTECT, null=True, related_name="+", db_index=False)
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")

    class Meta:
        indexes = [
            models.Index(fields=["account", "time"], name="audit_by_account"),
            models.Index(fields=["organization", "time"], name="audit_by_organization"),
            models.Index(fields=["group", "time"], name="audit_by_group"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.counts}"


class AuditChunk(models.Model):
    """Up to 4,096 subjects of an entry: those of one kind, with one state before, whose id >> 12 is ``bucket``."""

    class Kind(models.IntegerChoices):
        MEMBERSHIP = 1
        CONTACT = 2
        OPT_OUT = 3
        USER = 4

    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="chunks", db_index=False)
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    before = models.BigIntegerField(default=0, help_text="State before the change; its meaning is the action's.")
    bucket = models.BigIntegerField()
    ids = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["entry", "bucket"], name="audit_chunk_of_entry"),
            models.Index(fields=["kind", "bucket", "entry"], name="audit_chunk_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.entry_id}"


personal_data.declare(AuditText, text=personal_data.BLANK)
personal_data.declare(
    AuditEntry,
    action=personal_data.not_personal("one of our own words"),
    source=personal_data.not_personal("one of our own words"),
    counts=personal_data.not_personal("keys and counts only"),
)
personal_data.declare(AuditChunk, ids=personal_data.not_personal("keys only"))
