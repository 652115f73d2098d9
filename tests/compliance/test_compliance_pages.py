"""Compliance, page by page: phone, preview, typed sentence, receipt (R5.1, R5.2, R5.6, R5.9)."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from compliance import look_ups
from compliance.actions.redact import MOST, redact
from compliance.forms.redaction import SENTENCE
from compliance.models import Redaction
from contacts.models import Contact, Suppression
from groups import audit
from groups.models import Account, AuditEntry, Group, User
from tests.compliance.planting import EMAIL, NAME, OTHER, PHONE, WRITTEN, Lead
from tests.contacts.factories import arrive, phone
from tests.people import OrganizationFactory, client_of

NOTHING = "There is nothing to redact for this number in this account."


def url(account: Account, name: str = "compliance", *more: int) -> str:
    return reverse(f"compliance:{name}", args=[account.pk, *more])


def signed_in(page: Any) -> str:
    """What the page hands on to the next step."""
    found = re.search(r'name="leads" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]


def previewed(client: Client, account: Account, phones: str = WRITTEN) -> str:
    return signed_in(client.post(url(account, "preview"), {"phones": phones}))


def erase(client: Client, account: Account, phones: str = WRITTEN, sentence: str = SENTENCE, **more: str) -> Any:
    body = {"leads": previewed(client, account, phones), "sentence": sentence, **more}
    return client.post(url(account, "redact"), body, follow=True)


@pytest.fixture
def client(account_admin: User) -> Client:
    return client_of(account_admin)


# The way of the seed.


def test_the_preview_says_what_goes_and_what_stays_and_erases_nothing(lead: Lead, client: Client) -> None:
    page = client.post(url(lead.account, "preview"), {"phones": WRITTEN}).text

    for words in ("+1 206-555-0143", "2 contacts in 2 organizations", NAME, EMAIL, "Message texts", "[redacted]"):
        assert words in page
    home, held = lead.groups[0].organization, lead.groups[2].organization
    assert f"Opted out of {home}" in page
    assert f"On hold in {held}" in page
    assert "The evidence of opt-outs goes." in page
    assert "A name inside somebody else&#x27;s note" in page or "A name inside somebody else's note" in page
    assert Contact.objects.filter(phone=PHONE).count() == 2


def test_an_organization_in_which_they_are_not_opted_out_is_said_to_keep_nothing(
    account: Account, group: Group, client: Client
) -> None:
    arrive(group, PHONE)

    page = client.post(url(account, "preview"), {"phones": PHONE}).text

    assert f"Not opted out of {group.organization}" in page


def test_the_sentence_typed_the_lead_is_deleted_and_the_receipt_confirms_it(lead: Lead, client: Client) -> None:
    page = erase(client, lead.account, sentence=f"  {SENTENCE} ")

    redaction = Redaction.objects.get()
    assert page.redirect_chain == [(url(lead.account, "receipt", redaction.pk), 302)]
    assert "The lead has been deleted" in page.text
    assert redaction.number in page.text
    assert not Contact.objects.filter(phone=PHONE).exists()
    entry = AuditEntry.objects.get(action="redact")
    assert (entry.actor, entry.account) == (lead.by, lead.account)


@pytest.mark.parametrize(
    "wrong",
    ["", "i understand this cannot be undone", SENTENCE + ".", "I  understand this cannot be undone", SENTENCE[:-1]],
)
def test_with_a_wrong_sentence_nothing_happens(wrong: str, lead: Lead, client: Client) -> None:
    page = erase(client, lead.account, sentence=wrong)

    assert "That is not the sentence. Nothing was erased." in page.text
    assert Contact.objects.filter(phone=PHONE).count() == 2
    assert not Redaction.objects.exists()


def test_the_number_is_opted_out_as_well_where_the_box_is_ticked(
    account: Account, group: Group, client: Client
) -> None:
    OrganizationFactory.create(account=account)
    arrive(group, PHONE)

    page = erase(client, account, PHONE, also_opt_out="on")

    assert "opted out of every organization as well" in page.text
    assert Suppression.objects.count() == 2


def test_without_the_tick_nobody_is_opted_out(account: Account, group: Group, client: Client) -> None:
    arrive(group, PHONE)

    erase(client, account, PHONE)

    assert not Suppression.objects.exists()


def test_several_numbers_go_with_one_preview_and_one_sentence(lead: Lead, client: Client) -> None:
    page = client.post(url(lead.account, "preview"), {"phones": f"{WRITTEN}\n{OTHER}\n{phone(99)}", "several": "yes"})
    assert "About 2 of the 3 numbers something is held here" in page.text
    assert "+1 206-555-0144" in page.text

    client.post(url(lead.account, "redact"), {"leads": signed_in(page), "sentence": SENTENCE})

    assert Redaction.objects.get().leads == 2
    assert not Contact.objects.filter(phone__isnull=False).exists()


def test_the_receipt_holds_no_personal_data_on_the_page_and_as_a_file(lead: Lead, client: Client) -> None:
    erase(client, lead.account)
    redaction = Redaction.objects.get()

    for query in ("", "?download=yes"):
        text = client.get(url(lead.account, "receipt", redaction.pk) + query).text
        assert redaction.number in text
        assert redaction.phones.get().hex[:4] in text
        for trace in (NAME, EMAIL, "5550143", "555-0143"):
            assert trace not in text


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (35, "Backups, replicas and write-ahead logs made before expire by 7 Apr 2026"),
        (0, "Backups, replicas and write-ahead logs made before: nobody told this site how long they are kept"),
    ],
)
def test_the_receipt_says_by_which_day_the_last_backup_with_the_data_expires(
    kept: int, said: str, lead: Lead, client: Client, settings: Settings
) -> None:
    settings.BACKUPS_KEPT_DAYS = kept
    redaction = redact(lead.account, [PHONE], by=lead.by)
    assert redaction
    Redaction.objects.update(finished=datetime(2026, 3, 3, 18, tzinfo=UTC))
    for query in ("", "?download=yes"):
        assert said in client.get(url(lead.account, "receipt", redaction.pk) + query).text


def test_receipts_have_pages_beside_either_field(account: Account, account_admin: User, client: Client) -> None:
    now = timezone.now()
    for _ in range(51):
        entry = audit.record("redact", on=account, by=account_admin)
        Redaction.objects.create(account=account, actor=account_admin, started=now, finished=now, leads=1, entry=entry)
    newest, oldest = (account.redactions.order_by(order)[0].number for order in ("-pk", "pk"))
    url = reverse("compliance:compliance", args=[account.pk])

    first, second = client.get(url).text, client.get(url, {"several": "yes", "page": "2"}).text

    assert (newest in first, oldest in first) == (True, False)
    assert (newest in second, oldest in second) == (False, True)
    assert "1–50 of 51" in first
    assert f'href="{url}?page=2"' in first
    assert f'href="{url}?page=2"' in client.post(reverse("compliance:preview", args=[account.pk]), {"phones": "x"}).text
    assert client.get(url, {"page": "x"}).status_code == 404


def test_past_redactions_are_listed_with_their_receipts(lead: Lead, client: Client) -> None:
    redaction = redact(lead.account, [PHONE], by=lead.by)
    assert redaction

    page = client.get(url(lead.account)).text

    assert f">{redaction.number}</a>" in page
    assert "Clean-up under way" in page


# One neutral answer (R5.9).


def test_unknown_foreign_and_erased_numbers_get_the_same_page_with_as_many_queries(
    lead: Lead, client: Client, foreign_group: Group
) -> None:
    arrive(foreign_group, phone(300))
    redact(lead.account, [PHONE], by=lead.by)
    answers = []

    for number in (phone(200), phone(300), PHONE):
        with CaptureQueriesContext(connection) as queries:
            page = client.post(url(lead.account, "preview"), {"phones": number})
        text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page.text).replace(number, "NUMBER")
        answers.append((page.status_code, len(queries), text.splitlines()))

    assert any(NOTHING in line for line in answers[0][2])
    assert answers[0][:2] == answers[1][:2] == answers[2][:2]
    assert answers[0][2] == answers[1][2]
    assert answers[0][2] == answers[2][2]


def test_a_number_erased_between_preview_and_sentence_gets_the_same_answer(lead: Lead, client: Client) -> None:
    leads = previewed(client, lead.account)
    redact(lead.account, [PHONE], by=lead.by)

    page = client.post(url(lead.account, "redact"), {"leads": leads, "sentence": SENTENCE}, follow=True)

    assert NOTHING in page.text
    assert Redaction.objects.count() == 1


def test_looking_up_is_limited_and_recorded_without_the_number(lead: Lead, client: Client) -> None:
    client.post(url(lead.account, "preview"), {"phones": WRITTEN})
    entry = AuditEntry.objects.get(action="look_up")
    assert (entry.actor, entry.counts, entry.text) == (lead.by, {"phones": 1}, None)

    assert look_ups.take(lead.by, lead.account, look_ups.MOST - 1)
    page = client.post(url(lead.account, "preview"), {"phones": WRITTEN})

    assert "Nothing was erased" in page.text
    assert NAME not in page.text


# What may not be done.


@pytest.mark.parametrize("who", ["organization_admin", "group_admin", "agent"])
@pytest.mark.parametrize("step", ["compliance", "preview", "confirm", "redact"])
def test_nobody_but_an_account_admin_comes_near(
    step: str, who: str, lead: Lead, request: pytest.FixtureRequest
) -> None:
    client = client_of(request.getfixturevalue(who))
    forged = signing.dumps([PHONE], salt=f"compliance.redaction:{lead.account.pk}:{lead.by.pk}")
    body = {"phones": PHONE, "leads": forged, "sentence": SENTENCE}

    answer = client.get(url(lead.account)) if step == "compliance" else client.post(url(lead.account, step), body)

    assert answer.status_code == 403
    assert Contact.objects.filter(phone=PHONE).count() == 2


@pytest.mark.parametrize("who", ["outsider", "support"])
def test_for_strangers_the_pages_do_not_exist(who: str, lead: Lead, request: pytest.FixtureRequest) -> None:
    client = client_of(request.getfixturevalue(who))

    answers = {client.post(url(lead.account, step), {"phones": PHONE}).status_code for step in ("preview", "redact")}

    assert answers == {404}
    assert Contact.objects.filter(phone=PHONE).count() == 2


@pytest.mark.parametrize("who", ["organization_admin", "group_admin", "agent", "outsider", "support"])
def test_nobody_else_learns_whether_a_number_is_known(who: str, lead: Lead, request: pytest.FixtureRequest) -> None:
    client, answers = client_of(request.getfixturevalue(who)), []

    for number in (PHONE, phone(200)):
        with CaptureQueriesContext(connection) as queries:
            page = client.post(url(lead.account, "preview"), {"phones": number})
        answers.append((page.status_code, len(queries), re.sub(r'(value|nonce)="[^"]+"', "", page.text)))

    assert answers[0] == answers[1]


@pytest.mark.parametrize("step", ["preview", "confirm", "redact"])
def test_a_link_erases_nothing(step: str, lead: Lead, client: Client) -> None:
    assert client.get(url(lead.account, step)).status_code == 405


def test_whoever_signed_in_more_than_15_minutes_ago_signs_in_again_first(lead: Lead, client: Client) -> None:
    leads = previewed(client, lead.account)
    lead.by.set_password("kept-for-tests-only-1")
    lead.by.save()
    stale = client_of(lead.by, minutes_ago=16)

    assert "You signed in more than 15 minutes ago" in stale.get(url(lead.account)).text
    for step, body in (("preview", {"phones": WRITTEN}), ("redact", {"leads": leads, "sentence": SENTENCE})):
        answer = stale.post(url(lead.account, step), body)
        assert unquote(answer.headers["Location"]) == f"{reverse('account_reauthenticate')}?next={url(lead.account)}"
        assert "5550143" not in json.dumps(dict(stale.session)).replace("-", "")
    assert Contact.objects.filter(phone=PHONE).count() == 2


@pytest.mark.parametrize("leads", ["", "garbage", "signed for something else"])
def test_phones_that_no_preview_signed_are_not_taken(leads: str, lead: Lead, client: Client) -> None:
    leads = signing.dumps([PHONE], salt="other") if leads.startswith("signed") else leads
    page = client.post(url(lead.account, "redact"), {"leads": leads, "sentence": SENTENCE}, follow=True)

    assert "enter the number again" in page.text
    assert Contact.objects.filter(phone=PHONE).count() == 2


def test_a_preview_of_another_admin_or_account_is_not_taken(lead: Lead, client: Client, outsider: User) -> None:
    theirs = signing.dumps([PHONE], salt=f"compliance.redaction:{lead.account.pk}:{outsider.pk}")

    client.post(url(lead.account, "redact"), {"leads": theirs, "sentence": SENTENCE})

    assert Contact.objects.filter(phone=PHONE).count() == 2


def test_a_receipt_of_another_account_is_not_found(lead: Lead, outsider: User, foreign_account: Account) -> None:
    redaction = redact(lead.account, [PHONE], by=lead.by)
    assert redaction

    assert client_of(outsider).get(url(foreign_account, "receipt", redaction.pk)).status_code == 404


# Bad input.


@pytest.mark.parametrize(
    ("phones", "said"),
    [
        ("", "Enter the number of the lead."),
        ("12", "Too short: a US number has 10 digits."),
        ("206-555-0143\n12", "Number 2: Too short: a US number has 10 digits."),
        ("not a phone", "Not a phone"),
        ("\0", "Null characters are not allowed."),
        ("2065550143;" * 500, "at most 5000 characters"),
        ("\n".join(f"206555{n:04}" for n in range(MOST + 1)), f"{MOST} at most go in one redaction"),
    ],
)
def test_what_is_no_number_is_refused_with_the_cause(phones: str, said: str, account: Account, client: Client) -> None:
    page = client.post(url(account, "preview"), {"phones": phones, "several": "yes"})

    assert page.status_code == 200
    assert said in page.text
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_a_number_that_two_countries_could_have_needs_its_code(account: Account, client: Client) -> None:
    for country in ("GB", "DE"):
        OrganizationFactory.create(account=account, country=country)

    page = client.post(url(account, "preview"), {"phones": "9187024629"}).text

    assert "Could be a number of more than one country: write it with + and the country code." in page


# Nothing of the number stays behind on the way.


def test_the_number_is_in_no_address_session_or_log(
    lead: Lead, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    page = erase(client, lead.account)

    said = [record.getMessage() for record in caplog.records] + [str(record.msg) for record in caplog.records]
    for text in (page.redirect_chain[-1][0], json.dumps(dict(client.session)), *said):
        assert "5550143" not in text.replace("-", "")


def test_without_the_digest_secrets_one_page_names_them(lead: Lead, client: Client, settings: Any) -> None:
    leads = previewed(client, lead.account)
    settings.DIGEST_SECRETS = []

    page = client.post(url(lead.account, "redact"), {"leads": leads, "sentence": SENTENCE})

    assert page.status_code == 503
    assert "DIGEST_SECRETS" in page.text
    assert Contact.objects.filter(phone=PHONE).count() == 2


def test_a_preview_takes_as_many_queries_for_many_messages_as_for_few(lead: Lead, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post(url(lead.account, "preview"), {"phones": WRITTEN})
        return len(queries)

    few = asked()
    arrive(lead.groups[0], *(phone(n) for n in range(400, 500)))

    assert asked() == few
