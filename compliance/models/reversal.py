from django.db import models
from django.db.models import Q

from groups import personal_data
from groups.models import Account, AuditEntry, Organization, User


class ReversalRequest(models.Model):
    """A request of an account admin to Customer Support: end an opt-out, or those of a bulk error (R4.8)."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        APPROVED = "approved", "Approved"
        DECLINED = "declined", "Declined"

    account = models.ForeignKey(Account, models.PROTECT, related_name="reversal_requests", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="reversal_requests", db_index=False)
    phone = models.CharField(max_length=20, null=True, help_text="E.164; null once redacted, or for a bulk change.")  # noqa: DJ001  (null once redacted, as on Contact)
    opened_by = models.ForeignKey(
        AuditEntry,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The bulk opt-out that was an error.",
    )
    evidence = models.TextField(blank=True, max_length=2000)
    filed = models.DateTimeField()
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    decided = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    answer = models.TextField(blank=True, max_length=2000, help_text="Why it was approved or declined.")
    ended = models.PositiveIntegerField(default=0, help_text="How many opt-outs and suppressions it ended.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "phone"],
                condition=Q(state="waiting", phone__isnull=False),
                name="reversal_waits_once_a_phone",
            ),
            models.UniqueConstraint(
                fields=["opened_by"], condition=Q(state="waiting"), name="reversal_waits_once_a_change"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided=None, decided_by=None)
                | (~Q(state="waiting") & Q(decided__isnull=False, decided_by__isnull=False)),
                name="reversal_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("filed_by")),
                name="reversal_is_not_decided_by_whoever_filed_it",
            ),
        ]
        indexes = [models.Index(fields=["account", "filed"], name="reversal_by_account")]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.filed:%d %b %Y}"


personal_data.declare(
    ReversalRequest,
    phone=personal_data.NULL,
    evidence=personal_data.BLANK,
    state=personal_data.not_personal("one of our own words"),
    answer=personal_data.BLANK,
)
