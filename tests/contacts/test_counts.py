"""Exact totals from daily deltas (R3.4, R6.8)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts import counts, verify
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_active, make_inactive, undo
from contacts.actions.opt_out import opt_out
from contacts.counts import Figures
from contacts.models import Contact, GroupCount, Membership, OrganizationCount
from groups.models import Group, User
from tests.contacts.factories import arrive, members, phone, phones

pytestmark = pytest.mark.django_db


def figures(**other: int) -> Figures:
    nought = {"all": 0, "active": 0, "inactive": 0, "opted_out": 0, "on_hold": 0, "redacted": 0}
    return Figures(**nought | other)


def test_an_empty_group_has_nobody(group: Group) -> None:
    assert counts.of_group(group) == counts.of_list(group.memberships.all()) == figures()


def test_figures_may_overlap_and_active_is_whoever_can_be_texted(group: Group, group_admin: User) -> None:
    members(group, *phones(6))
    make_inactive(group, group.memberships.filter(phone__in=[phone(1), phone(2)]), by=group_admin)
    opt_out(group.organization, [phone(2), phone(3)], by=None, source="keyword")
    open_hold(group.organization, phone(1), text="?", group=group)
    expected = figures(all=6, active=3, inactive=2, opted_out=2, on_hold=1)
    assert counts.of_group(group) == counts.of_list(group.memberships.all()) == expected


def test_figures_are_right_after_each_change_at_once(group: Group, group_admin: User) -> None:
    rows, told = members(group, *phones(3)), []
    entry = make_inactive(group, rows, by=group_admin).entry
    assert entry
    told.append(counts.of_group(group).inactive)
    make_active(group, rows.filter(phone=phone(1)), by=group_admin)
    told.append(counts.of_group(group).inactive)
    undo(entry, by=group_admin)
    told.append(counts.of_group(group).inactive)
    assert told == [3, 2, 0]


def test_a_contact_counts_as_inactive_in_its_organization_only_if_it_is_so_in_all_its_groups(
    group: Group, other_group: Group, group_admin: User
) -> None:
    for any_group in (group, other_group):
        arrive(any_group, phone(1), phone(2))
    make_inactive(group, group.memberships.all(), by=group_admin)
    assert counts.of_organization(group.organization) == figures(all=2, active=2)
    make_inactive(other_group, other_group.memberships.filter(phone=phone(1)), by=group_admin)
    assert counts.of_organization(group.organization) == figures(all=2, active=1, inactive=1)


def test_an_inactive_contact_that_joins_another_group_is_active_in_the_organization_again(
    group: Group, other_group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    assert counts.of_organization(group.organization).inactive == 1
    arrive(other_group, phone(1))
    assert counts.of_organization(group.organization) == figures(all=1, active=1)


def test_an_opt_out_counts_once_in_the_organization_and_once_in_each_group(group: Group, other_group: Group) -> None:
    for any_group in (group, other_group):
        arrive(any_group, phone(1))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    assert counts.of_organization(group.organization).opted_out == 1
    assert [counts.of_group(any_group).opted_out for any_group in (group, other_group)] == [1, 1]


def test_organizations_are_counted_apart(group: Group, foreign_group: Group) -> None:
    arrive(group, phone(1), phone(2))
    arrive(foreign_group, phone(1))
    assert counts.of_organizations(group.account) == {group.organization_id: figures(all=2, active=2)}
    assert counts.of_organizations(foreign_group.account) == {foreign_group.organization_id: figures(all=1, active=1)}


def test_redacted_ones_are_counted_apart_from_all_others(group: Group, group_admin: User) -> None:
    rows = members(group, *phones(3))
    make_inactive(group, rows.filter(phone=phone(1)), by=group_admin)
    ids = list(rows.filter(phone=phone(1)).values_list("contact_id", flat=True))
    with counts.kept(ids):
        Contact.objects.filter(pk__in=ids).update(phone=None, redacted_at=timezone.now())
        Membership.objects.filter(contact__in=ids).update(phone=None, sort_name="")
    for told in (counts.of_group(group), counts.of_organization(group.organization)):
        assert told == figures(all=2, active=2, redacted=1)
    assert list(verify.differences()) == []


def test_each_change_is_a_delta_of_its_day_in_utc(group: Group, group_admin: User) -> None:
    rows = members(group, *phones(3))
    GroupCount.objects.all().delete()
    evening = datetime(2026, 5, 12, 23, 30, tzinfo=UTC)
    with timezone.override("Asia/Tokyo"), time_machine.travel(evening, tick=False):
        make_inactive(group, rows, by=group_admin)
    assert set(GroupCount.objects.values_list("day", "state", "delta")) == {
        (date(2026, 5, 12), 0, -3),
        (date(2026, 5, 12), 1, 3),
    }


def test_a_change_that_moves_nobody_writes_no_delta(group: Group, group_admin: User) -> None:
    rows = members(group, *phones(3))
    deltas = GroupCount.objects.count()
    make_active(group, rows, by=group_admin)
    opt_out(group.organization, [phone(99)], by=None, source="keyword")
    assert GroupCount.objects.count() == deltas


# Squashing.


@pytest.fixture
def three_days(group: Group, other_group: Group, group_admin: User) -> date:
    """Three days of changes in two groups; returns the last of them."""
    start = datetime(2026, 5, 10, 12, tzinfo=UTC)
    for day in range(3):
        with time_machine.travel(start + timedelta(days=day), tick=False):
            rows = members(group, phone(3 * day), phone(3 * day + 1))
            arrive(other_group, phone(3 * day), phone(3 * day + 2))
            make_inactive(group, rows, by=group_admin)
            make_active(group, rows.filter(phone=phone(3 * day)), by=group_admin)
            opt_out(group.organization, [phone(3 * day)], by=None, source="keyword")
    return date(2026, 5, 12)


def by_day() -> dict[tuple[int, date, int], int]:
    sums: dict[tuple[int, date, int], int] = {}
    for group, day, state, delta in GroupCount.objects.values_list("group", "day", "state", "delta"):
        sums[group, day, state] = sums.get((group, day, state), 0) + delta
    return {place: delta for place, delta in sums.items() if delta}


def test_squashing_keeps_every_figure_of_every_day(group: Group, three_days: date) -> None:
    before = by_day(), counts.of_group(group), counts.of_organization(group.organization)
    assert counts.squash(three_days) > 0
    after = by_day(), counts.of_group(group), counts.of_organization(group.organization)
    assert after == before
    assert list(verify.differences()) == []


def test_squashing_leaves_one_row_a_state_and_a_day_and_today_alone(three_days: date) -> None:
    today = set(GroupCount.objects.filter(day=three_days).values_list("pk", flat=True))
    counts.squash(three_days)
    for model, owner in ((GroupCount, "group_id"), (OrganizationCount, "organization_id")):
        past = list(model._default_manager.filter(day__lt=three_days).values_list(owner, "day", "state"))
        assert len(past) == len(set(past))
    assert set(GroupCount.objects.filter(day=three_days).values_list("pk", flat=True)) == today


def test_squashing_again_touches_nothing(three_days: date) -> None:
    counts.squash(three_days)
    rows = set(GroupCount.objects.values_list("pk", "delta"))
    assert counts.squash(three_days) == 0
    assert set(GroupCount.objects.values_list("pk", "delta")) == rows
