"""The frozen selection and its one ``Save`` (R6.2)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Exists, OuterRef

from contacts.actions.change import CannotSave, choose, save
from contacts.actions.hold import open_hold
from contacts.actions.membership import NotAnAgent, make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Change, ContactTag, Membership, OptOut
from contacts.models.membership import MembershipQuerySet
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, members, phone, reason, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(group: Group) -> MembershipQuerySet:
    return members(group, phone(1), phone(2), phone(3))


def everybody(group: Group) -> MembershipQuerySet:
    return group.memberships.all()


def test_choosing_changes_nobody(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    change = choose(group, three, action="make_inactive", by=group_admin)
    assert (change.selected, change.state, change.author) == (3, "chosen", group_admin)
    assert change.positions == [1, 2, 3]
    assert not any(states(three).values())


def test_save_changes_those_who_were_shown(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    change = choose(group, three.exclude(phone=phone(2)), action="make_inactive", by=group_admin)
    saved = save(change, everybody(group), by=group_admin, note="They moved")
    assert saved.result == {"changed": 2}
    assert states(three) == {phone(1): True, phone(2): False, phone(3): True}
    entry = Change.objects.get(state="saved").saved_entry
    assert entry.action == "make_inactive"
    assert entry.text
    assert entry.text.text == "They moved"


@pytest.mark.parametrize("many", [1, 2, 5000])
def test_a_selection_of_any_size_is_kept_whole(group: Group, group_admin: User, many: int) -> None:
    rows = members(group, *(phone(n) for n in range(many)))
    change = choose(group, rows, action="make_inactive", by=group_admin)
    assert Change.objects.get(pk=change.pk).positions == list(range(1, many + 1))
    assert save(change, everybody(group), by=group_admin).result == {"changed": many}


def test_whoever_joined_meanwhile_is_left_alone(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    change = choose(group, everybody(group), action="make_inactive", by=group_admin)
    arrive(group, phone(4))
    assert save(change, everybody(group), by=group_admin).result == {"changed": 3}
    assert not member(group, phone(4)).inactive


def test_whoever_came_to_match_meanwhile_is_left_alone(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    make_inactive(group, three.filter(phone=phone(1)), by=group_admin)
    change = choose(group, everybody(group).active(), action="opt_out", by=group_admin)
    make_active(group, three, by=group_admin)
    assert save(change, everybody(group).active(), by=group_admin).result == {"changed": 2}
    assert not member(group, phone(1)).opted_out


def test_whoever_left_the_filter_meanwhile_is_skipped_and_counted_by_cause(
    group: Group, group_admin: User, agent: User
) -> None:
    rows = members(group, *(phone(n) for n in range(1, 8)))
    tag = reason(group.organization, tag="walk").tag
    assert tag
    ContactTag.objects.bulk_create(
        ContactTag(account=group.account, contact=row.contact, tag=tag) for row in rows.select_related("contact")
    )
    tagged = Exists(ContactTag.objects.filter(contact=OuterRef("contact"), tag=tag))
    matching = everybody(group).active().filter(tagged)
    change = choose(group, matching, action="assign", by=group_admin)
    opt_out(group.organization, [phone(1), phone(2)], by=None, source="keyword")
    open_hold(group.organization, phone(3), text="?", group=group)
    ContactTag.objects.filter(contact__phone=phone(4)).delete()
    Membership.objects.filter(phone=phone(5)).update(phone=None)
    make_inactive(group, rows.filter(phone=phone(6)), by=group_admin)
    saved = save(change, matching, by=group_admin, agent=agent)
    assert saved.result == {"changed": 1, "opted_out": 2, "on_hold": 1, "no_longer_match": 2, "redacted": 1}
    assert sum(saved.result.values()) == saved.selected
    assert list(everybody(group).filter(agent=agent).values_list("phone", flat=True)) == [phone(7)]


def test_those_whom_another_admin_made_so_meanwhile_count_as_already_so(
    group: Group, group_admin: User, organization_admin: User, three: MembershipQuerySet
) -> None:
    matching = everybody(group).active()
    mine = choose(group, matching, action="make_inactive", by=group_admin)
    hers = choose(group, matching, action="make_inactive", by=organization_admin)
    assert save(mine, matching, by=group_admin).result == {"changed": 3}
    saved = save(hers, matching, by=organization_admin)
    assert (saved.result, saved.entry) == ({"already": 3}, None)
    assert AuditEntry.objects.filter(action="make_inactive").count() == 1


def test_already_so_is_counted_whether_the_filter_shows_it_or_not(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    make_inactive(group, three.filter(phone=phone(1)), by=group_admin)
    change = choose(group, everybody(group), action="make_inactive", by=group_admin)
    make_inactive(group, three.filter(phone=phone(2)), by=group_admin)
    assert save(change, everybody(group).filter(inactive=False), by=group_admin).result == {"already": 2, "changed": 1}


def test_a_second_save_changes_nothing(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    change = choose(group, three, action="make_inactive", by=group_admin)
    save(change, everybody(group), by=group_admin)
    make_active(group, three, by=group_admin)
    with pytest.raises(CannotSave, match="already"):
        save(Change.objects.get(pk=change.pk), everybody(group), by=group_admin)
    assert not any(states(three).values())


def test_a_selection_lives_for_an_hour(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    change = choose(group, three, action="make_inactive", by=group_admin)
    with (
        time_machine.travel(change.created + timedelta(minutes=60, seconds=1)),
        pytest.raises(CannotSave, match="hour"),
    ):
        save(change, everybody(group), by=group_admin)
    assert not any(states(three).values())
    with time_machine.travel(change.created + timedelta(minutes=59)):
        assert save(change, everybody(group), by=group_admin).result == {"changed": 3}


def test_nobody_saves_the_selection_of_somebody_else(
    group: Group, group_admin: User, organization_admin: User, three: MembershipQuerySet
) -> None:
    change = choose(group, three, action="make_inactive", by=group_admin)
    with pytest.raises(CannotSave):
        save(change, everybody(group), by=organization_admin)
    assert not any(states(three).values())


def test_an_empty_selection_changes_nobody(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    for action in Change.Action.values:
        change = choose(group, everybody(group).none(), action=action, by=group_admin)
        saved = save(change, everybody(group), by=group_admin)
        assert (change.selected, saved.result, saved.entry) == (0, {}, None)
    assert not any(states(three).values())
    assert not OptOut.objects.exists()


def test_a_filter_that_shows_nobody_any_more_changes_nobody(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    change = choose(group, three, action="opt_out", by=group_admin)
    assert save(change, everybody(group).none(), by=group_admin).result == {"no_longer_match": 3}
    assert not OptOut.objects.exists()


def test_a_filter_that_is_wider_than_the_selection_does_not_widen_it(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    for any_group in (other_group, foreign_group):
        arrive(any_group, phone(1), phone(2), phone(3))
    change = choose(group, three, action="make_inactive", by=group_admin)
    assert save(change, Membership.objects.all(), by=group_admin).result == {"changed": 3}
    assert Membership.objects.filter(inactive=True).count() == 3
    assert all(states(three).values())


def test_redacted_members_are_not_selected(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    Membership.objects.filter(phone=phone(1)).update(phone=None)
    assert choose(group, everybody(group), action="make_inactive", by=group_admin).positions == [2, 3]


def test_a_saved_opt_out_takes_its_reason_and_reaches_the_whole_organization(
    group: Group, other_group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    arrive(other_group, phone(1))
    moved = reason(group.organization, tag="moved")
    change = choose(group, three, action="opt_out", by=group_admin)
    saved = save(change, everybody(group), by=group_admin, reason=moved)
    assert saved.result == {"changed": 3}
    assert set(OptOut.objects.values_list("source", "reason", "last_group", "opened_by")) == {
        ("admin", moved.pk, group.pk, saved.saved_entry.pk)
    }
    assert member(other_group, phone(1)).opted_out


def test_make_active_tells_how_many_remain_opted_out(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    make_inactive(group, three, by=group_admin)
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    change = choose(group, three, action="make_active", by=group_admin)
    assert save(change, everybody(group), by=group_admin).result == {"changed": 3, "still_opted_out": 1}


def test_an_assignment_to_somebody_who_is_no_agent_can_be_saved_again_with_one(
    group: Group, group_admin: User, agent: User, three: MembershipQuerySet
) -> None:
    change = choose(group, three, action="assign", by=group_admin)
    with pytest.raises(NotAnAgent):
        save(change, everybody(group), by=group_admin, agent=group_admin)
    assert save(Change.objects.get(pk=change.pk), everybody(group), by=group_admin, agent=agent).result == {
        "changed": 3
    }


def test_save_takes_as_many_queries_for_many_as_for_few(
    group: Group, group_admin: User, django_assert_max_num_queries: Any
) -> None:
    change = choose(group, members(group, *(phone(n) for n in range(1500))), action="make_inactive", by=group_admin)
    with django_assert_max_num_queries(32):
        save(change, everybody(group), by=group_admin)
