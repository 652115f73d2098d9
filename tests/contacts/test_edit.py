"""Editing one contact (R6.3)."""

import pytest

from contacts.actions.contact import edit
from contacts.models import Contact, Tag
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def contact(group: Group) -> Contact:
    arrive(group, phone(1))
    return member(group, phone(1)).contact


@pytest.fixture
def tags(group: Group) -> list[Tag]:
    names = ("walks", "drives", "calls")
    return [Tag.objects.create(account=group.account, organization=group.organization, name=name) for name in names]


def test_an_edit_writes_the_profile_the_tags_and_an_entry_without_values(
    group: Group, contact: Contact, group_admin: User, tags: list[Tag]
) -> None:
    profile = {"first_name": "Dana", "last_name": "", "email": "d@example.com"}
    edit(group, contact, by=group_admin, profile=profile, custom={"shift": "late"}, add=tags[:2])
    contact.refresh_from_db()
    assert (contact.first_name, contact.email, contact.custom) == ("Dana", "d@example.com", {"shift": "late"})
    assert {worn.tag for worn in contact.contact_tags.all()} == set(tags[:2])
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.group) == ("edit", group_admin, group)
    assert entry.counts == {"first_name": 1, "email": 1, "custom": 1, "tags": 2}
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [contact.pk]}


def test_a_blank_empties_and_only_what_is_named_is_touched(
    group: Group, contact: Contact, group_admin: User, tags: list[Tag]
) -> None:
    custom = {"shift": "late", "ward": "8"}
    edit(group, contact, by=group_admin, profile={"first_name": "Dana"}, custom=custom, add=tags[:2])
    gone = {"shift": ""}
    edit(group, contact, by=group_admin, profile={"first_name": ""}, custom=gone, add=tags[2:], remove=[tags[0].pk])
    contact.refresh_from_db()
    assert (contact.first_name, contact.custom) == ("", {"ward": "8"})
    assert {worn.tag for worn in contact.contact_tags.all()} == set(tags[1:])


def test_a_new_name_reaches_the_lists_of_every_group(
    group: Group, other_group: Group, contact: Contact, group_admin: User
) -> None:
    arrive(other_group, phone(1))
    edit(group, contact, by=group_admin, profile={"last_name": "Ñandú"}, custom={})
    assert {member(any_group, phone(1)).sort_name for any_group in (group, other_group)} == {"nandu"}


def test_an_edit_that_changes_nothing_writes_no_entry(group: Group, contact: Contact, group_admin: User) -> None:
    entries = AuditEntry.objects.count()
    assert edit(group, contact, by=group_admin, profile={"first_name": ""}, custom={}) is None
    assert AuditEntry.objects.count() == entries


def test_an_edit_touches_neither_state_nor_stamp(group: Group, contact: Contact, group_admin: User) -> None:
    before = member(group, phone(1))
    edit(group, contact, by=group_admin, profile={"first_name": "Dana"}, custom={})
    after = member(group, phone(1))
    assert (after.inactive, after.agent, after.last_change) == (before.inactive, before.agent, before.last_change)
