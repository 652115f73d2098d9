"""The rows of an open Contacts list as they would be now: exactly those that it shows, in its order (R3.4)."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from compliance.actions.redact import redact
from contacts.actions import change as changes
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Source
from groups.models import Group, User
from tests.contacts.factories import arrive, member, members, phone, phones
from tests.conversations.factories import named
from tests.people import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def rows(client: Client, group: Group, *keys: int, **query: str | int) -> str:
    asked = urlencode([*query.items(), *(("row", key) for key in keys)])
    response = client.get(f"/groups/{group.pk}/contacts/rows/?{asked}", headers={"X-Live": "1"})
    assert response.status_code == 200
    return str(response.content.decode())


def shown(page: str) -> list[int]:
    return [int(key) for key in re.findall(r'<tr role="row" id="r(\d+)">', page)]


def test_they_come_in_the_order_of_the_page_whatever_the_filter_says_by_now(
    client: Client, group: Group, group_admin: User
) -> None:
    keys = [member(group, number).pk for number in (phone(2), phone(3), phone(1)) if members(group, number)]
    opt_out(group.organization, [phone(3)], by=group_admin, source=Source.ADMIN)
    page = rows(client, group, *keys, status="active", sort="name", page=7)
    assert shown(page) == keys
    assert page.count('<span class="status opted_out">') == 1
    assert 'id="status-active"' in page
    assert re.search(r'id="status-active".*?<span class="count">2</span>', page)


def test_rows_of_other_groups_and_tenants_are_left_out(
    client: Client, group: Group, other_group: Group, foreign_group: Group
) -> None:
    mine = members(group, phone(1)).get()
    others = [members(some, phone(2)).get().pk for some in (other_group, foreign_group)]
    page = rows(client, group, *others, mine.pk, 10**17)
    assert shown(page) == [mine.pk]
    assert "555-0002" not in page


def test_a_redacted_row_stays_without_its_name_and_number(client: Client, group: Group, account_admin: User) -> None:
    key = named(group, phone(1), "Dana", "Whitfield").pk
    redact(group.account, [phone(1)], by=account_admin)
    page = rows(client, group, key)
    assert shown(page) == [key]
    assert "[redacted]" in page
    assert '<span class="status redacted">Redacted</span>' in page
    assert "Dana" not in page
    assert "555-0001" not in page


def test_what_a_chosen_change_would_do_to_them_is_told_anew(client: Client, group: Group, group_admin: User) -> None:
    found = members(group, phone(1), phone(2))
    change = changes.choose(group, found, action="make_inactive", by=group_admin)
    make_inactive(group, members(group, phone(1)), by=group_admin)
    page = rows(client, group, *found.values_list("pk", flat=True), change=change.pk)
    assert page.count("no change") == 1
    assert "Make 1 inactive" in page


def test_a_page_has_fifty_rows_and_no_more_are_told(client: Client, group: Group) -> None:
    arrive(group, *phones(60))
    keys = list(group.memberships.order_by("pk").values_list("pk", flat=True))
    assert shown(rows(client, group, *keys)) == keys[:50]


def test_a_row_is_told_once(client: Client, group: Group) -> None:
    key = members(group, phone(1)).get().pk
    assert shown(rows(client, group, key, key)) == [key]


@pytest.mark.parametrize("key", ["", "x", "-1", "1.5", "9" * 19, "١"])
def test_what_is_no_key_is_not_found(client: Client, group: Group, key: str) -> None:
    assert client.get(f"/groups/{group.pk}/contacts/rows/", {"row": key}).status_code == 404


def test_an_unknown_filter_shows_nobody(client: Client, group: Group) -> None:
    key = members(group, phone(1)).get().pk
    assert shown(rows(client, group, key, staus="active")) == []


def test_fifty_rows_take_the_queries_of_one(
    client: Client, group: Group, refuse_lazy_fetches: Callable[[], AbstractContextManager[None]]
) -> None:
    arrive(group, *phones(50))
    keys = list(group.memberships.values_list("pk", flat=True))
    took = []
    for some in (keys[:1], keys):
        with (
            CaptureQueriesContext(
                connection,
            ) as queries,
            refuse_lazy_fetches(),
        ):
            rows(client, group, *some)
        took.append(len(queries))
    assert took[0] == took[1]
