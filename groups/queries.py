"""Queries of links, read strictly: a list says which key or value it doesn't know, and then it shows nobody (R6.2)."""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import QueryDict


@dataclass(frozen=True)
class Problem:
    """A key or value of the link that we don't know."""

    param: str
    value: str
    sentence: str


def unknown_key(query: QueryDict, filters: Collection[str], besides: Collection[str] = ()) -> Problem | None:
    """The first key that is neither a filter nor one of those ``besides``, or that stands more than once."""
    for name in query:
        values = [str(value) for value in query.getlist(name)]
        if name not in filters and name not in besides:
            return Problem(name, values[0], f"Filters are: {', '.join(filters)}.")
        if len(values) > 1:
            return Problem(name, " and ".join(values), "Each filter stands once.")
    return None
