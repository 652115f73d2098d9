"""The opt-outs of an organization: whom the list shows, and that a bad link shows nobody (R4.10)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions import arrival
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, OptOut, Suppression
from contacts.person import Person
from groups.models import Group, Organization, RoleKind, User
from tests.contacts.factories import phone, phones, reason
from tests.people import client_of, person


@pytest.fixture
def episodes(organization: Organization, group: Group, organization_admin: User, agent: User) -> Organization:
    """1 and 2 are contacts, 3 is none: 1 opted out by text, 2 by an agent with a reason, 3's episode has ended."""
    people = [Person(phone(1), {"first_name": "José", "last_name": "García"}), Person(phone(2))]
    arrival.bring_in(group, people, by=organization_admin, came_by=Contact.Source.UPLOAD)
    now = timezone.now()
    opt_out(organization, [phone(1)], by=None, source="keyword", text="stop", at=now - timedelta(days=3))
    opt_out(organization, [phone(2)], by=agent, source="agent", reason=reason(organization), group=group)
    opt_out(organization, [phone(3)], by=organization_admin, source="upload", at=now - timedelta(hours=1))
    OptOut.objects.filter(phone=phone(3)).update(ended=now)
    return organization


def url(organization: Organization, **query: object) -> str:
    return reverse("contacts:opt_outs", args=[organization.pk], query=query or None)


def listed(client: Client, organization: Organization, **query: object) -> list[str | None]:
    return [row.episode.phone for row in client.get(url(organization, **query)).context["rows"]]


def test_open_episodes_come_first_each_kind_newest_first(episodes: Organization, organization_admin: User) -> None:
    assert listed(client_of(organization_admin), episodes) == [phone(2), phone(1), phone(3)]


def test_a_row_tells_phone_name_source_reason_and_by_whom(episodes: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).get(url(episodes))

    told = [
        (row.phone, row.contact and row.contact.name, str(row.episode), str(row.episode.reason), row.by)
        for row in page.context["rows"]
    ]
    day = f"{timezone.now():%d %b %Y}"
    assert told[0] == ("+1 206-555-0002", "", f"By an agent, {day}", "Moved away", "Tess Lindqvist")
    assert told[1][1] == "José García"
    assert told[1][4] == "The contact"
    assert told[2][1] is None
    assert "No contact" in page.text


def test_a_row_tells_the_words_the_time_and_the_author_of_each_request(
    episodes: Organization, organization_admin: User
) -> None:
    opt_out(episodes, [phone(1)], by=organization_admin, source="other_channel", text="They <called> us")

    page = client_of(organization_admin).get(url(episodes))

    told = {row.episode.phone: row.requests for row in page.context["rows"]}
    assert [(request.text, request.source, by) for request, by in told[phone(1)]] == [
        ("stop", "keyword", "The contact"),
        ("They <called> us", "other_channel", "Omar Haddad"),
    ]
    assert "<bdi>They &lt;called&gt; us</bdi>" in page.text
    assert "Evidence (2)" in page.text
    assert [row.has_more_to_tell for row in page.context["rows"]] == [False, True, False]


@pytest.mark.parametrize(("show", "expected"), [("open", [2, 1]), ("ended", [3])])
def test_open_and_ended_ones_are_told_apart(
    episodes: Organization, organization_admin: User, show: str, expected: list[int]
) -> None:
    client = client_of(organization_admin)
    assert listed(client, episodes, show=show) == [phone(number) for number in expected]


def test_the_figures_count_under_the_search(episodes: Organization, organization_admin: User) -> None:
    client = client_of(organization_admin)

    whole = client.get(url(episodes)).context["segments"]
    searched = client.get(url(episodes, q="garcia", show="ended")).context["segments"]

    assert [(segment.label, segment.count) for segment in whole] == [("All", 3), ("Open", 2), ("Ended", 1)]
    assert [(segment.label, segment.count) for segment in searched] == [("All", 1), ("Open", 1), ("Ended", 0)]


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("0003", [3]),
        ("(206) 555-0001", [1]),
        ("\u202a+1 206-555-0001\u202c", [1]),
        ("0", [2, 1, 3]),
        ("JOSE g", [1]),
        ("García", [1]),
        ("nobody", []),
        ("%", []),
        ("_", []),
        ("\u0301", []),
        ("\u200b", [2, 1, 3]),
    ],
)
def test_a_search_finds_part_of_a_phone_or_name(
    episodes: Organization, organization_admin: User, q: str, expected: list[int]
) -> None:
    assert listed(client_of(organization_admin), episodes, q=q) == [phone(number) for number in expected]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("status=open", "status=open"),
        ("show=archived", "Use one of: Open, Ended."),
        ("show=open&show=ended", "show=open and ended"),
        ("page=nonsense", "page=nonsense"),
        ("page=0", "page=0"),
        ("q=a%00b", "Null characters are not allowed."),
        (f"q={'x' * 101}", "Nothing is listed."),
        ("<b>=1", "&lt;b&gt;=1"),
    ],
)
def test_a_link_that_the_list_does_not_know_lists_nothing_and_says_so(
    episodes: Organization, organization_admin: User, query: str, said: str
) -> None:
    page = client_of(organization_admin).get(f"{url(episodes)}?{query}")

    assert "rows" not in page.context
    assert "This link has a filter that we don't know" in page.text
    assert said in page.text
    assert "+1 206-555" not in page.text


