"""Add, edit and re-number one contact (R6.3; section 9: a phone changes)."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from contacts import locks
from contacts.actions import arrival
from contacts.actions.arrival import Arrived, Person
from contacts.actions.membership import assign, kept_agents, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, ContactTag, Membership, OptOut, Tag
from contacts.models.membership import MembershipQuerySet
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Group, User


def add_by_hand(group: Group, person: Person, *, by: User) -> Arrived:
    """Add one contact to ``group``; a phone that the organization knows is added with its profile (R6.3)."""
    return arrival.bring_in(group, [person], by=by, source=Contact.Source.HAND)


@transaction.atomic
def edit(
    group: Group,
    contact: Contact,
    *,
    by: User,
    profile: Mapping[str, str],
    custom: Mapping[str, str],
    tags: Sequence[Tag],
) -> AuditEntry | None:
    """Write the profile (names of fields → values; blank empties), custom fields and tags; None: nothing changed."""
    locks.memberships_of([contact.pk])
    contact = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    values = {**profile, "custom": dict(custom)}
    changed = [name for name, value in values.items() if getattr(contact, name) != value]
    worn = set(contact.contact_tags.values_list("tag_id", flat=True))
    wanted = {tag.pk for tag in tags}
    if not changed and worn == wanted:
        return None
    for name in changed:
        setattr(contact, name, values[name])
    contact.save(update_fields=changed)
    if {"first_name", "last_name"} & set(changed):
        arrival.rename([contact])
    contact.contact_tags.filter(tag__in=worn - wanted).delete()
    ContactTag.objects.bulk_create(
        [ContactTag(account_id=contact.account_id, contact=contact, tag_id=tag_id) for tag_id in wanted - worn],
        ignore_conflicts=True,
    )
    figures = dict.fromkeys(changed, 1) | {"tags": len(worn ^ wanted)}
    return audit.record(
        "edit",
        on=group,
        by=by,
        counts={k: v for k, v in figures.items() if v},
        subjects=[Subjects(Kind.CONTACT, [contact.pk])],
    )


@transaction.atomic
def change_number(membership: Membership, phone: str, *, by: User) -> Contact:
    """Make or find the contact with the new phone (E.164) in the same group and copy the profile to it.

    The phone of a contact is not editable, so the old contact stays as it is. An opt-out of the old number opens one
    on the new, with its source; a new membership takes over the old one's state and agent.
    """
    group = membership.group
    locks.alone(group.organization)
    membership = Membership.objects.select_related("contact", "group__organization", "agent").get(pk=membership.pk)
    old = membership.contact
    person = Person(
        phone,
        profile={name: getattr(old, name) for name in arrival.PROFILE},
        custom=old.custom,
        tags=tuple(old.contact_tags.values_list("tag__name", flat=True)),
    )
    came = arrival.bring_in(group, [person], by=by, source=Contact.Source.NUMBER_CHANGED)
    new = Contact.objects.get(organization=group.organization, phone=phone)
    if came.outcomes[phone] in ("created", "added"):
        _take_over(membership, group.memberships.filter(contact=new), by)
    episode = OptOut.objects.open().filter(organization=group.organization, phone=old.phone).first()
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
