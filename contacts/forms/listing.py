"""Filters of plain lists: bound strictly to the query of a link. They validate and nothing else."""

from django import forms
from django.http import QueryDict

from contacts.text import visible
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
