"""A phone changes (section 9): not editable; another contact is made or found, and the profile copied."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from contacts import digests
from contacts.actions.arrival import bring_in
from contacts.actions.contact import change_number
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership, OptOut
from contacts.person import Person
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Role, User
from tests.contacts.factories import arrive, member, phone, reason

pytestmark = pytest.mark.django_db

OLD, NEW = phone(1), phone(2)


@pytest.fixture
def dana(group: Group) -> Membership:
    person = Person(OLD, {"first_name": "Dana", "email": "d@example.com"}, {"shift": "late"}, ("walks",))
    bring_in(group, [person], by=None, came_by=Contact.Source.UPLOAD)
    return member(group, OLD)


def test_the_profile_and_tags_go_to_the_new_number_and_the_old_contact_stays(
    group: Group, dana: Membership, group_admin: User
) -> None:
    new = change_number(dana, NEW, by=group_admin)
    assert (new.phone, new.first_name, new.email, new.custom) == (NEW, "Dana", "d@example.com", {"shift": "late"})
    assert new.source == "number_changed"
    assert [tag.tag.name for tag in new.contact_tags.all()] == ["walks"]
    old = Contact.objects.get(pk=dana.contact_id)
    assert (old.phone, old.first_name) == (OLD, "Dana")
    assert member(group, NEW).sort_name == "dana"


def test_the_change_is_audited_with_both_contacts(group: Group, dana: Membership, group_admin: User) -> None:
    new = change_number(dana, NEW, by=group_admin)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.group, entry.counts) == ("change_number", group_admin, group, {})
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [dana.contact_id], 1: [new.pk]}


def test_an_opt_out_of_the_old_number_opens_one_on_the_new_with_its_source_date_and_reason(
    group: Group, dana: Membership, group_admin: User
) -> None:
    moved, at = reason(group.organization, tag="moved"), timezone.now() - timedelta(days=3)
    opt_out(group.organization, [OLD], by=None, source="keyword", reason=moved, at=at, text="STOP")
    change_number(dana, NEW, by=group_admin)
    episode = OptOut.objects.open().get(phone=NEW)
    assert (episode.source, episode.started, episode.reason, episode.last_group) == ("keyword", at, moved, group)
    assert member(group, NEW).opted_out
    assert OptOut.objects.open().filter(phone=OLD).exists()


def test_an_ended_opt_out_of_the_old_number_opens_none(group: Group, dana: Membership, group_admin: User) -> None:
    opt_out(group.organization, [OLD], by=None, source="keyword")
    OptOut.objects.update(ended=timezone.now())
    change_number(dana, NEW, by=group_admin)
    assert not OptOut.objects.open().exists()


def test_a_new_number_that_is_opted_out_stays_so(group: Group, dana: Membership, group_admin: User) -> None:
    opt_out(group.organization, [NEW], by=None, source="keyword")
    change_number(dana, NEW, by=group_admin)
    assert member(group, NEW).opted_out


def test_a_new_membership_takes_over_state_and_agent(
    group: Group, dana: Membership, group_admin: User, agent: User
) -> None:
    assign(group, group.memberships.all(), agent=agent, by=group_admin)
    make_inactive(group, group.memberships.all(), by=group_admin)
    change_number(dana, NEW, by=group_admin)
    assert (member(group, NEW).inactive, member(group, NEW).agent) == (True, agent)


def test_state_and_agent_are_read_when_the_number_changes_not_when_the_page_was_shown(
    group: Group, dana: Membership, group_admin: User, agent: User
) -> None:
    assign(group, group.memberships.all(), agent=agent, by=group_admin)
    shown = member(group, OLD)
    make_inactive(group, group.memberships.all(), by=group_admin)
    assign(group, group.memberships.all(), agent=None, by=group_admin)
    Role.objects.filter(user=agent).update(ended=timezone.now())
    change_number(shown, NEW, by=group_admin)
    assert (member(group, NEW).inactive, member(group, NEW).agent) == (True, None)


def test_somebody_who_is_a_member_already_keeps_their_state(
    group: Group, dana: Membership, group_admin: User, agent: User
) -> None:
    arrive(group, NEW)
    known = member(group, NEW)
    make_inactive(group, group.memberships.filter(phone=NEW), by=group_admin)
    assign(group, group.memberships.filter(phone=OLD), agent=agent, by=group_admin)
    assert change_number(dana, NEW, by=group_admin).pk == known.contact_id
    known.refresh_from_db()
    assert (known.inactive, known.agent, known.sort_name) == (True, None, "dana")


def test_a_member_of_another_group_with_the_new_number_is_found(
    group: Group, other_group: Group, dana: Membership, group_admin: User
) -> None:
    arrive(other_group, NEW)
    new = change_number(dana, NEW, by=group_admin)
    assert member(other_group, NEW).contact == new
    assert member(group, NEW).contact == new


def test_without_the_digest_secrets_no_number_changes(
    group: Group, dana: Membership, group_admin: User, settings: Any
) -> None:
    settings.DIGEST_SECRETS = []
    with pytest.raises(digests.KeyProblem):
        change_number(dana, NEW, by=group_admin)
    assert Contact.objects.count() == 1
