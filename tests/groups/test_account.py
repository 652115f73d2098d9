"""The account: overview, organizations, settings."""

import re
from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from contacts.actions.opt_out import opt_out
from contacts.models import Source
from groups.actions.tenant import create_organization
from groups.models import Account, AuditEntry, Group, Organization, User
from tests.contacts.factories import members, phones
from tests.groups.shown import shown
from tests.people import client_of

NEW = {"name": "Hilltop Renters", "country": "CA"}


def test_the_overview_shows_organizations_and_the_latest_changes(
    account: Account, account_admin: User, group: Group, foreign_group: Group, outsider: User
) -> None:
    create_organization(account, **NEW, by=account_admin)
    create_organization(foreign_group.account, name="Not Ours", country="US", by=outsider)

    page = client_of(account_admin).get(reverse("groups:account", args=[account.pk])).text

    assert "Riverside Neighbors" in page
    assert "Hilltop Renters" in page
    assert "Organization created" in page
    assert "Ruth Adeyemi" in page
    assert "Not Ours" not in page


def test_the_overview_takes_a_constant_number_of_queries(
    account: Account, account_admin: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(account_admin)
    for number in range(5):
        create_organization(account, name=f"Branch {number}", country="US", by=account_admin)
    with django_assert_max_num_queries(11):
        client.get(reverse("groups:account", args=[account.pk]))


def test_the_overview_counts_the_contacts_of_its_organizations(
    account: Account, account_admin: User, group: Group, other_organization: Organization, foreign_group: Group
) -> None:
    members(group, *phones(3))
    members(foreign_group, *phones(5))
    opt_out(group.organization, phones(1), by=account_admin, source=Source.ADMIN)

    page = client_of(account_admin).get(reverse("groups:account", args=[account.pk])).text

    row = [cell.strip() for cell in re.findall(r'<td class="number[^>]*>([^<]*)', page)]
    assert row == ["0", "0", "0", "0", "–", "1", "3", "2", "1", "33.3%"]
    assert re.findall(r"<dd>(\d+)</dd>", page) == ["3", "2", "1", "0"]


def test_an_account_admin_creates_an_organization(account: Account, account_admin: User) -> None:
    response = client_of(account_admin).post(reverse("groups:create_organization", args=[account.pk]), NEW)

    made = Organization.objects.get(name="Hilltop Renters")
    assert response["Location"] == reverse("groups:organization", args=[made.pk])
    assert (made.account, made.country) == (account, "CA")
    entry = AuditEntry.objects.get(action="create_organization")
    assert (entry.account, entry.organization, entry.actor) == (account, made, account_admin)


def test_a_name_that_is_taken_is_an_error_of_the_form(account_admin: User, organization: Organization) -> None:
    url = reverse("groups:create_organization", args=[organization.account_id])

    page = client_of(account_admin).post(url, NEW | {"name": " Riverside Neighbors "})

    assert "Sunrise Alliance has “Riverside Neighbors” already. Choose another name." in page.text
    assert Organization.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_name_that_is_taken_at_the_same_moment_is_one_too(account: Account, account_admin: User) -> None:
    url = reverse("groups:create_organization", args=[account.pk])
    with patch("groups.views.account.create_organization", side_effect=IntegrityError):
        page = client_of(account_admin).post(url, NEW)

    assert "Sunrise Alliance has “Hilltop Renters” already." in page.text


def test_another_account_may_use_the_same_name(
    outsider: User, foreign_account: Account, organization: Organization
) -> None:
    url = reverse("groups:create_organization", args=[foreign_account.pk])

    client_of(outsider).post(url, {"name": organization.name, "country": "US"})

    assert foreign_account.organizations.filter(name=organization.name).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Enter a name for the organization."),
        ({"name": "\u200bHilltop"}, "This name has characters that can&#x27;t be seen."),
        ({"name": "x" * 121}, "A name has 120 characters at most; this one has 121."),
        ({"country": "ZZ"}, "Choose a country from the list."),
    ],
)
def test_a_wrong_value_says_how_to_mend_it(
    account: Account, account_admin: User, wrong: dict[str, str], said: str
) -> None:
    page = client_of(account_admin).post(reverse("groups:create_organization", args=[account.pk]), NEW | wrong)

    assert said in page.text
    assert not Organization.objects.exists()


def test_an_organization_admin_creates_none(organization_admin: User, account: Account) -> None:
    response = client_of(organization_admin).post(reverse("groups:create_organization", args=[account.pk]), NEW)

    assert response.status_code == 403
    assert Organization.objects.count() == 1


def test_an_outsider_creates_none(outsider: User, account: Account) -> None:
    response = client_of(outsider).post(reverse("groups:create_organization", args=[account.pk]), NEW)

    assert response.status_code == 404
    assert not account.organizations.exists()


def test_creating_is_no_get(account_admin: User, account: Account) -> None:
    url = reverse("groups:create_organization", args=[account.pk])
    assert client_of(account_admin).get(url, NEW).status_code == 405


def test_an_account_is_renamed(account: Account, account_admin: User) -> None:
    client = client_of(account_admin)
    url = reverse("groups:account_settings", args=[account.pk])

    page = client.post(url, {"name": "Sunset Alliance"}, follow=True)
    again = client.post(url, {"name": "Sunset Alliance"}, follow=True)

    account.refresh_from_db()
    assert account.name == "Sunset Alliance"
    assert "Account settings saved." in page.text
    assert "Nothing changed." in again.text
    assert AuditEntry.objects.get(action="change_account").actor == account_admin


def test_an_older_page_does_not_bring_the_old_name_back(account: Account, account_admin: User) -> None:
    client, url = client_of(account_admin), reverse("groups:account_settings", args=[account.pk])
    older = shown(client, url)
    client.post(url, {"name": "Sunset Alliance"})

    page = client.post(url, {"name": "Sunrise Alliance"} | older, follow=True)

    account.refresh_from_db()
    assert account.name == "Sunset Alliance"
    assert "Nothing changed." in page.text


def test_an_outsider_renames_nothing(account: Account, outsider: User) -> None:
    url = reverse("groups:account_settings", args=[account.pk])

    assert client_of(outsider).post(url, {"name": "Mine now"}).status_code == 404
    account.refresh_from_db()
    assert account.name == "Sunrise Alliance"
