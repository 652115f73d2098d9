from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from contacts.models.contact import Contact
from contacts.models.tag import Tag
from groups import personal_data
from groups.models import Account, AuditEntry, Group, Organization, User

OURS = personal_data.not_personal("one of our own words")


class Source(models.TextChoices):
    """How an opt-out came about, strongest first (R4.5)."""

    KEYWORD = "keyword", "By text"
    OTHER_CHANNEL = "other_channel", "By another channel"
    AGENT = "agent", "By an agent"
    ADMIN = "admin", "By an admin"
    HOLD_DECIDED = "hold_decided", "Held text, decided"
    HOLD_EXPIRED = "hold_expired", "Hold expired"
    CARRIER = "carrier", "Carrier error"
    UPLOAD = "upload", "Upload"
    KEPT = "kept", "Kept after redaction"


_RANK = [
    {Source.KEYWORD},
    {Source.OTHER_CHANNEL},
    {Source.AGENT, Source.ADMIN, Source.HOLD_DECIDED},
    {Source.HOLD_EXPIRED},
    {Source.CARRIER},
    {Source.UPLOAD},
    {Source.KEPT},
]


def strength(source: str) -> int:
    """Rank of a source by R4.5: the higher, the stronger; agents, admins and decided holds are equal."""
    return -next(rank for rank, sources in enumerate(_RANK) if source in sources)


class OptOutReasonQuerySet(models.QuerySet["OptOutReason"]):
    def offered(self) -> "OptOutReasonQuerySet":
        """Those that can be chosen: retired ones stay in history."""
        return self.filter(retired=None)


class OptOutReason(models.Model):
    """An organization's choice, offered when opting out; may name a tag, which is then put on the contact."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="opt_out_reasons")
    name = models.CharField(max_length=60)
    tag = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+")
    retired = models.DateTimeField(null=True, blank=True)

    objects = OptOutReasonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("organization", Lower("name"), name="opt_out_reason_name_unique")]

    def __str__(self) -> str:
        return self.name


class OptOutQuerySet(models.QuerySet["OptOut"]):
    def open(self) -> "OptOutQuerySet":
        """Episodes that nobody has ended, of phones that are still known."""
        return self.filter(ended=None, phone__isnull=False)

    def with_phones(self, phones: Iterable[str]) -> "OptOutQuerySet":
        """Those of one of these phones (E.164); what is left of redacted ones has none."""
        return self.filter(phone__among=phones)


class OptOut(models.Model):
    """An episode in which an organization may send nothing to a phone. The open one is the truth (R4.1, R4.5)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="opt_outs", db_index=False)
    phone = models.CharField(max_length=20, null=True)  # noqa: DJ001  (null once redacted, as on Contact)
    started = models.DateTimeField()
    source = models.CharField(max_length=14, choices=Source.choices, help_text="The strongest so far.")
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.ForeignKey(OptOutReason, models.PROTECT, null=True, related_name="+", db_index=False)
    last_group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="+", db_index=False)
    opened_by = models.ForeignKey(AuditEntry, models.PROTECT, null=True, related_name="+", db_index=False)
    origin = models.ForeignKey("self", models.PROTECT, null=True, related_name="copies", db_index=False)
    ended = models.DateTimeField(null=True)
    redacted_contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = OptOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "phone"], condition=Q(ended=None, phone__isnull=False), name="opt_out_open_once"
            ),
            models.CheckConstraint(
                condition=Q(phone=None) | Q(redacted_contact=None),
                name="opt_out_of_a_redacted_contact_has_no_phone",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "phone"], name="opt_out_history"),
            models.Index(fields=["origin"], name="opt_out_copies", condition=Q(origin__isnull=False)),
            models.Index(
                fields=["redacted_contact"], name="opt_out_redacted", condition=Q(redacted_contact__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.started:%d %b %Y}"

    @property
    def came_from(self) -> str:
        """Where account sync has it from, in words; "" for one of its organization's own (R4.6)."""
        return f"Opted out in {self.origin.organization}, and so here" if self.origin else ""


class OptOutEvidence(models.Model):
    """One request within an episode: the first and every further one, with its own time and source (R4.5)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    opt_out = models.ForeignKey(OptOut, models.PROTECT, related_name="evidence")
    time = models.DateTimeField()
    source = models.CharField(max_length=14, choices=Source.choices)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.TextField(blank=True, help_text="The triggering text, or other evidence.")

    def __str__(self) -> str:
        return f"{self.get_source_display()}, {self.time:%d %b %Y}"


class Suppression(models.Model):
    """What a redaction leaves of an open opt-out: joined to nothing, consumed when the phone comes back (R5.4)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="suppressions", db_index=False)
    digest = models.BinaryField(max_length=32)
    key_id = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("organization", "key_id", "digest", name="suppression_once")]

    def __str__(self) -> str:
        return f"Suppression of {self.day}"


personal_data.declare(OptOutReason, name=personal_data.not_personal("an organization's own words"))
personal_data.declare(OptOut, phone=personal_data.NULL, source=OURS)
personal_data.declare(OptOutEvidence, source=OURS, text=personal_data.ROW_DELETED)
personal_data.declare(
    Suppression,
    digest=personal_data.not_personal("a keyed digest: what survives by R5.4"),
    key_id=personal_data.not_personal("the name of a secret"),
)
