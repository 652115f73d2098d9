"""Reports of a group, an organization and an account: who sees them, what they count, their files (R6.8)."""

import csv
import io
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.actions.redact import redact
from compliance.reports import goals, opt_outs
from compliance.reports.goals import GoalFigures
from compliance.reports.opt_outs import OptOutReport
from compliance.reports.period import Period
from contacts.actions.contact import change_number
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse as end
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Goal, Message
from contacts.models import OptOut, Source
from groups.models import Account, Group, Organization, RoleKind, Scope, User
from tests.contacts.factories import arrive, member, members, phone, phones, reason
from tests.conversations.factories import campaign
from tests.people import GroupFactory, client_of, person

pytestmark = pytest.mark.django_db

LEVELS = ("account", "organization", "group")
REPORTS = ("report", "opt_out_report", "goal_report")
NOON = datetime(2026, 5, 12, 16, tzinfo=UTC)
"""In New York, where the groups of these tests are."""
State = Message.State


def url(scope: Scope, report: str = "report", file: str = "", **query: str) -> str:
    return reverse(f"compliance:{scope.level}_{report}{file}", args=[scope.pk], query=query)


def page_of(user: User, scope: Scope, report: str = "report", **query: str) -> Any:
    return client_of(user).get(url(scope, report, **query))


def file_of(user: User, scope: Scope, report: str = "report", **query: str) -> list[list[str]]:
    answer = client_of(user).get(url(scope, report, "_csv", **query))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))


def ever(scope: Scope) -> OptOutReport:
    period = Period.of("all", today=timezone.localdate(), since=opt_outs.first_day(scope))
    return opt_outs.report(scope, period)


# Who sees them.


@pytest.mark.parametrize(
    ("who", "answers"),
    [
        ("account_admin", (200, 200, 200)),
        ("organization_admin", (403, 200, 200)),
        ("group_admin", (403, 403, 200)),
        ("agent", (403, 403, 403)),
        ("outsider", (404, 404, 404)),
    ],
)
def test_each_level_has_its_admins(
    request: pytest.FixtureRequest,
    account: Account,
    organization: Organization,
    group: Group,
    who: str,
    answers: tuple[int, ...],
) -> None:
    client = client_of(request.getfixturevalue(who))
    for report in REPORTS:
        for file in ("", "_csv"):
            asked = [client.get(url(scope, report, file)) for scope in (account, organization, group)]
            assert tuple(answer.status_code for answer in asked) == answers, (report, file)


def test_a_tab_leads_to_them_for_whoever_may(group: Group, group_admin: User, agent: User) -> None:
    tab = f'href="{url(group)}"'
    assert tab in client_of(group_admin).get(reverse("groups:group_settings", args=[group.pk])).text
    assert tab not in client_of(agent).get(reverse("conversations:threads", args=[group.pk])).text


# What is asked for.


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("query", [{"period": "90"}, {"period": "7-days"}, {"since": "2026-01-01"}, {"period": "\0"}])
def test_an_unknown_period_shows_no_figures_and_says_so(
    group: Group, account_admin: User, report: str, query: dict[str, str]
) -> None:
    arrive(group, phone(1))
    for scope in (group, group.organization, group.account):
        answer = page_of(account_admin, scope, report, **query)
        assert "This link has a filter that we don't know" in answer.text
        assert "No figures are shown" in answer.text
        assert "drawings" not in answer.context
        assert "drawing" not in answer.text
        file = client_of(account_admin).get(url(scope, report, "_csv", **query))
        assert (file.status_code, file["Location"]) == (302, url(scope, report, **query))


@pytest.mark.parametrize("report", REPORTS)
def test_the_period_stands_in_the_address_and_stays_there(group: Group, group_admin: User, report: str) -> None:
    answer = page_of(group_admin, group, report, period="12-months")
    assert [one.label for one in answer.context["periods"] if one.current] == ["12 months"]
    assert all(one.url.endswith("?period=12-months") for one in answer.context["tabs"])
    assert answer.context["csv_url"] == url(group, report, "_csv", period="12-months")
    assert [one.label for one in page_of(group_admin, group, report).context["periods"] if one.current] == ["90 days"]


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize("period", ["30-days", "all"])
def test_where_nothing_happened_the_page_says_what_will_stand_there(
    group: Group, account_admin: User, report: str, period: str
) -> None:
    for scope in (group, group.organization, group.account):
        text = page_of(account_admin, scope, report, period=period).text
        assert '<div class="empty">' in text
        assert '<svg class="drawing' not in text
        assert len(file_of(account_admin, scope, report, period=period)) in (1, 2, 31)


