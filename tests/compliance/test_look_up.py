"""The account-wide view of one number: what it tells and to whom, and that it gives nothing else away (R2, R5.9)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance import look_ups
from compliance.number import known_of
from contacts.actions.arrival import bring_in
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Hold, Membership, OptOut, Suppression
from contacts.person import Person
from groups.models import Account, AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, members, phone, phones, reason
from tests.conversations.factories import give_number
from tests.people import GroupFactory, client_of


def ask(user: User, scope: Account | Organization, number: str) -> Any:
    name = "look_up" if isinstance(scope, Account) else "organization_look_up"
    return client_of(user).post(reverse(f"compliance:{name}", args=[scope.pk]), {"phone": number})


def words(page: Any) -> str:
    """What the page says inside its main part, in one line."""
    return " ".join(page.text.split("<main")[1].split())


def test_a_number_is_shown_with_each_organizations_groups_opt_outs_and_holds(
    account: Account,
    organization: Organization,
    other_organization: Organization,
    group: Group,
    other_group: Group,
    account_admin: User,
) -> None:
    lakeside = GroupFactory.create(organization=other_organization, name="Lakeside Doors")
    for where in (group, other_group, lakeside):
        bring_in(
            where,
            [Person(phone(1), {"first_name": "Dana", "last_name": "Rossi"})],
            by=None,
            came_by=Contact.Source.UPLOAD,
        )
    make_inactive(group, group.memberships.all(), by=account_admin)
    at = datetime(2026, 3, 2, 18, tzinfo=UTC)
    opt_out(organization, [phone(1)], by=None, source="keyword", at=at - timedelta(days=300))
    OptOut.objects.update(ended=at - timedelta(days=200))
    opt_out(organization, [phone(1)], by=account_admin, source="admin", at=at, reason=reason(organization))
    open_hold(other_organization, phone(1), text="stop it", group=lakeside)

    page = ask(account_admin, account, "(206) 555-0001")

    first, second = (known for _, known in page.context["found"])
    assert (first.organization, second.organization) == (other_organization, organization)
    assert [(place.group, place.statuses, place.answer.cause) for place in first.places] == [
        (lakeside, ["on_hold"], "on_hold")
    ]
    assert [(place.group, place.statuses, place.answer.cause) for place in second.places] == [
        (group, ["opted_out", "inactive"], "opted_out"),
        (other_group, ["opted_out"], "opted_out"),
    ]
    said = words(page)
    assert "Opted out of Riverside Neighbors on 2 Mar 2026 by Ruth Adeyemi. Reason: Moved away." in said
    assert "By an admin: Ruth Adeyemi. Reason: Moved away" in said
    assert "By text: The contact" in said
    assert "stop it" not in said
    for where in (group, other_group, lakeside):
        contact = Membership.objects.get(group=where).contact_id
        assert f'href="{reverse("contacts:contact", args=[where.pk, contact])}"' in said


def test_whoever_could_be_texted_can_not_in_a_group_without_a_number(
    account: Account,
    group: Group,
    other_group: Group,
    account_admin: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    more = [GroupFactory.create(organization=group.organization, name=f"Ward {number}") for number in range(5)]
    for where in (group, other_group, *more):
        arrive(where, phone(1))
    make_inactive(other_group, other_group.memberships.all(), by=account_admin)
    give_number(group)
    with django_assert_num_queries(9):
        [known] = known_of(phone(1), account)
    assert [str(place.answer.cause or "") for place in known.places] == ["", *["no_number"] * 5, "inactive"]
    said = words(ask(account_admin, account, phone(1)))
    assert "They can be texted in Eastside Canvass." in said
    assert said.count("<strong>No.</strong> This group has no number to text from yet.") == 5


def test_a_number_without_a_contact_shows_its_opt_out(organization: Organization, organization_admin: User) -> None:
    opt_out(organization, [phone(1)], by=None, source="keyword")
    page = ask(organization_admin, organization, phone(1))
    assert "No contact." in words(page)
    assert "By text: The contact" in words(page)


def test_an_organization_admin_sees_their_own_organization_only(
    organization: Organization, other_organization: Organization, organization_admin: User
) -> None:
    arrive(GroupFactory.create(organization=other_organization), phone(1))
    assert not ask(organization_admin, organization, phone(1)).context["found"]
    arrive(GroupFactory.create(organization=organization), phone(1))
    [(_, known)] = ask(organization_admin, organization, phone(1)).context["found"]
    assert known.organization == organization


def forget(number: str) -> None:
    """Leave of a number what a redaction leaves, a suppression too."""
    for contact in Contact.objects.filter(phone=number):
        Membership.objects.filter(contact=contact).update(phone=None)
        OptOut.objects.filter(phone=number).update(phone=None, redacted_contact=contact)
    Hold.objects.filter(phone=number).update(phone=None)
    Contact.objects.filter(phone=number).update(phone=None, redacted_at=timezone.now())


@pytest.mark.parametrize("level", ["account", "organization"])
def test_unknown_foreign_and_erased_numbers_get_one_answer_at_one_cost(
    level: str,
    request: pytest.FixtureRequest,
    organization: Organization,
    group: Group,
    foreign_group: Group,
    account_admin: User,
) -> None:
    members(group, phone(3), phone(4))
    members(foreign_group, phone(2))
    opt_out(foreign_group.organization, [phone(2)], by=None, source="keyword")
    opt_out(organization, [phone(3)], by=None, source="keyword")
    forget(phone(3))
    Suppression.objects.create(
        account=organization.account, organization=organization, digest=b"x" * 32, key_id="1", day=timezone.now().date()
    )
    scope = request.getfixturevalue(level)
    ask(account_admin, scope, phone(9))  # Whatever is loaded once.

    answers = set()
    for number in phones(3):
        with CaptureQueriesContext(connection) as captured:
            page = ask(account_admin, scope, number)
        plain = words(page).replace(number[-4:], "NNNN").split('name="csrfmiddlewaretoken"')
        answers.add((plain[0], plain[1].split('">', 1)[1], len(captured), page.status_code))

    assert len(answers) == 1
    assert "There is nothing about +1 206-555-NNNN in" in str(answers)
    assert "There is nothing" not in words(ask(account_admin, scope, phone(4)))


def test_a_number_of_the_scope_costs_the_same_in_one_group_or_in_many(
    account: Account, organization: Organization, group: Group, account_admin: User
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            known_of(phone(1), account)
        return len(captured)

    arrive(group, phone(1))
    few = asked()
    for where in GroupFactory.create_batch(8, organization=organization):
        arrive(where, phone(1))
    opt_out(organization, [phone(1)], by=account_admin, source="admin", reason=reason(organization))
    assert asked() == few


def test_a_number_is_read_as_each_organizations_country_writes_it(
    account: Account, organization: Organization, other_organization: Organization, account_admin: User
) -> None:
    Organization.objects.filter(pk=other_organization.pk).update(country="GB")
    arrive(GroupFactory.create(organization=organization), "+447531669965")
    page = ask(account_admin, account, "07531 669965")
    assert [phone for phone, _ in page.context["found"]] == ["+447531669965"]


@pytest.mark.parametrize("number", ["", "12", "not a phone", "+1 206-555-0001 x5", "1" * 61, "\0"])
def test_what_is_no_phone_is_told_and_is_no_look_up(account: Account, account_admin: User, number: str) -> None:
    page = ask(account_admin, account, number)
    assert page.status_code == 200
    assert page.context["form"].errors["phone"]
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_a_look_up_is_audited_without_the_number(
    account: Account, organization: Organization, account_admin: User
) -> None:
    ask(account_admin, organization, phone(1))
    entry = AuditEntry.objects.get(action="look_up")
    assert (entry.account, entry.actor, entry.counts, entry.text) == (account, account_admin, {"phones": 1}, None)
    log = client_of(account_admin).get(reverse("compliance:account_audit", args=[account.pk])).context["rows"]
    assert log[0].what == "1 number looked up"


def test_looking_is_no_reading_of_the_address(account: Account, account_admin: User) -> None:
    page = client_of(account_admin).get(reverse("compliance:look_up", args=[account.pk]), {"phone": phone(1)})
    assert "asked" not in page.context
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_sixty_an_hour_is_the_most(account: Account, account_admin: User, organization_admin: User) -> None:
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as clock:
        assert look_ups.take(account_admin, account, phones=59)
        assert "found" in ask(account_admin, account, phone(1)).context
        page = ask(account_admin, account, phone(1))
        assert page.status_code == 429
        assert "found" not in page.context
        assert "Nothing was looked up: 60 numbers an hour are the most that one person may look up." in words(page)
        assert AuditEntry.objects.filter(action="look_up").count() == 2
        assert ask(organization_admin, account.organizations.get(), phone(1)).status_code == 200
        clock.shift(timedelta(hours=1, seconds=1))
        assert ask(account_admin, account, phone(1)).status_code == 200


def test_who_may_look_up(account: Account, organization: Organization, group_admin: User, outsider: User) -> None:
    for scope in (account, organization):
        assert ask(group_admin, scope, phone(1)).status_code == 403
        assert ask(outsider, scope, phone(1)).status_code == 404
    assert not AuditEntry.objects.filter(action="look_up").exists()


def test_the_pages_lead_to_it(account: Account, organization: Organization, account_admin: User) -> None:
    client = client_of(account_admin)
    for page, look_up, key in (
        ("groups:account", "compliance:look_up", account.pk),
        ("contacts:organization_contacts", "compliance:organization_look_up", organization.pk),
    ):
        assert f'href="{reverse(look_up, args=[key])}"' in client.get(reverse(page, args=[key])).text
