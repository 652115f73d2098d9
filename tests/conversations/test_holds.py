"""Held texts are decided on the page of the group or organization, in review, and by the agent in the thread (R8.2)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions.hold import decide, expire, open_hold, release
from contacts.actions.opt_out import opt_out
from contacts.models import Hold, Membership, OptOut
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, phone, reason
from tests.conversations.factories import conversation, named, redact, talk
from tests.people import client_of

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 20, tzinfo=UTC)
"""15:00 in New York."""


def on_hold(group: Group, number: str = phone(1), text: str = "leave me alone") -> Hold:
    arrive(group, number)
    assert open_hold(group.organization, number, text=text, group=group)
    return Hold.objects.open().get(phone=number, organization=group.organization)


def queue(scope: Group | Organization, **query: str) -> str:
    name = "holds" if isinstance(scope, Group) else "organization_holds"
    return reverse(f"conversations:{name}", args=[scope.pk], query=query)


def act(scope: Group | Organization, hold: Hold) -> str:
    name = "decide_hold" if isinstance(scope, Group) else "decide_hold_of_organization"
    return reverse(f"conversations:{name}", args=[scope.pk, hold.pk])


def words(page: Any) -> str:
    return " ".join(page.text.split("<main")[1].split())


def said(page: Any) -> list[str]:
    return [str(message) for message in page.context["messages"]]


def post(client: Client, url: str, decision: str) -> Any:
    return client.post(url, {"decision": decision}, follow=True)


# The queue.


def test_the_queue_shows_who_wrote_what_when_and_when_it_opts_out(group: Group, group_admin: User) -> None:
    with time_machine.travel(FRIDAY, tick=False):
        named(group, phone(1), "Dana", "Whitfield")
        on_hold(group)
        open_hold(group.organization, phone(1), text="I mean it", group=group)
    with time_machine.travel(FRIDAY + timedelta(days=3, hours=19), tick=False):
        page = client_of(group_admin).get(queue(group))
    text = words(page)
    for told in ("Dana Whitfield", "+1 206-555-0001", "leave me alone", "I mean it", "20 Nov"):
        assert told in text
    assert ">Tue 24 Nov, 15:00 EST</time>" in text
    assert "in 5 h" in text
    assert "No group of Riverside Neighbors texts them any more." in text
    assert reverse("contacts:contact", args=[group.pk, member(group, phone(1)).contact_id]) in text


def test_what_is_due_first_stands_first(group: Group, group_admin: User) -> None:
    for number, hours in ((1, 3), (2, 1), (3, 2)):
        Hold.objects.filter(pk=on_hold(group, phone(number)).pk).update(due=timezone.now() + timedelta(hours=hours))
    page = client_of(group_admin).get(queue(group))
    assert [row.hold.phone for row in page.context["rows"]] == [phone(2), phone(3), phone(1)]


def test_a_group_shows_what_came_in_there_and_the_organization_shows_all(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User, organization_admin: User
) -> None:
    for number, place in enumerate((group, other_group, foreign_group), start=1):
        on_hold(place, phone(number))
    here = client_of(group_admin).get(queue(group))
    everywhere = client_of(organization_admin).get(queue(group.organization))
    assert [row.hold.phone for row in here.context["rows"]] == [phone(1)]
    assert {row.hold.phone for row in everywhere.context["rows"]} == {phone(1), phone(2)}
    assert "Westside Phonebank" in words(everywhere)


def test_a_row_leads_to_the_conversation_under_the_name_of_its_agent(
    group: Group, group_admin: User, agent: User
) -> None:
    talk(group, phone(1), "Hi", "leave me alone", agent=agent)
    on_hold(group)
    [row] = client_of(group_admin).get(queue(group)).context["rows"]
    assert client_of(group_admin).get(row.conversation_url).status_code == 200
    assert row.conversation_url.endswith(f"/agents/{agent.pk}/conversations/{conversation(group, phone(1)).pk}/")


def test_the_tab_and_the_overview_count_what_waits(
    group: Group, group_admin: User, organization_admin: User, account_admin: User
) -> None:
    for number in (1, 2):
        on_hold(group, phone(number))
    for user, url in (
        (group_admin, reverse("contacts:list", args=[group.pk])),
        (organization_admin, reverse("groups:organization", args=[group.organization_id])),
    ):
        assert '<span class="count" id="held">2<span class="sr"> wait for a decision' in client_of(user).get(url).text
    overview = client_of(account_admin).get(reverse("groups:account", args=[group.account_id]))
    assert "2 held texts in Riverside Neighbors" in words(overview)


def test_an_empty_queue_says_what_would_be_here(group: Group, group_admin: User) -> None:
    page = client_of(group_admin).get(queue(group))
    assert "Nothing waits for a decision" in words(page)
    assert 'id="held"' not in page.text


def test_an_open_page_keeps_what_others_decided_in_its_place_and_no_hold_of_another_group(
    group: Group, other_group: Group, group_admin: User
) -> None:
    holds = [on_hold(group, phone(number)) for number in (1, 2, 3)]
    elsewhere = on_hold(other_group, phone(4))
    client = client_of(group_admin)
    decide(holds[1], Hold.Decision.OPT_OUT, by=group_admin)
    decide(elsewhere, Hold.Decision.OPT_OUT, by=group_admin)
    shown = " ".join(str(one.pk) for one in [*holds, elsewhere])
    live = client.get(queue(group), headers={"X-Live": "1", "X-Shown": shown})
    assert [row.hold.phone for row in live.context["rows"]] == [phone(1), phone(2), phone(3)]
    assert live.text.count('name="decision" value="wrong_person"') == 2
    loaded = client.get(queue(group))
    assert [row.hold.phone for row in loaded.context["rows"]] == [phone(1), phone(3)]


def test_an_unknown_filter_lists_nothing(group: Group, group_admin: User) -> None:
    on_hold(group)
    page = client_of(group_admin).get(queue(group, show="all"))
    assert "rows" not in page.context
    assert "leave me alone" not in page.text


def test_the_queue_has_pages_and_takes_a_constant_number_of_queries(
    group: Group, group_admin: User, agent: User, refuse_lazy_fetches: Any
) -> None:
    client = client_of(group_admin)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries, refuse_lazy_fetches():
            client.get(queue(group))
        return len(queries)

    talk(group, phone(1), "Hi", agent=agent)
    on_hold(group, phone(1))
    one = asked()
    for number in range(2, 53):
        talk(group, phone(number), "Hi", agent=agent)
        on_hold(group, phone(number))
        open_hold(group.organization, phone(number), text="stop it", group=group)
    assert asked() == one
    pages = [client.get(queue(group, page=page)).context["rows"] for page in ("1", "2")]
    assert [len(rows) for rows in pages] == [50, 2]


def test_what_was_decided_lately_is_told_with_who_and_when(group: Group, group_admin: User, agent: User) -> None:
    decide(on_hold(group, phone(1)), "wrong_person", by=agent)
    on_hold(group, phone(2), "stop it")
    release(group.organization, phone(2))
    on_hold(group, phone(3), "sotp")
    Hold.objects.open().update(due=timezone.now())
    expire()
    decide(on_hold(group, phone(4)), "opt_out", by=group_admin)
    Hold.objects.filter(phone=phone(4)).update(decided=timezone.now() - timedelta(days=15))
    page = client_of(group_admin).get(queue(group, show="decided"))
    told = [(row.hold.phone, row.hold.decision, row.who_decided) for row in page.context["rows"]]
    assert told == [
        (phone(3), "expired", "The time limit"),
        (phone(2), "not_an_opt_out", "The contact"),
        (phone(1), "wrong_person", "Tess Lindqvist"),
    ]
    assert "<button" not in words(page).split("<ol")[1].split("</ol")[0]


# Deciding.


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ("opt_out", "Opted out of Riverside Neighbors."),
        ("not_an_opt_out", "Not an opt-out: they can be texted again wherever they are active."),
        ("wrong_person", "Opted out of Riverside Neighbors. Reason: Wrong person."),
    ],
)
@pytest.mark.parametrize("of_organization", [False, True], ids=["group", "organization"])
def test_each_decision_is_done_and_said(
    group: Group, organization_admin: User, decision: str, sentence: str, of_organization: bool
) -> None:
    scope = group.organization if of_organization else group
    hold = on_hold(group)
    page = post(client_of(organization_admin), act(scope, hold), decision)
    assert page.redirect_chain == [(queue(scope), 302)]
    assert said(page) == [sentence]
    hold.refresh_from_db()
    assert (hold.decision, hold.actor) == (decision, organization_admin)
    assert OptOut.objects.open().exists() == (decision != "not_an_opt_out")
    done = AuditEntry.objects.filter(actor=organization_admin).values_list("action", flat=True)
    assert list(done)[-1] == ("release_hold" if decision == "not_an_opt_out" else "opt_out")


def test_the_second_admin_is_told_who_decided_what(group: Group, group_admin: User, organization_admin: User) -> None:
    hold = on_hold(group)
    post(client_of(organization_admin), act(group, hold), "not_an_opt_out")
    page = post(client_of(group_admin), act(group, hold), "opt_out")
    assert said(page) == ["Omar Haddad decided this already: Not an opt-out, just now. Your decision changed nothing."]
    assert not OptOut.objects.exists()


def test_somebody_who_presses_twice_is_told_that_it_is_done(group: Group, group_admin: User) -> None:
    hold = on_hold(group)
    for _ in range(2):
        page = post(client_of(group_admin), act(group, hold), "opt_out")
    assert said(page) == ["You decided this already: Opt out, just now. Your decision changed nothing."]


def test_a_text_that_the_clock_or_a_stop_decided_is_told_so(group: Group, group_admin: User) -> None:
    first, second = on_hold(group, phone(1)), on_hold(group, phone(2))
    Hold.objects.filter(pk=first.pk).update(due=timezone.now())
    expire()
    opt_out(group.organization, [phone(2)], by=None, source="keyword")
    client = client_of(group_admin)
    assert said(post(client, act(group, first), "not_an_opt_out"))[0].startswith("The time limit decided this already")
    assert said(post(client, act(group, second), "not_an_opt_out"))[0].startswith("The contact decided this already")


@pytest.mark.parametrize("decision", ["", "expired", "nonsense"])
def test_a_decision_that_is_none_changes_nothing(group: Group, group_admin: User, decision: str) -> None:
    hold = on_hold(group)
    page = post(client_of(group_admin), act(group, hold), decision)
    assert said(page) == ["Nothing was decided: choose one of the three decisions on this page."]
    assert Hold.objects.open().exists()


def test_somebody_erased_meanwhile_is_not_decided_about(group: Group, group_admin: User) -> None:
    hold = on_hold(group)
    redact(member(group, phone(1)))
    Hold.objects.update(phone=None, text="")
    page = post(client_of(group_admin), act(group, hold), "opt_out")
    assert said(page) == ["Their personal data was erased meanwhile. Nothing was decided."]
    assert page.context["rows"] == []


def test_a_hold_of_a_phone_that_is_no_contact_is_decided_too(group: Group, group_admin: User) -> None:
    open_hold(group.organization, phone(9), text="wrong number", group=group)
    client = client_of(group_admin)
    assert "+1 206-555-0009" in words(client.get(queue(group)))
    post(client, act(group, Hold.objects.get()), "wrong_person")
    assert OptOut.objects.open().get().phone == phone(9)
    assert not Membership.objects.exists()


def test_no_group_or_organization_decides_what_came_in_elsewhere(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User, organization_admin: User, outsider: User
) -> None:
    elsewhere, abroad = on_hold(other_group), on_hold(foreign_group)
    for user, url in (
        (group_admin, act(group, elsewhere)),
        (organization_admin, act(group.organization, abroad)),
        (outsider, act(foreign_group, elsewhere)),
        (outsider, act(group, elsewhere)),
    ):
        assert client_of(user).post(url, {"decision": "opt_out"}).status_code == 404
    assert client_of(group_admin).post(act(group.organization, elsewhere)).status_code == 403
    assert Hold.objects.open().count() == 2


# In the thread of an agent, and in review.


def thread_of(group: Group, number: str = phone(1)) -> str:
    return reverse("conversations:thread", args=[group.pk, conversation(group, number).pk])


def in_thread(group: Group, hold: Hold, number: str = phone(1)) -> str:
    return reverse("conversations:thread_hold", args=[group.pk, conversation(group, number).pk, hold.pk])


def test_an_agent_decides_in_a_thread_of_their_own(group: Group, agent: User) -> None:
    talk(group, phone(1), "Hi", "leave me alone", agent=agent)
    group.memberships.update(agent=agent)
    hold = on_hold(group)
    client = client_of(agent)
    text = words(client.get(thread_of(group)))
    assert "Is this text an opt-out?" in text
    assert "leave me alone" in text
    page = post(client, in_thread(group, hold), "opt_out")
    assert page.redirect_chain[-1][0] == thread_of(group)
    assert said(page) == ["Opted out of Riverside Neighbors."]
    assert "Is this text an opt-out?" not in words(page)
    episode = OptOut.objects.open().get()
    assert (episode.source, episode.actor) == ("hold_decided", agent)


def test_in_a_thread_of_nobody_an_agent_sees_the_held_text_and_who_decides(group: Group, agent: User) -> None:
    talk(group, phone(1), "Hi", "leave me alone", agent=agent)
    hold = on_hold(group)
    client = client_of(agent)
    shown = client.get(thread_of(group))
    assert "leave me alone" in words(shown)
    assert "Undecided, it opts out by itself" in words(shown)
    assert "An admin of the group decides, on Held texts, or the agent to whom they assign it." in words(shown)
    assert in_thread(group, hold) not in shown.text
    assert reverse("conversations:opt_out", args=[group.pk, conversation(group, phone(1)).pk]) in shown.text
    page = post(client, in_thread(group, hold), "opt_out")
    assert page.redirect_chain[-1][0] == thread_of(group)
    assert said(page) == ["Nothing was decided: this thread is not assigned to you."]
    hold.refresh_from_db()
    assert hold.decided is None
    assert not OptOut.objects.exists()


def test_a_colleagues_held_text_is_not_there_to_decide(group: Group, agent: User, group_admin: User) -> None:
    talk(group, phone(1), "Hi", agent=agent)
    group.memberships.update(agent=group_admin)
    hold = on_hold(group)
    assert client_of(agent).post(in_thread(group, hold), {"decision": "opt_out"}).status_code == 404
    assert Hold.objects.open().exists()


def test_the_held_text_of_another_thread_is_not_decided_in_this_one(group: Group, agent: User) -> None:
    for number in (1, 2):
        talk(group, phone(number), "Hi", agent=agent)
    group.memberships.update(agent=agent)
    other = on_hold(group, phone(2))
    assert client_of(agent).post(in_thread(group, other), {"decision": "opt_out"}).status_code == 404
    assert Hold.objects.open().exists()


def test_a_thread_does_not_tell_what_was_texted_to_another_group(group: Group, other_group: Group, agent: User) -> None:
    talk(group, phone(1), "Hi", agent=agent)
    on_hold(other_group, text="stop it, Westside")
    text = words(client_of(agent).get(thread_of(group)))
    assert "On hold since" in text
    assert "Westside" not in text
    assert "opt-out?" not in text


def test_review_shows_the_held_text_and_decides_it(group: Group, group_admin: User, agent: User) -> None:
    talk(group, phone(1), "Hi", "leave me alone", agent=agent)
    hold = on_hold(group)
    reason(group.organization, "Wrong person", tag="wrong")
    keys = [group.pk, agent.pk, conversation(group, phone(1)).pk]
    client, here = client_of(group_admin), reverse("conversations:conversation", args=keys)
    text = words(client.get(here))
    assert "Is this text an opt-out?" in text
    assert "which adds the tag wrong" in text
    page = post(client, f"{reverse('conversations:review_hold', args=[*keys, hold.pk])}?q=Da", "wrong_person")
    assert page.redirect_chain[-1][0] == f"{here}?q=Da"
    assert OptOut.objects.open().get().reason == reason_of(group)


def reason_of(group: Group) -> Any:
    return group.organization.opt_out_reasons.get()


# From the contact's page.


def test_the_contacts_page_leads_to_where_their_text_is_decided(
    group: Group, other_group: Group, group_admin: User, organization_admin: User
) -> None:
    for number, place in ((1, group), (2, other_group)):
        on_hold(place, phone(number))
    arrive(group, phone(2))

    def leads_to(user: User, number: int) -> str:
        url = reverse("contacts:contact", args=[group.pk, member(group, phone(number)).contact_id])
        return str(client_of(user).get(url).context["decide_url"])

    assert leads_to(group_admin, 1) == queue(group)
    assert leads_to(group_admin, 2) == ""
    assert leads_to(organization_admin, 2) == queue(group.organization)
