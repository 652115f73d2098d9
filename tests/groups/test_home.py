"""Signing in leads to the groups that one may see."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from contacts.actions.hold import open_hold
from groups.actions.role import end_role
from groups.models import Account, Group, Organization, RoleKind, User
from tests.contacts.factories import phone
from tests.people import client_of, person, role_of


def test_a_stranger_is_asked_to_sign_in(db: None, client: Client) -> None:
    response = client.get("/")

    assert response.status_code == 302
    assert response["Location"] == "/auth/login/?next=/"


def test_an_agent_of_one_group_comes_in_there(agent: User, group: Group) -> None:
    assert client_of(agent).get("/")["Location"] == reverse("groups:group", args=[group.pk])


def test_an_agent_of_two_groups_chooses(agent: User, group: Group, other_group: Group) -> None:
    role_of(agent, RoleKind.AGENT, other_group)

    page = client_of(agent).get("/", follow=True)

    assert page.redirect_chain == [("/groups/", 302)]
    assert "Eastside Canvass" in page.text
    assert "Westside Phonebank" in page.text


def test_an_agent_sees_neither_other_groups_nor_links_to_what_they_may_not_open(
    agent: User, group: Group, other_group: Group, other_organization: Organization
) -> None:
    page = client_of(agent).get("/groups/").text

    assert "Eastside Canvass" in page
    assert "Westside Phonebank" not in page
    assert "Lakeside Tenants" not in page
    assert reverse("groups:account", args=[group.account_id]) not in page
    assert reverse("groups:organization", args=[group.organization_id]) not in page


def test_an_account_admin_sees_everything_of_the_account_and_nothing_of_another(
    account_admin: User, group: Group, other_group: Group, other_organization: Organization, foreign_group: Group
) -> None:
    page = client_of(account_admin).get("/groups/").text

    for name in ("Eastside Canvass", "Westside Phonebank", "Lakeside Tenants"):
        assert name in page
    assert reverse("groups:account", args=[group.account_id]) in page
    assert "Dockside Drive" not in page
    assert "Harbor" not in page


def test_admins_see_in_which_of_their_groups_texts_wait_for_a_decision(
    group: Group, other_group: Group, foreign_group: Group
) -> None:
    leads, only_texts = (person(name, RoleKind.AGENT, other_group) for name in ("Lea Der", "Tex Ter"))
    role_of(leads, RoleKind.GROUP_ADMIN, group)
    role_of(only_texts, RoleKind.AGENT, group)
    for number, place in enumerate([group, group, other_group, foreign_group], start=1):
        open_hold(place.organization, phone(number), text="leave me alone", group=place, at=timezone.now())

    page = client_of(leads).get("/groups/")

    assertContains(page, f'<a href="{reverse("conversations:holds", args=[group.pk])}">2 texts wait for a decision</a>')
    assertContains(page, "for a decision", count=1)
    assertNotContains(client_of(only_texts).get("/groups/"), "for a decision")


def test_an_organization_admin_sees_its_groups_only(
    organization_admin: User, group: Group, other_organization: Organization
) -> None:
    page = client_of(organization_admin).get("/groups/").text

    assert "Eastside Canvass" in page
    assert reverse("groups:organization", args=[group.organization_id]) in page
    assert "Lakeside Tenants" not in page


def test_a_role_that_ended_opens_nothing_and_says_whom_to_ask(agent: User, account_admin: User) -> None:
    end_role(agent.roles.get(), by=account_admin)
    agent.refresh_from_db()

    page = client_of(agent).get("/groups/").text

    assert "no group is open to you" in page
    assert "Ruth Adeyemi" in page
    assert "Eastside Canvass" not in page


def test_customer_support_is_led_to_the_requests_and_sees_no_group(support: User, group: Group) -> None:
    assert client_of(support).get("/")["Location"] == reverse("compliance:support")

    page = client_of(support).get("/groups/").text

    assert "You are Customer Support" in page
    assert reverse("compliance:support") in page
    assert "Eastside Canvass" not in page


def test_customer_support_who_works_in_a_group_too_comes_in_there(agent: User, group: Group) -> None:
    agent.is_support = True
    agent.save()

    assert client_of(agent).get("/")["Location"] == reverse("groups:group", args=[group.pk])


@pytest.mark.parametrize("who", ["group_admin", "organization_admin", "account_admin"])
def test_an_admin_who_opens_a_group_comes_to_its_contacts(
    who: str, request: pytest.FixtureRequest, group: Group
) -> None:
    response = client_of(request.getfixturevalue(who)).get(reverse("groups:group", args=[group.pk]))

    assert response["Location"] == reverse("contacts:list", args=[group.pk])


def test_an_agent_who_opens_a_group_comes_to_the_threads_and_sees_its_hours_and_who_runs_it(
    agent: User, group_admin: User, group: Group
) -> None:
    response = client_of(agent).get(reverse("groups:group", args=[group.pk]), follow=True)

    assert response.redirect_chain == [(reverse("conversations:threads", args=[group.pk]), 302)]
    for said in ("8:00 to 20:00", "America/New York", "Maya Okafor"):
        assert said in response.text


def test_the_list_of_groups_takes_a_constant_number_of_queries(
    account: Account,
    account_admin: User,
    group: Group,
    other_group: Group,
    other_organization: Organization,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_of(account_admin)
    # session, user, the accounts and the number of their changes, roles, groups, organizations, held texts
    with django_assert_num_queries(8):
        client.get("/groups/")


def test_a_person_in_two_accounts_sees_both(group: Group, foreign_group: Group) -> None:
    both = person("Ada Wolf", RoleKind.AGENT, group)
    role_of(both, RoleKind.AGENT, foreign_group)

    page = client_of(both).get("/groups/").text

    assert "Sunrise Alliance" in page
    assert "Harbor Coalition" in page
