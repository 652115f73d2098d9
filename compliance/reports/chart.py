"""Where the shapes and words of a picture stand; templates draw them (DESIGN: Chart).

Each picture is drawn twice, for a desk and for a phone, each in its own size: a drawing is never shrunk, since its text
would be too. Numbers are written here, since a template would put separators into them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

FILLS = ("solid", "hatched", "outlined")
"""What tells the series apart, in their order, from the base up."""
GAP = 1.5
"""Between two parts of a column."""
SWATCH = 11
STEPS = (1, 2, 2.5, 5, 10)
TICKS = 4
"""At most so many lines above the base."""


@dataclass(frozen=True)
class Sheet:
    """What a picture is drawn on, in CSS pixels. ``letter``: how wide one is at most, with a font 15 % wider."""

    name: str
    width: int
    height: int
    font: int
    names_beside: bool

    @property
    def letter(self) -> float:
        """Of digits and small letters, on average."""
        return self.font * 0.62


DESK = Sheet("desk", 760, 316, 13, names_beside=True)
PHONE = Sheet("phone", 358, 272, 12, names_beside=False)


@dataclass(frozen=True)
class Shape:
    """A rectangle of one series."""

    x: str
    y: str
    width: str
    height: str
    fill: str

    @classmethod
    def at(cls, x: float, y: float, width: float, height: float, fill: str) -> Self:
        """An outline is drawn half a pixel inside, so that it is as large as the others."""
        inset = 0.5 if fill == "outlined" else 0.0
        inner = (max(width - 2 * inset, 0.5), max(height - 2 * inset, 0.5))
        return cls(_n(x + inset), _n(y + inset), _n(inner[0]), _n(inner[1]), fill)


@dataclass(frozen=True)
class Word:
    """A text; ``anchor`` is SVG's: start, middle or end. ``role``: axis, name or peak."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    role: str = "axis"


@dataclass(frozen=True)
class Rule:
    """A line across."""

    x1: str
    x2: str
    y: str
    base: bool = False


@dataclass(frozen=True)
class Drawing:
    """A picture that is ready to be drawn."""

    sheet: Sheet
    height: int
    rules: Sequence[Rule]
    shapes: Sequence[Shape]
    words: Sequence[Word]


def _n(number: float) -> str:
    return f"{round(number, 1):g}"


@dataclass(frozen=True)
class Columns:
    """Stacked columns: a name and a number for each series, for each column."""

    series: Sequence[str]
    names: Sequence[str]
    numbers: Sequence[Sequence[int]]

    @property
    def drawings(self) -> list[Drawing]:
        """For a desk and for a phone."""
        return [_Stack(self, sheet).drawing() for sheet in (DESK, PHONE)]


