"""The Contacts tab: whom it lists, and that a bad link shows and changes nobody (R3.4, R6.1, R6.2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions import arrival
from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Change, Contact, Membership
from contacts.person import Person
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import member, phone, reason
from tests.people import client_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def crowd(group: Group, agent: User, group_admin: User) -> Group:
    """Nine people: 1 and 2 inactive, 2 and 3 opted out, 4 on hold, 5 of an agent, 6 tagged, the others plain."""
    people = [
        Person(phone(n), {"first_name": name}, tags=("donor",) if n == 6 else ())
        for n, name in enumerate(["Ada", "Bea", "Cyd", "Dee", "Eve", "Fay", "Gil", "Hal", "José"], start=1)
    ]
    arrival.bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    make_inactive(group, group.memberships.filter(phone__in=[phone(1), phone(2)]), by=group_admin)
    opt_out(group.organization, [phone(2), phone(3)], by=group_admin, source="admin")
    open_hold(group.organization, phone(4), text="leave me alone", group=group)
    assign(group, group.memberships.filter(phone=phone(5)), agent=agent, by=group_admin)
    return group


def url(group: Group, **query: object) -> str:
    return reverse("contacts:list", args=[group.pk], query=query or None)


def names(client: Client, group: Group, **query: object) -> list[str]:
    return [row.name for row in client.get(url(group, **query)).context["rows"]]


def test_everybody_is_listed_newest_first(crowd: Group, group_admin: User) -> None:
    listed = names(client_of(group_admin), crowd)
    assert listed == ["José", "Hal", "Gil", "Fay", "Eve", "Dee", "Cyd", "Bea", "Ada"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("active", {"Eve", "Fay", "Gil", "Hal", "José"}),
        ("inactive", {"Ada", "Bea"}),
        ("opted_out", {"Bea", "Cyd"}),
        ("on_hold", {"Dee"}),
    ],
)
def test_a_status_lists_whom_it_holds_for_and_they_may_overlap(
    crowd: Group, group_admin: User, status: str, expected: set[str]
) -> None:
    assert set(names(client_of(group_admin), crowd, status=status)) == expected


def test_the_page_says_that_its_figures_may_overlap(crowd: Group, group_admin: User) -> None:
    said = "A contact can have more than one status, so the figures above may overlap."
    assert said in client_of(group_admin).get(url(crowd)).text


def test_a_row_shows_every_status_that_holds(crowd: Group, group_admin: User) -> None:
    rows = client_of(group_admin).get(url(crowd)).context["rows"]
    shown = {row.name: row.statuses for row in rows}
    assert shown["Bea"] == ["opted_out", "inactive"]
    assert shown["Ada"] == ["inactive"]
    assert shown["Gil"] == ["active"]


def test_the_figures_count_each_status_under_the_other_filters(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    whole = {figure.key: figure.count for figure in client.get(url(crowd, status="inactive")).context["figures"]}
    assert whole == {"": 9, "active": 5, "inactive": 2, "opted_out": 2, "on_hold": 1}
    found = {figure.key: figure.count for figure in client.get(url(crowd, q="e")).context["figures"]}
    assert found == {"": 4, "active": 2, "inactive": 1, "opted_out": 1, "on_hold": 1}  # Bea Dee Eve José


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("jose", {"José"}),
        ("JOSÉ", {"José"}),
        ("(206) 555-0005", {"Eve"}),
        ("0003", {"Cyd"}),
        ("%", set()),
        ("_", set()),
    ],
)
def test_a_search_finds_part_of_a_name_or_phone(
    crowd: Group, group_admin: User, search: str, expected: set[str]
) -> None:
    assert set(names(client_of(group_admin), crowd, q=search)) == expected


def test_the_tag_and_the_agent_filter(crowd: Group, group_admin: User, agent: User) -> None:
    client = client_of(group_admin)
    assert names(client, crowd, tag=crowd.organization.tags.get(name="donor").pk) == ["Fay"]
    assert names(client, crowd, agent=agent.pk) == ["Eve"]
    assert len(names(client, crowd, agent="nobody")) == 8


@pytest.mark.parametrize(("sort", "first"), [("name", "Ada"), ("-name", "José"), ("phone", "Ada"), ("added", "Ada")])
def test_the_list_sorts(crowd: Group, group_admin: User, sort: str, first: str) -> None:
    assert names(client_of(group_admin), crowd, sort=sort)[0] == first


BAD_LINKS = [
    {"status": "nonsense"},
    {"staus": "inactive"},
    {"tag": "999999"},
    {"tag": "donor"},
    {"agent": "999999"},
    {"agent": "1 OR 1=1"},
    {"q": "x" * 101},
    {"q": "\x00"},
    {"changed": "999999"},
]


@pytest.mark.parametrize("query", BAD_LINKS)
def test_a_bad_filter_lists_nobody_and_says_why(crowd: Group, group_admin: User, query: dict[str, str]) -> None:
    response = client_of(group_admin).get(url(crowd, **query))
    assert response.status_code == 200
    assert response.context["rows"] == []
    assert next(iter(query)) in response.content.decode()


@pytest.mark.parametrize("query", BAD_LINKS)
@pytest.mark.parametrize("action", Change.Action.values)
def test_a_bad_filter_with_select_all_changes_nobody(
    crowd: Group, group_admin: User, query: dict[str, str], action: str
) -> None:
    before = list(Membership.objects.order_by("pk").values())
    client_of(group_admin).post(
        reverse("contacts:choose", args=[crowd.pk], query=query), {"action": action, "select": "all"}
    )
    assert not Change.objects.exists()
    assert list(Membership.objects.order_by("pk").values()) == before


def test_a_key_given_twice_is_refused(crowd: Group, group_admin: User) -> None:
    response = client_of(group_admin).get(url(crowd) + "?status=active&status=inactive")
    assert response.context["rows"] == []
    assert response.context["problem"].param == "status"


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "2.5"])
def test_a_page_that_is_not_there_shows_one_that_is(crowd: Group, group_admin: User, number: str) -> None:
    assert len(names(client_of(group_admin), crowd, page=number)) == 9


def test_htmx_gets_the_results_part_only(crowd: Group, group_admin: User) -> None:
    response = client_of(group_admin).get(url(crowd, status="active"), headers=HTMX)
    body = response.content.decode()
    assert "<html" not in body
    assert 'id="results"' in body
    assert response["HX-Push-Url"] == url(crowd, status="active")
    assert "HX-Request" in response["Vary"]


def test_the_number_of_queries_is_constant(
    crowd: Group, group_admin: User, refuse_lazy_fetches: Callable[[], AbstractContextManager[None]]
) -> None:
    client = client_of(group_admin)
    few = _queries(client, url(crowd, q="e", sort="name"))
    people = [Person(phone(n), {"first_name": f"Ezra {n}"}, tags=("donor", "x")) for n in range(100, 260)]
    arrival.bring_in(crowd, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    with refuse_lazy_fetches():
        assert _queries(client, url(crowd, q="e", sort="name")) == few
        assert _queries(client, url(crowd, q="e", sort="name", page=3)) == few


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_ticked_rows_are_frozen_and_saved_and_undone(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    rows = [member(crowd, phone(n)).pk for n in (1, 7, 8)]
    chosen = client.post(reverse("contacts:choose", args=[crowd.pk]), {"action": "make_inactive", "row": rows})
    pending = client.get(chosen["Location"])
    assert pending.context["bar"].mode == "pending"
    assert pending.context["bar"].strong == "Make 2 inactive"
    assert "1 already is" in pending.context["bar"].sentence
    saved = client.post(pending.context["bar"].save_url, {"note": "Moved"})
    result = client.get(saved["Location"])
    assert result.context["bar"].strong == "2 made inactive."
    assert {r.name for r in result.context["rows"] if "inactive" in r.statuses} == {"Ada", "Bea", "Gil", "Hal"}
    entry = AuditEntry.objects.get(change__isnull=False)
    assert (entry.action, entry.actor, entry.counts["changed"], str(entry.text)) == (
        "make_inactive",
        group_admin,
        2,
        "Moved",
    )
    undone = client.get(client.post(result.context["bar"].undo_url)["Location"])
    assert undone.context["bar"].strong == "2 made active again."
    assert not member(crowd, phone(7)).inactive
    assert member(crowd, phone(1)).inactive


def test_another_groups_rows_are_never_selected(
    crowd: Group, other_group: Group, foreign_group: Group, group_admin: User
) -> None:
    for place in (other_group, foreign_group):
        arrival.bring_in(place, [Person(phone(n)) for n in (50, 51)], by=None, came_by=Contact.Source.UPLOAD)
    foreign = list(Membership.objects.exclude(group=crowd).values_list("pk", flat=True))
    client = client_of(group_admin)
    client.post(reverse("contacts:choose", args=[crowd.pk]), {"action": "make_inactive", "row": foreign})
    assert not Change.objects.exists()


def test_a_selection_without_ticks_says_so(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    response = client.post(reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out"}, follow=True)
    assert response.context["bar"].mode == "error"
    assert "Nothing is selected" in response.content.decode()


@pytest.mark.parametrize("rows", [["abc"], ["-1"], ["9" * 40], ["١"]])
def test_ticks_that_are_no_keys_select_nobody(crowd: Group, group_admin: User, rows: list[str]) -> None:
    client_of(group_admin).post(reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out", "row": rows})
    assert not Change.objects.exists()


def test_somebody_who_left_the_filter_meanwhile_is_skipped_by_cause(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    choose = reverse("contacts:choose", args=[crowd.pk], query={"status": "active"})
    chosen = client.post(choose, {"action": "make_inactive", "select": "all"})
    opt_out(crowd.organization, [phone(7)], by=None, source="keyword")
    make_inactive(crowd, crowd.memberships.filter(phone=phone(8)), by=None)
    save = client.get(chosen["Location"]).context["bar"].save_url
    bar = client.get(client.post(save)["Location"]).context["bar"]
    assert bar.strong == "3 made inactive."
    assert "1 was already inactive" in bar.sentence
    assert "1 opted out meanwhile" in bar.sentence
    assert not member(crowd, phone(7)).inactive


def test_a_second_save_changes_nobody_and_says_so(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    chosen = client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "make_inactive", "row": [member(crowd, phone(9)).pk]}
    )
    save = client.get(chosen["Location"]).context["bar"].save_url
    client.post(save)
    client.post(reverse("contacts:undo", args=[crowd.pk, Change.objects.get().pk]))
    again = client.get(client.post(save)["Location"])
    assert again.context["bar"].mode == "error"
    assert not member(crowd, phone(9)).inactive


def test_an_opt_out_puts_the_reasons_tag_on_and_offers_no_undo(crowd: Group, group_admin: User) -> None:
    moved = reason(crowd.organization, "Moved away", tag="moved")
    client = client_of(group_admin)
    chosen = client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out", "row": [member(crowd, phone(9)).pk]}
    )
    pending = client.get(chosen["Location"]).context["bar"]
    assert [choice.name for choice in pending.reasons] == ["Moved away"]
    result = client.get(client.post(pending.save_url, {"reason": moved.pk})["Location"])
    assert result.context["bar"].strong == "1 opted out of Riverside Neighbors."
    assert result.context["bar"].undo_url is None
    assert member(crowd, phone(9)).contact.contact_tags.get().tag.name == "moved"


def test_a_foreign_reason_is_refused_and_nothing_is_saved(
    crowd: Group, foreign_organization: Organization, group_admin: User
) -> None:
    foreign = reason(foreign_organization, "Theirs")
    client = client_of(group_admin)
    chosen = client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out", "row": [member(crowd, phone(9)).pk]}
    )
    pending = client.get(chosen["Location"]).context["bar"]
    result = client.get(client.post(pending.save_url, {"reason": foreign.pk})["Location"])
    assert result.context["bar"].mode == "error"
    assert not member(crowd, phone(9)).opted_out
    assert Change.objects.get().state == "chosen"


def test_another_admins_change_is_not_there(crowd: Group, group_admin: User, organization_admin: User) -> None:
    client = client_of(group_admin)
    client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "make_inactive", "row": [member(crowd, phone(9)).pk]}
    )
    other = client_of(organization_admin)
    change = Change.objects.get()
    assert other.get(url(crowd, change=change.pk)).status_code == 404
    assert other.post(reverse("contacts:save", args=[crowd.pk, change.pk])).status_code == 404
    assert not member(crowd, phone(9)).inactive


@pytest.mark.parametrize("name", ["choose"])
def test_a_get_changes_nothing(crowd: Group, group_admin: User, name: str) -> None:
    assert client_of(group_admin).get(reverse(f"contacts:{name}", args=[crowd.pk])).status_code == 405


def test_an_agent_is_told_that_the_list_is_for_admins(crowd: Group, agent: User) -> None:
    response = client_of(agent).get(url(crowd))
    assert response.status_code == 403
    assert "group admins" in response.content.decode()


def test_an_outsider_finds_nothing(crowd: Group, outsider: User) -> None:
    assert client_of(outsider).get(url(crowd)).status_code == 404


@pytest.mark.parametrize(("search", "expected"), [("0002", {"Bea"}), ("0", None), ("\u0301", set()), ("+1", None)])
def test_a_search_never_widens_to_everybody_by_what_it_drops(
    crowd: Group, group_admin: User, search: str, expected: set[str] | None
) -> None:
    listed = set(names(client_of(group_admin), crowd, q=search))
    assert listed == expected if expected is not None else len(listed) == 9  # All of these phones hold 0 and 1.


def test_assign_wants_somebody_chosen(crowd: Group, group_admin: User, agent: User) -> None:
    client = client_of(group_admin)
    chosen = client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "assign", "row": [member(crowd, phone(5)).pk]}
    )
    save = client.get(chosen["Location"]).context["bar"].save_url
    assert "Choose an agent first" in client.post(save, {"agent": ""}, follow=True).content.decode()
    assert member(crowd, phone(5)).agent == agent
    client.post(save, {"agent": "nobody"})
    assert member(crowd, phone(5)).agent is None


def test_a_person_who_is_no_agent_of_the_group_is_refused(crowd: Group, group_admin: User, outsider: User) -> None:
    client = client_of(group_admin)
    chosen = client.post(
        reverse("contacts:choose", args=[crowd.pk]), {"action": "assign", "row": [member(crowd, phone(9)).pk]}
    )
    save = client.get(chosen["Location"]).context["bar"].save_url
    assert "not an agent" in client.post(save, {"agent": outsider.pk}, follow=True).content.decode()
    assert member(crowd, phone(9)).agent is None


def test_show_the_opted_out_shows_those_whom_the_change_opted_out(crowd: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    opt_out(crowd.organization, [phone(8)], by=None, source="upload")
    rows = [member(crowd, phone(n)).pk for n in (7, 8, 9)]
    chosen = client.post(reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out", "row": rows})
    save = client.get(chosen["Location"]).context["bar"].save_url
    bar = client.get(client.post(save)["Location"]).context["bar"]
    assert bar.show_label == "Show the 2"
    assert {row.name for row in client.get(bar.show_url).context["rows"]} == {"Gil", "José"}


def test_a_change_that_is_no_number_is_not_there(crowd: Group, group_admin: User) -> None:
    for key in ("²", "x", "-1", "9" * 30):
        assert client_of(group_admin).get(url(crowd, change=key)).status_code == 404


def test_a_second_admins_opt_out_is_kept_as_a_further_request(
    crowd: Group, group_admin: User, organization_admin: User
) -> None:
    client = client_of(organization_admin)
    rows = [member(crowd, phone(n)).pk for n in (2, 3)]
    chosen = client.post(reverse("contacts:choose", args=[crowd.pk]), {"action": "opt_out", "row": rows})
    save = client.get(chosen["Location"]).context["bar"].save_url
    bar = client.get(client.post(save)["Location"]).context["bar"]
    assert (bar.strong, bar.sentence) == (
        "All 2 are opted out already.",
        "Your request was kept with 2 of them.",
    )
