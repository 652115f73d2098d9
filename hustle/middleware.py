"""What every request goes through besides Django's own."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contacts.digests import KeyProblem

type Handler = Callable[[HttpRequest], HttpResponse]

UNUSED_POWERS = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
PERMISSIONS_POLICY = ", ".join(f"{power}=()" for power in UNUSED_POWERS)


def viewer_time_zone(get_response: Handler) -> Handler:
    """Show times in the zone of the person who looks; pages of a group go on to choose the group's zone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        with timezone.override(ZoneInfo(request.user.time_zone)):
            return get_response(request)

    return middleware


def permissions_policy(get_response: Handler) -> Handler:
    """Tell the browser which of its powers no page here uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        return response

    return middleware


class KeysInOrder:
    """Answer with one clear page while the digest secrets are missing or others (R5.11); opt-outs go on."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Any view that creates a contact, sends or redacts may raise it."""
        if not isinstance(exception, KeyProblem):
            return None
        return render(request, "503.html", {"sentence": str(exception)}, status=503)
