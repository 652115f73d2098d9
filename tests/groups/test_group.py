"""A group's settings, and archiving it."""

import pytest
from django.urls import reverse

from groups.models import AuditEntry, Group, User
from tests.groups.shown import shown
from tests.people import client_of

SETTINGS = {"name": "Eastside Calls", "time_zone": "America/Denver", "texts_from": "9", "texts_until": "19"}


def test_a_group_admin_changes_name_zone_and_hours(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    url = reverse("groups:group_settings", args=[group.pk])

    client.post(url, SETTINGS)
    again = client.post(url, SETTINGS, follow=True)

    group.refresh_from_db()
    assert (group.name, group.time_zone, group.texts_from, group.texts_until) == (
        "Eastside Calls",
        "America/Denver",
        9,
        19,
    )
    assert "Nothing changed." in again.text
    entry = AuditEntry.objects.get(action="change_group")
    assert (entry.group, entry.actor) == (group, group_admin)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"texts_from": "7"}, "Choose an hour between 8:00 and 21:00."),
        ({"texts_until": "22"}, "Choose an hour between 8:00 and 21:00."),
        ({"texts_from": "19"}, "Choose an hour after 19:00"),
        ({"name": "Westside Phonebank"}, "Riverside Neighbors has “Westside Phonebank” already."),
    ],
)
def test_a_wrong_value_says_how_to_mend_it(
    group: Group, other_group: Group, group_admin: User, wrong: dict[str, str], said: str
) -> None:
    page = client_of(group_admin).post(reverse("groups:group_settings", args=[group.pk]), SETTINGS | wrong)

    assert said in page.text
    group.refresh_from_db()
    assert (group.name, group.texts_from) == ("Eastside Canvass", 8)


def test_an_older_page_leaves_alone_what_its_admin_did_not_change(
    group: Group, group_admin: User, organization_admin: User
) -> None:
    client, url = client_of(group_admin), reverse("groups:group_settings", args=[group.pk])
    older = shown(client, url)
    client_of(organization_admin).post(url, SETTINGS)
    mine = {"name": "Eastside Canvass", "time_zone": "America/New_York", "texts_from": "8", "texts_until": "21"}

    page = client.post(url, mine | older, follow=True)

    group.refresh_from_db()
    assert "Settings saved." in page.text
    assert (group.name, group.time_zone, group.texts_from, group.texts_until) == (
        "Eastside Calls",
        "America/Denver",
        9,
        21,
    )
    assert AuditEntry.objects.latest("pk").counts == {"texts_until": 1}


def test_what_was_shown_outlives_an_error_of_the_form(
    group: Group, group_admin: User, organization_admin: User
) -> None:
    client, url = client_of(group_admin), reverse("groups:group_settings", args=[group.pk])
    wrong = client.post(url, SETTINGS | {"name": ""} | shown(client, url))

    assert 'name="initial-name" value="Eastside Canvass"' in wrong.text
    assert 'name="initial-time_zone" value="America/New_York"' in wrong.text


def test_hours_that_cross_those_that_somebody_set_meanwhile_are_an_error_of_the_form(
    group: Group, group_admin: User, organization_admin: User
) -> None:
    client, url = client_of(group_admin), reverse("groups:group_settings", args=[group.pk])
    older = shown(client, url)
    client_of(organization_admin).post(url, SETTINGS | {"texts_from": "12"})
    mine = {"name": "Eastside Canvass", "time_zone": "America/New_York", "texts_from": "8", "texts_until": "11"}

    page = client.post(url, mine | older)

    assert "Somebody changed the hours meanwhile: texts would leave from 12:00 until 11:00." in page.text
    group.refresh_from_db()
    assert (group.texts_from, group.texts_until) == (12, 19)


@pytest.mark.parametrize("who", ["agent", "outsider"])
def test_others_change_nothing(who: str, request: pytest.FixtureRequest, group: Group) -> None:
    client = client_of(request.getfixturevalue(who))

    status = client.post(reverse("groups:group_settings", args=[group.pk]), SETTINGS).status_code

    assert status == {"agent": 403, "outsider": 404}[who]
    group.refresh_from_db()
    assert group.name == "Eastside Canvass"


def test_an_organization_admin_archives_a_group_and_brings_it_back(group: Group, organization_admin: User) -> None:
    client = client_of(organization_admin)
    archive, unarchive = (reverse(f"groups:{way}_group", args=[group.pk]) for way in ("archive", "unarchive"))

    page = client.post(archive, follow=True)
    again = client.post(archive, follow=True)

    group.refresh_from_db()
    assert group.archived
    assert "Eastside Canvass archived." in page.text
    assert "Bring group back" in page.text
    assert "is archived already. Nothing changed." in again.text
    assert AuditEntry.objects.get(action="archive_group").group == group

    client.post(unarchive)
    again = client.post(unarchive, follow=True)

    assert Group.objects.get(pk=group.pk).archived is None
    assert "is not archived. Nothing changed." in again.text
    assert AuditEntry.objects.filter(action="unarchive_group").count() == 1


@pytest.mark.parametrize(("who", "status"), [("group_admin", 403), ("agent", 403), ("outsider", 404)])
def test_others_archive_nothing(who: str, status: int, request: pytest.FixtureRequest, group: Group) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.post(reverse("groups:archive_group", args=[group.pk])).status_code == status
    group.refresh_from_db()
    assert group.archived is None


def test_a_group_admin_is_not_offered_to_archive(group: Group, group_admin: User, organization_admin: User) -> None:
    url = reverse("groups:group_settings", args=[group.pk])

    assert "Archive group" in client_of(organization_admin).get(url).text
    assert "Archive group" not in client_of(group_admin).get(url).text


@pytest.mark.parametrize("way", ["archive", "unarchive"])
def test_archiving_is_no_get(way: str, group: Group, organization_admin: User) -> None:
    url = reverse(f"groups:{way}_group", args=[group.pk])
    assert client_of(organization_admin).get(url).status_code == 405
