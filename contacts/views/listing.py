"""What the plain lists of an organization share: a query that is bound strictly, a search, pages of fifty."""

import re

from django import forms
from django.http import QueryDict

from contacts.filters import Problem
from contacts.names import folded
from contacts.phone import visible
from contacts.views.contact_list import Pager
from contacts.views.rows import PAGE
from groups.access import SignedIn

WHOLE = 9
"""Digits from which on a search is taken for a whole number."""

_PART_OF_A_PHONE = re.compile(r"[ ()+./-]*[0-9][0-9 ()+./-]*")


class ListForm(forms.Form):
    """What any of these lists may be asked for; a list with filters of its own adds them."""

    q = forms.CharField(max_length=100, required=False)
    page = forms.IntegerField(min_value=1, max_value=10**9, required=False)

    def __init__(self, query: QueryDict) -> None:
        super().__init__(query)
        self.query = query

    @property
    def problem(self) -> Problem | None:
        """The first key or value that the list doesn't know: then it shows nothing (R6.2)."""
        for name in self.query:
            values = [str(value) for value in self.query.getlist(name)]
            if name not in self.fields:
                return Problem(name, values[0], f"Filters are: {', '.join(self.fields)}.")
            if len(values) > 1:
                return Problem(name, " and ".join(values), "Each filter stands once.")
        return next((Problem(name, str(self.query[name]), str(some[0])) for name, some in self.errors.items()), None)

    @property
    def q_asked(self) -> str:
        """The search, without what can't be seen."""
        return " ".join(visible(self.cleaned_data.get("q", "")).split())

    @property
    def page_asked(self) -> int:
        """The page, from 1."""
        return int(self.cleaned_data.get("page") or 1)


def part_of_phone(text: str) -> str:
    """The digits of a search for a part of a phone; "" for any other text.

    A whole number loses the zeros that one dials before it; in a part, such as the last four digits, they count.
    """
    if not _PART_OF_A_PHONE.fullmatch(text):
        return ""
    digits = re.sub(r"[^0-9]", "", text)
    return (digits.lstrip("0") or digits) if len(digits) >= WHOLE else digits


def part_of_name(text: str) -> str:
    """A search for a part of a name, as ``sort_name`` is written; "" if nothing of it can be found in one."""
    return folded(text).strip()


def link(request: SignedIn, **changes: str | int | None) -> str:
    """This page with these keys of its query changed (None: taken out)."""
    query = request.GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value is not None:
            query[name] = str(value)
    return f"{request.path}?{query.urlencode()}" if query else request.path


def pager(request: SignedIn, asked: int, many: int) -> Pager:
    """Where the asked page stands among all of ``many``; one that is beyond the last is the last."""
    last = max(1, -(-many // PAGE))
    number = min(asked, last)
    return Pager(
        number=number,
        last=last,
        total=many,
        start=min(many, (number - 1) * PAGE + 1),
        end=min(many, number * PAGE),
        first_url=link(request, page=None),
        previous_url=link(request, page=number - 1) if number > 1 else None,
        next_url=link(request, page=number + 1) if number < last else None,
        last_url=link(request, page=last),
    )
