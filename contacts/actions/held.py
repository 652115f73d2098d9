"""The end of holds, whatever brings it about: a decision, an opt-out, START, or the time limit (R8.2)."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet
from django.utils import timezone

from contacts import counts
from contacts.models import Hold, Membership
from groups.models import Organization, User


def locked(organization: Organization, phones: Iterable[str]) -> QuerySet[Hold]:
    """The open holds of these phones, locked: after their memberships, before their episodes."""
    holds = organization.holds.open().with_phones(phones)
    return holds.order_by("pk").select_for_update(no_key=True, of=("self",))


def close_all(
    organization: Organization, phones: Iterable[str], contacts: Mapping[str, int], *, by: User | None
) -> dict[str, int]:
    """Decide every open hold of these phones, inside an opt-out: nobody has to decide about a held text any more.

    ``contacts``: phone → contact, locked by the caller. Returns how many ``holds``, as the audit counts; {} if none.
    """
    holds = list(locked(organization, phones))
    if not holds:
        return {}
    ids = [contacts[str(hold.phone)] for hold in holds if hold.phone in contacts]
    close(holds, ids, decision=Hold.Decision.OPT_OUT, by=by)
    return {"holds": len(holds)}


def close(holds: Sequence[Hold], contact_ids: Sequence[int], *, decision: str, by: User | None) -> None:
    """Decide these open holds, and write the read copies of the contacts that they are of; the caller locked both."""
    keys = [hold.pk for hold in holds]
    Hold.objects.filter(pk__among=keys).update(decided=timezone.now(), decision=decision, actor=by)
    with counts.kept(contact_ids):
        Membership.objects.filter(contact__among=contact_ids).update(on_hold=False)
