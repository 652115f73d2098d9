"""Look-ups of a phone, limited and recorded (R5.9)."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from groups import audit
from groups.audit_sentences import tell
from groups.models import Account, AuditEntry, User

MOST = 60
"""Phones that one person looks up within the span."""
SPAN = timedelta(hours=1)

tell(look_up=lambda counts: f"{counts['phones']:,} number{'' if counts['phones'] == 1 else 's'} looked up")


@transaction.atomic
def take(user: User, account: Account | None, phones: int = 1) -> bool:
    """Whether ``user`` may look that many phones up now; if so, it is recorded, on ``account`` or on none.

    Their row is locked, so that two at once are counted one after the other.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    taken = AuditEntry.objects.filter(account=account, actor=user, action="look_up", time__gt=timezone.now() - SPAN)
    if sum(counts["phones"] for counts in taken.values_list("counts", flat=True)) + phones > MOST:
        return False
    audit.record("look_up", on=account, by=user, counts={"phones": phones})
    return True
