"""Looking a phone up on Compliance, on support's screen or across an account is limited and recorded (R5.9)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from groups import audit
from groups.models import Account, AuditEntry, User

MOST = 60
PERIOD = timedelta(hours=1)
TOO_MANY = f"Nothing was looked up: {MOST} numbers an hour are the most that one person may look up. Try again later."


@transaction.atomic
def take(user: User, account: Account | None, phones: int = 1) -> bool:
    """Record that ``user`` looks up so many phones; False, and nothing recorded, if that is over the hour's limit.

    ``account`` is None on support's screen. Which phones they are is kept nowhere.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # Two at once must not both be the last one.
    if _taken(user) + phones > MOST:
        return False
    audit.record("look_up", on=account, by=user, counts={"phones": phones})
    return True


def _taken(user: User) -> int:
    """How many phones the person looked up within the hour; by account, whose index leads to the few entries."""
    mine = Q(account__in=user.roles.values("account")) | Q(account=None)
    recent = AuditEntry.objects.filter(mine, time__gt=timezone.now() - PERIOD, actor=user, action="look_up")
    return sum(counts["phones"] for counts in recent.values_list("counts", flat=True))
