"""Pages of fifty, and the links between them."""

from collections.abc import Callable
from dataclasses import dataclass

PAGE = 50


@dataclass(frozen=True)
class Pager:
    """Where a page stands among all of the list, and its neighbours."""

    number: int
    last: int
    total: int
    start: int
    end: int
    first_url: str
    previous_url: str | None
    next_url: str | None
    last_url: str


def pager_of(asked: int, many: int, link: Callable[..., str]) -> Pager:
    """Where the asked page stands among all of ``many``; one that is beyond the last is the last.

    ``link(page=…)`` makes the address of a page; without a number, that of the first.
    """
    last = max(1, -(-many // PAGE))
    number = min(max(asked, 1), last)
    return Pager(
        number=number,
        last=last,
        total=many,
        start=min(many, (number - 1) * PAGE + 1),
        end=min(many, number * PAGE),
        first_url=link(page=None),
        previous_url=link(page=number - 1) if number > 1 else None,
        next_url=link(page=number + 1) if number < last else None,
        last_url=link(page=last),
    )
