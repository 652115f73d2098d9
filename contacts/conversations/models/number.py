from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

from contacts.phone import written
from groups import personal_data
from groups.models import Account, Group, Organization

OURS = personal_data.not_personal("one of our own words")


class SendingNumberQuerySet(models.QuerySet["SendingNumber"]):
    def current(self) -> "SendingNumberQuerySet":
        """Those that a group texts from now."""
        return self.filter(until=None)


class SendingNumber(models.Model):
    """The number from which a group texts; of one group at a time. Earlier owners are kept with their dates."""

    class At(models.TextChoices):
        """The provider that carries its texts."""

        SIMULATOR = "simulator", "Simulator"
        TWILIO = "twilio", "Twilio"

    class Answers(models.TextChoices):
        """Who answers STOP and HELP (R8.6)."""

        PROVIDER = "provider", "The provider"
        US = "us", "We"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sending_numbers")
    group = models.ForeignKey(Group, models.PROTECT, related_name="sending_numbers")
    phone = models.CharField(max_length=20, help_text="E.164.")
    provider = models.CharField(max_length=9, choices=At.choices)
    answers_stop = models.CharField(max_length=8, choices=Answers.choices, default=Answers.PROVIDER)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = SendingNumberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["phone"], condition=Q(until=None), name="number_of_one_group_at_a_time"),
            models.UniqueConstraint(fields=["group"], condition=Q(until=None), name="group_has_one_number_at_a_time"),
        ]
        indexes = [models.Index(fields=["phone", "since"], name="number_owners")]

    def __str__(self) -> str:
        return self.phone

    @property
    def written(self) -> str:
        """As people read it."""
        return written(self.phone)

    def owned_at(self, time: datetime) -> bool:
        """Whether it was its group's at that time."""
        return self.since <= time and (self.until is None or time < self.until)


personal_data.declare(
    SendingNumber,
    phone=personal_data.not_personal("an organization's own number"),
    provider=OURS,
    answers_stop=OURS,
)
