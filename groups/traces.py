"""What of a few people can stand in a text: phones in any spelling, e-mail addresses, names (R5.3)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain
from typing import Any

from django.db.models import F, Lookup, Q, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IContains

from groups.personal_data import REDACTED

SEPARATORS = " \u00a0-\u2010\u2011\u2012\u2013().·/"
"""What people and programs put between the digits of a phone."""

_ESCAPED = [json.dumps(separator)[1:-1] for separator in SEPARATORS if not separator.isascii()]
"""As they stand in an object that SQLite keeps as text."""

FEW = 7
"""Digits below which a number without its country code is not taken for a phone."""

_BETWEEN = rf"[{re.escape(SEPARATORS)}]{{0,3}}"
_OTHER_COUNTRY = re.compile(rf"\+(\d{{1,3}}){_BETWEEN}$")


@dataclass(frozen=True)
class Number:
    """A phone as its country code and the digits that follow it: "1" and "2025550143"."""

    country: str
    national: str

    @property
    def e164(self) -> str:
        return f"+{self.country}{self.national}"


@dataclass(frozen=True)
class Traces:
    """Finds and hides what identifies some people, in text of any kind.

    Phones and e-mail addresses belong to them wherever they stand; ``names`` are common words, so they are hidden only
    where a text is known to be about these people.
    """

    numbers: tuple[Number, ...] = ()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def found(self, value: Any) -> bool:
        """Whether a phone or an address stands in a text, or in one of the texts of a list or an object."""
        return bool(self.hidden(value) != value)

    def hidden(self, value: Any, *, names: bool = False) -> Any:
        """The same with [redacted] in the place of each; ``names``: of the names too."""
        if isinstance(value, dict):
            return {self.hidden(key, names=names): self.hidden(item, names=names) for key, item in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(self.hidden(item, names=names) for item in value)
        return self._hidden(value, names) if isinstance(value, str) else value

    def _hidden(self, text: str, names: bool) -> str:
        text = self._addresses.sub(REDACTED, text)
        for number, pattern in self._phones:
            text = pattern.sub(partial(_unless_abroad, number), text)
        return self._names.sub(REDACTED, text) if names else text

    @cached_property
    def _addresses(self) -> re.Pattern[str]:
        return _any_of(rf"(?<![\w.+-]){re.escape(email)}(?![\w-])" for email in self.emails if email)

    @cached_property
    def _names(self) -> re.Pattern[str]:
        longest_first = sorted({name for name in self.names if len(name) > 1}, key=len, reverse=True)
        return _any_of(rf"(?<!\w){re.escape(name)}(?!\w)" for name in longest_first)

    @cached_property
    def _phones(self) -> list[tuple[Number, re.Pattern[str]]]:
        return [(number, _spellings(number)) for number in self.numbers]

    def candidates(self, column: str) -> Q:
        """A condition for the rows whose ``column`` may hold one: all that do, and few others.

        The database looks for the last two digits first, which is cheap, then without what stands between digits.
        """
        text = Cast(F(column), TextField())
        wanted = Q(_HoldOneOf(text, [number.national for number in self.numbers])) if self.numbers else Q()
        for email in self.emails:
            wanted |= Q(IContains(text, email))
        return wanted

    def __bool__(self) -> bool:
        return bool(self.numbers or self.emails)


class _HoldOneOf(Lookup):
    """Whether one of some numbers stands in a text, whatever stands between its digits.

    In SQL of our own: the ORM would build the text without separators anew for each number.
    """

    prepare_rhs = False

    def get_prep_lookup(self) -> list[str]:
        return list(self.rhs)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, params = self.process_lhs(compiler, connection)
        separators = [*SEPARATORS, *_ESCAPED]
        digits = "replace(" * len(separators) + text + "".join(f", '{separator}', '')" for separator in separators)
        one = f"instr({text}, %s) > 0 AND instr({digits}, %s) > 0"
        each = [(*params, number[-2:], *params, number) for number in self.rhs]
        return f"({' OR '.join([one] * len(each))})", list(chain.from_iterable(each))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, params = self.process_lhs(compiler, connection)
        tails, whole = [f"%{number[-2:]}%" for number in self.rhs], [f"%{number}%" for number in self.rhs]
        digits = f"translate({text}, %s, '')"
        return f"({text} LIKE ANY(%s) AND {digits} LIKE ANY(%s))", [*params, tails, *params, SEPARATORS, whole]


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all; without any, one that never matches."""
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _spellings(number: Number) -> re.Pattern[str]:
    """The number with or without its country code, 00, 011 or the 0 of a call from within; not inside a longer one.

    Without its code a number of few digits could be any count or year, so it is left.
    """
    digits, code = _BETWEEN.join(number.national), _BETWEEN.join(number.country)
    optional = "?" if len(number.national) >= FEW else ""
    return re.compile(rf"(?<!\d)(?:(?:\+|00|011)?{code}{_BETWEEN}){optional}(?:\(?0\)?{_BETWEEN})?\(?{digits}(?!\d)")


def _unless_abroad(number: Number, match: re.Match[str]) -> str:
    """Digits after the code of another country are somebody else's number."""
    before = _OTHER_COUNTRY.search(match.string[: match.start()])
    return match[0] if before and before[1] != number.country else REDACTED
