"""Periods of reports, and the geometry of their pictures (R6.8)."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.reports.chart import DESK, PHONE, TICKS, Bars, Columns, Drawing, shortened, spread, ticks
from compliance.reports.period import DAY, LABELS, MOST_COLUMNS, MOST_DAYS, Period, Stretch

TODAY = date(2026, 11, 26)
numbers = st.one_of(st.integers(0, 20), st.integers(0, 2_000_000))


def stretches(key: str, since: date | None = None) -> list[Stretch]:
    return Period.of(key, today=TODAY, since=since).stretches


def test_a_month_is_thirty_days_a_quarter_weeks_that_end_today_a_year_calendar_months() -> None:
    month, quarter, year = stretches("30-days"), stretches("90-days"), stretches("12-months")
    assert (len(month), month[0].first, month[-1].last) == (30, date(2026, 10, 28), TODAY)
    assert (len(quarter), quarter[0].first, quarter[-1].first) == (13, date(2026, 8, 29), date(2026, 11, 20))
    assert (len(year), year[0].first, year[-1].last) == (12, date(2025, 12, 1), TODAY)
    assert [month[0].name, quarter[-1].name, quarter[-1].at_its_end, year[0].name] == [
        *("28 Oct", "20 Nov", "26 Nov", "Dec 2025")
    ]


@pytest.mark.parametrize(
    ("since", "first", "many"),
    [
        (None, "26 Nov", 1),
        (TODAY + DAY, "26 Nov", 1),
        (date(2026, 9, 1), "1 Sep", 13),
        (date(2025, 2, 14), "Feb 2025", 22),
        (date(2022, 2, 14), "Jan–Mar 2022", 20),
        (date(2009, 2, 14), "2009", 18),
    ],
)
def test_all_begins_with_the_first_and_has_few_columns(since: date | None, first: str, many: int) -> None:
    some = stretches("all", since)
    assert (some[0].name, len(some)) == (first, many)


@given(st.sampled_from(list(LABELS)), st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 8000))
def test_stretches_hold_every_day_once(key: str, today: date, ago: int) -> None:
    period = Period.of(key, today=today, since=today - timedelta(days=ago))
    held = [day for one in period.stretches for day in Period("", one.first, one.last).days]
    assert held == period.days
    assert held[-1] == today
    assert len(period.stretches) <= max(MOST_DAYS, MOST_COLUMNS, 26)


@given(st.integers(0, 10**12))
def test_a_scale_is_of_whole_numbers_and_reaches_up_to_the_highest(highest: int) -> None:
    some = ticks(highest)
    assert some[0] == 0
    assert max(some[-1], 1) >= highest
    assert len({b - a for a, b in itertools.pairwise(some)}) == 1
    assert len(some) <= TICKS + 1


def test_scales_are_round() -> None:
    assert [ticks(some) for some in (0, 3, 86, 491)] == [
        *([0, 1], [0, 1, 2, 3], [0, 25, 50, 75, 100], [0, 200, 400, 600])
    ]


columns = st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=31).map(
    lambda some: Columns(("Opted out", "Inactive", "Active"), [f"{n + 1} Nov" for n in range(len(some))], some)
)


@given(columns)
def test_nothing_sticks_out_of_a_drawing(some: Columns) -> None:
    for drawing, sheet in zip(some.drawings, (DESK, PHONE), strict=True):
        assert (drawing.sheet, drawing.height) == (sheet, sheet.height)
        for shape in drawing.shapes:
            x, y, width, height = (float(v) for v in (shape.x, shape.y, shape.width, shape.height))
            assert x >= 0 <= y
            assert x + width <= sheet.width + 0.2
            assert y + height <= sheet.height
            assert min(width, height) > 0
        for word in drawing.words:
            left, right = edges(word.x, word.text, word.anchor, sheet.letter)
            assert left >= -0.2, word
            assert right <= sheet.width + 0.2, word


def edges(x: str, text: str, anchor: str, letter: float) -> tuple[float, float]:
    width = len(text) * letter
    start = float(x) - {"start": 0, "middle": width / 2, "end": width}[anchor]
    return start, start + width


@given(columns)
def test_names_of_columns_do_not_touch_and_the_last_is_there(some: Columns) -> None:
    for drawing in some.drawings:
        below = [word for word in drawing.words if word.role == "axis" and word.anchor == "middle"]
        places = sorted(edges(word.x, word.text, word.anchor, drawing.sheet.letter) for word in below)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(places))
        assert some.names[-1] in [word.text for word in below]


@given(columns)
def test_only_the_peak_is_labelled_and_every_part_is_drawn(some: Columns) -> None:
    highest = max(map(sum, some.numbers))
    for drawing in some.drawings:
        assert peaks(drawing) == ([f"{highest:,}"] if highest else [])
        assert len(drawing.shapes) == len(some.series) + sum(bool(many) for each in some.numbers for many in each)
        names = [word for word in drawing.words if word.role == "name"]
        assert [word.text for word in names] == list(some.series)
        if drawing.sheet is DESK:
            heights = [float(word.y) for word in names]
            assert all(a - b >= 19.5 for a, b in itertools.pairwise(heights))


def peaks(drawing: Drawing) -> list[str]:
    return [word.text for word in drawing.words if word.role == "peak"]


def test_a_column_stands_in_its_proportions() -> None:
    [desk, _] = Columns(("a", "b", "c"), ["1 Nov", "2 Nov"], [(25, 50, 25), (0, 0, 0)]).drawings
    solid, hatched, outlined, *_ = desk.shapes
    base = next(float(rule.y) for rule in desk.rules if rule.base)
    whole = base - min(float(rule.y) for rule in desk.rules)
    assert float(solid.y) + float(solid.height) == pytest.approx(base, abs=0.2)
    assert float(solid.height) == pytest.approx(whole / 4, abs=0.2)
    assert float(hatched.height) == pytest.approx(whole / 2 - 1.5, abs=0.2)
    assert (outlined.fill, outlined.x) == ("outlined", f"{float(solid.x) + 0.5:g}")


def test_heights_are_spread_within_their_bounds() -> None:
    assert spread([100, 99, 20], 10, 110) == [100, 80, 20]
    assert spread([100, 12, 11], 10, 110) == [100, 30, 10]
    assert spread([200, 200, 200], 10, 110) == [110, 90, 70]


def test_bars_are_as_long_as_their_shares_and_the_longest_is_labelled() -> None:
    bars = Bars(("Replied", "Opted out"), ["A" * 100, "Ward"], [(0.4, None), (0.8, 0.2)])
    for drawing, sheet in zip(bars.drawings, (DESK, PHONE), strict=True):
        _, _, first, second, third = (float(shape.width) for shape in drawing.shapes)
        assert [second / first, second / third] == pytest.approx([2, 4], 0.01)
        assert peaks(drawing) == ["80.0%"]
        for word in drawing.words:
            assert edges(word.x, word.text, word.anchor, sheet.letter)[1] <= sheet.width


def test_bars_of_nobody_have_no_label() -> None:
    [desk, _] = Bars(("Replied", "Opted out"), ["Ward"], [(None, 0.0)]).drawings
    assert peaks(desk) == []


def test_a_long_name_is_shortened() -> None:
    assert [shortened("River path", many) for many in (10, 7, 6)] == ["River path", "River…", "River…"]
