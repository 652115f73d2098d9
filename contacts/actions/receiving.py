"""Whether a number can receive texts at all, as carriers tell (R7.5)."""

from django.utils import timezone

from contacts.models import Contact
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import Group


def cannot_receive(contact: Contact, *, group: Group) -> None:
    """Mark a contact whose carrier says that the number is a landline or none, unless it is marked already.

    Inside the change that learnt it from a text in ``group``, which has locked the memberships.
    """
    _mark(contact, group, "cannot_receive", contact.cannot_receive_since is None)


def receives(contact: Contact, *, group: Group) -> None:
    """Clear the mark, if there is one, since a text was delivered."""
    _mark(contact, group, "receives_again", contact.cannot_receive_since is not None)


def _mark(contact: Contact, group: Group, action: str, is_news: bool) -> None:
    if is_news:
        contact.cannot_receive_since = timezone.now() if action == "cannot_receive" else None
        contact.save(update_fields=["cannot_receive_since"])
        audit.record(action, on=group, by=None, source="carrier", subjects=[Subjects(Kind.CONTACT, [contact.pk])])
