"""What providers post: texts that come in, and reports on those that went out (R8.5).

Nobody is signed in: the provider's signature is checked by its module. An error makes the provider try again, or leaves
the text in its list, from which it is taken in later.
"""

from collections.abc import Callable
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from contacts.conversations import providers
from contacts.conversations.actions.receive import UnknownNumber, receive
from contacts.conversations.actions.send import report
from contacts.conversations.providers.base import BadSignature, Malformed, Provider
from groups.access import open_view
from groups.keys import LARGEST


@csrf_exempt
@require_POST
@open_view("a provider signs what it posts")
def texts(request: HttpRequest, provider: str) -> HttpResponse:
    """A text that somebody wrote to one of our numbers."""

    def take(carrier: Provider) -> None:
        receive(provider, carrier.read_text(request))

    return _answered(provider, take)


@csrf_exempt
@require_POST
@open_view("a provider signs what it posts")
def reports(request: HttpRequest, provider: str, message_id: int) -> HttpResponse:
    """How far a text of ours got."""

    def take(carrier: Provider) -> None:
        news = carrier.read_report(request)
        if message_id <= LARGEST:
            report(provider, message_id, news)

    return _answered(provider, take)


def _answered(name: str, take: Callable[[Provider], Any]) -> HttpResponse:
    try:
        carrier = providers.at(name)
    except LookupError:
        raise Http404 from None
    try:
        take(carrier)
    except BadSignature:
        return _plain("The signature is not this provider's. Nothing was taken in.", 403)
    except Malformed as malformed:
        return _plain(f"{malformed} Nothing was taken in.", 400)
    except UnknownNumber as unknown:
        return _plain(f"{unknown} Nothing was taken in.", 404)
    except (OperationalError, InterfaceError):
        return _plain("The database can't be reached. Nothing was taken in; it will be asked for later.", 503)
    return carrier.answer()


def _plain(sentence: str, status: int) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")
