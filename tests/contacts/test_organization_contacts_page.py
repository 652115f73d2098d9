"""The contacts of an organization: a person is found across its groups (R6.3)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions import arrival
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership
from contacts.person import Person
from contacts.views import organization_contacts
from groups.models import Group, Organization, RoleKind, User
from tests.contacts.factories import member, phone, phones
from tests.people import client_of, person


@pytest.fixture
def everybody(organization: Organization, group: Group, other_group: Group, account_admin: User) -> Organization:
    """Ada and Bea are in both groups, Cyd in one, José in the other; 5 has no name."""
    ada, bea, cyd, jose, nobody = [
        Person(phone(n), {"first_name": name} if name else {})
        for n, name in enumerate(["Ada", "Bea", "Cyd", "José", ""], start=1)
    ]
    arrival.bring_in(group, [ada, bea, cyd], by=account_admin, came_by=Contact.Source.UPLOAD)
    arrival.bring_in(other_group, [bea, ada, jose, nobody], by=account_admin, came_by=Contact.Source.UPLOAD)
    return organization


def url(organization: Organization, **query: object) -> str:
    return reverse("contacts:organization_contacts", args=[organization.pk], query=query or None)


def found(client: Client, organization: Organization, **query: object) -> list[str]:
    return [row.contact.phone for row in client.get(url(organization, **query)).context["rows"]]


def test_everybody_is_listed_once_in_the_order_of_phones(everybody: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).get(url(everybody))

    assert [row.contact.phone for row in page.context["rows"]] == phones(5)
    assert "5 in all groups of Riverside Neighbors" in page.text


def test_a_row_links_to_the_contact_in_each_of_their_groups(
    everybody: Organization, organization_admin: User, group: Group, other_group: Group
) -> None:
    page = client_of(organization_admin).get(url(everybody, q="ada"))

    ada = Contact.objects.get(phone=phone(1))
    for place in (group, other_group):
        assert f'<a href="{reverse("contacts:contact", args=[place.pk, ada.pk])}">{place}</a>' in page.text


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("0002", [2]),
        ("(206) 555-0003", [3]),
        ("001 206 555 0003", [3]),
        ("000000000", []),
        ("0", [1, 2, 3, 4, 5]),
        ("JOSE", [4]),
        ("josé", [4]),
        ("a", [1, 2]),
        ("nobody", []),
        ("%", []),
        ("_", []),
        ("\u0301", []),
    ],
)
def test_a_search_finds_part_of_a_name_or_phone(
    everybody: Organization, organization_admin: User, q: str, expected: list[int]
) -> None:
    assert found(client_of(organization_admin), everybody, q=q) == [phone(number) for number in expected]


def test_a_name_is_found_in_the_order_of_names(
    everybody: Organization, organization_admin: User, group: Group, account_admin: User
) -> None:
    arrival.bring_in(group, [Person(phone(9), {"first_name": "Aada"})], by=account_admin, came_by=Contact.Source.UPLOAD)
    assert found(client_of(organization_admin), everybody, q="ada") == [phone(9), phone(1)]


def test_the_status_is_that_in_the_organization(
    everybody: Organization, organization_admin: User, group: Group, other_group: Group, account_admin: User
) -> None:
    make_inactive(group, group.memberships.filter(phone__in=[phone(1), phone(2), phone(3)]), by=account_admin)
    make_inactive(other_group, other_group.memberships.filter(phone=phone(2)), by=account_admin)
    opt_out(everybody, [phone(3)], by=account_admin, source="admin")
    open_hold(everybody, phone(4), text="leave me alone", group=group)

    page = client_of(organization_admin).get(url(everybody))

    statuses = {row.contact.phone: [words for _, words in row.statuses] for row in page.context["rows"]}
    assert statuses == {
        phone(1): ["Active in 1 group"],
        phone(2): ["Inactive everywhere"],
        phone(3): ["Opted out", "Inactive everywhere"],
        phone(4): ["On hold"],
        phone(5): ["Active in 1 group"],
    }


def test_redacted_ones_have_left_the_list(everybody: Organization, organization_admin: User) -> None:
    ada = Contact.objects.filter(phone=phone(1))
    Membership.objects.filter(contact__in=ada).update(phone=None, sort_name="")
    ada.update(phone=None, first_name="", redacted_at=timezone.now())
    client = client_of(organization_admin)

    assert phone(1) not in found(client, everybody)
    assert found(client, everybody, q="ada") == []
    assert found(client, everybody, q="0001") == []


def test_names_of_groups_that_one_may_not_see_are_not_told(
    everybody: Organization, organization_admin: User, group: Group, other_group: Group
) -> None:
    with patch.object(organization_contacts, "groups_seen", return_value={group.pk}):
        page = client_of(organization_admin).get(url(everybody))

    assert "Eastside Canvass" in page.text
    assert "Westside Phonebank" not in page.text
    assert "1 more group that you may not see" in page.text
    assert reverse("contacts:contact", args=[other_group.pk, member(other_group, phone(4)).contact_id]) not in page.text


def test_a_common_name_lists_the_first_and_says_that_there_are_more(
    everybody: Organization, organization_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(organization_contacts, "MOST", 3)
    client = client_of(organization_admin)

    cut, whole = client.get(url(everybody, q="a")), client.get(url(everybody, q="ada"))

    assert [row.contact.phone for row in cut.context["rows"]] == [phone(1), phone(2)]
    assert "More match than are listed here." in cut.text
    assert "More match than are listed here." not in whole.text


def test_a_page_holds_fifty_and_one_beyond_the_last_is_the_last(
    organization: Organization, organization_admin: User, group: Group
) -> None:
    people = [Person(number, {"first_name": "Kim"}) for number in phones(51)]
    arrival.bring_in(group, people, by=organization_admin, came_by=Contact.Source.UPLOAD)
    client = client_of(organization_admin)

    for query in ({}, {"q": "kim"}, {"q": "206"}):
        assert found(client, organization, **query) == phones(50)
        assert found(client, organization, page=99, **query) == [phone(51)]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("name=ada", "name=ada"),
        ("q=ada&q=bea", "q=ada and bea"),
        ("page=nonsense", "page=nonsense"),
        (f"page={'9' * 5000}", "Nothing is listed."),
        ("q=a%00b", "Null characters are not allowed."),
        (f"q={'x' * 101}", "Nothing is listed."),
    ],
)
def test_a_link_that_the_list_does_not_know_lists_nobody_and_says_so(
    everybody: Organization, organization_admin: User, query: str, said: str
) -> None:
    page = client_of(organization_admin).get(f"{url(everybody)}?{query}")

    assert "rows" not in page.context
    assert "This link has a filter that we don't know" in page.text
    assert said in page.text


def test_contacts_of_other_organizations_are_not_found(
    everybody: Organization,
    other_organization: Organization,
    foreign_group: Group,
    organization_admin: User,
    outsider: User,
) -> None:
    sister = Group.objects.create(account=everybody.account, organization=other_organization, name="Doors")
    for number, place in enumerate([sister, foreign_group], start=8):
        people = [Person(phone(number), {"first_name": "Zelda"})]
        arrival.bring_in(place, people, by=outsider, came_by=Contact.Source.UPLOAD)
    client = client_of(organization_admin)

    assert found(client, everybody) == phones(5)
    assert found(client, everybody, q="zelda") == []
    assert found(client, everybody, q="000") == phones(5)


@pytest.mark.parametrize("query", [{}, {"q": "kim"}, {"q": "206"}])
def test_the_list_costs_the_same_however_many_contacts_there_are(
    everybody: Organization,
    organization_admin: User,
    group: Group,
    other_group: Group,
    query: dict[str, str],
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(organization_admin)
    people = [Person(number, {"first_name": "Kim"}) for number in phones(40)]
    arrival.bring_in(group, people[:2], by=organization_admin, came_by=Contact.Source.UPLOAD)
    with CaptureQueriesContext(connection) as few:
        client.get(url(everybody, **query))
    for place in (group, other_group):
        arrival.bring_in(place, people, by=organization_admin, came_by=Contact.Source.UPLOAD)

    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(url(everybody, **query))

    assert len(page.context["rows"]) == 40
    assert len(many) == len(few)


@pytest.mark.parametrize("query", [{}, {"page": 2}, {"q": "kim"}, {"q": "0001"}])
def test_no_query_reads_a_whole_table_of_people(
    everybody: Organization, organization_admin: User, query: dict[str, object]
) -> None:
    client = client_of(organization_admin)
    with CaptureQueriesContext(connection) as asked:
        client.get(url(everybody, **query))

    about_people = [each["sql"] for each in asked if "contacts_contact" in each["sql"] or "membership" in each["sql"]]
    assert about_people
    for sql in about_people:
        assert not _whole_tables(sql), sql


def _whole_tables(sql: str) -> list[str]:
    """The lines of the plan that read contacts or memberships without an index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
            lines = [line for (line,) in cursor.fetchall()]
            return [line for line in lines if "Seq Scan on contacts_" in line]
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        lines = [line for *_, line in cursor.fetchall()]
        return [line for line in lines if line.startswith("SCAN contacts_")]


@pytest.mark.parametrize("who", ["group_admin", "agent"])
def test_whoever_works_in_a_group_only_is_refused(
    request: pytest.FixtureRequest, everybody: Organization, who: str
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url(everybody))

    assert page.status_code == 403
    assert "206555" not in page.text.replace("-", "")


def test_an_outsider_finds_nothing(everybody: Organization, outsider: User) -> None:
    assert client_of(outsider).get(url(everybody, q="ada")).status_code == 404


def test_an_admin_of_another_organization_of_the_account_finds_nothing(
    everybody: Organization, other_organization: Organization
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    assert client_of(cousin).get(url(everybody)).status_code == 404


def test_the_list_is_no_post(everybody: Organization, organization_admin: User) -> None:
    assert client_of(organization_admin).post(url(everybody)).status_code == 405


@pytest.mark.parametrize(("query", "said"), [({}, "No contacts yet"), ({"q": "dana"}, "No contact matches")])
def test_an_empty_list_says_the_next_step(
    organization: Organization, organization_admin: User, query: dict[str, str], said: str
) -> None:
    assert said in client_of(organization_admin).get(url(organization, **query)).text
