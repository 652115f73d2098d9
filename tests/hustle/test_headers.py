"""What the browser is told about every page."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_only_our_own_files_are_allowed_on_a_page(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_addresses_are_not_told_to_other_sites_and_powers_are_off(client: Client) -> None:
    response = client.get("/healthz")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in response["Permissions-Policy"]


def test_whoever_is_not_signed_in_is_asked_to(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 302
    assert response["Location"].startswith("/auth/login/")
