from django.db import models

from groups.models.account import Organization


class ChangeNumber(models.Model):
    """One row an organization: a number that is another one after every change in it (R3.4)."""

    organization = models.OneToOneField(Organization, models.CASCADE, primary_key=True, related_name="change_number")
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.organization_id}: {self.number}"
