"""What the plain lists of an organization share: a query that is bound strictly, a search, pages of fifty."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import forms
from django.http import QueryDict

from contacts.text import visible
from groups.access import SignedIn
from groups.queries import Problem, unknown_key


class StrictForm(forms.Form):
    """A filter bound to a query: every key must be known, stand once, and hold a value that is known (R6.2)."""

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query

    @property
    def problem(self) -> Problem | None:
        """The first key or value that the list doesn't know: then it shows nothing (R6.2)."""
        unknown = (Problem(name, str(self.query[name]), str(said[0])) for name, said in self.errors.items())
        return unknown_key(self.query, self.fields) or next(unknown, None)


class PageForm(StrictForm):
    """What a list without any filter may be asked for."""

    page = forms.IntegerField(min_value=1, max_value=10**9, required=False)

    @property
    def page_asked(self) -> int:
        """The page, from 1."""
        return int(self.cleaned_data.get("page") or 1)


class ListForm(PageForm):
    """What a list with a search may be asked for; a list with filters of its own adds them."""

    field_order: tuple[str, ...] = ("q", "page")
    q = forms.CharField(max_length=100, required=False)

    @property
    def q_asked(self) -> str:
        """The search, without what can't be seen."""
        return " ".join(visible(self.cleaned_data.get("q", "")).split())


@dataclass(frozen=True)
class Segment:
    """One way to narrow a list, with how many it would show."""

    key: str
    label: str
    count: int
    url: str
    current: bool


def segments(
    labels: Mapping[str, str], many: Callable[[str], int], url: Callable[[str | None], str], current: str
) -> list[Segment]:
    """*All*, whose key is "", then each of these (key → label); ``url`` gets None for *All*."""
    return [
        Segment(key, label, many(key), url(key or None), key == current)
        for key, label in [("", "All"), *labels.items()]
    ]


def link(request: SignedIn, **changes: str | int | None) -> str:
    """This page with these keys of its query changed (None: taken out)."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path
