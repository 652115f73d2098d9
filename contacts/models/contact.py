from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone

from contacts.phone import written
from groups import personal_data
from groups.models import Account, Organization


class ContactQuerySet(models.QuerySet["Contact"]):
    def with_phones(self, phones: Iterable[str]) -> "ContactQuerySet":
        """Those whose phone (E.164) is one of ``phones``; redacted contacts have none."""
        return self.filter(phone__among=phones)

    def by_phone(self, phones: Iterable[str]) -> "dict[str, Contact]":
        """phone → the contact of one organization; nothing of a phone that is unknown in it."""
        return {str(contact.phone): contact for contact in self.with_phones(phones)}

    def known(self) -> "ContactQuerySet":
        """Those that are not redacted."""
        return self.filter(redacted_at=None)


class Contact(models.Model):
    """A person known to one organization. Identity is (organization, phone), the phone in E.164 (R4.7)."""

    class Source(models.TextChoices):
        UPLOAD = "upload", "Upload"
        HAND = "hand", "Added by hand"
        TEXTED_IN = "texted_in", "Texted in"
        NUMBER_CHANGED = "number_changed", "Change of number"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="contacts", db_index=False)
    phone = models.CharField(max_length=20, null=True, help_text="E.164; null once redacted.")  # noqa: DJ001  (unique where known)
    first_name = models.CharField(max_length=120, blank=True)
    last_name = models.CharField(max_length=120, blank=True)
    email = models.CharField(max_length=254, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    notes = models.TextField(max_length=5000, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    custom = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=14, choices=Source.choices)
    source_at = models.DateTimeField(default=timezone.now)
    cannot_receive_since = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("organization", "phone", name="contact_once_an_organization"),
            models.CheckConstraint(
                condition=Q(phone=None, redacted_at__isnull=False) | Q(phone__isnull=False, redacted_at=None),
                name="contact_has_a_phone_until_redacted",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.written_phone

    @property
    def name(self) -> str:
        """First and last name as shown; "[redacted]" once redacted, "" if none is known."""
        return personal_data.REDACTED if self.redacted_at else f"{self.first_name} {self.last_name}".strip()

    @property
    def written_phone(self) -> str:
        """The phone as people read it, such as "+1 206-555-0181"."""
        return written(self.phone) if self.phone else personal_data.REDACTED


personal_data.declare(
    Contact,
    phone=personal_data.NULL,
    first_name=personal_data.BLANK,
    last_name=personal_data.BLANK,
    email=personal_data.BLANK,
    postal_code=personal_data.BLANK,
    notes=personal_data.BLANK,
    external_id=personal_data.BLANK,
    custom=personal_data.EMPTY,
    source=personal_data.not_personal("one of our own words"),
)
