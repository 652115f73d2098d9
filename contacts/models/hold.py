from django.db import models
from django.db.models import Q

from groups import personal_data
from groups.models import Account, Organization, User


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        """Holds that nobody has decided, of phones that are still known."""
        return self.filter(decided=None, phone__isnull=False)


class Hold(models.Model):
    """Sending to a phone pauses, in one organization, until somebody decides about a doubtful text (R8.2)."""

    class Decision(models.TextChoices):
        OPT_OUT = "opt_out", "Opt out"
        NOT_AN_OPT_OUT = "not_an_opt_out", "Not an opt-out"
        WRONG_PERSON = "wrong_person", "Wrong person"
        EXPIRED = "expired", "Expired"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="holds", db_index=False)
    phone = models.CharField(max_length=20, null=True)  # noqa: DJ001  (null once redacted, as on Contact)
    text = models.TextField(blank=True)
    opened = models.DateTimeField()
    due = models.DateTimeField()
    decided = models.DateTimeField(null=True)
    decision = models.CharField(max_length=14, choices=Decision.choices, blank=True)
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "phone"], condition=Q(decided=None, phone__isnull=False), name="hold_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"On hold since {self.opened:%d %b %Y}"


personal_data.declare(
    Hold,
    phone=personal_data.NULL,
    text=personal_data.BLANK,
    decision=personal_data.not_personal("one of our own words"),
)
