from django.db import models

from groups import personal_data
from groups.models import Account, Organization

OURS = personal_data.not_personal("an organization's own words")

LONGEST = 400
"""Characters: what may be sent is far less, but a placeholder may be longer than what it stands for."""


class Wording(models.Model):
    """An organization's own words for texts that are sent by themselves; where it has none, ours are (R4.4, R4.9)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.OneToOneField(Organization, models.PROTECT, related_name="wording")
    confirmation = models.CharField(max_length=LONGEST, blank=True)
    help = models.CharField(max_length=LONGEST, blank=True)
    contact = models.CharField(max_length=80, blank=True, help_text="Where people reach a person: one address.")

    def __str__(self) -> str:
        return f"Texts of {self.organization}"


class ClosingText(models.Model):
    """A text that an agent may send along when opting somebody out; retired ones are offered no more (R4.3)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="closing_texts", db_index=False)
    text = models.CharField(max_length=LONGEST)
    retired = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint("organization", "text", name="closing_text_once")]

    def __str__(self) -> str:
        return self.text


personal_data.declare(Wording, confirmation=OURS, help=OURS, contact=OURS)
personal_data.declare(ClosingText, text=OURS)
