"""Opt a list of phones out of an organization: forecast what ``Save`` would do, and do it (R4.10)."""

from collections.abc import Iterator
from dataclasses import dataclass

from contacts.actions import suppression
from contacts.actions.opt_out import opt_out
from contacts.models import Source
from contacts.upload.opt_out_list import List
from groups.models import Organization, User

OUTCOMES = ("opted_out", "already", "duplicate", "rejected")
"""What becomes of each line; together they make ``rows``."""


@dataclass(frozen=True)
class Forecast:
    """What ``Save`` would do: the outcome of each line, how many of each, and how many take an ``earlier`` date."""

    made: List
    already: frozenset[str]
    earlier: int

    @property
    def counts(self) -> dict[str, int]:
        """How many lines have each outcome, and their sum."""
        return _counts(self.made, len(self.made.dates) - len(self.already), len(self.already))

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """The number, phone and outcome of each line that can be read, in their order."""
        seen = set()
        for number, phone in self.made.phones.items():
            outcome = "already" if phone in self.already else "opted_out"
            yield number, phone, "duplicate" if phone in seen else outcome
            seen.add(phone)


def forecast(organization: Organization, made: List) -> Forecast:
    """Judge every phone of a list as things stand."""
    phones = list(made.dates)
    episodes = organization.opt_outs.open().with_phones(made.times)
    started = dict(episodes.values_list("phone", "started"))
    earlier = sum(made.times[str(phone)] < time for phone, time in started.items())
    return Forecast(made, frozenset(suppression.opted_out(organization, phones)), earlier)


def save(organization: Organization, made: List, *, by: User) -> dict[str, int]:
    """Opt all phones of a list out, each since its date; returns ``counts`` as they turned out.

    Whoever is opted out already stays so: an earlier date becomes that of their episode, and the request is kept.
    """
    outcome = opt_out(organization, made.dates, by=by, source=Source.UPLOAD, at=made.times)
    return _counts(made, outcome.changed, outcome.already)


def _counts(made: List, opted_out: int, already: int) -> dict[str, int]:
    return {
        "rows": made.rows,
        "opted_out": opted_out,
        "already": already,
        "duplicate": len(made.phones) - len(made.dates),
        "rejected": len(made.rejected),
    }
