"""One's own settings."""

import pytest
from django.test import Client

from groups.models import AuditEntry, User
from tests.groups.shown import shown
from tests.people import client_of

SETTINGS = {"name": "Tess L.", "time_zone": "Europe/Berlin", "theme": "dark", "shortcuts": ""}


def test_settings_are_saved_and_the_theme_takes_effect_at_once(agent: User) -> None:
    page = client_of(agent).post("/me/", SETTINGS, follow=True)

    agent.refresh_from_db()
    assert (agent.name, agent.time_zone, agent.theme, agent.shortcuts) == ("Tess L.", "Europe/Berlin", "dark", False)
    assert 'data-theme="dark"' in page.text
    assert "Settings saved." in page.text
    entry = AuditEntry.objects.get(action="change_own_settings")
    assert (entry.actor, entry.account) == (agent, None)
    assert set(entry.counts) == {"name", "time_zone", "theme", "shortcuts"}


def test_the_same_settings_again_change_nothing(agent: User) -> None:
    client = client_of(agent)
    client.post("/me/", SETTINGS)

    page = client.post("/me/", SETTINGS, follow=True)

    assert "Nothing changed." in page.text
    assert AuditEntry.objects.filter(action="change_own_settings").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " "}, "Enter your name"),
        ({"time_zone": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone of the list"),
        ({"theme": "pink"}, "Choose a theme from the list."),
    ],
)
def test_a_wrong_value_is_an_error_that_says_what_to_do(agent: User, wrong: dict[str, str], said: str) -> None:
    page = client_of(agent).post("/me/", SETTINGS | wrong)

    agent.refresh_from_db()
    assert said in page.text
    assert agent.name == "Tess Lindqvist"


def test_an_older_page_leaves_alone_what_was_not_changed_on_it(agent: User) -> None:
    client = client_of(agent)
    older = shown(client, "/me/")
    client.post("/me/", SETTINGS)
    mine = {"name": "Tess Lindqvist", "time_zone": "America/Denver", "theme": "system", "shortcuts": "on"}

    client.post("/me/", mine | older)

    agent.refresh_from_db()
    assert (agent.name, agent.time_zone, agent.theme, agent.shortcuts) == ("Tess L.", "America/Denver", "dark", False)


def test_nobody_changes_settings_without_signing_in(agent: User, client: Client) -> None:
    response = client.post("/me/", SETTINGS)

    agent.refresh_from_db()
    assert response.status_code == 302
    assert agent.theme == "system"
