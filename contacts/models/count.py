"""Daily deltas: exact totals and status over time are sums of them. Squashed within a day only.

``state`` of a group's count is a membership's ``shown_status``; of an organization's, that of a contact, whose
INACTIVE bit means: active in no group (R6.8).
"""

from django.db import models

from groups.models import Group, Organization


class GroupCount(models.Model):
    """How many more (or fewer) memberships of a group are in a state since a statement of that day (UTC)."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="counts", db_index=False)
    day = models.DateField()
    state = models.PositiveSmallIntegerField()
    delta = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["group", "day", "state"], name="group_count_by_day")]

    def __str__(self) -> str:
        return f"{self.delta:+d} in state {self.state} on {self.day}"


class OrganizationCount(models.Model):
    """The same for the contacts of an organization."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="counts", db_index=False)
    day = models.DateField()
    state = models.PositiveSmallIntegerField()
    delta = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["organization", "day", "state"], name="organization_count_by_day")]

    def __str__(self) -> str:
        return f"{self.delta:+d} in state {self.state} on {self.day}"