def test_suppressions_are_counted_and_not_listed(episodes: Organization, organization_admin: User) -> None:
    contact = Contact.objects.get(phone=phone(1))
    OptOut.objects.filter(phone=phone(1)).update(phone=None, redacted_contact=contact)
    Suppression.objects.create(
        account=episodes.account, organization=episodes, digest=b"d" * 32, key_id="1", day="2026-11-01"
    )

    page = client_of(organization_admin).get(url(episodes))

    assert [row.episode.phone for row in page.context["rows"]] == [phone(2), phone(3)]
    assert "1 more number stays opted out after its data was erased." in page.text


def test_a_page_holds_fifty_and_one_beyond_the_last_is_the_last(
    organization: Organization, organization_admin: User
) -> None:
    opt_out(organization, phones(51), by=organization_admin, source="upload")
    client = client_of(organization_admin)

    first, beyond = client.get(url(organization)), client.get(url(organization, page=99))

    assert (len(first.context["rows"]), len(beyond.context["rows"])) == (50, 1)
    assert "51–51 of 51" in beyond.text
    assert "page=2" in first.context["pager"].next_url


def test_the_list_costs_the_same_however_many_opt_outs_there_are(
    organization: Organization,
    organization_admin: User,
    group: Group,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(organization_admin)
    arrival.bring_in(
        group, [Person(number) for number in phones(30)], by=organization_admin, came_by=Contact.Source.UPLOAD
    )
    opt_out(organization, [phone(1)], by=organization_admin, source="admin")
    with CaptureQueriesContext(connection) as few:
        client.get(url(organization))
    opt_out(organization, phones(30), by=organization_admin, source="admin", reason=reason(organization))

    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(url(organization))

    assert len(page.context["rows"]) == 30
    assert len(many) == len(few)


def test_opt_outs_of_other_organizations_are_not_listed(
    episodes: Organization,
    other_organization: Organization,
    foreign_organization: Organization,
    account_admin: User,
) -> None:
    for other in (other_organization, foreign_organization):
        opt_out(other, [phone(9)], by=account_admin, source="admin")
    client = client_of(account_admin)

    assert phone(9) not in listed(client, episodes)
    assert listed(client, other_organization) == [phone(9)]
    assert listed(client, episodes, q="0009") == []


def test_a_name_that_another_organization_knows_finds_nobody_here(
    episodes: Organization, foreign_group: Group, organization_admin: User, outsider: User
) -> None:
    theirs = [Person(phone(3), {"first_name": "Zelda"})]
    arrival.bring_in(foreign_group, theirs, by=outsider, came_by=Contact.Source.UPLOAD)

    assert listed(client_of(organization_admin), episodes, q="zelda") == []


@pytest.mark.parametrize("who", ["group_admin", "agent"])
def test_whoever_works_in_a_group_only_is_refused(
    request: pytest.FixtureRequest, episodes: Organization, who: str
) -> None:
    page = client_of(request.getfixturevalue(who)).get(url(episodes))

    assert page.status_code == 403
    assert "206555" not in page.text.replace("-", "")


def test_an_outsider_finds_nothing(episodes: Organization, outsider: User) -> None:
    assert client_of(outsider).get(url(episodes)).status_code == 404


def test_an_admin_of_another_organization_of_the_account_finds_nothing(
    episodes: Organization, other_organization: Organization
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    assert client_of(cousin).get(url(episodes)).status_code == 404


def test_the_list_is_no_post(episodes: Organization, organization_admin: User) -> None:
    assert client_of(organization_admin).post(url(episodes)).status_code == 405


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Nobody has opted out"),
        ({"show": "ended"}, "No ended opt-outs"),
        ({"q": "dana"}, "No opt-out matches"),
    ],
)
def test_an_empty_list_says_the_next_step(
    organization: Organization, organization_admin: User, query: dict[str, str], said: str
) -> None:
    assert said in client_of(organization_admin).get(url(organization, **query)).text
