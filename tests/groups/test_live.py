"""The number of an organization's changes: another one after each, read by whoever was handed its address (R3.4)."""

import logging
import re
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

import pytest
from django import urls
from django.db import DatabaseError, connection, transaction
from pytest_django import DjangoAssertNumQueries

from compliance.actions.redact import redact
from contacts.actions import change as changes
from contacts.actions import contact as contacts
from contacts.actions import tag as labels
from contacts.actions.arrival import bring_in
from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_active, make_inactive, undo
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.conversations.actions.message import keep
from contacts.models import Contact, Source
from contacts.person import Person
from contacts.views import contact_list
from groups import live
from groups.actions.tenant import archive_group, create_organization
from groups.models import Account, ChangeNumber, Group, Organization, User
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import talk, theirs
from tests.people import UserFactory, client_of


@pytest.fixture(autouse=True)
def nothing_remembered() -> None:
    """A process remembers numbers for a moment; each test begins without."""
    live.forget()


def _made_inactive_and_back(group: Group, by: User) -> None:
    entry = make_inactive(group, members(group, phone(1)), by=by).entry
    assert entry
    before = live.number(group.organization_id)
    undo(entry, by=by)
    assert live.number(group.organization_id) != before


def _saved(group: Group, by: User) -> None:
    rows = members(group, phone(1))
    changes.save(changes.choose(group, rows, action="make_inactive", by=by), rows, by=by)


def _put_on_hold(group: Group, by: User) -> None:
    open_hold(group.organization, phone(1), text="leave me alone", group=group)


def _reversed(group: Group, by: User) -> None:
    opt_out(group.organization, [phone(1)], by=by, source=Source.ADMIN)
    before = live.number(group.organization_id)
    reverse(group.organization, [phone(1)], by=by, source="keyword")
    assert live.number(group.organization_id) != before


def _talked(group: Group, by: User) -> None:
    keep(group, [theirs(member(group, phone(1)).contact_id, "Hello")])


