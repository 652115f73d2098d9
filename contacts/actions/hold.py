"""Holds: sending to a phone pauses in one organization until somebody decides about a doubtful text (R8.2)."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from contacts import counts, locks
from contacts.models import Contact, Hold, Membership
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import Group, Organization


@transaction.atomic
def open_hold(
    organization: Organization,
    phone: str,
    *,
    text: str,
    due: datetime,
    group: Group | None = None,
    source: str = "text",
) -> bool:
    """Pause sending to a phone (E.164) because of ``text``; False if it is on hold already."""
    locks.shared(organization)
    ids = list(Contact.objects.filter(organization=organization, phone=phone).values_list("pk", flat=True))
    locks.memberships_of(ids)
    _, made = Hold.objects.open().get_or_create(
        organization=organization,
        phone=phone,
        defaults={"account_id": organization.account_id, "text": text, "opened": timezone.now(), "due": due},
    )
    if made:
        with counts.kept(ids):
            Membership.objects.filter(contact__among=ids).update(on_hold=True)
        audit.record("hold", on=group or organization, by=None, source=source, subjects=[Subjects(Kind.CONTACT, ids)])
    return made
