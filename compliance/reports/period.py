"""The time that a report is about, and the stretches of it that stand as columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from groups.times import midnight

LABELS = {"30-days": "30 days", "90-days": "90 days", "12-months": "12 months", "all": "All"}
USUAL = "90-days"
MOST_DAYS, MOST_WEEKS, MOST_COLUMNS = 31, 26, 24
DAY = timedelta(days=1)
WEEK = timedelta(days=7)
SPANS = (1, 3, 12)
"""Months in a column: the first of these that leaves no more than ``MOST_COLUMNS`` of them."""


@dataclass(frozen=True)
class Stretch:
    """Days from ``first`` to ``last``, both included; ``months`` of the calendar, or 0: days and weeks."""

    first: date
    last: date
    months: int = 0

    @property
    def name(self) -> str:
        """A day or a week by its first day, months by their names: "18 Nov", "Nov 2026", "Oct–Dec 2026", "2026"."""
        return self._name(self.first)

    @property
    def at_its_end(self) -> str:
        """The same, but a week by its last day: for what was so at its end."""
        return self._name(self.last)

    def _name(self, day: date) -> str:
        if not self.months:
            return f"{day.day} {day:%b}"
        if self.months == max(SPANS):
            return f"{day:%Y}"
        start = _floor(self.first, self.months)
        return f"{start:%b %Y}" if self.months == 1 else f"{start:%b}–{_later(start, self.months - 1):%b %Y}"


@dataclass(frozen=True)
class Period:
    """What was asked for; ``first`` and ``last`` are days of the zone that the figures are kept or shown in."""

    key: str
    first: date
    last: date

    @classmethod
    def of(cls, key: str, *, today: date, since: date | None) -> Self:
        """The period of this key that ends today; *all* begins ``since`` then, or today if there is nothing."""
        firsts = {
            "30-days": today - 29 * DAY,
            "90-days": today - 89 * DAY,
            "12-months": _later(today.replace(day=1), -11),
            "all": min(since or today, today),
        }
        return cls(key, firsts[key], today)

    @property
    def words(self) -> str:
        """As it stands in a sentence: "in the last 90 days", "so far"."""
        return "so far" if self.key == "all" else f"in the last {LABELS[self.key]}"

    @property
    def begin(self) -> datetime:
        """When it begins in the zone of the page."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """When it is over in the zone of the page."""
        return midnight(self.last + DAY)

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + number * DAY for number in range((self.last - self.first).days + 1)]

    @property
    def stretches(self) -> list[Stretch]:
        """Days, weeks that end today, or calendar months, quarters or years: few enough for columns side by side."""
        many = (self.last - self.first).days + 1
        if many <= MOST_DAYS:
            return [Stretch(day, day) for day in self.days]
        if many <= MOST_WEEKS * WEEK.days:
            return list(self._weeks())[::-1]
        months = next((span for span in SPANS if self._columns(span) <= MOST_COLUMNS), max(SPANS))
        return list(self._months(months))

    def _weeks(self) -> Iterator[Stretch]:
        """From today backwards; the earliest may be shorter."""
        last = self.last
        while last >= self.first:
            yield Stretch(max(self.first, last - WEEK + DAY), last)
            last -= WEEK

    def _months(self, many: int) -> Iterator[Stretch]:
        """So many months each, as the calendar has them; the first and the last may be shorter."""
        start = _floor(self.first, many)
        while start <= self.last:
            following = _later(start, many)
            yield Stretch(max(start, self.first), min(following - DAY, self.last), many)
            start = following

    def _columns(self, months: int) -> int:
        return (_month(self.last) - _month(_floor(self.first, months))) // months + 1


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _later(day: date, months: int) -> date:
    """The first of the month that is so many after that of ``day``."""
    year, month = divmod(_month(day) + months, 12)
    return date(year, month + 1, 1)


def _floor(day: date, months: int) -> date:
    """The first day of the stretch of so many months that ``day`` lies in."""
    return _later(day, -(_month(day) % months))
