"""Looking a phone up is limited, and leaves an entry in the audit (R5.9)."""

from datetime import timedelta

from django.utils import timezone

from groups import audit
from groups.models import Account, AuditEntry, User

MOST = 60
PERIOD = timedelta(hours=1)


def take(user: User, account: Account | None, phones: int = 1) -> bool:
    """Record that ``user`` looks ``phones`` numbers up in an account (None: Customer Support); False if it is too many.

    At most ``MOST`` numbers in the last hour, wherever; nothing is recorded when it is refused.
    """
    recent = AuditEntry.objects.filter(actor=user, action="look_up", time__gte=timezone.now() - PERIOD)
    if sum(counts.get("phones", 1) for counts in recent.values_list("counts", flat=True)) + phones > MOST:
        return False
    audit.record("look_up", on=account, by=user, counts={"phones": phones})
    return True
