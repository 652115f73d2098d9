"""The Contacts list reads no other group's rows: plans of its queries, beside a group 20 times as large."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions import arrival
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership
from contacts.person import Person
from groups.models import Group, User
from tests.contacts.factories import phone
from tests.people import client_of

MINE, BESIDE = 300, 6_000
QUERIES: list[dict[str, str | int]] = [
    {},
    {"page": 6},
    {"sort": "name"},
    {"sort": "-name", "page": 6},
    {"sort": "phone"},
    {"sort": "-last_message"},
    {"status": "active"},
    {"status": "inactive"},
    {"status": "opted_out"},
    {"status": "on_hold", "sort": "name"},
    {"q": "person 1", "sort": "name"},
    {"q": "5550"},
    {"agent": "nobody"},
]


@pytest.fixture
def beside_a_large_group(group: Group, other_group: Group, group_admin: User) -> Group:
    people = [Person(phone(n), {"first_name": f"Person {n}"}, tags=("donor",)) for n in range(MINE)]
    arrival.bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    make_inactive(group, group.memberships.filter(position__lte=20), by=group_admin)
    opt_out(group.organization, [phone(n) for n in range(10, 30)], by=group_admin, source="admin")
    open_hold(group.organization, phone(40), text="stop it", group=group)
    _fill(other_group)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return group


def _fill(group: Group) -> None:
    same = {"account_id": group.account_id}
    contacts = Contact.objects.bulk_create(
        Contact(**same, organization_id=group.organization_id, phone=f"+1312{n:07}", source="upload")
        for n in range(BESIDE)
    )
    Membership.objects.bulk_create(
        Membership(**same, group=group, contact=contact, position=n, phone=contact.phone, added=timezone.now())
        for n, contact in enumerate(contacts, start=1)
    )


def test_the_list_reads_no_other_groups_rows(beside_a_large_group: Group, group_admin: User) -> None:
    group = beside_a_large_group
    client = client_of(group_admin)
    donor = group.organization.tags.get(name="donor").pk
    by_tag: list[dict[str, str | int]] = [{"tag": donor}, {"tag": donor, "sort": "name", "page": 6}]
    for query in QUERIES + by_tag:
        with CaptureQueriesContext(connection) as captured:
            shown = client.get(reverse("contacts:list", args=[group.pk], query=query)).context["rows"]
        asked = [some["sql"] for some in captured if '"contacts_membership"' in some["sql"]]
        assert shown, query
        assert asked, query
        for sql in asked:
            _check(sql)


def _check(sql: str) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            [(plan,)] = cursor.fetchall()
            plan = json.loads(plan) if isinstance(plan, str) else plan
            read = sum(_read(node) for node in _nodes(plan[0]["Plan"]))
            assert read <= MINE, (read, sql, plan)
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
            steps = [step for *_, step in cursor.fetchall() if "contacts_membership" in step]
            assert all("(group_id=" in step or "INTEGER PRIMARY KEY (rowid=?)" in step for step in steps), (steps, sql)


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for part in plan.get("Plans", []):
        yield from _nodes(part)


def _read(node: dict[str, Any]) -> int:
    """How many memberships a node of the plan read, those that it threw away included."""
    if node.get("Relation Name") != "contacts_membership":
        return 0
    dropped = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + dropped) * node["Actual Loops"])
