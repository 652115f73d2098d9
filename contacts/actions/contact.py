"""Add, edit and re-number one contact (R6.3; section 9: a phone changes)."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from contacts import digests, locks
from contacts.actions import arrival
from contacts.actions.arrival import Arrived
from contacts.actions.membership import assign, kept_agents, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, ContactTag, Membership, Tag
from contacts.models.membership import MembershipQuerySet
from contacts.person import PROFILE, Person
from groups import audit
from groups.actions.fields import write
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Group, User
from groups.sets import insert_each


def add_by_hand(group: Group, person: Person, *, by: User) -> Arrived:
    """Add one contact to ``group``; a phone that the organization knows is added with its profile (R6.3)."""
    return arrival.bring_in(group, [person], by=by, came_by=Contact.Source.HAND)


@transaction.atomic
def edit(
    group: Group,
    contact: Contact,
    *,
    by: User,
    profile: Mapping[str, str],
    custom: Mapping[str, str],
    add: Iterable[Tag] = (),
    remove: Iterable[int] = (),
) -> AuditEntry | None:
    """Write these fields of the profile and these custom fields ("" empties), put tags on and take tags (keys) off.

    None: nothing changed, or the contact was redacted meanwhile.
    """
    locks.memberships_of([contact.pk])
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    if contact.redacted_at:
        return None
    known = {name: value for name, value in (contact.custom | dict(custom)).items() if value}
    changed = write(contact, **profile, custom=known)
    tags = _retag(contact, {tag.pk for tag in add}, set(remove))
    if not changed and not tags:
        return None
    if {"first_name", "last_name"} & set(changed):
        arrival.rename([contact])
    figures = dict.fromkeys(changed, 1) | ({"tags": tags} if tags else {})
    return audit.record("edit", on=group, by=by, counts=figures, subjects=[Subjects(Kind.CONTACT, [contact.pk])])


def _retag(contact: Contact, add: set[int], remove: set[int]) -> int:
    """How many tags came and went."""
    worn = set(contact.contact_tags.values_list("tag_id", flat=True))
    gone, _ = contact.contact_tags.filter(tag__in=remove).delete()
    same = {"account_id": contact.account_id, "contact_id": contact.pk}
    insert_each(ContactTag, "tag_id", add - worn, skip_conflicts=True, **same)
    return gone + len(add - worn)


@transaction.atomic
def change_number(membership: Membership, phone: str, *, by: User) -> Contact:
    """Make or find the contact with the new phone (E.164) in the same group and copy the profile to it.

    A contact that was redacted meanwhile stays as it is. The phone of a contact is not editable, so the old contact
    stays too. An opt-out of the old number opens one on the new, with its source; a new membership takes over the old
    one's state and agent.
    """
    group = membership.group
    digests.require()
    locks.alone_in_account(group.organization)
    membership = Membership.objects.select_related("contact", "group__organization", "agent").get(pk=membership.pk)
    old = membership.contact
    if old.redacted_at:
        return old
    person = Person(
        phone,
        profile={name: getattr(old, name) for name in PROFILE},
        custom=old.custom,
        tags=tuple(old.contact_tags.values_list("tag__name", flat=True)),
    )
    came = arrival.bring_in(group, [person], by=by, came_by=Contact.Source.NUMBER_CHANGED)
    new = Contact.objects.get(organization=group.organization, phone=phone)
    if came.outcomes[phone] in ("created", "added"):
        _take_over(membership, group.memberships.filter(contact=new), by)
    episode = group.organization.opt_outs.open().filter(phone=old.phone).first()
    if episode:
        opt_out(
            group.organization,
            [phone],
            by=by,
            source=episode.source,
            reason=episode.reason,
            at=episode.started,
            group=group,
        )
    audit.record(
        "change_number",
        on=group,
        by=by,
        subjects=[Subjects(Kind.CONTACT, [old.pk], before=0), Subjects(Kind.CONTACT, [new.pk], before=1)],
    )
    return new


def _take_over(old: Membership, new: MembershipQuerySet, by: User) -> None:
    if old.inactive:
        make_inactive(old.group, new, by=by)
    if old.agent and kept_agents(old.group, [old.agent.pk]):
        assign(old.group, new, agent=old.agent, by=by)
