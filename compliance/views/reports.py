"""Reports of an account, an organization or a group (R6.8): one set of views, which ``compliance.urls`` guards on each.

Each report is a page and a CSV beside it. Figures hold no personal data, so neither needs a record of who took them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from compliance.forms.report import PeriodForm
from compliance.reports import goals, opt_outs, statuses
from compliance.reports.chart import Bars, Columns
from compliance.reports.period import LABELS, Period
from contacts.export.stream import download
from contacts.views.listing import link
from groups.access import SignedIn
from groups.models import Scope
from groups.views.page import page

TABS = {"report": "Contacts", "opt_out_report": "Opt-outs", "goal_report": "Goals"}
"""The reports, by the name of their route without its level."""
LISTED, DRAWN = 50, 8
"""Goals in the table, and in the picture."""


@dataclass(frozen=True)
class Choice:
    """One of some pages to choose from."""

    label: str
    url: str
    current: bool


type Told = Callable[[Scope, str], dict[str, object]]


def _report(request: SignedIn, scope: Scope, name: str, told: Told) -> HttpResponse:
    """An unknown period shows no figures and says so (R6.2)."""
    form = PeriodForm(request.GET)
    query = "" if form.problem else request.GET.urlencode()
    context = page(
        request,
        scope,
        "reports",
        problem=form.problem,
        tabs=[Choice(label, _url(scope, one, query), one == name) for one, label in TABS.items()],
        zone=timezone.get_current_timezone_name(),
        **({} if form.problem else _chosen(request, scope, name, form) | told(scope, form.key)),
    )
    return render(request, f"compliance/{name}.html", context)


def _url(scope: Scope, name: str, query: str = "") -> str:
    url = reverse(f"compliance:{scope.level}_{name}", args=[scope.pk])
    return f"{url}?{query}" if query else url


def _chosen(request: SignedIn, scope: Scope, name: str, form: PeriodForm) -> dict[str, object]:
    return {
        "periods": [Choice(label, link(request, period=key), key == form.key) for key, label in LABELS.items()],
        "csv_url": _url(scope, f"{name}_csv", f"period={form.key}"),
    }


def _file(request: SignedIn, scope: Scope, name: str, lines: Callable[[Scope, str], Any], what: str) -> Any:
    """The figures of the page as CSV; an unknown period leads to the page, which says so."""
    form = PeriodForm(request.GET)
    if form.problem:
        return redirect(_url(scope, name, request.GET.urlencode()))
    return download(str(scope), f"{what}-{form.key}", lines(scope, form.key))


# Contacts by status over time.


@require_safe
def report(request: SignedIn, scope: Scope) -> HttpResponse:
    """How many were opted out, inactive and active at the end of each stretch of the period."""
    return _report(request, scope, "report", _statuses)


@require_safe
def report_csv(request: SignedIn, scope: Scope) -> HttpResponseBase:
    """The same at the end of every day."""
    return _file(request, scope, "report", lambda *asked: statuses.lines(_status_report(*asked)[1]), "contacts")


def _status_report(scope: Scope, key: str) -> tuple[Period, statuses.StatusReport]:
    since = statuses.first_day(scope) if key == "all" else None
    period = Period.of(key, today=timezone.now().date(), since=since)
    return period, statuses.report(scope, period)


def _statuses(scope: Scope, key: str) -> dict[str, object]:
    period, told = _status_report(scope, key)
    rows = [(stretch.at_its_end, told.days[stretch.last]) for stretch in period.stretches]
    columns = Columns(
        ("Opted out", "Inactive", "Active"),
        [name for name, _ in rows],
        [(some.opted_out, some.inactive, some.active) for _, some in rows],
    )
    now = told.days[period.last]
    return {
        "period": period,
        "now": now,
        "share": f"{now.share:.1%}",
        "before": told.before,
        "more": now.opted_out - told.before.opted_out,
        "fewer": told.before.opted_out - now.opted_out,
        "rows": rows,
        "drawings": columns.drawings,
        "day_ends": timezone.localtime(datetime.combine(period.last, time(), UTC)),
    }


# Opt-outs by source and reason.


@require_safe
def opt_out_report(request: SignedIn, scope: Scope) -> HttpResponse:
    """Opt-outs in the period, by kind of source in each stretch, by source and by reason."""
    return _report(request, scope, "opt_out_report", _opt_outs)


@require_safe
def opt_out_report_csv(request: SignedIn, scope: Scope) -> HttpResponseBase:
    """The same by day, source and reason."""
    zone = timezone.get_current_timezone_name()
    return _file(
        request,
        scope,
        "opt_out_report",
        lambda *asked: opt_outs.lines(_opt_out_report(*asked)[1], zone),
        "opt-outs-report",
    )


def _opt_out_report(scope: Scope, key: str) -> tuple[Period, opt_outs.OptOutReport]:
    since = opt_outs.first_day(scope) if key == "all" else None
    period = Period.of(key, today=timezone.localdate(), since=since)
    return period, opt_outs.report(scope, period)


def _opt_outs(scope: Scope, key: str) -> dict[str, object]:
    period, told = _opt_out_report(scope, key)
    numbers = told.by_kind(period.stretches)
    names = [stretch.name for stretch in period.stretches]
    return {
        "period": period,
        "told": told,
        "kinds": opt_outs.KINDS,
        "of_kind": [sum(some) for some in zip(*numbers, strict=True)],
        "rows": [(name, some, sum(some)) for name, some in zip(names, numbers, strict=True)],
        "sources": _with_shares(told.by_source),
        "reasons": _with_shares(told.by_reason),
        "drawings": Columns(opt_outs.KINDS, names, numbers).drawings,
    }


def _with_shares(ranked: list[tuple[str, int]]) -> list[tuple[str, int, str]]:
    """Each with its length beside the longest, in hundredths, as a drawing takes it."""
    return [(name, many, f"{many / ranked[0][1] * 100:.1f}") for name, many in ranked]


# What came of each goal.


@require_safe
def goal_report(request: SignedIn, scope: Scope) -> HttpResponse:
    """Texts, answers and opt-outs of the goals launched in the period, the latest first."""
    return _report(request, scope, "goal_report", _goals)


@require_safe
def goal_report_csv(request: SignedIn, scope: Scope) -> HttpResponseBase:
    """The same of all of them."""

    def lines(scope: Scope, key: str) -> Any:
        return goals.lines(scope, _goal_period(key), timezone.get_current_timezone())

    return _file(request, scope, "goal_report", lines, "goals")


def _goal_period(key: str) -> Period:
    return Period.of(key, today=timezone.localdate(), since=None)


def _goals(scope: Scope, key: str) -> dict[str, object]:
    period = _goal_period(key)
    launched = goals.launched(scope, period)
    listed = goals.report(scope, list(launched[:LISTED]))
    drawn = [some for some in listed if some.people][:DRAWN]
    bars = Bars(
        ("Replied", "Opted out after it"),
        [some.goal.name for some in drawn],
        [(some.reply_rate, some.opt_out_rate) for some in drawn],
    )
    return {
        "period": period,
        "many": launched.count(),
        "listed": listed,
        "drawn": drawn,
        "most": _most(drawn),
        "drawings": bars.drawings,
    }


def _most(drawn: list[goals.GoalFigures]) -> Mapping[str, goals.GoalFigures]:
    """The goals with the highest rates among those that are drawn."""
    if not drawn:
        return {}
    return {
        "replied": max(drawn, key=lambda some: some.reply_rate or 0),
        "opted_out": max(drawn, key=lambda some: some.opt_out_rate or 0),
    }