CHANGES: dict[str, Callable[[Group, User], object]] = {
    "deactivated": lambda group, by: make_inactive(group, members(group, phone(1)), by=by),
    "reactivated": lambda group, by: make_active(group, members(group, phone(2)), by=by),
    "undone": _made_inactive_and_back,
    "saved": _saved,
    "assigned": lambda group, by: assign(group, members(group, phone(1)), agent=by, by=by),
    "opted out": lambda group, by: opt_out(group.organization, [phone(1)], by=by, source=Source.ADMIN),
    "opted out, no contact": lambda group, by: opt_out(group.organization, [phone(9)], by=by, source=Source.ADMIN),
    "reversed": _reversed,
    "held": _put_on_hold,
    "redacted": lambda group, by: redact(group.account, [phone(1)], by=by),
    "arrived": lambda group, by: bring_in(group, [Person(phone(8))], by=by, came_by=Contact.Source.UPLOAD),
    "added": lambda group, by: contacts.add_by_hand(group, Person(phone(8), {"first_name": "Eve"}), by=by),
    "edited": lambda group, by: contacts.edit(
        group, member(group, phone(1)).contact, by=by, profile={"first_name": "Dee"}, custom={}, add=[], remove=[]
    ),
    "tagged": lambda group, by: labels.create_tag(group.organization, name="new", agents_may_set=True, by=by),
    "texted": _talked,
    "archived": lambda group, by: archive_group(group, by=by),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_number_is_another_one_after_every_change(
    change: Callable[[Group, User], object], group: Group, agent: User
) -> None:
    make_inactive(group, members(group, phone(1), phone(2)).filter(phone=phone(2)), by=agent)
    talk(group, phone(1), "Hi", agent=agent)
    before = live.number(group.organization_id)
    change(group, agent)
    assert live.number(group.organization_id) not in (0, before)


@pytest.mark.django_db(transaction=True)
def test_it_is_the_organizations_own(group: Group, other_organization: Organization, agent: User) -> None:
    make_inactive(group, members(group, phone(1)), by=agent)
    assert live.number(other_organization.pk) == 0


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_account_concerns_all_its_organizations_and_no_other_account(
    group: Group, other_organization: Organization, foreign_group: Group, account_admin: User
) -> None:
    members(group, phone(1))
    before = live.number(group.organization_id)
    redact(group.account, [phone(1)], by=account_admin)
    assert live.number(group.organization_id) != before
    assert live.number(other_organization.pk) != 0
    assert live.number(foreign_group.organization_id) == 0


@pytest.mark.django_db(transaction=True)
def test_already_so_leaves_it(group: Group, agent: User) -> None:
    rows = members(group, phone(1))
    make_inactive(group, rows, by=agent)
    before = live.number(group.organization_id)
    make_inactive(group, rows, by=agent)
    assert live.number(group.organization_id) == before


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_it(group: Group, agent: User) -> None:
    rows = members(group, phone(1))
    before = live.number(group.organization_id)
    with transaction.atomic(), transaction.atomic():  # The inner one alone.
        make_inactive(group, rows, by=agent)
        transaction.set_rollback(True)
    with transaction.atomic():
        make_inactive(group, rows, by=agent)
        transaction.set_rollback(True)
    assert live.number(group.organization_id) == before
    assert not member(group, phone(1)).inactive


@pytest.mark.django_db(transaction=True)
def test_it_is_written_after_the_commit_in_one_statement(
    group: Group, agent: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = members(group, phone(1))
    with transaction.atomic():
        make_inactive(group, rows, by=agent)
        before = live.number(group.organization_id)
        waiting = [registered[1] for registered in connection.run_on_commit]
        connection.run_on_commit.clear()
    assert live.number(group.organization_id) == before
    with django_assert_num_queries(1):
        for call in waiting:
            call()
    assert live.number(group.organization_id) != before


@pytest.mark.django_db(transaction=True)
def test_a_change_stands_even_if_its_number_can_not_be_written(
    group: Group, agent: User, caplog: pytest.LogCaptureFixture
) -> None:
    rows = members(group, phone(1))
    refused = patch.object(ChangeNumber.objects, "bulk_create", side_effect=DatabaseError("full"))
    with refused, caplog.at_level(logging.ERROR):
        assert make_inactive(group, rows, by=agent).changed == 1
    assert member(group, phone(1)).inactive
    assert "on_commit" in caplog.text


# Pages of an account, and the list of one's groups, follow all its organizations.


@pytest.mark.django_db(transaction=True)
def test_the_number_of_accounts_is_another_one_after_a_change_in_any_of_their_organizations(
    group: Group, other_organization: Organization, foreign_group: Group, agent: User, account_admin: User
) -> None:
    ours, both = (group.account_id,), (group.account_id, foreign_group.account_id)
    before = live.number(ours), live.number(both)
    labels.create_tag(other_organization, name="new", agents_may_set=True, by=account_admin)
    between = live.number(ours), live.number(both)
    make_inactive(foreign_group, members(foreign_group, phone(1)), by=None)
    after = live.number(ours), live.number(both)
    assert len({before[0], between[0]}) == 2
    assert after[0] == between[0]
    assert len({before[1], between[1], after[1]}) == 3


@pytest.mark.django_db(transaction=True)
def test_a_new_organization_is_among_those_of_its_account(account: Account, account_admin: User) -> None:
    before = live.number((account.pk,))
    create_organization(account, name="Newest", country="US", by=account_admin)
    assert live.number((account.pk,)) != before


@pytest.mark.django_db
def test_the_number_of_many_organizations_takes_one_query(
    account: Account, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    made = [Organization.objects.create(account=account, name=str(number)) for number in range(20)]
    ChangeNumber.objects.bulk_create(ChangeNumber(organization=one, number=(1 << 62) - 1) for one in made)
    with django_assert_num_queries(1):
        assert 0 < live.number((account.pk,)) < 1 << 62


@pytest.mark.django_db
class TestPages:
    """Which pages are handed an address, and whose."""

    @pytest.mark.parametrize(
        ("name", "level"),
        [
            ("groups:mine", ""),
            ("groups:account", "account"),
            ("groups:account_organizations", "account"),
            ("groups:organization", "organization"),
            ("conversations:organization_holds", "organization"),
            ("contacts:opt_outs", "organization"),
            ("conversations:holds", "group"),
            ("contacts:changes", "group"),
        ],
    )
    def test_lists_and_overviews_follow(self, name: str, level: str, group: Group, account_admin: User) -> None:
        scope = {"account": group.account, "organization": group.organization, "group": group}.get(level)
        page = client_of(account_admin).get(urls.reverse(name, args=[scope.pk] if scope else [])).content.decode()
        followed = (group.account_id,) if level in ("", "account") else group.organization_id
        assert f'data-watch="{live.address(followed)}"' in page
        places = re.findall(r"<\w+ [^>]*data-live[^>]*>", page.split("<main")[1])
        assert places
        assert all(' id="' in place for place in places)

    def test_who_has_no_role_follows_nothing(self, db: None) -> None:
        assert "data-watch" not in client_of(UserFactory.create()).get(urls.reverse("groups:mine")).content.decode()

    def test_a_page_is_handed_its_own_organizations_address_and_number(self, group: Group, group_admin: User) -> None:
        ChangeNumber.objects.create(organization=group.organization, number=71)
        page = client_of(group_admin).get(f"/groups/{group.pk}/contacts/").content.decode()
        assert re.findall(r'data-watch="(.+?)" data-number="(.+?)"', page) == [
            (live.address(group.organization_id), "71")
        ]
        assert "js/live.js" in page

    def test_the_number_is_read_before_anything_of_the_page(self, group: Group, group_admin: User) -> None:
        """What is committed while a page is made would else never be asked for."""
        number = ChangeNumber.objects.create(organization=group.organization, number=71)

        def changed_meanwhile(*args: Any) -> Any:
            ChangeNumber.objects.filter(pk=number.pk).update(number=72)
            return bind(*args)

        bind = contact_list.bind
        with patch.object(contact_list, "bind", changed_meanwhile):
            page = client_of(group_admin).get(f"/groups/{group.pk}/contacts/").content.decode()
        assert 'data-number="71"' in page

    def test_pages_that_do_not_follow_are_handed_none(self, group: Group, group_admin: User) -> None:
        page = client_of(group_admin).get(f"/groups/{group.pk}/contacts/add/").content.decode()
        assert "data-watch" not in page
        assert "live.js" not in page

    def test_a_page_that_looks_for_what_is_new_leaves_the_results_that_wait_for_a_person(
        self, group: Group, account_admin: User
    ) -> None:
        row = members(group, phone(1)).get()
        client, address = client_of(account_admin), f"/groups/{group.pk}/contacts/{row.contact_id}/"
        client.post(f"{address}status/", {"action": "deactivate"})
        said = "Made inactive in Eastside Canvass."
        assert said not in client.get(address, headers={"X-Live": "1"}).content.decode()
        assert said in client.get(address).content.decode()