# Contacts by status.


def test_the_page_of_statuses_begins_with_what_it_found(group: Group, group_admin: User) -> None:
    with time_machine.travel(NOON - timedelta(days=100), tick=False):
        members(group, *phones(8))
        opt_out(group.organization, [phone(1)], by=None, source="keyword")
    with time_machine.travel(NOON - timedelta(days=10), tick=False):
        opt_out(group.organization, [phone(2), phone(3)], by=None, source="keyword")
        make_inactive(group, group.memberships.filter(phone=phone(4)), by=group_admin)
    with time_machine.travel(NOON, tick=False):
        answer = page_of(group_admin, group)
        lines = file_of(group_admin, group)
    assert "<strong>3 of 8 contacts are opted out</strong> (37.5%), 2 more than before 12 Feb 2026. 4 are active" in (
        answer.text
    )
    assert "Days are days of UTC and end at 20:00 in America/New York" in answer.text
    assert [name for name, _ in answer.context["rows"]][-3:] == ["28 Apr", "5 May", "12 May"]
    assert lines[0] == ["Day (UTC)", "Opted out", "Inactive", "Active", "All"]
    assert (len(lines), lines[1], lines[-1]) == (
        91,
        ["2026-02-12", "1", "0", "7", "8"],
        ["2026-05-12", "3", "1", "4", "8"],
    )


# Opt-outs.


def test_opt_outs_are_told_by_source_by_reason_and_by_day(
    group: Group, other_group: Group, account_admin: User
) -> None:
    """By hand: two texts, one with a reason by an admin, one of the carrier; a list that belongs to no group."""
    organization, moved = group.organization, reason(group.organization)
    with time_machine.travel(NOON - timedelta(days=40), tick=False):
        opt_out(organization, [phone(1)], by=None, source="keyword", group=group)
    with time_machine.travel(NOON, tick=False):
        opt_out(organization, [phone(2)], by=None, source="keyword", group=group)
        opt_out(organization, [phone(3)], by=account_admin, source="admin", reason=moved, group=group)
        opt_out(organization, [phone(4)], by=None, source="carrier", group=other_group)
        opt_out(organization, phones(6), by=account_admin, source="upload")
        told = {scope: ever(scope) for scope in (group, organization, group.account)}
        month = page_of(account_admin, group, "opt_out_report", period="30-days")
        lines = file_of(account_admin, group, "opt_out_report")
    assert told[group].by_source == [("By text", 2), ("By an admin", 1)]
    assert told[group].by_reason == [("No reason (by text)", 2), ("Moved away", 1)]
    assert told[organization].by_source == [("By text", 2), ("Upload", 2), ("By an admin", 1), ("Carrier error", 1)]
    assert told[organization] == told[group.account]
    assert "<strong>2 opt-outs</strong> in the last 30 days. 1 came by text, 1 by an admin or agent, 0 in" in month.text
    assert lines == [
        ["Day (America/New_York)", "Source", "Reason", "Opt-outs"],
        ["2026-04-02", "By text", "", "1"],
        ["2026-05-12", "By an admin", "Moved away", "1"],
        ["2026-05-12", "By text", "", "1"],
    ]


def test_an_opt_out_counts_on_its_day_in_the_groups_zone(group: Group, group_admin: User) -> None:
    """01:30 in UTC is the evening before in New York, and 30 days ago is the first day of the month asked for."""
    late = datetime(2026, 5, 12, 1, 30, tzinfo=UTC)
    for number, moment in enumerate([late, late - timedelta(days=30), late - timedelta(days=29)]):
        with time_machine.travel(moment, tick=False):
            opt_out(group.organization, [phone(number)], by=None, source="keyword", group=group)
    with time_machine.travel(NOON, tick=False):
        lines = file_of(group_admin, group, "opt_out_report", period="30-days")
        page = page_of(group_admin, group, "opt_out_report").text
    assert [line[0] for line in lines[1:]] == ["2026-05-11"], "that of 12 April counts no more, that of 11 neither"
    assert "Days in America/New York." in page


