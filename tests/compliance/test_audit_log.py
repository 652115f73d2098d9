"""The audit log: what it tells, to whom, how it is narrowed and paged, and what it costs (R2)."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.models import ReversalRequest
from compliance.views.audit_log import Row
from contacts.actions import change as changes
from contacts.actions import tag as labels
from contacts.actions.arrival import bring_in
from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact
from contacts.person import Person
from groups import audit, audit_sentences
from groups.actions.role import change_roles
from groups.models import Account, AuditEntry, Group, Organization, RoleKind, Scope, User
from tests.contacts.factories import member, members, phone, phones
from tests.contacts.uploading import saved, text
from tests.people import client_of, person

LEVELS = ("account", "organization", "group")


def url(scope: Scope, **query: object) -> str:
    return reverse(f"compliance:{scope.level}_audit", args=[scope.pk], query=query or None)


def rows(user: User, scope: Scope, **query: object) -> list[Row]:
    context = client_of(user).get(url(scope, **query)).context
    assert context["problem"] is None, context["problem"]
    listed: list[Row] = context["rows"]
    return listed


def told(user: User, scope: Scope, **query: object) -> list[str]:
    return [row.what for row in rows(user, scope, **query)]


def test_an_entry_is_told_with_what_where_who_and_its_note(
    group: Group, group_admin: User, account_admin: User
) -> None:
    bring_in(group, [Person(n) for n in phones(3)], by=group_admin, came_by=Contact.Source.UPLOAD, text="east.csv")
    make_inactive(group, group.memberships.filter(phone__in=phones(2)), by=group_admin, note="Moved out")
    labels.create_tag(group.organization, name="donor", agents_may_set=True, by=account_admin)

    newest, *others = rows(account_admin, group.account)

    assert (newest.what, newest.where, newest.who) == ("Tag created", "Riverside Neighbors", "Ruth Adeyemi")
    assert [(row.what, row.where, row.who, list(row.more)) for row in others] == [
        ("2 made inactive", "Eastside Canvass", "Maya Okafor", ["Moved out"]),
        ("Upload: 3 created", "Eastside Canvass", "Maya Okafor", ["east.csv"]),
    ]
    assert list(newest.more) == ["Tag: donor"]


def test_a_change_of_roles_names_the_person(group: Group, agent: User, group_admin: User) -> None:
    change_roles(agent, group, [], by=group_admin)
    assert [(row.what, list(row.more)) for row in rows(group_admin, group)] == [("1 agent removed", ["Tess Lindqvist"])]


def test_an_entry_leads_to_whom_it_touched(group: Group, group_admin: User) -> None:
    upload = saved(group, text(["Phone"], [phone(1)], [phone(2)]), by=group_admin)
    chosen = changes.choose(group, group.memberships.all(), action="make_inactive", by=group_admin)
    changes.save(chosen, group.memberships.all(), by=group_admin)

    assert [row.members_url for row in rows(group_admin, group)] == [
        reverse("contacts:list", args=[group.pk], query={"changed": chosen.pk}),
        reverse("contacts:upload_result", args=[group.pk, upload.pk]),
    ]


# Whose entries.


@pytest.fixture
def one_in_each_place(
    account: Account,
    organization: Organization,
    other_organization: Organization,
    group: Group,
    other_group: Group,
    foreign_group: Group,
) -> list[Scope]:
    places: list[Scope] = [account, organization, other_organization, group, other_group, foreign_group]
    for place in places:
        audit.record("edit", on=place, by=None)
    return places


@pytest.mark.parametrize(
    ("who", "level", "seen"),
    [
        (
            "account_admin",
            "account",
            "Account, Riverside Neighbors, Lakeside Tenants, Eastside Canvass, Westside Phonebank",
        ),
        ("account_admin", "organization", "Riverside Neighbors, Eastside Canvass, Westside Phonebank"),
        ("organization_admin", "organization", "Riverside Neighbors, Eastside Canvass, Westside Phonebank"),
        ("organization_admin", "group", "Eastside Canvass"),
        ("group_admin", "group", "Eastside Canvass"),
    ],
)
def test_a_scope_holds_the_entries_of_what_is_inside_it_and_no_others(
    one_in_each_place: list[Scope], request: pytest.FixtureRequest, who: str, level: str, seen: str
) -> None:
    user, scope = request.getfixturevalue(who), request.getfixturevalue(level)
    assert [row.where for row in rows(user, scope)] == seen.split(", ")[::-1]


@pytest.mark.parametrize(
    ("who", "answers"),
    [("organization_admin", (403, 200, 200)), ("group_admin", (403, 403, 200)), ("agent", (403, 403, 403))],
)
def test_whoever_may_not_see_a_log_is_refused(
    request: pytest.FixtureRequest, account: Account, who: str, answers: tuple[int, ...]
) -> None:
    scopes = [request.getfixturevalue(level) for level in LEVELS]
    client = client_of(request.getfixturevalue(who))
    assert tuple(client.get(url(scope)).status_code for scope in scopes) == answers
    for scope in scopes:
        page = client.get(url(scope))
        assert page.status_code == 403 or page.text.count(">Audit log</a>") == 1


def test_a_stranger_finds_no_log(group: Group, outsider: User) -> None:
    for scope in (group, group.organization, group.account):
        assert client_of(outsider).get(url(scope)).status_code == 404


# Filters.


def test_by_person_by_nobody_by_action(group: Group, group_admin: User, organization_admin: User) -> None:
    members(group, *phones(2))
    make_inactive(group, group.memberships.all(), by=group_admin)
    make_active(group, group.memberships.all(), by=organization_admin)

    assert told(group_admin, group, person=group_admin.pk) == ["2 made inactive"]
    assert told(group_admin, group, person="nobody") == ["Upload: 2 created"]
    assert told(group_admin, group, action="make_active") == ["2 made active"]
    assert told(group_admin, group, action="make_active", person=group_admin.pk) == []


def test_by_place_inside_the_scope(
    one_in_each_place: list[Scope], account_admin: User, organization_admin: User
) -> None:
    account, organization, _, group, *_ = one_in_each_place
    by_organization = rows(account_admin, account, place=f"organization:{organization.pk}")
    assert [row.where for row in by_organization] == ["Westside Phonebank", "Eastside Canvass", "Riverside Neighbors"]
    for user, scope in ((account_admin, account), (organization_admin, organization)):
        assert [row.where for row in rows(user, scope, place=f"group:{group.pk}")] == ["Eastside Canvass"]


def test_by_days_of_the_zone_that_is_shown(group: Group, group_admin: User) -> None:
    group.time_zone = "America/Los_Angeles"
    group.save()
    for day, hour in ((2, 7), (2, 8), (3, 7), (3, 8)):  # Midnight there is 8:00 in UTC.
        with time_machine.travel(datetime(2026, 3, day, hour, 30, tzinfo=UTC), tick=False):
            audit.record("edit", on=group, by=None, counts={"hour": hour, "day": day})

    def days(**query: object) -> list[tuple[int, int]]:
        found = rows(group_admin, group, **query)
        return [(row.entry.counts["day"], row.entry.counts["hour"]) for row in found][::-1]

    assert days(since="2026-03-02") == [(2, 8), (3, 7), (3, 8)]
    assert days(until="2026-03-02") == [(2, 7), (2, 8), (3, 7)]
    assert days(since="2026-03-02", until="2026-03-02") == [(2, 8), (3, 7)]
    assert "Times in America/Los Angeles." in client_of(group_admin).get(url(group)).text


def test_by_contact_from_its_page(group: Group, other_group: Group, group_admin: User, account_admin: User) -> None:
    members(group, *phones(3))
    members(other_group, phone(1))
    make_inactive(group, group.memberships.filter(phone__in=phones(2)), by=group_admin)
    make_inactive(other_group, other_group.memberships.all(), by=account_admin)
    opt_out(group.organization, [phone(1), phone(3)], by=account_admin, source="admin")
    contact = member(group, phone(1)).contact

    page = client_of(group_admin).get(reverse("contacts:contact", args=[group.pk, contact.pk]))
    assert f'href="{url(group, contact=contact.pk)}"' in page.text
    assert told(group_admin, group, contact=contact.pk) == ["2 made inactive", "Upload: 3 created"]
    assert told(account_admin, group.account, contact=contact.pk) == [
        *("2 opted out", "1 made inactive", "2 made inactive", "Upload: 1 added", "Upload: 3 created"),
    ]
    assert f"About <strong>{contact}</strong> only." in client_of(group_admin).get(url(group, contact=contact.pk)).text


@pytest.mark.parametrize(
    "query",
    [
        *({"who": "x"}, {"person": "x"}, {"person": "999999"}, {"person": "9" * 40}, {"action": "nonsense"}),
        *({"place": "group:999"}, {"place": "account:1"}, {"place": "x"}, {"contact": "999"}, {"contact": "x"}),
        *({"contact": "9" * 40}, {"since": "2.3.2026"}, {"until": "2026-13-45"}, {"since": "0001-01-01"}),
        *({"until": "9999-12-31"}, {"since": "2026-03-03", "until": "2026-03-02"}, {"before": "999999"}),
        *({"before": "x"}, {"before": "-1"}, {"person": ["nobody", "nobody"]}, {"person": "\0"}, {"page": "2"}),
    ],
)
def test_a_filter_that_is_not_known_lists_nothing_and_says_so(
    account: Account, account_admin: User, query: dict[str, object]
) -> None:
    audit.record("edit", on=account, by=None)
    page = client_of(account_admin).get(url(account, **query))
    assert page.status_code == 200
    assert page.context["problem"]
    assert "rows" not in page.context
    assert "This link has a filter that we don't know" in page.text


def test_places_people_and_contacts_of_others_are_not_known(
    group: Group, other_group: Group, other_organization: Organization, foreign_group: Group, group_admin: User
) -> None:
    members(other_group, phone(1))
    stranger = person("Nia Bour", RoleKind.GROUP_ADMIN, other_group)
    boss = person("Omar Haddad", RoleKind.ORGANIZATION_ADMIN, group.organization)
    elsewhere = audit.record("edit", on=other_group, by=stranger)
    asked: list[tuple[User, Scope, dict[str, object]]] = [
        (group_admin, group, {"place": f"group:{group.pk}"}),
        (group_admin, group, {"person": stranger.pk}),
        (group_admin, group, {"contact": member(other_group, phone(1)).contact_id}),
        (group_admin, group, {"before": elsewhere.pk}),
        (boss, group.organization, {"place": f"organization:{other_organization.pk}"}),
        (boss, group.organization, {"place": f"group:{foreign_group.pk}"}),
    ]
    for user, scope, query in asked:
        page = client_of(user).get(url(scope, **query))
        assert page.context["problem"], query
        assert "Nia Bour" not in page.text


def test_those_who_left_and_support_that_decided_can_be_chosen(
    group: Group, account_admin: User, agent: User, support: User
) -> None:
    change_roles(agent, group, [], by=account_admin)
    ReversalRequest.objects.create(
        account=group.account,
        organization=group.organization,
        phone=phone(1),
        filed=timezone.now(),
        filed_by=account_admin,
        state="declined",
        decided=timezone.now(),
        decided_by=support,
    )
    page = client_of(account_admin).get(url(group.account)).text
    assert re.findall(r'<option value="\w+">([^<]+)</option>', page.split('name="action"')[0]) == [
        *("Nobody who signs in", "Ruth Adeyemi", "Sam Ortega", "Tess Lindqvist"),
    ]


def test_actions_are_chosen_by_words(account: Account, account_admin: User) -> None:
    names = [name for _, name in audit_sentences.choices()]
    assert names == sorted(names)
    assert len(names) == len(set(names)) > 40
    assert {"Make inactive", "Add contact by hand", "Export opt-outs", "Look up", "Give role"} <= set(names)
    assert not [name for name in names if "_" in name or name in ("Hand", "Change own settings")]
    for action, _ in audit_sentences.choices():
        assert client_of(account_admin).get(url(account, action=action)).context["problem"] is None


# Pages and cost.


def test_pages_go_on_where_the_last_ended_also_among_entries_of_one_moment(
    account: Account, account_admin: User
) -> None:
    with time_machine.travel(datetime(2026, 3, 2, tzinfo=UTC), tick=False):
        made = [audit.record("edit", on=account, by=None).pk for _ in range(60)]
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        late = [audit.record("edit", on=account, by=None).pk for _ in range(60)]
    client, seen, address = client_of(account_admin), [], url(account, action="edit")
    while address:
        context = client.get(address).context
        seen.append([row.entry.pk for row in context["rows"]])
        address = context["older_url"]
    assert [len(page) for page in seen] == [50, 50, 20]
    assert [key for page in seen for key in page] == [*made[::-1], *late[::-1]]


def test_queries_do_not_grow_with_the_entries(
    group: Group, account_admin: User, agent: User, refuse_lazy_fetches: Callable[[], AbstractContextManager[None]]
) -> None:
    def asked() -> int:
        client = client_of(account_admin)
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            client.get(url(group.account))
        return len(captured)

    members(group, *phones(3))
    make_inactive(group, group.memberships.all(), by=account_admin, note="a")
    few = asked()
    for number in range(20):
        labels.create_tag(group.organization, name=f"tag {number}", agents_may_set=True, by=account_admin)
        make_active(group, group.memberships.all(), by=account_admin, note="b")
        make_inactive(group, group.memberships.all(), by=agent, note="c")
    assert asked() <= few + 1


MINE, BESIDE = 200, 5_000


@pytest.fixture
def beside_a_large_log(account: Account, organization: Organization, group: Group, foreign_account: Account) -> Group:
    def entries(many: int, **where: Any) -> Iterator[AuditEntry]:
        start = datetime(2026, 1, 1, tzinfo=UTC)
        for number in range(many):
            yield AuditEntry(action="edit", time=start + timedelta(minutes=number), counts={}, **where)

    AuditEntry.objects.bulk_create(entries(BESIDE, account=foreign_account))
    AuditEntry.objects.bulk_create(entries(MINE, account=account, organization=organization, group=group))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return group


def test_a_log_reads_no_other_tenants_entries(
    beside_a_large_log: Group, request: pytest.FixtureRequest, account_admin: User
) -> None:
    client, middle = client_of(account_admin), AuditEntry.objects.filter(group=beside_a_large_log)[100].pk
    queries = ["", "action=edit", "person=nobody", "since=2025-12-31&until=2026-01-02", f"before={middle}"]
    for level, query in product(LEVELS, queries):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"{url(request.getfixturevalue(level))}?{query}").context["rows"], (level, query)
        asked = [some["sql"] for some in captured if 'FROM "groups_auditentry"' in some["sql"]]
        assert asked
        for sql in asked:
            _check(sql, level)


def _check(sql: str, level: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            [(plan,)] = cursor.fetchall()
            plan = json.loads(plan) if isinstance(plan, str) else plan
            read = sum(_read(node) for node in _nodes(plan[0]["Plan"]))
            assert read <= MINE, (read, sql, plan)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [step for *_, step in cursor.fetchall() if "groups_auditentry" in step]
            by_index = f"audit_by_{level} ({level}_id="
            assert all(by_index in step or "INTEGER PRIMARY KEY (rowid=?)" in step for step in steps), (steps, sql)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)


def _read(node: dict[str, Any]) -> int:
    """How many entries a node of the plan read, those that it threw away included."""
    if node.get("Relation Name") != "groups_auditentry":
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + dropped) * node["Actual Loops"])


def test_the_overview_leads_to_the_log(account: Account, account_admin: User) -> None:
    page = client_of(account_admin).get(reverse("groups:account", args=[account.pk])).text
    assert f'<a href="{url(account)}">All in the audit log</a>' in page


def test_a_filter_keeps_what_was_chosen(account: Account, account_admin: User) -> None:
    page = client_of(account_admin).get(url(account, action="make_active", since="2026-03-02")).text
    assert '<option value="make_active" selected>Make active</option>' in page
    assert 'value="2026-03-02"' in page
