"""The number that a group texts from: of one group at a time, its past owners kept with their dates (R1, R8.6)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.number import NumberInUse
from contacts.conversations.models import SendingNumber
from contacts.phone import carries_texts
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import members, phone
from tests.contacts.racing import raised, together
from tests.conversations.factories import OUR_NUMBER, give_number
from tests.people import client_of

BODY = {"phone": "206 555 0100", "provider": "simulator", "answers_stop": "us"}


def at(group: Group) -> str:
    return reverse("conversations:number", args=[group.pk])


def seen(client: Client, group: Group) -> str:
    return " ".join(client.get(at(group)).text.split())


def give(client: Client, group: Group, **changes: str) -> str:
    """Post the form; what the page says after that."""
    return " ".join(client.post(at(group), BODY | changes, follow=True).text.split())


def current(group: Group) -> SendingNumber | None:
    return group.sending_numbers.current().first()


@pytest.fixture
def admin(group_admin: User) -> Client:
    return client_of(group_admin)


# Giving one.


def test_a_group_admin_gives_the_group_a_number(admin: Client, group: Group, group_admin: User) -> None:
    assert "No number yet" in seen(admin, group)
    page = give(admin, group)

    assert "Eastside Canvass texts from +1 206-555-0100." in page
    given = current(group)
    assert given
    assert (given.phone, given.provider, given.answers_stop, given.until) == (OUR_NUMBER, "simulator", "us", None)
    assert (given.account, given.organization) == (group.account, group.organization)
    entry = AuditEntry.objects.get(action="give_number")
    assert (entry.actor, entry.group, entry.counts) == (group_admin, group, {"number": given.pk})


def test_the_page_says_since_when_who_carries_it_and_who_answers(admin: Client, group: Group) -> None:
    give_number(group)
    page = seen(admin, group)

    assert "+1 206-555-0100" in page
    assert "<dd>Simulator</dd>" in page
    assert "<dd>We answer</dd>" in page
    assert "just now" in page
    give_number(group, answers="provider")
    assert "<dd>The provider answers</dd>" in seen(admin, group)


def test_the_same_again_changes_nothing(admin: Client, group: Group) -> None:
    give(admin, group)
    assert "Nothing changed." in give(admin, group)
    assert SendingNumber.objects.count() == AuditEntry.objects.filter(action="give_number").count() == 1


def test_another_number_takes_the_place_of_the_first_which_is_kept_with_its_dates(admin: Client, group: Group) -> None:
    give_number(group)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        give(admin, group, phone="206 555 0101")

    first, second = group.sending_numbers.order_by("pk")
    assert first.until == second.since
    assert second == current(group)
    page = seen(admin, group)
    assert "Numbers that Eastside Canvass had" in page
    assert page.index("+1 206-555-0101") < page.index("+1 206-555-0100")


def test_who_answers_is_changed_without_another_number(admin: Client, group: Group) -> None:
    give_number(group, answers="provider")
    give(admin, group)
    assert [one.answers_stop for one in group.sending_numbers.order_by("pk")] == ["provider", "us"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": ""}, "Enter the number that this group texts from."),
        ({"phone": "206 555"}, "Too short: a US number has 10 digits."),
        ({"phone": "call me"}, "Not a phone"),
        ({"phone": "12345"}, "short"),
        ({"phone": "+44 20 7946 0958"}, "A landline or a premium number carries no texts. Enter one that does."),
        ({"phone": "+1 900 555 0123"}, "A landline or a premium number carries no texts. Enter one that does."),
        ({"phone": "2065550100\x00"}, "Null characters are not allowed."),
        ({"provider": ""}, "Choose who carries its texts."),
        ({"provider": "pigeon"}, "This provider is not set up on this server. Choose another."),
        ({"provider": "twilio"}, "This provider is not set up on this server. Choose another."),
        ({"answers_stop": ""}, "Choose who answers: two answers to one STOP are one too many."),
        ({"answers_stop": "nobody"}, "Choose the provider, or us."),
    ],
)
@override_settings(PROVIDERS=["simulator"])
def test_a_wrong_value_says_how_to_mend_it(admin: Client, group: Group, changes: dict[str, str], says: str) -> None:
    assert says in give(admin, group, **changes)
    assert not SendingNumber.objects.exists()
    assert not AuditEntry.objects.filter(action="give_number").exists()


def test_an_empty_form_is_told_what_it_lacks(admin: Client, group: Group) -> None:
    page = admin.post(at(group), {}).text
    assert "Enter the number that this group texts from." in page


@override_settings(PROVIDERS=[])
def test_without_a_provider_the_page_says_so_and_offers_no_form(admin: Client, group: Group) -> None:
    page = seen(admin, group)
    assert "No provider of texts is set up on this server" in page
    assert "Save number" not in page
    give(admin, group)
    assert not SendingNumber.objects.exists()


@pytest.mark.parametrize(("offered", "answers"), [(["simulator"], "us"), (["twilio", "simulator"], "provider")])
def test_twilio_answers_a_stop_by_itself_and_the_simulator_leaves_it_to_us(
    admin: Client, group: Group, offered: list[str], answers: str
) -> None:
    with override_settings(PROVIDERS=offered, TWILIO_ACCOUNT_SID="AC1", TWILIO_AUTH_TOKENS=["1"]):
        form = admin.get(at(group)).context["form"]
    assert form.initial == {"provider": offered[0], "answers_stop": answers}


def test_a_number_is_read_as_one_of_the_organization_s_country(admin: Client, group: Group) -> None:
    group.organization.country = "GB"
    group.organization.save()
    give(admin, group, phone="07400 123456")
    assert [one.phone for one in SendingNumber.objects.all()] == ["+447400123456"]


@pytest.mark.parametrize(
    ("number", "carries"),
    [
        ("+12025550143", True),
        ("+18005550100", True),
        ("+447400123456", True),
        ("+442079460958", False),
        ("+19005550123", False),
    ],
)
def test_which_numbers_carry_texts(number: str, carries: bool) -> None:
    assert carries_texts(number) is carries


# Of one group at a time.


@pytest.mark.parametrize("owner", ["other_group", "foreign_group"])
def test_a_number_that_another_group_has_is_refused_and_nobody_named(
    owner: str, admin: Client, group: Group, request: pytest.FixtureRequest
) -> None:
    theirs: Group = request.getfixturevalue(owner)
    give_number(theirs)
    page = give(admin, group)

    assert "Another group texts from this number. Enter another one." in page
    assert theirs.name not in page
    assert current(group) is None
    assert current(theirs)


def test_a_number_that_was_taken_away_may_be_another_group_s(
    admin: Client, group: Group, other_group: Group, organization_admin: User
) -> None:
    give_number(other_group)
    numbers.take_away(other_group, by=None)
    give(admin, group)

    assert current(group)
    assert "Who had +1 206-555-0100 before" in seen(client_of(organization_admin), group)
    assert other_group.name in seen(client_of(organization_admin), group)
    assert other_group.name not in seen(admin, group), "a group that one may not see is not named"


def test_a_number_that_was_another_tenant_s_says_nothing_about_them(
    admin: Client, group: Group, foreign_group: Group, account_admin: User
) -> None:
    give_number(foreign_group)
    numbers.take_away(foreign_group, by=None)
    give(admin, group)

    page = seen(client_of(account_admin), group)
    assert current(group)
    assert "before</h2>" not in page
    assert foreign_group.name not in page


@pytest.mark.django_db(transaction=True)
def test_of_two_groups_that_are_given_one_number_at_once_one_gets_it(group: Group, foreign_group: Group) -> None:
    results = together(lambda: give_number(group), lambda: give_number(foreign_group))

    assert [type(error) for error in raised(results)] == [NumberInUse]
    assert SendingNumber.objects.current().count() == AuditEntry.objects.filter(action="give_number").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_numbers_that_a_group_is_given_at_once_it_keeps_both_with_their_dates(group: Group) -> None:
    results = together(lambda: give_number(group), lambda: give_number(group, "+12065550101"))

    assert raised(results) == []
    assert group.sending_numbers.count() == 2
    assert group.sending_numbers.current().count() == 1


# Taking it away.


def test_a_number_is_taken_away_once(admin: Client, group: Group, group_admin: User) -> None:
    given = give_number(group)
    url = reverse("conversations:take_number", args=[group.pk])

    assert "texts from no number now" in admin.post(url, follow=True).text
    assert current(group) is None
    entry = AuditEntry.objects.get(action="take_number")
    assert (entry.actor, entry.group, entry.counts) == (group_admin, group, {"number": given.pk})
    assert "has no number. Nothing changed." in admin.post(url, follow=True).text
    assert AuditEntry.objects.filter(action="take_number").count() == 1


@pytest.mark.parametrize("who", ["agent", "outsider"])
def test_others_give_and_take_nothing(who: str, group: Group, request: pytest.FixtureRequest) -> None:
    give_number(group)
    client = client_of(request.getfixturevalue(who))
    refused = 403 if who == "agent" else 404

    assert client.get(at(group)).status_code == refused
    assert client.post(at(group), BODY | {"phone": "206 555 0101"}).status_code == refused
    assert client.post(reverse("conversations:take_number", args=[group.pk])).status_code == refused
    assert current(group)
    assert SendingNumber.objects.count() == 1


def test_taking_is_no_get(admin: Client, group: Group) -> None:
    give_number(group)
    with override_settings(LOGGING={}):
        assert admin.get(reverse("conversations:take_number", args=[group.pk])).status_code == 405
    assert current(group)


# Without one.

NOTHING = "Nothing can be sent from Eastside Canvass until it has a number to text from."


def test_the_contacts_list_of_a_group_without_a_number_says_so_and_leads_to_giving_one(
    admin: Client, group: Group
) -> None:
    members(group, phone(1))
    contacts = reverse("contacts:list", args=[group.pk])
    page = admin.get(contacts).text
    assert NOTHING in page
    assert f'<a href="{at(group)}">Give it a number</a>' in page

    give_number(group)
    assert NOTHING not in admin.get(contacts).text


def test_an_agent_without_a_number_to_text_from_is_told_who_gives_one(agent: User, group: Group) -> None:
    threads = reverse("conversations:threads", args=[group.pk])
    page = client_of(agent).get(threads).text
    assert NOTHING in page
    assert "A group admin gives it one in Settings." in page
    assert at(group) not in page

    give_number(group)
    assert NOTHING not in client_of(agent).get(threads).text


def test_an_archived_group_needs_no_number(admin: Client, group: Group) -> None:
    Group.objects.filter(pk=group.pk).update(archived=timezone.now())
    assert NOTHING not in admin.get(reverse("contacts:list", args=[group.pk])).text


def test_the_page_asks_the_same_however_many_numbers_there_were(
    admin: Client,
    group: Group,
    other_group: Group,
    organization_admin: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(organization_admin)
    for owner in (other_group, group):
        numbers.take_away(other_group, by=None)
        give_number(owner)
    with CaptureQueriesContext(connection) as few:
        client.get(at(group))
    for number in range(2, 6):
        give_number(group, f"+1206555010{number}")
    give_number(group)
    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        assert client.get(at(group)).text.count("+1 206-555-010") > 5
    assert len(many) <= len(few)
