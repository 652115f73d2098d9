"""Signing in: by address and password, with TOTP if one likes; nobody signs up by themselves."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from groups.models import User
from hustle.middleware import viewer_time_zone
from tests.people import PASSWORD, UserFactory

NEW_PASSWORD = "another-long-one-2"

pytestmark = pytest.mark.django_db


@pytest.fixture
def dana() -> User:
    return UserFactory.create(name="Dana", email="dana@example.org", password=PASSWORD)


def sign_in(client: Client, email: str, password: str = PASSWORD) -> bool:
    client.post("/auth/login/", {"login": email, "password": password})
    return "_auth_user_id" in client.session


def test_the_case_of_the_address_does_not_matter(client: Client, dana: User) -> None:
    assert sign_in(client, "Dana@Example.ORG")


def test_a_wrong_password_is_refused(client: Client, dana: User) -> None:
    assert not sign_in(client, dana.email, "wrong")


def test_a_deactivated_user_can_not_sign_in(client: Client, dana: User) -> None:
    User.objects.update(is_active=False)
    assert not sign_in(client, dana.email)


def test_after_five_wrong_passwords_the_right_one_has_to_wait(client: Client, dana: User) -> None:
    for _ in range(5):
        assert not sign_in(client, dana.email, "wrong")
    assert not sign_in(client, dana.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert sign_in(client, dana.email)


def test_nobody_signs_up_by_themselves(client: Client) -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert client.get("/auth/signup/").status_code == 404


def test_a_forgotten_password_is_set_anew_by_mail(client: Client, dana: User) -> None:
    client.post("/auth/password/reset/", {"email": dana.email})
    assert mail.outbox[0].to == [dana.email]
    link = re.search(r"https?://[^/]+(/auth/password/reset/key/\S+)", str(mail.outbox[0].body))
    assert link
    page = client.get(link[1], follow=True)
    where = page.redirect_chain[-1][0]
    client.post(where, {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    assert sign_in(client, dana.email, NEW_PASSWORD)
    assert client.get(link[1]).status_code == 200, "a used link says so"


def test_nobody_learns_from_a_reset_which_addresses_are_known(client: Client, dana: User) -> None:
    known = client.post("/auth/password/reset/", {"email": dana.email})
    unknown = client.post("/auth/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[dana.email]]


@pytest.mark.parametrize("weak", ["short1", "1qaz2wsx3edc", "123456789012", "dana@example.org"])
def test_a_weak_password_is_refused(client: Client, dana: User, weak: str) -> None:
    client.force_login(dana)
    client.post("/auth/password/change/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    dana.refresh_from_db()
    assert dana.check_password(PASSWORD)


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_with_totp_the_password_alone_is_not_enough(client: Client, dana: User) -> None:
    assert sign_in(client, dana.email)
    secret = client.get("/auth/2fa/totp/activate/").context["form"].secret
    client.post("/auth/2fa/totp/activate/", {"code": code_now(secret)})

    other = Client()
    assert not sign_in(other, dana.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        other.post("/auth/2fa/authenticate/", {"code": "000000"})
        assert "_auth_user_id" not in other.session
        other.post("/auth/2fa/authenticate/", {"code": code_now(secret)})
        assert "_auth_user_id" in other.session


def test_a_recovery_code_replaces_the_device(client: Client, dana: User) -> None:
    assert sign_in(client, dana.email)
    secret = client.get("/auth/2fa/totp/activate/").context["form"].secret
    client.post("/auth/2fa/totp/activate/", {"code": code_now(secret)})
    recovery = client.get("/auth/2fa/recovery-codes/").context["unused_codes"][0]

    other = Client()
    sign_in(other, dana.email)
    other.post("/auth/2fa/authenticate/", {"code": recovery})
    assert "_auth_user_id" in other.session


def test_after_fifteen_minutes_a_grave_step_asks_for_the_password_again(client: Client, dana: User) -> None:
    """R5.2"""
    assert sign_in(client, dana.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=14)):
        assert client.get("/auth/2fa/totp/activate/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        asked = client.get("/auth/2fa/totp/activate/")
        assert asked.status_code == 302
        assert asked["Location"].startswith("/auth/reauthenticate/")


def test_times_are_shown_in_the_zone_of_the_person_who_looks(dana: User) -> None:

    request = HttpRequest()
    request.user = dana
    dana.time_zone = "Pacific/Auckland"
    zones = []

    def view(request: HttpRequest) -> HttpResponse:
        zones.append(timezone.get_current_timezone_name())
        return HttpResponse()

    viewer_time_zone(view)(request)
    assert zones == ["Pacific/Auckland"]
    assert timezone.get_current_timezone_name() == "UTC"