def test_an_opt_out_counts_once_ended_or_redacted_or_kept(group: Group, account_admin: User) -> None:
    organization = group.organization
    arrive(group, *phones(3))
    opt_out(organization, phones(3), by=None, source="keyword", group=group)
    end(organization, [phone(1)], by=None, source="text")
    redact(group.account, [phone(2)], by=account_admin)
    assert ever(group).by_source == [("By text", 3)]

    arrive(group, phone(2))
    assert OptOut.objects.open().get(phone=phone(2)).source == Source.KEPT
    assert ever(group.account).by_source == [("By text", 3)], "kept after redaction is not counted anew"
    opt_out(organization, [phone(2)], by=None, source="keyword", text="STOP", group=group)
    assert OptOut.objects.open().get(phone=phone(2)).source == Source.KEYWORD
    assert ever(group.account).all == 3, "nor if they ask again"
    change_number(member(group, phone(2)), phone(9), by=account_admin)
    assert ever(group).all == 4, "the new number is another contact"


def test_a_retired_reason_stays_and_names_are_one_in_an_account(
    organization: Organization, other_organization: Organization, account: Account
) -> None:
    here, there = reason(organization, "Moved away"), reason(other_organization, "moved away")
    here.retired = timezone.now()
    here.save()
    opt_out(organization, [phone(1), phone(2)], by=None, source="agent", reason=here)
    opt_out(other_organization, [phone(1)], by=None, source="agent", reason=there)
    assert ever(account).by_reason == [("Moved away", 3)]
    assert ever(organization).by_reason == [("Moved away", 2)]


# Goals.


def texted(group: Group, goal: Goal, at: datetime, **states: str) -> None:
    """A text of the goal to each of these phones ("n1" is the first one), with that state."""
    rows = {name: member(group, phone(int(name[1:]))).contact_id for name in states}
    keep(group, [Text(rows[name], "Hi", at, state, None, goal) for name, state in states.items()])


def wrote(group: Group, number: str, at: datetime, verdict: str = "NONE") -> None:
    keep(group, [Text(member(group, number).contact_id, "words", at, verdict=verdict)])


@pytest.fixture
def two_goals(group: Group, group_admin: User) -> tuple[Goal, Goal]:
    """One of ten days ago, one of three days ago; the phones 1 to 6 are members.

    By hand. First goal: sent to 1 to 5, of whom 4 got none (cancelled) and 5's failed. 1 answered twice, 2 opted out by
    text, 3 wrote after the second goal. Second goal: sent to 1 and 3; 3 answered and opted out, 1 opted out by a list.
    6 was never texted, wrote and opted out.
    """
    members(group, *phones(6))
    with time_machine.travel(NOON - timedelta(days=10), tick=False):
        first = campaign(group, group_admin, "River path")
        sent = {"n1": State.DELIVERED, "n2": State.DELIVERED, "n3": State.SENT, "n4": State.CANCELLED}
        texted(group, first, timezone.now(), **sent, n5=State.FAILED)
    for hours in (1, 2):
        wrote(group, phone(1), NOON - timedelta(days=10, hours=-hours))
    wrote(group, phone(2), NOON - timedelta(days=9), "OUT")
    stop(group, phone(2), NOON - timedelta(days=9))
    with time_machine.travel(NOON - timedelta(days=3), tick=False):
        second = campaign(group, group_admin, "=Ward meeting")
        texted(group, second, timezone.now(), n1=State.DELIVERED, n3=State.DELIVERED)
    wrote(group, phone(3), NOON - timedelta(days=2))
    wrote(group, phone(6), NOON - timedelta(days=2))
    stop(group, phone(3), NOON - timedelta(days=1))
    stop(group, phone(1), NOON - timedelta(days=1), source="upload")
    stop(group, phone(6), NOON - timedelta(days=1))
    return first, second


def stop(group: Group, number: str, at: datetime, source: str = "keyword") -> None:
    opt_out(group.organization, [number], by=None, source=source, at=at)


def figures(scope: Scope) -> list[GoalFigures]:
    return goals.report(scope, list(goals.launched(scope, None)))


def expected(two: tuple[Goal, Goal]) -> list[GoalFigures]:
    first, second = two
    return [
        GoalFigures(second, sent=2, delivered=2, people=2, replied=1, opted_out=2),
        GoalFigures(first, sent=4, delivered=2, people=4, replied=1, opted_out=1),
    ]


