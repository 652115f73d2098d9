"""The demo's mail can be read by a newcomer who has not signed in yet."""

from pathlib import Path

import pytest
from django.core import mail
from django.test import Client, override_settings
from pytest_django import Settings


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    settings.ROOT_URLCONF = "tests.hustle.test_demo_is_refused"
    settings.OUTBOX = tmp_path / "outbox"
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "OPTIONS": {"file_path": settings.OUTBOX},
        }
    }
    return tmp_path


@pytest.mark.django_db
def test_it_is_empty_at_first(client: Client, outbox: Path) -> None:
    assert "No mail yet" in client.get("/outbox").text


@pytest.mark.django_db
def test_it_shows_mail_newest_first_with_links_to_follow(client: Client, outbox: Path) -> None:
    mail.send_mail("First", "Größe & <b>", "a@example.org", ["b@example.org"])
    mail.send_mail("Second", "Go to http://localhost:8000/invitations/abc/ now", "a@example.org", ["b@example.org"])

    page = client.get("/outbox").text

    assert page.index("Second") < page.index("First")
    assert '<a href="http://localhost:8000/invitations/abc/"' in page
    assert "Größe &amp; &lt;b&gt;" in page


@pytest.mark.django_db
def test_it_is_only_read(client: Client, outbox: Path) -> None:
    with override_settings(LOGGING={}):
        assert client.post("/outbox").status_code == 405
