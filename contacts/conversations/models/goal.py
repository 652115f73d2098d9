from django.db import models

from groups import personal_data
from groups.models import Account, Group, User


class Goal(models.Model):
    """An outbound campaign launched in a group (R7.1)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="goals")
    name = models.CharField(max_length=120)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    launched = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


personal_data.declare(Goal, name=personal_data.not_personal("a campaign's own name"))