def test_an_answer_and_an_opt_out_belong_to_the_last_goal_before_them(
    group: Group, two_goals: tuple[Goal, Goal], group_admin: User
) -> None:
    with time_machine.travel(NOON, tick=False):
        for scope in (group, group.organization, group.account):
            assert figures(scope) == expected(two_goals)
        lines = file_of(group_admin, group, "goal_report")
        page = page_of(group_admin, group, "goal_report").text
    assert lines[1:] == [
        [
            *("'=Ward meeting", "Eastside Canvass", "Riverside Neighbors", "2026-05-09T12:00:00-04:00"),
            *("2", "2", "2", "1", "50.0", "2", "100.0"),
        ],
        [
            *("River path", "Eastside Canvass", "Riverside Neighbors", "2026-05-02T12:00:00-04:00"),
            *("4", "2", "4", "1", "25.0", "1", "25.0"),
        ],
    ]
    assert "Most answers: =Ward meeting, 50.0%. Most opt-outs: =Ward meeting, 100.0%." in page


def test_a_goal_keeps_its_figures_when_people_are_redacted(
    group: Group, two_goals: tuple[Goal, Goal], account_admin: User
) -> None:
    redact(group.account, phones(6), by=account_admin)
    assert figures(group) == expected(two_goals)
    arrive(group, *phones(6))
    assert figures(group) == expected(two_goals)


def test_an_opt_out_after_the_goal_of_another_group_belongs_to_that_one(
    group: Group, other_group: Group, two_goals: tuple[Goal, Goal], group_admin: User
) -> None:
    arrive(other_group, phone(5))
    elsewhere = campaign(other_group, group_admin, "Elsewhere")
    texted(other_group, elsewhere, NOON - timedelta(days=1, hours=1), n5=State.SENT)
    stop(group, phone(5), NOON - timedelta(days=1))
    assert [some.opted_out for some in figures(group)] == [2, 1]
    assert [some.opted_out for some in figures(other_group)] == [1]


def test_only_launched_goals_of_the_period_and_the_scope(
    group: Group, other_group: Group, foreign_group: Group, two_goals: tuple[Goal, Goal], account_admin: User
) -> None:
    with time_machine.travel(NOON - timedelta(days=60), tick=False):
        campaign(other_group, account_admin, "Long ago")
        campaign(foreign_group, account_admin, "Not ours")
    with time_machine.travel(NOON, tick=False):
        shown = {
            period: [
                some.goal.name
                for some in page_of(account_admin, group.account, "goal_report", period=period).context["listed"]
            ]
            for period in ("30-days", "90-days")
        }
    assert shown == {
        "30-days": ["=Ward meeting", "River path"],
        "90-days": ["=Ward meeting", "River path", "Long ago"],
    }


def test_who_opts_out_twice_after_a_goal_is_one(group: Group, two_goals: tuple[Goal, Goal]) -> None:
    end(group.organization, [phone(3)], by=None, source="text")
    stop(group, phone(3), NOON)
    assert figures(group) == expected(two_goals)


# Cost.


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("report", REPORTS)
def test_queries_do_not_grow_with_what_is_told(
    request: pytest.FixtureRequest,
    group: Group,
    account_admin: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
    level: str,
    report: str,
) -> None:
    scope = request.getfixturevalue(level)

    def asked() -> int:
        client = client_of(account_admin)
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            assert client.get(url(scope, report, period="12-months")).status_code == 200
        return len(captured)

    def fill(group: Group, first: int) -> None:
        arrive(group, *(phone(first + number) for number in range(5)))
        for number in range(3):
            goal = campaign(group, account_admin, f"Goal {number}")
            texted(group, goal, timezone.now(), **{f"n{first}": State.SENT})
            stop(group, phone(first + number), timezone.now() - timedelta(days=number))

    fill(group, 1)
    few = asked()
    for number in range(1, 4):
        fill(GroupFactory.create(organization=group.organization), number * 10)
        fill(group, 100 + number * 10)
    assert asked() <= few
    assert few < 20


def test_another_admin_of_the_same_organization_sees_no_report_of_a_group_that_is_not_theirs(
    group: Group, other_group: Group
) -> None:
    neighbour = person("Nia Bour", RoleKind.GROUP_ADMIN, other_group)
    assert page_of(neighbour, group).status_code == 404
