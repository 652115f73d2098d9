"""How many requests wait for Customer Support, for the account's overview (R4.8)."""

from django import template
from django.db.models import Count, Min

from compliance.models import ReversalRequest
from groups.models import Account

register = template.Library()


@register.simple_tag
def waiting_reversals(account: Account) -> dict[str, object]:
    """How ``many`` of the account's requests wait, and when the ``first`` of them was filed."""
    waiting = account.reversal_requests.filter(state=ReversalRequest.State.WAITING)
    return waiting.aggregate(many=Count("pk"), first=Min("filed"))
