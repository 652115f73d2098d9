"""The walk: every route × every method × every role × real objects of another tenant (R2.2, R2.3)."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from groups.models import Account, Group, Organization, RoleKind, User
from tests.people import client_of, person, role_of
from tests.routes import EXEMPT, OPEN, SCOPED, SUPPORT, Route, World

METHODS = ("GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "POST")
READING = ("GET", "HEAD", "OPTIONS")

# R2's table: the lowest role that may, by permission. A higher role may what a lower one may (R2.1).
LADDER = ["agent", "group_admin", "organization_admin", "account_admin"]
LOWEST = {
    "see_account": "account_admin",
    "manage_account": "account_admin",
    "see_organization": "organization_admin",
    "manage_organization": "organization_admin",
    "see_group": "agent",
    "manage_group": "group_admin",
    "manage_members": "group_admin",
    "manage_contacts": "group_admin",
    "opt_out": "group_admin",
    "upload": "group_admin",
    "export": "group_admin",
    "review": "group_admin",
    "see_audit": "group_admin",
    "see_reports": "group_admin",
    "look_up": "organization_admin",
    "redact": "account_admin",
    "request_reversal": "account_admin",
    "work_threads": "agent",
}
ONLY = {"work_threads"}
"""Permissions that come with the lowest role alone: no higher one brings them along (R2.1)."""

# R2.2: what somebody is to our account, organization and group: "on" or above it, "inside" it, or a stranger.
STANDING = {
    "account_admin": ("on", "on", "on"),
    "organization_admin": ("inside", "on", "on"),
    "group_admin": ("inside", "inside", "on"),
    "agent": ("inside", "inside", "on"),
    "neighbour": ("inside", "inside", "stranger"),
    "cousin": ("inside", "stranger", "stranger"),
    "support": ("stranger", "stranger", "stranger"),
    "outsider": ("stranger", "stranger", "stranger"),
}
SCOPES = ("account", "organization", "group")
WRITERS = ("account_admin", "agent", "support")
"""These three may do everything that can be done, so on PostgreSQL they alone walk."""


@pytest.fixture
def neighbour(other_group: Group) -> User:
    """The admin of another group of the same organization."""
    return person("Nia Bour", RoleKind.GROUP_ADMIN, other_group)


@pytest.fixture
def cousin(other_organization: Organization) -> User:
    """The admin of another organization of the same account."""
    return person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)


def routes(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its name."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        else:
            yield f"{space}{entry.name}", entry


VIEWS = {name: route.callback for name, route in routes()}


def test_every_route_has_a_name_of_its_own() -> None:
    names = [name for name, _ in routes()]

    assert sorted(names) == sorted(set(names))
    assert "None" not in names


def test_every_route_stands_in_the_table() -> None:
    assert VIEWS.keys() == SCOPED.keys() | SUPPORT.keys() | EXEMPT.keys()


@pytest.mark.parametrize("name", SCOPED)
def test_a_route_on_a_tenant_states_the_permission_that_it_needs(name: str) -> None:
    assert str(VIEWS[name].permission) in LOWEST  # type: ignore[attr-defined]
    assert scope_of(name) in SCOPES


@pytest.mark.parametrize("name", SUPPORT)
def test_a_route_of_customer_support_is_stamped_as_theirs(name: str) -> None:
    assert VIEWS[name].for_support  # type: ignore[attr-defined]
    assert not hasattr(VIEWS[name], "permission")


@pytest.mark.parametrize("name", EXEMPT)
def test_a_route_on_no_tenant_states_why(name: str) -> None:
    ours = VIEWS[name].__module__.startswith(("groups.", "contacts.", "compliance."))

    assert getattr(VIEWS[name], "exempt", None) == (EXEMPT[name] if ours else None)
    assert not hasattr(VIEWS[name], "permission")
    assert not hasattr(VIEWS[name], "for_support")


def test_the_roles_of_the_table_are_those_of_the_code() -> None:
    assert set(LADDER) == set(RoleKind.values)


@pytest.mark.parametrize(
    "who", [who if who in WRITERS else pytest.param(who, marks=pytest.mark.one_engine) for who in STANDING]
)
def test_each_method_of_each_route_does_what_the_role_allows_and_no_more(
    who: str, request: pytest.FixtureRequest, account: Account, organization: Organization, group: Group
) -> None:
    user: User = request.getfixturevalue(who)
    world = World(account, organization, group, author=user if "on" in STANDING[who] else admin_of(account))
    client = client_of(user)
    before, problems = everything(), []

    for name, route in (SCOPED | SUPPORT).items():
        url, asked = reverse(name, kwargs=own_ids(world, name) | route.ids(world)), expected(name, who)
        for method in METHODS:
            succeeds = asked == 200 and method == "POST" and route.body is not None
            with undone(succeeds), writing() as written:
                if succeeds:
                    route.first(world)
                    before_it = everything()
                status = send(client, method, url, route, world)
                changed = route.shows or everything() != before_it if succeeds else bool(written)
            if changed != succeeds:
                problems.append(f"{method} {name}: {'wrote ' + str(written) if changed else 'changed nothing'}")
            if not is_right(status, method, route, asked):
                problems.append(f"{method} {name}: answered {status} where {asked} is right")

    assert not problems, "\n".join(problems)
    assert everything() == before


def is_right(status: int, method: str, route: Route, asked: int) -> bool:
    """Whether an answer is as ``asked``, 200 where the role may, or says that the route has no such method (405)."""
    if method == "POST" and route.body is not None and not route.shows:
        return status in (302, 303) if asked == 200 else status == asked
    if method == "POST" and route.shows:
        return status == asked
    if status == 405:
        return True
    return status < 400 and method in READING if asked == 200 else status == asked


def expected(name: str, who: str) -> int:
    """200 for who may, 403 for a member without the right, 404 for a stranger (R2.2) and for who is not support."""
    if name in SUPPORT:
        return 200 if who == "support" else 404
    standing = STANDING[who][SCOPES.index(scope_of(name))]
    permission = str(VIEWS[name].permission)  # type: ignore[attr-defined]
    lowest = LOWEST[permission]
    higher = LADDER.index(who) > LADDER.index(lowest) and permission not in ONLY if standing == "on" else False
    if standing == "on" and (who == lowest or higher):
        return 200
    return 404 if standing == "stranger" else 403


def test_somebody_who_has_not_signed_in_is_sent_to_sign_in(
    account: Account, organization: Organization, group: Group, account_admin: User
) -> None:
    world = World(account, organization, group, author=account_admin)
    before, client, problems = everything(), Client(), []

    for name, route in (SCOPED | SUPPORT).items():
        url = reverse(name, kwargs=own_ids(world, name) | route.ids(world))
        for method in METHODS:
            response = request_of(client, method, url, route, world)
            if response.status_code != 302 or not response["Location"].startswith("/auth/login/"):
                problems.append(f"{method} {name}: {response.status_code}")
    for name in EXEMPT.keys() - OPEN:
        response = client.get(reverse(name))
        if response.status_code != 302 or not response["Location"].startswith("/auth/login/"):
            problems.append(f"GET {name}: {response.status_code}")

    assert not problems, "\n".join(problems)
    assert everything() == before


def test_no_change_is_made_without_the_token_of_a_page_of_ours(
    account: Account, organization: Organization, group: Group, support: User
) -> None:
    everybody = admin_of(account)
    role_of(everybody, RoleKind.AGENT, group)
    world = World(account, organization, group, author=everybody)
    clients = {user: Client(enforce_csrf_checks=True) for user in (support, everybody)}
    for user, client in clients.items():
        client.force_login(user)
    before, problems = everything(), []

    for name, route in (SCOPED | SUPPORT).items():
        client = clients[support if name in SUPPORT else everybody]
        url = reverse(name, kwargs=own_ids(world, name) | route.ids(world))
        if route.body is not None and (status := send(client, "POST", url, route, world)) != 403:
            problems.append(f"{name}: {status}")

    assert not problems, "\n".join(problems)
    assert everything() == before


@pytest.mark.one_engine
@pytest.mark.parametrize("who", ["outsider", "neighbour", "cousin"])
def test_objects_of_another_tenant_are_not_found_in_ones_own(
    who: str, request: pytest.FixtureRequest, account: Account, organization: Organization, group: Group
) -> None:
    """The scope in the URL is one's own, the other numbers in it are another tenant's."""
    user: User = request.getfixturevalue(who)
    world = World(account, organization, group, author=admin_of(account))
    own, client, problems = own_scopes(request, who), client_of(user), []
    before = everything()

    for name, route in SCOPED.items():
        if not route.ids(world) or scope_of(name) not in own:
            continue
        url = reverse(name, kwargs={f"{scope_of(name)}_id": own[scope_of(name)]} | route.ids(world))
        for method in METHODS:
            with writing() as written:
                status = send(client, method, url, route, world)
            if status not in (404, 405) or written:
                problems.append(f"{method} {name}: answered {status}, wrote {written}")

    assert not problems, "\n".join(problems)
    assert everything() == before


def own_scopes(request: pytest.FixtureRequest, who: str) -> dict[str, int]:
    """What these people run themselves, by level; in their own group they are agents besides."""
    if who == "outsider":
        own = {level: request.getfixturevalue(f"foreign_{level}") for level in SCOPES}
    elif who == "neighbour":
        own = {"group": request.getfixturevalue("other_group")}
    else:
        sibling = request.getfixturevalue("other_organization")
        group = Group.objects.create(account=sibling.account, organization=sibling, name="Their Own")
        own = {"organization": sibling, "group": group}
    role_of(request.getfixturevalue(who), RoleKind.AGENT, own["group"])
    return {level: scope.pk for level, scope in own.items()}


def test_numbers_of_another_tenant_in_a_body_change_nothing_of_theirs(
    account: Account,
    organization: Organization,
    group: Group,
    outsider: User,
    request: pytest.FixtureRequest,
) -> None:
    """The whole URL is one's own; what the body names is another tenant's."""
    world = World(account, organization, group, author=admin_of(account))
    own, client, before, problems = own_scopes(request, "outsider"), client_of(outsider), rows_of(account), []

    for name, route in SCOPED.items():
        if route.body is None or route.ids(world):
            continue
        url = reverse(name, kwargs={f"{scope_of(name)}_id": own[scope_of(name)]})
        with undone(True):
            status = send(client, "POST", url, route, world)
            if rows_of(account) != before or status >= 400:
                problems.append(f"{name}: answered {status}")

    assert not problems, "\n".join(problems)


def test_a_number_that_no_database_holds_is_not_found(
    account: Account, organization: Organization, group: Group
) -> None:
    everywhere = admin_of(account)
    everywhere.is_support = True
    everywhere.save()
    client, patterns, problems = client_of(everywhere), dict(routes()), []
    own = {"account_id": account.pk, "organization_id": organization.pk, "group_id": group.pk}

    for name in SCOPED | SUPPORT:
        keys = patterns[name].pattern.converters
        for huge in keys:
            url = reverse(name, kwargs={key: 10**30 if key == huge else own.get(key, 1) for key in keys})
            answers = {client.get(url).status_code, client.post(url).status_code}
            if not answers <= {404, 405}:
                problems.append(f"{name}: {huge}")

    assert not problems, "\n".join(problems)


def scope_of(name: str) -> str:
    return str(VIEWS[name].scope._meta.model_name)  # type: ignore[attr-defined]


def own_ids(world: World, name: str) -> dict[str, int]:
    if name in SUPPORT:
        return {}
    scope = scope_of(name)
    return {f"{scope}_id": getattr(world, scope).pk}


def admin_of(account: Account) -> User:
    """An account admin besides the one that a test is about."""
    return person("Ada Author", RoleKind.ACCOUNT_ADMIN, account)


def request_of(client: Client, method: str, url: str, route: Route, world: World) -> Any:
    body = encode_multipart(BOUNDARY, route.body(world) if route.body else {})
    return client.generic(method, url, body, MULTIPART_CONTENT)


def send(client: Client, method: str, url: str, route: Route, world: World) -> int:
    status: int = request_of(client, method, url, route, world).status_code
    return status


@contextmanager
def undone(wanted: bool) -> Iterator[None]:
    """A block whose changes are rolled back at its end, if that is wanted."""
    with transaction.atomic() if wanted else nullcontext():
        yield
        if wanted:
            transaction.set_rollback(True)


@contextmanager
def writing() -> Iterator[list[str]]:
    """The statements that write, but for the session's, that run inside the block."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and "django_session" not in sql:
            found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found


