"""Becoming opted out, whatever opened the episode: a request, account sync, or what a redaction had left (R4.1)."""

from collections.abc import Sequence

from contacts import counts
from contacts.models import Membership, OptOut
from contacts.signals import opted_out
from groups.models import Organization


def mark_opted_out(organization: Organization, contact_ids: Sequence[int]) -> None:
    """Write the read copies of contacts whose episodes were just opened, and send the news to the floors above.

    Inside the change that opened them, which has locked the memberships.
    """
    with counts.kept(contact_ids):
        Membership.objects.filter(contact__among=contact_ids).update(opted_out=True)
    opted_out.send(OptOut, organization=organization, contact_ids=contact_ids)
