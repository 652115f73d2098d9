from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.db.models import Q

from groups import personal_data
from groups.models import Account, Group, Organization, User


class HoldQuerySet(models.QuerySet["Hold"]):
    def open(self) -> "HoldQuerySet":
        """Holds that nobody has decided, of phones that are still known."""
        return self.filter(decided=None, phone__isnull=False)

    def with_phones(self, phones: Iterable[str]) -> "HoldQuerySet":
        """Those of one of these phones (E.164)."""
        return self.filter(phone__among=phones)

    def due(self, now: datetime) -> "HoldQuerySet":
        """Open ones whose time is over."""
        return self.open().filter(due__lte=now)

    def with_texts(self) -> "HoldQuerySet":
        """With all that a page tells about a hold."""
        return self.select_related("group", "organization", "actor").prefetch_related("further")


class Hold(models.Model):
    """Sending to a phone pauses, in one organization, until somebody decides about a doubtful text (R8.2).

    ``text`` came in in ``group`` when it was ``opened``; without a decision the phone is opted out when it is ``due``.
    """

    class Decision(models.TextChoices):
        OPT_OUT = "opt_out", "Opt out"
        NOT_AN_OPT_OUT = "not_an_opt_out", "Not an opt-out"
        WRONG_PERSON = "wrong_person", "Wrong person"
        EXPIRED = "expired", "Expired"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="holds", db_index=False)
    phone = models.CharField(max_length=20, null=True)  # noqa: DJ001  (null once redacted, as on Contact)
    group = models.ForeignKey(
        Group, models.PROTECT, null=True, related_name="holds", db_index=False, help_text="Where the text came in."
    )
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
        indexes = [
            models.Index(fields=["due"], name="hold_waiting", condition=Q(decided=None, phone__isnull=False)),
            models.Index(fields=["organization", "decided"], name="hold_decided"),
        ]

    def __str__(self) -> str:
        return f"On hold since {self.opened:%d %b %Y}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision: nobody decided, and the phone is still known."""
        return self.decided is None and self.phone is not None

    @property
    def texts(self) -> "list[tuple[datetime, str]]":
        """Every doubtful text since it was opened, and when it was texted, in the order in which they came."""
        return [(self.opened, self.text), *((more.time, more.text) for more in self.further.all())]


class HeldText(models.Model):
    """A further doubtful text while the phone was on hold: whoever decides reads them all (R8.2)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    hold = models.ForeignKey(Hold, models.PROTECT, related_name="further")
    group = models.ForeignKey(Group, models.PROTECT, related_name="+", db_index=False)
    time = models.DateTimeField()
    text = models.TextField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Held text of {self.time:%d %b %Y}"


personal_data.declare(
    Hold,
    phone=personal_data.NULL,
    text=personal_data.BLANK,
    decision=personal_data.not_personal("one of our own words"),
)
personal_data.declare(HeldText, text=personal_data.BLANK)
