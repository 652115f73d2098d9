"""Launch goals (R7.1)."""

from django.db import transaction
from django.utils import timezone

from contacts.conversations.models import Goal
from groups import audit
from groups.models import Group, User


@transaction.atomic
def launch(group: Group, *, name: str, by: User) -> Goal:
    """Note that a goal is launched in ``group`` now."""
    goal = Goal.objects.create(account_id=group.account_id, group=group, name=name, author=by, launched=timezone.now())
    audit.record("launch_goal", on=group, by=by, counts={"goal": goal.pk})
    return goal
