"""What every page of a tenant gives its template, when it answers with a part, and the way a form is saved."""

from collections.abc import Callable
from typing import Protocol

from django.db import IntegrityError

from groups.access import SignedIn
from groups.models import Group, Organization, Scope


def page(request: SignedIn, scope: Scope, tab: str, **more: object) -> dict[str, object]:
    """The context of a page on ``scope``: ``layout`` and what that shows, and ``more``."""
    mine = {"scope": scope, "level": scope.level, "layout": f"layouts/{scope.level}.html"}
    return {**mine, **_line(scope), "access": request.access, "tab": tab, **more}


def wants_part(request: SignedIn) -> bool:
    """Whether htmx asks for a part of the page; on the way back through its history it asks for the whole page."""
    return bool(request.htmx) and not request.htmx.boosted and not request.htmx.history_restore_request


def _line(scope: Scope) -> dict[str, object]:
    if isinstance(scope, Group):
        return {"account": scope.account, "organization": scope.organization, "group": scope}
    if isinstance(scope, Organization):
        return {"account": scope.account, "organization": scope}
    return {"account": scope}


class Named(Protocol):
    """A form with a name that has to be new in its tenant."""

    def add_error(self, field: str, error: str) -> None: ...
    def taken(self, name: str) -> str: ...


def saved[T](form: Named, name: str, save: Callable[[], T], *, field: str = "name") -> T | None:
    """What ``save`` returns; None, and an error at the field, if somebody took the name since it was validated."""
    try:
        return save()
    except IntegrityError:
        form.add_error(field, form.taken(name))
        return None