class _Stack:
    """Columns on one sheet."""

    def __init__(self, columns: Columns, sheet: Sheet) -> None:
        self.columns, self.sheet = columns, sheet
        self.totals = [sum(some) for some in columns.numbers]
        self.ticks = ticks(max(self.totals, default=0))
        self.left = max(len(f"{tick:,}") for tick in self.ticks) * sheet.letter + 10
        beside = max(map(len, columns.series)) * sheet.letter + SWATCH + 18
        self.right = sheet.width - (beside if sheet.names_beside else 0)
        self.top, self.bottom = (22 if sheet.names_beside else 46), sheet.height - 28
        self.slot = (self.right - self.left) / max(len(columns.names), 1)
        self.width = max(self.slot * 0.66, 2)

    def drawing(self) -> Drawing:
        words = [*self.scale(), *self.axis(), *self.peak()]
        swatches, names = self.legend()
        return Drawing(self.sheet, self.sheet.height, self.rules(), [*self.stacks(), *swatches], [*words, *names])

    def y(self, number: float) -> float:
        return self.bottom - (self.bottom - self.top) * number / self.ticks[-1]

    def middle(self, column: int) -> float:
        return self.left + self.slot * (column + 0.5)

    def rules(self) -> list[Rule]:
        return [Rule(_n(self.left), _n(self.right), _n(self.y(tick)), base=not tick) for tick in self.ticks[::-1]]

    def scale(self) -> list[Word]:
        return [Word(_n(self.left - 8), _n(self.y(tick) + 4), f"{tick:,}", "end") for tick in self.ticks]

    def stacks(self) -> Iterator[Shape]:
        for column, numbers in enumerate(self.columns.numbers):
            yield from self.stack(self.middle(column) - self.width / 2, numbers)

    def stack(self, x: float, numbers: Sequence[int]) -> Iterator[Shape]:
        """Whoever is there is seen: no part is lower than a pixel."""
        below = 0
        for number, fill in zip(numbers, FILLS, strict=False):
            if number:
                foot, head = self.y(below) - (GAP if below else 0), self.y(below + number)
                yield Shape.at(x, min(head, foot - 1), self.width, max(foot - head, 1), fill)
            below += number

    def axis(self) -> list[Word]:
        """As many names of columns as have room; the last always."""
        names = self.columns.names
        widest = max(map(len, names), default=1) * self.sheet.letter + 12
        every = max(1, -int(-widest // self.slot))
        shown = range(len(names) - 1, -1, -every)
        return [Word(_n(self.inside(column)), _n(self.bottom + 20), names[column], "middle") for column in shown]

    def inside(self, column: int) -> float:
        """The middle of a column, moved so that its name does not stick out."""
        half = len(self.columns.names[column]) * self.sheet.letter / 2
        return min(max(self.middle(column), half), self.sheet.width - half)

    def peak(self) -> list[Word]:
        """The highest column alone has its number."""
        highest = max(self.totals, default=0)
        if not highest:
            return []
        column, half = self.totals.index(highest), len(f"{highest:,}") * self.sheet.letter / 2
        x = min(max(self.middle(column), self.left + half), self.sheet.width - half)
        return [Word(_n(x), _n(self.y(highest) - 7), f"{highest:,}", "middle", "peak")]

    def legend(self) -> tuple[list[Shape], list[Word]]:
        if not self.sheet.names_beside:
            return names_above(self.columns.series, self.sheet)
        x, places = self.right + 8, self.places()
        swatches = [Shape.at(x, y - SWATCH / 2, SWATCH, SWATCH, fill) for y, fill in zip(places, FILLS, strict=False)]
        words = [
            Word(_n(x + SWATCH + 7), _n(y + 4), name, role="name")
            for y, name in zip(places, self.columns.series, strict=True)
        ]
        return swatches, words

    def places(self) -> list[float]:
        """Beside the middle of each part of the last column, from the base up, but 20 apart."""
        below, wished = 0, []
        for number in self.columns.numbers[-1]:
            wished.append((self.y(below) + self.y(below + number)) / 2)
            below += number
        return spread(wished, self.top + 6, self.bottom - 6)


def spread(wished: Sequence[float], top: float, bottom: float, apart: float = 20) -> list[float]:
    """These heights, given from the lowest up (the largest number first), at least so far apart, within the bounds."""
    places = [min(wished[0], bottom)]
    for wish in wished[1:]:
        places.append(min(wish, places[-1] - apart))
    places[-1] = max(places[-1], top)
    for number in range(len(places) - 2, -1, -1):
        places[number] = max(places[number], places[number + 1] + apart)
    return places


def names_above(series: Sequence[str], sheet: Sheet) -> tuple[list[Shape], list[Word]]:
    """The names of the series side by side at the top, each behind its swatch."""
    shapes, words, x = [], [], 0.0
    for name, fill in zip(series, FILLS, strict=False):
        shapes.append(Shape.at(x, 3, SWATCH, SWATCH, fill))
        words.append(Word(_n(x + SWATCH + 7), "13", name, role="name"))
        x += SWATCH + 7 + len(name) * sheet.letter + 16
    return shapes, words


def ticks(highest: int) -> list[int]:
    """Whole numbers from 0 up to at least ``highest``, evenly, at most ``TICKS`` above 0."""
    power = 1
    while True:
        for step in STEPS:
            size = step * power
            if size == int(size) and size * TICKS >= highest:
                many = max(1, -int(-highest // size))
                return [int(size) * number for number in range(many + 1)]
        power *= 10


@dataclass(frozen=True)
class Bars:
    """Lying bars: for each name a share (0 to 1) in each series; None is drawn as nothing."""

    series: Sequence[str]
    names: Sequence[str]
    shares: Sequence[Sequence[float | None]]

    ROW, BAR = 56, 12

    @property
    def drawings(self) -> list[Drawing]:
        """For a desk and for a phone."""
        return [self._drawing(sheet) for sheet in (DESK, PHONE)]

    def _drawing(self, sheet: Sheet) -> Drawing:
        shapes, words = names_above(self.series, sheet)
        highest = max((share for some in self.shares for share in some if share), default=1.0)
        room = sheet.width - 5 * sheet.letter - 8
        for row, (name, shares) in enumerate(zip(self.names, self.shares, strict=True)):
            top = 28 + row * self.ROW
            words.append(Word("0", _n(top + 13), shortened(name, int(sheet.width / sheet.letter)), role="name"))
            for number, share in enumerate(shares):
                width, y = room * (share or 0) / highest, top + 20 + number * (self.BAR + GAP)
                if share:
                    shapes.append(Shape.at(0, y, max(width, 1), self.BAR, FILLS[number]))
                if share == highest and not any(word.role == "peak" for word in words):
                    words.append(Word(_n(width + 6), _n(y + 10), f"{share:.1%}", role="peak"))
        return Drawing(sheet, 28 + len(self.names) * self.ROW, [], shapes, words)


def shortened(name: str, letters: int) -> str:
    """A name that has room for so many letters; its end goes."""
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"
