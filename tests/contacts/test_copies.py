"""`manage.py verify_copies`: whatever a list believes is compared with the truth."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contacts import verify
from contacts.actions.arrival import bring_in
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, GroupCount, Hold, Membership, OptOut, OrganizationCount
from contacts.person import Person
from groups.models import Group, User
from tests.contacts.factories import arrive, member, members, phone
from tests.people import GroupFactory, OrganizationFactory

pytestmark = pytest.mark.django_db

NAMES = [
    ("Dana", "Smith"),
    ("  ann ", ""),
    ("José", "Ñandú"),
    ("\tTab", "Bed\n"),
    ("Ольга", "Петрова"),
    ("Ye" * 60, "b"),
]


@pytest.fixture
def busy_group(group: Group, other_group: Group, group_admin: User) -> Group:
    """A group in which something of everything has happened."""
    people = [Person(phone(n), {"first_name": first, "last_name": last}) for n, (first, last) in enumerate(NAMES)]
    bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    arrive(other_group, phone(0), phone(1))
    make_inactive(group, group.memberships.filter(phone=phone(0)), by=group_admin)
    opt_out(group.organization, [phone(1), phone(99)], by=group_admin, source="admin")
    open_hold(group.organization, phone(2), text="leave me alone", group=group)
    return group


def found() -> list[str]:
    return list(verify.differences())


def test_whatever_the_actions_wrote_agrees(busy_group: Group) -> None:
    assert found() == []


def test_nothing_at_all_agrees() -> None:
    assert found() == []


def test_a_wrong_phone_is_found(busy_group: Group) -> None:
    row = member(busy_group, phone(3))
    Membership.objects.filter(pk=row.pk).update(phone=phone(77))
    assert found() == [f"membership {row.pk}: phone differs"]


def test_a_phone_that_outlived_its_contact_is_found(busy_group: Group) -> None:
    row = member(busy_group, phone(3))
    Contact.objects.filter(pk=row.contact_id).update(phone=None, redacted_at=timezone.now())
    assert f"membership {row.pk}: phone differs" in found()


@pytest.mark.parametrize("number", [0, 2, 3, 4, 5])
@pytest.mark.parametrize("wrong", ["", "Dana Smith", "josé ñandú", "zz"])
def test_a_wrong_name_is_found_in_any_script(busy_group: Group, number: int, wrong: str) -> None:
    row = member(busy_group, phone(number))
    Membership.objects.filter(pk=row.pk).update(sort_name=wrong)
    assert found() == [f"membership {row.pk}: sort_name differs"]


def test_a_missing_and_an_excessive_opt_out_are_found(busy_group: Group, other_group: Group) -> None:
    missing, excessive = member(other_group, phone(1)), member(busy_group, phone(3))
    Membership.objects.filter(pk=missing.pk).update(opted_out=False)
    Membership.objects.filter(pk=excessive.pk).update(opted_out=True)
    assert {line for line in found() if "membership" in line} == {
        f"membership {missing.pk}: opted_out differs",
        f"membership {excessive.pk}: opted_out differs",
    }


def test_an_ended_episode_leaves_nobody_opted_out(busy_group: Group) -> None:
    OptOut.objects.filter(phone=phone(1)).update(ended=timezone.now())
    assert sum("opted_out differs" in line for line in found()) == 2


def test_an_opt_out_of_another_organization_is_not_taken_for_one_of_ours(busy_group: Group) -> None:
    neighbour = OrganizationFactory.create(account=busy_group.account)
    opt_out(neighbour, [phone(3)], by=None, source="keyword")
    assert found() == []


def test_a_forgotten_and_an_invented_hold_are_found(busy_group: Group) -> None:
    held, free = member(busy_group, phone(2)), member(busy_group, phone(3))
    Hold.objects.update(phone=phone(3))
    assert {f"membership {row.pk}: on_hold differs" for row in (held, free)} == {
        line for line in found() if "membership" in line
    }


def test_a_contact_of_another_organization_is_found(busy_group: Group, foreign_group: Group) -> None:
    stray = members(foreign_group, phone(50)).get()
    Membership.objects.filter(pk=stray.pk).update(group=busy_group, position=busy_group.memberships.count() + 1)
    assert {f"membership {stray.pk}: organization differs", f"membership {stray.pk}: account differs"} <= set(found())


def test_a_gap_between_positions_is_found(busy_group: Group) -> None:
    last = busy_group.memberships.order_by("position").last()
    assert last
    Membership.objects.filter(pk=last.pk).update(position=last.position + 1)
    assert found() == [f"group {busy_group.pk}: 6 members up to position 7, the last is 6"]


def test_a_last_position_that_lags_is_found(busy_group: Group) -> None:
    Group.objects.filter(pk=busy_group.pk).update(last_position=5)
    assert found() == [f"group {busy_group.pk}: 6 members up to position 6, the last is 5"]


def test_an_empty_group_with_positions_is_found(busy_group: Group) -> None:
    empty = GroupFactory.create(organization=busy_group.organization, last_position=2)
    assert found() == [f"group {empty.pk}: 0 members up to position 0, the last is 2"]


def test_wrong_counts_are_found(busy_group: Group) -> None:
    GroupCount.objects.create(group=busy_group, day=timezone.now().date(), state=0, delta=1)
    OrganizationCount.objects.filter(state=2).delete()
    assert found() == [
        f"group {busy_group.pk}, state 0: the counts say 4, there are 3",
        f"organization {busy_group.organization_id}, state 2: the counts say 0, there are 1",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_command_prints_ids_only_and_fails(busy_group: Group) -> None:
    row = member(busy_group, phone(1))
    Membership.objects.filter(pk=row.pk).update(phone=phone(77), sort_name="Smith")
    printed = StringIO()
    with pytest.raises(CommandError, match="2 differences"):
        call_command("verify_copies", stdout=printed)
    assert printed.getvalue().splitlines() == [
        f"membership {row.pk}: phone differs",
        f"membership {row.pk}: sort_name differs",
    ]


@pytest.mark.django_db(transaction=True)
def test_the_command_is_content_when_all_agrees(busy_group: Group) -> None:
    printed = StringIO()
    call_command("verify_copies", stdout=printed)
    assert printed.getvalue() == "No difference.\n"


def test_it_asks_the_same_few_queries_however_many_there_are(busy_group: Group, django_assert_num_queries: Any) -> None:
    arrive(busy_group, *(phone(n) for n in range(200, 400)))
    with django_assert_num_queries(14):
        assert found() == []
