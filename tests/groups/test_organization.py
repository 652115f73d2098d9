"""An organization: its groups and its settings."""

from unittest.mock import patch

import pytest
from django.db import IntegrityError
from django.urls import reverse

from groups.actions.tenant import archive_group
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.groups.shown import shown
from tests.people import client_of, person

NEW = {"name": "Northside Doors", "time_zone": "America/Chicago"}


def test_archived_groups_stand_apart(organization: Organization, organization_admin: User, group: Group) -> None:
    Group.objects.create(account=organization.account, organization=organization, name="Old Drive")
    archive_group(Group.objects.get(name="Old Drive"), by=organization_admin)

    page = client_of(organization_admin).get(reverse("groups:organization", args=[organization.pk])).text

    assert page.index("Eastside Canvass") < page.index("Archived groups") < page.index("Old Drive")


def test_an_organization_admin_creates_a_group(organization: Organization, organization_admin: User) -> None:
    response = client_of(organization_admin).post(reverse("groups:create_group", args=[organization.pk]), NEW)

    made = organization.groups.get(name="Northside Doors")
    assert response["Location"] == reverse("groups:group", args=[made.pk])
    assert (made.account, made.time_zone, made.archived) == (organization.account, "America/Chicago", None)
    entry = AuditEntry.objects.get(action="create_group")
    assert (entry.group, entry.organization, entry.actor) == (made, organization, organization_admin)


def test_a_group_admin_creates_none(organization: Organization, group_admin: User) -> None:
    response = client_of(group_admin).post(reverse("groups:create_group", args=[organization.pk]), NEW)

    assert response.status_code == 403
    assert "This page is for organization admins" in response.text
    assert not Group.objects.filter(name="Northside Doors").exists()


def test_an_outsider_creates_none(organization: Organization, outsider: User) -> None:
    response = client_of(outsider).post(reverse("groups:create_group", args=[organization.pk]), NEW)

    assert response.status_code == 404
    assert not organization.groups.exists()


def test_creating_is_no_get(organization: Organization, organization_admin: User) -> None:
    url = reverse("groups:create_group", args=[organization.pk])
    assert client_of(organization_admin).get(url, NEW).status_code == 405


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Eastside Canvass"}, "Riverside Neighbors has “Eastside Canvass” already. Choose another name."),
        ({"time_zone": ""}, "Choose a time zone from the list."),
    ],
)
def test_a_wrong_value_says_how_to_mend_it(
    organization: Organization, organization_admin: User, group: Group, wrong: dict[str, str], said: str
) -> None:
    page = client_of(organization_admin).post(reverse("groups:create_group", args=[organization.pk]), NEW | wrong)

    assert said in page.text
    assert organization.groups.count() == 1


def test_an_organization_changes_its_name_and_country(organization: Organization, organization_admin: User) -> None:
    client = client_of(organization_admin)
    url = reverse("groups:organization_settings", args=[organization.pk])
    values = {"name": "Riverside Tenants", "country": "CA"}

    client.post(url, values)
    again = client.post(url, values, follow=True)

    organization.refresh_from_db()
    assert (organization.name, organization.country) == ("Riverside Tenants", "CA")
    assert "Nothing changed." in again.text
    assert AuditEntry.objects.get(action="change_organization").counts == {"name": 1, "country": 1}


def test_an_older_page_leaves_alone_what_its_admin_did_not_change(
    organization: Organization, organization_admin: User, account_admin: User
) -> None:
    client, url = client_of(organization_admin), reverse("groups:organization_settings", args=[organization.pk])
    older = shown(client, url)
    client_of(account_admin).post(url, {"name": "Riverside Tenants", "country": "US"})

    client.post(url, {"name": "Riverside Neighbors", "country": "CA"} | older)

    organization.refresh_from_db()
    assert (organization.name, organization.country) == ("Riverside Tenants", "CA")


def test_a_name_taken_at_the_same_moment_is_an_error_of_the_form(
    organization: Organization, organization_admin: User
) -> None:
    url = reverse("groups:organization_settings", args=[organization.pk])
    with patch("groups.views.organization.change_organization", side_effect=IntegrityError):
        page = client_of(organization_admin).post(url, {"name": "Taken", "country": "US"})

    assert "Sunrise Alliance has “Taken” already." in page.text


def test_an_admin_of_another_organization_changes_nothing(
    organization: Organization, other_organization: Organization
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    url = reverse("groups:organization_settings", args=[organization.pk])

    assert client_of(cousin).post(url, {"name": "Mine", "country": "US"}).status_code == 404
    organization.refresh_from_db()
    assert organization.name == "Riverside Neighbors"
