"""A text may come from a number that no numbering plan knows: its writer is texted, found, opted out and erased."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from compliance.actions.redact import redact
from compliance.models import Redaction, ReversalRequest
from contacts.actions.opt_out import opt_out
from contacts.conversations import hours
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions.send import send_now
from contacts.conversations.models import Goal, InboundText, Message
from contacts.models import Contact, OptOut, RejectedRow, Suppression
from contacts.phone import InvalidPhone, doubt, parts, readings, written
from groups.models import Account, Group, Organization, RoleKind, User
from tests.compliance.asking import WORDS
from tests.compliance.test_compliance_pages import NOTHING, erase, url
from tests.contacts.exporting import contacts_file, rows
from tests.contacts.factories import arrive, member
from tests.contacts.uploading import saved
from tests.conversations.factories import Carrier, comes, conversation, give_number
from tests.conversations.test_goals import drafted
from tests.people import client_of, role_of

NO_COUNTRY, TOO_SHORT, OWN_ZERO = "+9991234567", "+12345678", "+4901234567"
"""Of no country at all; of no length that its country has; with a zero that nobody dials after the country's code."""

odd = pytest.mark.parametrize("number", [NO_COUNTRY, TOO_SHORT, OWN_ZERO])


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(datetime(2026, 11, 18, 18, tzinfo=UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def everybody(account_admin: User, group: Group) -> User:
    """An account admin who works threads as well."""
    role_of(account_admin, RoleKind.AGENT, group)
    return account_admin


@pytest.fixture
def client(everybody: User) -> Client:
    return client_of(everybody)


def wrote(group: Group, number: str) -> int:
    """They texted the group; their contact."""
    give_number(group)
    comes(number, "Who is this?")
    return member(group, number).contact_id


# The phone itself.


def test_the_digits_are_the_parts_of_a_number_that_no_plan_knows() -> None:
    assert parts(NO_COUNTRY) == ("", "9991234567")
    assert parts(TOO_SHORT) == ("1", "2345678")
    assert parts(OWN_ZERO) == ("", "4901234567")
    assert parts("+442079460000") == ("44", "2079460000")


@odd
@pytest.mark.parametrize("spelled", ["{}", "  {} ", "{}\u200b", "written"])
def test_it_is_read_as_it_stands_or_as_pages_write_it(number: str, spelled: str) -> None:
    text = written(number) if spelled == "written" else spelled.format(number)
    assert readings(text, ["US", "DE"]) == {number}
    assert doubt(number)


@pytest.mark.parametrize(
    "text", ["9991234567", "+0991234567", "+123456", "+1234567890123456", "+1234567x8", "72345", "AMAZON", "+", "++"]
)
def test_whatever_no_provider_delivers_is_no_phone(text: str) -> None:
    with pytest.raises(InvalidPhone):
        readings(text, ["US"])


def test_it_lies_in_the_group_s_zone(group: Group) -> None:
    assert hours.zones_of(group, NO_COUNTRY) == (group.time_zone,)


# Texts.


def launched(group: Group, by: User) -> Goal:
    goal = drafted(group, by, texted_in=True)
    goals.launch(goal, by=by)
    return goal


@odd
def test_a_first_text_is_sent_to_it(
    group: Group, client: Client, everybody: User, carrier: Carrier, number: str
) -> None:
    wrote(group, number)
    goal = launched(group, everybody)
    address = reverse("conversations:begin", args=[group.pk, goal.pk])

    card = client.get(address).context["card"]
    client.post(address, {"recipient": card.recipient.pk})
    send_now(Message.objects.get(goal=goal).pk)

    assert [text.phone for text in carrier.texts] == [number]


# Pages.


@odd
def test_every_page_shows_its_contact(group: Group, client: Client, everybody: User, number: str) -> None:
    key = wrote(group, number)
    goal = launched(group, everybody)
    thread = [group.pk, conversation(group, number).pk]
    begin = reverse("conversations:begin", args=[group.pk, goal.pk])
    at: dict[str, Any] = {
        "contacts:list": [group.pk],
        "contacts:contact": [group.pk, key],
        "contacts:edit": [group.pk, key],
        "contacts:number": [group.pk, key],
        "contacts:opt_out": [group.pk, key],
        "contacts:organization_contacts": [group.organization_id],
        "conversations:threads": [group.pk],
        "conversations:thread": thread,
        "conversations:opt_out": thread,
        "conversations:confirm_opt_out": thread,
    }

    assert client.get(begin).context["card"].recipient.membership.phone == number
    for name, args in at.items():
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200, name
        assert written(number) in page.text, name


@odd
@pytest.mark.parametrize("part", [slice(1, None), slice(-4, None)])
def test_a_search_by_part_of_it_finds_it(group: Group, client: Client, number: str, part: slice) -> None:
    wrote(group, number)
    arrive(group, "+12065550111")

    page = client.get(reverse("contacts:list", args=[group.pk]), {"q": number[part]})

    assert [row.phone for row in page.context["rows"]] == [written(number)]


@odd
def test_it_is_exported_and_the_file_comes_back_without_harm(group: Group, everybody: User, number: str) -> None:
    wrote(group, number)
    file = contacts_file(everybody, group)
    assert [row["Phone"].lstrip("'") for row in rows(file)] == [number]

    saved(group, file, by=everybody)

    assert Contact.objects.get().phone == number
    assert RejectedRow.objects.get().cause


@odd
def test_an_admin_opts_it_out(group: Group, client: Client, number: str) -> None:
    key = wrote(group, number)

    client.post(reverse("contacts:status", args=[group.pk, key]), {"action": "opt_out"})

    assert OptOut.objects.open().get().phone == number


def test_it_is_looked_up(organization: Organization, group: Group, client: Client) -> None:
    wrote(group, NO_COUNTRY)

    for name, key in (("look_up", group.account_id), ("organization_look_up", organization.pk)):
        page = client.post(reverse(f"compliance:{name}", args=[key]), {"phone": written(NO_COUNTRY)})
        assert [known.contact.phone for _, known in page.context["found"]] == [NO_COUNTRY]


@odd
def test_support_ends_its_opt_out_when_asked(group: Group, client: Client, support: User, number: str) -> None:
    wrote(group, number)
    opt_out(group.organization, [number], by=None, source="admin")
    asked = {"phone": number, "organization": group.organization_id}

    client.post(reverse("compliance:file_reversal", args=[group.account_id]), asked | {"evidence": WORDS})
    found = client_of(support).post(reverse("compliance:support_find"), asked).context["found"]
    decision = reverse("compliance:support_request", args=[ReversalRequest.objects.get().pk])
    client_of(support).post(decision, {"decision": "approve", "answer": WORDS})

    assert [one.about for one in found] == [written(number)]
    assert not OptOut.objects.open().exists()


# Redaction.


@odd
@pytest.mark.parametrize("spelled", ["as it stands", "as pages write it"])
def test_its_data_is_erased_everywhere(
    group: Group, client: Client, account_admin: User, number: str, spelled: str
) -> None:
    key = wrote(group, number)
    comes(number, f"My number is {number}, not {number}7.")
    opt_out(group.organization, [number], by=account_admin, source="admin", text=f"{written(number)} asked")

    page = erase(client, group.account, number if spelled == "as it stands" else written(number))

    assert "The lead has been deleted" in page.text
    assert Redaction.objects.get().left == 0
    assert Contact.objects.get(pk=key).phone is None
    assert not InboundText.objects.filter(phone=number).exists()
    assert not Message.objects.exclude(body="").filter(body__contains=number).exists()
    assert Suppression.objects.exists()


@odd
def test_its_writer_comes_back_as_somebody_new(group: Group, account_admin: User, number: str) -> None:
    key = wrote(group, number)
    redact(group.account, [number], by=account_admin)

    comes(number, "Hello again")

    assert Contact.objects.get(phone=number).pk != key


@odd
def test_a_number_that_stands_in_a_rejected_row_alone_is_erased(
    group: Group, account_admin: User, client: Client, number: str
) -> None:
    saved(group, f"Phone,Name\n{number},Ada\n+1 206-555-0111,Bea\n", by=account_admin)
    assert RejectedRow.objects.exists()

    erase(client, group.account, number)

    assert number not in str(list(RejectedRow.objects.values()))


@odd
def test_unknown_foreign_and_redacted_get_one_answer(
    account: Account, group: Group, foreign_group: Group, client: Client, account_admin: User, number: str
) -> None:
    def answer() -> str:
        page = client.post(url(account, "preview"), {"phones": number})
        return str(page.context["form"].non_field_errors())

    unknown = answer()
    arrive(foreign_group, number)
    foreign = answer()
    arrive(group, number)
    redact(account, [number], by=account_admin)

    assert NOTHING in unknown
    assert f"Check {written(number)}: {doubt(number)}" in unknown
    assert unknown == foreign == answer()


def test_nobody_s_other_digits_go_with_a_carrier_s_name_or_short_code(group: Group, account_admin: User) -> None:
    for name in ("AMAZON", "72345"):
        arrive(group, name)
    arrive(group, "+12065550111")
    comes_at = conversation_of(group)

    redact(group.account, ["AMAZON", "72345"], by=account_admin)

    assert Message.objects.get(conversation=comes_at).body == "In 72345 I saw 12 swans, said AMAZON."


def conversation_of(group: Group) -> int:
    give_number(group)
    comes("+12065550111", "In 72345 I saw 12 swans, said AMAZON.")
    return conversation(group, "+12065550111").pk
