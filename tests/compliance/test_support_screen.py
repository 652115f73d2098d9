"""Customer Support's screen: requests, found by phone and organization, decided with a reason (R2.4, R4.8, R5.9)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance import look_ups
from compliance.actions.reversal import decline, file_reversal
from compliance.models import ReversalRequest
from contacts.actions.arrival import bring_in
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse as end_opt_outs
from contacts.models import Contact, OptOut
from contacts.person import Person
from groups.models import Account, AuditEntry, Group, Organization, User
from tests.compliance.asking import NUMBER, WORDS, asked, asked_about_bulk, by_text, without_chance
from tests.contacts.factories import arrive, member, phone, phones, suppress
from tests.conversations.factories import give_number
from tests.people import client_of

SCREEN = "/support/"
NONE = "There is no request about this number in this organization."


def page_of(request: ReversalRequest) -> str:
    return reverse("compliance:support_request", args=[request.pk])


def find(by: User, organization: Organization, number: str = "206.555.0001") -> Any:
    return client_of(by).post(reverse("compliance:support_find"), {"phone": number, "organization": organization.pk})


def decide(by: User, request: ReversalRequest, decision: str, answer: str = "Their own words") -> Any:
    return client_of(by).post(page_of(request), {"decision": decision, "answer": answer}, follow=True)


def test_support_comes_in_at_the_requests_that_wait(group: Group, account_admin: User, support: User) -> None:
    asked(group, account_admin)
    asked_about_bulk(group, account_admin, phone(2), phone(3))
    decline(asked(group, account_admin, phone(4)), by=support, answer="No")
    page = client_of(support).get("/", follow=True)
    assert page.redirect_chain == [(SCREEN, 302)]
    assert next(row.about for row in page.context["waiting"]) == "+1 206-555-0001"
    assert page.context["many"] == 2
    assert "+1 206-555-0004" not in page.text
    assert "Riverside Neighbors · Sunrise Alliance" in page.text


def test_without_requests_the_screen_says_so(support: User) -> None:
    assert "No request is waiting." in client_of(support).get(SCREEN).text


def test_support_sees_no_name_beyond_what_the_request_holds(
    group: Group, other_organization: Organization, foreign_group: Group, account_admin: User, support: User
) -> None:
    bring_in(
        group,
        [Person(NUMBER, {"first_name": "Dana", "last_name": "Whitfield"})],
        by=None,
        came_by=Contact.Source.UPLOAD,
    )
    request, bulk = asked(group, account_admin), asked_about_bulk(group, account_admin, phone(2), phone(3))
    for text in (
        client_of(support).get(SCREEN).text,
        client_of(support).get(page_of(request)).text,
        client_of(support).get(page_of(bulk)).text,
        find(support, group.organization).text,
    ):
        for name in ("Dana", "Whitfield", "Eastside", "Lakeside", "Harbor"):
            assert name not in text


def test_a_request_is_found_by_phone_and_organization_and_the_look_up_is_recorded(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    request = asked(group, account_admin)
    decline(request, by=support, answer="No")
    page = find(support, group.organization)
    assert [row.request for row in page.context["found"]] == [request]
    entry = AuditEntry.objects.get(action="look_up")
    assert (entry.actor, entry.account, entry.counts) == (support, None, {"phones": 1})


def test_another_phone_or_organization_finds_nothing_whether_it_is_known_or_not(
    group: Group, other_group: Group, foreign_group: Group, account_admin: User, outsider: User, support: User
) -> None:
    asked(group, account_admin)
    asked(foreign_group, outsider, phone(2))
    arrive(group, phone(3))
    by_text(group, phone(4))
    suppress(group.organization, phone(5))
    pages, queries = set(), set()
    for number in (2, 3, 4, 5, 6):
        with CaptureQueriesContext(connection) as captured:
            text = find(support, group.organization, phone(number)).text
        pages.add(without_chance(text, phone(number)))
        queries.add(len(captured))
    assert len(pages) == len(queries) == 1
    assert NONE in pages.pop()


def test_an_organization_without_requests_can_not_be_asked_about(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    asked(group, account_admin)
    assert "Choose an organization from the list." in find(support, other_organization).text
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_look_ups_are_limited(group: Group, account_admin: User, support: User) -> None:
    asked(group, account_admin)
    look_ups.take(support, None, phones=look_ups.MOST)
    page = find(support, group.organization)
    assert "60 numbers an hour" in page.text
    assert "found" not in page.context


def test_support_approves_with_a_reason(group: Group, account_admin: User, support: User) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    page = decide(support, request, "approve")
    assert "Approved. 1 opt-out ended." in page.text
    request.refresh_from_db()
    assert (request.state, request.answer, request.decided_by) == ("approved", "Their own words", support)
    assert not member(group, NUMBER).opted_out
    assert AuditEntry.objects.filter(action="reverse_opt_out", actor=support).count() == 1


def test_support_declines_with_a_reason(group: Group, account_admin: User, support: User) -> None:
    request = asked(group, account_admin)
    page = decide(support, request, "decline", "These are not their words")
    assert "Declined. The opt-out stays as it is." in page.text
    request.refresh_from_db()
    assert (request.state, request.answer) == ("declined", "These are not their words")
    assert OptOut.objects.open().exists()


@pytest.mark.parametrize(
    ("decision", "answer", "said"),
    [
        ("approve", " ", "Say why: the account admin reads it."),
        ("decline", "", "Say why: the account admin reads it."),
        ("", "Their own words", "Choose Approve or Decline."),
        ("delete", "Their own words", "Choose Approve or Decline."),
        ("approve", "x" * 2001, "Use 2,000 characters at most."),
    ],
)
def test_a_decision_needs_both_itself_and_a_reason(
    group: Group, account_admin: User, support: User, decision: str, answer: str, said: str
) -> None:
    request = asked(group, account_admin)
    assert said in decide(support, request, decision, answer).text
    request.refresh_from_db()
    assert request.state == "waiting"


def test_a_second_decision_is_told_who_decided(group: Group, account_admin: User, support: User) -> None:
    request = asked(group, account_admin)
    decide(support, request, "decline")
    page = decide(support, request, "approve")
    assert "Nothing was changed: Sam Ortega declined this request already." in page.text
    assert OptOut.objects.open().exists()


def test_whoever_filed_a_request_is_told_that_somebody_else_decides(group: Group, account_admin: User) -> None:
    account_admin.is_support = True
    account_admin.save()
    request = asked(group, account_admin)
    for page in (client_of(account_admin).get(page_of(request)), decide(account_admin, request, "approve")):
        assert "another person of Customer Support has to decide it" in page.text
    assert OptOut.objects.open().exists()


def test_the_page_says_what_an_approval_would_meet(group: Group, account_admin: User, support: User) -> None:
    suppress(group.organization, phone(5))
    client = client_of(support)

    def stands(request: ReversalRequest) -> str:
        return " ".join(client.get(page_of(request)).text.split())

    request = asked(group, account_admin)
    assert "</span> since" in stands(request)
    by_text(group)
    assert "asked to stop again since this was filed" in stands(request)
    end_opt_outs(group.organization, [NUMBER], by=None, source="text")
    assert "Not opted out: there is nothing to end." in stands(request)
    kept = file_reversal(group.organization, phone(5), by=account_admin, evidence=WORDS)
    assert "kept after their data was erased" in stands(kept)
    bulk = asked_about_bulk(group, account_admin, *(phone(number) for number in (11, 12, 13)))
    by_text(group, phone(11))
    end_opt_outs(group.organization, [phone(12)], by=None, source="text")
    assert "2 of the 3 opt-outs that this change opened are open. 1 person has made it their own" in stands(bulk)


def test_the_page_says_that_whoever_texted_stop_to_another_organization_since_stays_opted_out(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    opt_out(other_organization, [NUMBER], by=None, source="keyword")
    request = asked(group, account_admin)
    Account.objects.update(sync_opt_outs=True)
    assert "asked to stop again" not in client_of(support).get(page_of(request)).text
    opt_out(other_organization, [NUMBER], by=None, source="keyword", text="STOP")
    assert "asked to stop again since this was filed" in client_of(support).get(page_of(request)).text
    assert "0 opt-outs ended" in decide(support, request, "approve").text


def test_the_page_counts_who_of_a_bulk_opt_out_texted_stop_to_another_organization_since(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    Account.objects.update(sync_opt_outs=True)
    request = asked_about_bulk(group, account_admin, *phones(3))
    opt_out(other_organization, [phone(1)], by=None, source="keyword")
    assert "1 person has made it their own since" in client_of(support).get(page_of(request)).text
    assert "Approved. 2 opt-outs ended. 1 asked again" in decide(support, request, "approve").text


def test_without_account_sync_the_page_heeds_no_other_organization(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    request = asked(group, account_admin)
    opt_out(other_organization, [NUMBER], by=None, source="keyword")
    assert "asked to stop again" not in client_of(support).get(page_of(request)).text
    assert "1 opt-out ended" in decide(support, request, "approve").text


def test_the_answer_counts_what_had_ended_and_who_asked_again(group: Group, account_admin: User, support: User) -> None:
    bulk = asked_about_bulk(group, account_admin, *phones(4))
    by_text(group, phone(1))
    end_opt_outs(group.organization, [phone(2)], by=None, source="text")
    page = decide(support, bulk, "approve")
    assert "Approved. 2 opt-outs ended. 1 had ended already: nothing changed. 1 asked again and stays" in page.text


def test_an_erased_request_names_no_number(group: Group, account_admin: User, support: User) -> None:
    request = asked(group, account_admin)
    ReversalRequest.objects.update(phone=None, evidence="")
    page = client_of(support).get(page_of(request)).text
    assert "[redacted]" in page
    assert "The number was erased since this was filed" in page
    assert "+1 206" not in page


@pytest.mark.parametrize("who", ["account_admin", "organization_admin", "agent", "outsider"])
def test_for_everybody_else_the_screen_does_not_exist(
    group: Group, account_admin: User, who: str, request: pytest.FixtureRequest
) -> None:
    filed = asked(group, account_admin)
    user = request.getfixturevalue(who)
    for url in (SCREEN, page_of(filed)):
        assert client_of(user).get(url).status_code == 404
    assert find(user, group.organization).status_code == 404
    assert decide(user, filed, "approve").status_code == 404
    assert OptOut.objects.open().exists()


def test_the_screen_is_no_post_and_finding_no_get(support: User) -> None:
    assert client_of(support).post(SCREEN).status_code == 405
    assert client_of(support).get(reverse("compliance:support_find")).status_code == 405


def test_the_screen_costs_the_same_however_many_wait(
    group: Group,
    account_admin: User,
    support: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(support)
    asked(group, account_admin)
    with CaptureQueriesContext(connection) as few:
        client.get(SCREEN)
    for number in phones(20)[1:]:
        asked(group, account_admin, number)
    asked_about_bulk(group, account_admin, phone(31), phone(32))
    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(SCREEN)
    assert page.context["many"] == 21
    assert len(many) == len(few)


BLOCKED = "The carrier blocks this number too."


@pytest.mark.parametrize(
    ("source", "answers", "blocked"),
    [("carrier", "us", True), ("keyword", "provider", True), ("keyword", "us", False), ("admin", "provider", False)],
)
def test_where_the_carrier_blocks_only_their_own_start_opens_the_line(
    group: Group, account_admin: User, support: User, source: str, answers: str, blocked: bool
) -> None:
    give_number(group, answers=answers)
    opt_out(group.organization, [NUMBER], by=None, source=source)
    request = file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    page = client_of(support).get(page_of(request)).text
    assert (BLOCKED in page) is blocked
    assert ("only START from their own phone opens the line" in page) is blocked


def test_a_copy_is_told_with_its_origin_which_an_approval_ends_too(
    group: Group, other_organization: Organization, account_admin: User, support: User
) -> None:
    Account.objects.update(sync_opt_outs=True)
    opt_out(group.organization, [NUMBER], by=None, source="carrier")
    request = file_reversal(other_organization, NUMBER, by=account_admin, evidence=WORDS)
    page = client_of(support).get(page_of(request)).text
    assert "Opted out in Riverside Neighbors, and so here: an approval ends it there too." in page
    assert BLOCKED in page
    decide(support, request, "approve")
    assert not OptOut.objects.open().exists()
