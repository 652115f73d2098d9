"""The pages on which account admins ask to end an opt-out (R4.8, R5.9)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from compliance import look_ups
from compliance.actions.reversal import approve, file_bulk_reversal
from compliance.models import ReversalRequest
from contacts.models import OptOut
from groups.models import Account, AuditEntry, Group, Organization, User
from tests.compliance.asking import (
    NUMBER,
    WORDS,
    asked,
    asked_about_bulk,
    bulk_opt_out,
    by_list,
    by_text,
    without_chance,
)
from tests.contacts.factories import arrive, phone, phones
from tests.people import client_of

NEUTRAL = "Nothing was filed: there is no opt-out of this number in Riverside Neighbors."


def listed(account: Account) -> str:
    return reverse("compliance:reversals", args=[account.pk])


def filing(account: Account) -> str:
    return reverse("compliance:file_reversal", args=[account.pk])


def filing_bulk(account: Account) -> str:
    return reverse("compliance:file_bulk_reversal", args=[account.pk])


def body(organization: Organization, number: str = "(206) 555-0001", evidence: str = WORDS) -> dict[str, Any]:
    return {"phone": number, "organization": organization.pk, "evidence": evidence}


def test_a_request_is_filed_with_phone_organization_and_evidence(group: Group, account_admin: User) -> None:
    by_text(group)
    page = client_of(account_admin).post(filing(group.account), body(group.organization), follow=True)
    request = ReversalRequest.objects.get()
    assert (request.phone, request.organization, request.evidence, request.filed_by) == (
        NUMBER,
        group.organization,
        WORDS,
        account_admin,
    )
    assert AuditEntry.objects.filter(action="file_reversal", actor=account_admin).count() == 1
    assert "The request was filed." in page.text
    assert "+1 206-555-0001" in page.text


def test_filing_again_is_refused_and_changes_nothing(group: Group, account_admin: User) -> None:
    asked(group, account_admin)
    page = client_of(account_admin).post(filing(group.account), body(group.organization))
    assert "waits for Customer Support already" in page.text
    assert ReversalRequest.objects.count() == 1


def test_an_unknown_number_and_a_known_one_get_the_same_page_with_as_many_queries(
    group: Group, account_admin: User
) -> None:
    arrive(group, NUMBER)
    client, pages, queries = client_of(account_admin), [], []
    for number in (NUMBER, phone(2)):
        with CaptureQueriesContext(connection) as captured:
            text = client.post(filing(group.account), body(group.organization, number)).text
        pages.append(without_chance(text, number))
        queries.append(len(captured))
    assert NEUTRAL in pages[0]
    assert pages[0] == pages[1]
    assert queries[0] == queries[1]


def test_filing_is_a_recorded_look_up_and_limited(group: Group, account_admin: User) -> None:
    by_text(group)
    client = client_of(account_admin)
    client.post(filing(group.account), body(group.organization, phone(2)))
    assert AuditEntry.objects.get(action="look_up").counts == {"phones": 1}
    look_ups.take(account_admin, group.account, phones=look_ups.MOST - 1)
    page = client.post(filing(group.account), body(group.organization))
    assert "60 numbers an hour" in page.text
    assert not ReversalRequest.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"phone": ""}, "Enter the phone."),
        ({"phone": "12"}, "Too short"),
        ({"phone": "1" * 61}, "Too long for a phone."),
        ({"evidence": " "}, "Say how you know that the opt-out is to end."),
        ({"evidence": "x" * 2001}, "Use 2,000 characters at most."),
        ({"organization": ""}, "Choose an organization."),
        ({"organization": "9" * 30}, "Choose an organization from the list."),
        ({"phone": "+1 206-555-0001\0"}, "Null characters are not allowed."),
    ],
)
def test_what_is_missing_or_wrong_is_named(
    group: Group, account_admin: User, change: dict[str, str], said: str
) -> None:
    by_text(group)
    page = client_of(account_admin).post(filing(group.account), body(group.organization) | change)
    assert said in page.text
    assert not ReversalRequest.objects.exists()
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_an_organization_of_another_account_is_none(
    group: Group, foreign_group: Group, account_admin: User, account: Account
) -> None:
    by_text(foreign_group)
    page = client_of(account_admin).post(filing(account), body(foreign_group.organization))
    assert "Choose an organization from the list." in page.text
    assert "Harbor" not in page.text
    assert not ReversalRequest.objects.exists()


def test_a_bulk_opt_out_is_chosen_from_the_latest_by_day_many_group_and_author(
    group: Group, foreign_group: Group, account_admin: User, outsider: User
) -> None:
    entry = bulk_opt_out(group, account_admin, *phones(3))
    bulk_opt_out(group, account_admin, phone(9))
    by_text(group, phone(10), phone(11))
    bulk_opt_out(foreign_group, outsider, *phones(5))
    client = client_of(account_admin)
    page = client.get(filing_bulk(group.account))
    assert page.text.count('type="radio"') == 1
    assert "3 opted out · Eastside Canvass · by Ruth Adeyemi" in page.text
    client.post(filing_bulk(group.account), {"opened_by": entry.pk, "evidence": "It was the wrong list"})
    request = ReversalRequest.objects.get()
    assert (request.opened_by, request.phone, request.organization) == (entry, None, group.organization)
    assert AuditEntry.objects.get(action="file_reversal").counts == {"entry": entry.pk}


def test_a_bulk_opt_out_of_another_account_can_not_be_chosen(
    group: Group, foreign_group: Group, account_admin: User, outsider: User
) -> None:
    bulk_opt_out(group, account_admin, *phones(2))
    theirs = bulk_opt_out(foreign_group, outsider, *phones(2))
    page = client_of(account_admin).post(filing_bulk(group.account), {"opened_by": theirs.pk, "evidence": "Wrong"})
    assert "Choose a bulk opt-out of the list." in page.text
    assert not ReversalRequest.objects.exists()


def test_without_a_bulk_opt_out_the_page_says_so(account: Account, account_admin: User) -> None:
    assert "No bulk opt-out" in client_of(account_admin).get(filing_bulk(account)).text


def test_the_admin_reads_what_became_of_each_request(group: Group, account_admin: User, support: User) -> None:
    approve(asked(group, account_admin), by=support, answer="These are their own words")
    asked(group, account_admin, phone(2))
    asked_about_bulk(group, account_admin, *phones(5)[2:])
    page = client_of(account_admin).get(listed(group.account)).text
    for said in ("Approved", "1 ended", "These are their own words", "Waiting", "3 opted out · Eastside Canvass"):
        assert said in page


def test_the_list_costs_the_same_however_many_there_are(
    group: Group, account_admin: User, refuse_lazy_fetches: Any
) -> None:
    client = client_of(account_admin)
    asked(group, account_admin)
    with CaptureQueriesContext(connection) as few:
        client.get(listed(group.account))
    for number in phones(20)[1:]:
        asked(group, account_admin, number)
    asked_about_bulk(group, account_admin, phone(31), phone(32))
    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(listed(group.account))
    assert len(page.context["rows"]) == 21
    assert len(many) == len(few)


def test_bulk_opt_outs_by_lists_that_belong_to_no_group_cost_no_query_each(
    group: Group, account_admin: User, refuse_lazy_fetches: Any
) -> None:
    for first in (1, 11):
        by_list(group.organization, account_admin, *phones(first + 2)[first - 1 :])
    client = client_of(account_admin)
    with refuse_lazy_fetches():
        offered = client.get(filing_bulk(group.account))
    assert offered.text.count("3 opted out · Riverside Neighbors · by Ruth Adeyemi") == 2
    for entry in AuditEntry.objects.filter(action="opt_out"):
        file_bulk_reversal(entry, by=account_admin, evidence="It was the wrong list")
    with refuse_lazy_fetches():
        page = client.get(listed(group.account))
    assert page.text.count("3 opted out · Riverside Neighbors · by Ruth Adeyemi") == 2


@pytest.mark.parametrize("query", [{"status": "waiting"}, {"q": "Dana"}, {"page": "x"}, {"page": ["1", "2"]}])
def test_a_key_or_value_that_the_list_does_not_know_lists_nothing(
    group: Group, account_admin: User, query: dict[str, Any]
) -> None:
    asked(group, account_admin)
    page = client_of(account_admin).get(listed(group.account), query)
    assert page.status_code == 404
    assert "206-555-0001" not in page.text


def test_requests_of_another_account_are_not_listed(
    group: Group, foreign_group: Group, account_admin: User, outsider: User
) -> None:
    asked(foreign_group, outsider)
    assert "+1 206-555-0001" not in client_of(account_admin).get(listed(group.account)).text


@pytest.mark.parametrize(("who", "status"), [("organization_admin", 403), ("support", 404), ("outsider", 404)])
def test_only_account_admins_ask(
    group: Group, account: Account, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    by_text(group)
    client = client_of(request.getfixturevalue(who))
    for url in (listed(account), filing(account), filing_bulk(account)):
        assert client.get(url).status_code == status
    assert client.post(filing(account), body(group.organization)).status_code == status
    assert not ReversalRequest.objects.exists()
    assert OptOut.objects.open().count() == 1


def test_the_list_is_no_post(account: Account, account_admin: User) -> None:
    assert client_of(account_admin).post(listed(account)).status_code == 405


def test_the_overview_says_how_many_requests_wait_and_since_when(
    group: Group, account: Account, account_admin: User, support: User
) -> None:
    overview = reverse("groups:account", args=[account.pk])
    assert "to end an opt-out</a>" not in client_of(account_admin).get(overview).text

    request = asked(group, account_admin)
    asked(group, account_admin, phone(2))
    ReversalRequest.objects.filter(pk=request.pk).update(filed=datetime(2026, 11, 20, 12, tzinfo=UTC))
    page = " ".join(client_of(account_admin).get(overview).text.split())
    assert "2 requests to end an opt-out</a> <p>With Customer Support since 20 Nov.</p>" in page

    approve(request, by=support, answer="They asked for it.")
    assert "1 request to end an opt-out</a>" in client_of(account_admin).get(overview).text
