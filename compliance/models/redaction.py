from django.db import models

from groups import personal_data
from groups.models import Account, AuditEntry, User


class Redaction(models.Model):
    """One redaction of one lead or several, and its receipt: who, when, how much, and what is still to be done (R5.7).

    ``counts`` holds, for each store in its order, [label, rows erased, rows in which something was found afterwards].
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="redactions", db_index=False)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    started = models.DateTimeField()
    finished = models.DateTimeField(help_text="When the erasure was checked, just before it was committed.")
    leads = models.PositiveIntegerField(help_text="How many phones.")
    opted_out = models.BooleanField(default=False, help_text="Whether the numbers were opted out as well (R5.2).")
    counts = models.JSONField(default=list)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="+")
    transaction = models.BigIntegerField(default=0, help_text="PostgreSQL's id of it: no snapshot may be older.")
    cleaned = models.DateTimeField(null=True, help_text="When files and dead rows were gone.")
    indexes_cleaned = models.DateTimeField(null=True, help_text="When the indexes that held the values were rebuilt.")

    class Meta:
        indexes = [models.Index(fields=["account", "started"], name="redaction_by_account")]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As the receipt is cited, such as "R-2026-0318"."""
        return f"R-{self.started:%Y}-{self.pk:04d}"

    @property
    def left(self) -> int:
        """In how many rows something was still found; 0 unless a store leaks."""
        return sum(left for _, _, left in self.counts)

    @property
    def erased(self) -> int:
        """How many rows were erased in all."""
        return sum(erased for _, erased, _ in self.counts)

    @property
    def final(self) -> bool:
        """Whether everything is done, the clean-up included."""
        return bool(self.cleaned and self.indexes_cleaned and not self.left)


class RedactedPhone(models.Model):
    """The digest of a redacted phone on its receipt: HMAC of ("receipt", phone) under the account's key (R5.7)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="phones")
    key_id = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["account", "key_id", "digest"], name="redacted_phone_by_digest")]

    def __str__(self) -> str:
        return f"Redacted by {self.redaction_id}"

    @property
    def hex(self) -> str:
        """The digest in hexadecimal."""
        return bytes(self.digest).hex()

    @property
    def short(self) -> str:
        """The first half of it, as a page shows it: "9f2c 41d7 e08b 66a1 3c5e 7d90 b1f4 2a8e"."""
        return " ".join(self.hex[start : start + 4] for start in range(0, 32, 4))


class DoomedFile(models.Model):
    """A stored file that a redaction has still to remove: after its commit, and again until it is gone."""

    redaction = models.ForeignKey(Redaction, models.PROTECT, related_name="doomed_files")
    name = models.CharField(max_length=200, help_text="Its random name in the storage.")

    def __str__(self) -> str:
        return self.name


personal_data.declare(Redaction, counts=personal_data.not_personal("stores and counts only"))
personal_data.declare(
    RedactedPhone,
    key_id=personal_data.not_personal("the name of a secret"),
    digest=personal_data.not_personal("a keyed digest: the proof on a receipt, by R5.7"),
)
personal_data.declare(DoomedFile, name=personal_data.not_personal("random, and gone with the file"))
