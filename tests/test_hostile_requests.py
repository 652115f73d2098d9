"""What nobody types by accident, sent to every route: an answer that says so, never an error of ours."""

from collections.abc import Iterator
from typing import Any, ClassVar
from urllib.parse import quote_from_bytes

import pytest
from django.core.handlers import wsgi
from django.http import QueryDict
from django.http import request as requests
from django.test import Client
from django.urls import reverse

from groups.models import Account, Group, Organization, RoleKind, User
from tests.people import client_of, person, role_of
from tests.routes import SCOPED, SUPPORT, Route, World
from tests.test_every_route import own_ids, undone

FORM = "application/x-www-form-urlencoded"
HOSTILE = (b"\0", b"9" * 30, b"9" * 5000, b"\xed\xa0\x80")
"""What PostgreSQL keeps in no text, SQLite in no number, Python in no integer, and nobody in UTF-8."""


class Asked(QueryDict):
    """What stands after the ? of an address, or in a body; remembers which keys are looked up in it, there or not."""

    keys_asked_for: ClassVar[set[str]] = set()

    def __getitem__(self, key: str) -> Any:
        self.keys_asked_for.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.keys_asked_for.add(str(key))
        return super().__contains__(key)

    def getlist(self, key: str, default: Any = None) -> Any:
        self.keys_asked_for.add(key)
        return super().getlist(key, default)


def encoded(pairs: list[tuple[str, bytes]]) -> str:
    return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in pairs)


def bodies(route: Route, world: World) -> Iterator[str]:
    """The body that succeeds; each of its values, and of those that are looked up besides, missing, hostile or twice;
    and one that is too large."""
    body = route.body(world) if route.body else {}
    good = [
        (name, str(one).encode()) for name, some in body.items() for one in (some if isinstance(some, list) else [some])
    ]
    Asked.keys_asked_for.clear()
    yield encoded(good)
    for name in sorted({*body, "nonsense", *Asked.keys_asked_for}):
        rest = [pair for pair in good if pair[0] != name]
        yield encoded(rest)
        yield encoded([*rest, (name, b"1"), (name, b"2")])
        yield from (encoded([*rest, (name, value)]) for value in HOSTILE)
    yield encoded([*good, ("nonsense", b"x" * 3_000_000)])


def queries_that_break(client: Client, url: str) -> Iterator[str]:
    """Each key that the page looks up is sent, also those that it looks up only then, and one that means nothing."""
    Asked.keys_asked_for.clear()
    client.get(url)
    sent: set[str] = set()
    while waiting := {"nonsense", *Asked.keys_asked_for} - sent:
        sent |= waiting
        for query in (encoded([(key, value)]) for key in waiting for value in HOSTILE[:3]):
            if client.get(url, QUERY_STRING=query).status_code >= 500:
                yield query[:60]


def problems_of(client: Client, name: str, route: Route, world: World) -> Iterator[str]:
    url = reverse(name, kwargs=own_ids(world, name) | route.ids(world))
    yield from (f"GET {name} {query}" for query in queries_that_break(client, url))
    for body in bodies(route, world) if route.body else ():
        with undone(True):
            answer: Any = client.post(url, body, FORM)
            if answer.status_code >= 500:
                yield f"POST {name} {body[:60]}…{body[-60:]}: {answer.status_code}"


@pytest.mark.parametrize("level", ["account", "organization", "group", "support"])
def test_no_route_breaks_on_what_is_sent_to_it(
    level: str,
    account: Account,
    organization: Organization,
    group: Group,
    support: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wsgi, "QueryDict", Asked)
    monkeypatch.setattr(requests, "QueryDict", Asked)
    everybody = person("Ada Author", RoleKind.ACCOUNT_ADMIN, account)
    role_of(everybody, RoleKind.AGENT, group)
    world = World(account, organization, group, author=everybody)
    client = client_of(support if level == "support" else everybody)
    client.raise_request_exception = False
    mine = (
        SUPPORT
        if level == "support"
        else {n: route for n, route in SCOPED.items() if f"{level}_id" in own_ids(world, n)}
    )
    assert not (
        found := [problem for name, route in mine.items() for problem in problems_of(client, name, route, world)]
    ), found


def test_the_keys_that_a_page_looks_up_are_found_out(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wsgi, "QueryDict", Asked)
    Asked.keys_asked_for.clear()

    client_of(group_admin).get(reverse("contacts:list", args=[group.pk]))

    assert {"q", "status", "page"} <= Asked.keys_asked_for
