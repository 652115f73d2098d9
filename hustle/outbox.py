"""The demo's mail: kept in files, and read at ``/outbox`` by whoever tries the project out."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

# Django's file mailer writes this after each message.
RULE = b"\n" + b"-" * 79 + b"\n"


@require_safe
@login_not_required
def outbox(request: HttpRequest) -> HttpResponse:
    """Show all mail, newest first, without signing in: an invitation is read before one can."""
    return render(request, "hustle/outbox.html", {"mails": [_shown(mail) for mail in newest_first()]})


def newest_first() -> list[EmailMessage]:
    files = sorted(settings.OUTBOX.glob("*.log"), key=lambda file: file.stat().st_mtime_ns)
    raw = [part for file in files for part in file.read_bytes().split(RULE) if part.strip()]
    return [message_from_bytes(part, _class=EmailMessage, policy=policy.default) for part in reversed(raw)]


def _shown(mail: EmailMessage) -> dict[str, object]:
    text = mail.get_body(("plain",))
    return {
        "to": mail["To"],
        "subject": mail["Subject"],
        "sent": parsedate_to_datetime(mail["Date"]),
        "text": text.get_content() if text else "",
    }


urlpatterns = [path("outbox", outbox, name="outbox")]