FIXED = ("auth", "contenttypes", "sessions")


def tables() -> list[type[models.Model]]:
    """Every table but those that a visit may write and those that hold no data of anybody."""
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label not in FIXED]


def everything() -> dict[str, list[Any]]:
    """Every row of every table."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in tables()}


# How a table that does not name the account leads to it; the others are the installation's.
PATHS = {
    "compliance.DoomedFile": "redaction__account",
    "groups.AuditChunk": "entry__account",
    "groups.ChangeNumber": "organization__account",
    "groups.User": "roles__account",
    "contacts.ChangeChunk": "change__account",
    "contacts.GroupCount": "group__organization__account",
    "contacts.OrganizationCount": "organization__account",
}
INSTALLATION = {
    "account.EmailAddress",
    "account.EmailConfirmation",
    "mfa.Authenticator",
    "contacts.DigestKey",
    *(model._meta.label for model in apps.get_app_config("django_ox").get_models()),
}


def rows_of(account: Account) -> dict[str, list[Any]]:
    """Every row of one tenant."""
    return {
        model._meta.label: list(_own(model, account).order_by("pk").distinct().values_list())
        for model in tables()
        if model._meta.label not in INSTALLATION
    }


def _own(model: type[models.Model], account: Account) -> models.QuerySet[models.Model]:
    path = "pk" if model is Account else PATHS.get(model._meta.label, "account")
    return model._base_manager.filter(**{path: account.pk})
