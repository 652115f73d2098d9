"""What compliance says to news from the floors below: when a phone that texts in was erased (R8.5)."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.dispatch import receiver

from compliance.models import RedactedPhone
from contacts import digests
from contacts.conversations.signals import texting_in


@receiver(texting_in)
def when_it_was_erased(sender: object, account_id: int, phone: str, **kwargs: Any) -> datetime | None:
    """When the account last erased this phone, by the digests on its receipts; None if it never did."""
    mine = Q()
    for key_id in digests.key_ids():
        mine |= Q(key_id=key_id, digest=digests.digest(account_id, "receipt", phone, key_id))
    receipts = RedactedPhone.objects.filter(mine, account=account_id) if mine else RedactedPhone.objects.none()
    times = receipts.order_by("-redaction__finished").values_list("redaction__finished", flat=True)
    return times.first()
