"""Pages that follow what others change while they are open (R3.4); the browser's part is ``static/js/live.js``."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpResponse

from groups import live
from groups.access import SignedIn
from groups.models import Group, Organization

HEADER = "X-Live"
"""With it an open page asks for itself, or for a part of it, as it would be now."""


type View[S: Group | Organization, **P] = Callable[Concatenate[SignedIn, S, P], HttpResponse]


def follows[S: Group | Organization, **P](view: View[S, P]) -> View[S, P]:
    """Let the page of this view follow: what has ``data-live`` and an id in its template is kept as it would be now."""

    @wraps(view)
    def wrapper(request: SignedIn, scope: S, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if HEADER in request.headers:
            _leave_messages(request)
        elif not request.htmx:
            # Before anything else is read (`groups.live.watched`).
            key = scope.organization_id if isinstance(scope, Group) else scope.pk
            request.watched = live.watched(key)
        return view(request, scope, *args, **kwargs)

    return wrapper


def _leave_messages(request: SignedIn) -> None:
    """Keep the results that wait in the session for the page that was asked for by a person."""
    if hasattr(request, "_messages"):
        del request._messages
