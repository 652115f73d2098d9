"""Signing in: by e-mail address and password, TOTP besides; nobody signs up by themselves."""

import time
from typing import Any

from allauth.account import views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path

from groups.models import User

DEMO_DOMAIN = "@demo.test"


def refused(user: AbstractBaseUser) -> bool:
    """Whether this is one of the demo's people, whose password is printed in the documentation, outside the demo."""
    return isinstance(user, User) and user.email.lower().endswith(DEMO_DOMAIN) and not settings.DEMO


class Backend(AuthenticationBackend):
    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Ends the sessions that demo people still have, too."""
        return user is not None and super().user_can_authenticate(user) and not refused(user)


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Turns demo people away as it does deactivated ones; allauth asks here about whoever knew the password."""
        if refused(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, **kwargs: Any) -> bool:
        """Counts a sign-in for as long as a password typed again: 15 minutes (R5.2)."""
        records = get_authentication_records(self.request, self.request.user)
        recent = records and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not recent and super().is_reauthentication_required(**kwargs)


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/reset/", views.password_reset, name="account_reset_password"),
    path("password/reset/done/", views.password_reset_done, name="account_reset_password_done"),
    path("password/reset/key/done/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("2fa/", include("allauth.mfa.urls")),
]
