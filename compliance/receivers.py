"""What compliance does about news from the floors below: a phone that it erased texts in (R5.7, R8.5)."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.dispatch import receiver

from compliance import database
from compliance.models import RedactedPhone, Redaction
from contacts import digests
from contacts.conversations.signals import dropped, texting_in


@receiver(texting_in)
def when_it_was_erased(sender: object, account_id: int, phone: str, **kwargs: Any) -> datetime | None:
    """When the account last erased this phone, by the digests on its receipts; None if it never did."""
    receipts = _receipts(account_id, phone)
    return receipts.values_list("redaction__finished", flat=True).first()


@receiver(dropped)
def clean_up_again(sender: object, account_id: int, phone: str, **kwargs: Any) -> None:
    """What was written down of it since is cleaned up as the redaction was, whose receipt says so until it is done."""
    last = _receipts(account_id, phone).values_list("redaction", flat=True)[:1]
    again = Redaction.objects.filter(pk__in=list(last))
    again.update(cleaned=None, indexes_cleaned=None, transaction=database.transaction_id())


def _receipts(account_id: int, phone: str) -> QuerySet[RedactedPhone]:
    """The latest first."""
    mine = Q()
    for key_id in digests.key_ids():
        mine |= Q(key_id=key_id, digest=digests.digest(account_id, "receipt", phone, key_id))
    receipts = RedactedPhone.objects.filter(mine, account=account_id) if mine else RedactedPhone.objects.none()
    return receipts.order_by("-redaction__finished")
