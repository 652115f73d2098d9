"""What plain lists share besides their forms: ways to narrow them, and links to the same page with another query."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from groups.access import SignedIn


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
