"""Pages that follow what others change while they are open (R3.4); the browser's part is ``static/js/live.js``."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpResponse

from groups import live
from groups.access import SignedIn
from groups.keys import keys_of
from groups.models import Account, Group, Scope

HEADER = "X-Live"
"""With it an open page asks for itself, or for a part of it, as it would be now."""
SHOWN = "X-Shown"
"""With it such a page names the rows that it shows, where a list keeps them until it is loaded again."""
MOST = 100
"""Rows that it may name."""


type View[S: Scope, **P] = Callable[Concatenate[SignedIn, S, P], HttpResponse]


def follows[S: Scope, **P](view: View[S, P]) -> View[S, P]:
    """Let the page of this view follow: what has ``data-live`` and an id in its template is kept as it would be now."""

    @wraps(view)
    def wrapper(request: SignedIn, scope: S, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        follow(request, _key(scope))
        return view(request, scope, *args, **kwargs)

    return wrapper


def follow(request: SignedIn, of: live.Key) -> None:
    """The same for a page on no tenant, which calls it before it reads anything else (`groups.live.watched`)."""
    if HEADER in request.headers:
        _leave_messages(request)
    elif not request.htmx:
        request.watched = live.watched(of)


def _key(scope: Scope) -> live.Key:
    if isinstance(scope, Account):
        return (scope.pk,)
    return scope.organization_id if isinstance(scope, Group) else scope.pk


def rows_shown(request: SignedIn) -> list[int]:
    """Keys of the rows that the open page shows; none when a person asks."""
    keys = request.headers.get(SHOWN, "").split()[:MOST]
    return keys_of(keys) or []


def _leave_messages(request: SignedIn) -> None:
    """Keep the results that wait in the session for the page that was asked for by a person."""
    if hasattr(request, "_messages"):
        del request._messages
