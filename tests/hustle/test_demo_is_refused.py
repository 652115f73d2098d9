"""The demo's people, whose password everybody knows, its open mailbox and its phones exist in the demo only."""

import pytest
from django.core.checks import run_checks
from django.test import Client, override_settings
from django.urls import include, path

from groups.models import User
from tests.people import PASSWORD, UserFactory

urlpatterns = [path("", include(name)) for name in ("hustle.urls", "hustle.outbox", "hustle.phones.views")]


@pytest.fixture
def demo_person(db: None) -> User:
    return UserFactory.create(name="Ana", email="Account.Admin@Demo.test", password=PASSWORD)


def sign_in(email: str) -> Client:
    client = Client()
    client.post("/auth/login/", {"login": email, "password": PASSWORD})
    return client


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_demo_person_can_not_sign_in_to_production(demo_person: User) -> None:
    assert not signed_in(sign_in(demo_person.email))


@override_settings(DEMO=True)
def test_a_demo_person_signs_in_to_the_demo(demo_person: User) -> None:
    assert signed_in(sign_in(demo_person.email))


def test_anybody_else_signs_in_to_production(db: None) -> None:
    assert signed_in(sign_in(UserFactory.create(name="Ben", email="ben@demo.test.example", password=PASSWORD).email))


def test_a_session_from_the_demo_is_worth_nothing_in_production(demo_person: User) -> None:
    client = Client()
    with override_settings(DEMO=True):
        client.force_login(demo_person)
    assert client.get("/auth/password/change/").status_code == 302
    with override_settings(DEMO=True):
        assert client.get("/auth/password/change/").status_code == 200


def test_a_deployment_check_finds_demo_people_in_the_database(demo_person: User) -> None:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    assert "hustle.W001" in [message.id for message in found]


@pytest.mark.parametrize("path", ["/outbox", "/phones/", "/phones/text/"])
def test_there_is_no_outbox_and_there_are_no_phones_in_production(client: Client, db: None, path: str) -> None:
    assert {client.get(path).status_code, client.post(path).status_code} == {404}
