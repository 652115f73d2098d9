from django.db import models
from django.db.models import Q

from contacts.conversations.models.number import SendingNumber
from groups import personal_data
from groups.models import Account


class InboundTextQuerySet(models.QuerySet["InboundText"]):
    def waiting(self) -> "InboundTextQuerySet":
        """Those that nobody has taken in yet."""
        return self.filter(taken=None)


class InboundText(models.Model):
    """A text as it came from a provider, in the row that makes it count once, however often it is delivered (R8.5).

    Once it is taken in, its words stand in the conversation or with the opt-out, and here no more.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    number = models.ForeignKey(SendingNumber, models.PROTECT, related_name="+", db_index=False)
    provider = models.CharField(max_length=9, choices=SendingNumber.At.choices)
    provider_id = models.CharField(max_length=64)
    phone = models.CharField(max_length=20, help_text="Who wrote it, in E.164 or as the carrier named them.")
    body = models.TextField(blank=True)
    media = models.JSONField(default=list, help_text="Addresses at the provider.")
    opt_out_type = models.CharField(max_length=10, blank=True, help_text="How the provider read it.")
    written = models.DateTimeField(null=True, help_text="By the provider's clock, where it tells.")
    received = models.DateTimeField()
    taken = models.DateTimeField(null=True)

    objects = InboundTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("provider", "provider_id", name="inbound_text_once")]
        indexes = [
            models.Index(fields=["phone"], name="inbound_text_waiting", condition=Q(taken=None)),
            models.Index(fields=["account", "phone"], name="inbound_text_of_phone"),
        ]

    def __str__(self) -> str:
        return f"Received {self.received:%d %b %Y}"


personal_data.declare(
    InboundText,
    provider=personal_data.not_personal("one of our own words"),
    provider_id=personal_data.ROW_DELETED,
    phone=personal_data.ROW_DELETED,
    body=personal_data.ROW_DELETED,
    media=personal_data.ROW_DELETED,
    opt_out_type=personal_data.not_personal("one of a provider's fixed words"),
)
