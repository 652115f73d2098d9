"""What tests stand on; the people in them are in `tests.people`."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import hypothesis
import pytest
from django.db import connection
from django.db.models import FETCH_RAISE, query
from django.db.utils import ConnectionHandler
from django.test import TransactionTestCase

from tests.emptying import empty_tables

gc.set_threshold(200_000, 50, 100)
"""Tests leave little in circles, and a twelfth of their time would go into looking for it."""

pytest_plugins = ["tests.people", "tests.conversations.twilio_server"]

hypothesis.settings.register_profile("default", deadline=None, print_blob=True)
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("default"), database=None)
hypothesis.settings.register_profile("thorough", parent=hypothesis.settings.get_profile("default"), max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if "CI" in os.environ else "default"))


@pytest.fixture
def refuse_lazy_fetches(monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[None]]:
    """A block in which reading a field or a relation that its query did not bring is an error: it finds every N+1.

    ``with refuse_lazy_fetches(): client.get(…)``
    """

    @contextmanager
    def block() -> Iterator[None]:
        with monkeypatch.context() as patch:
            patch.setattr(query, "DEFAULT_FETCH_MODE", FETCH_RAISE)
            yield

    return block


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests that can't know the engine, or to which none makes a difference, run once, on SQLite; all others on
    PostgreSQL too."""
    if connection.vendor == "sqlite":
        return
    config.hook.pytest_deselected(items=[item for item in items if not _runs_on_each(item)])
    items[:] = filter(_runs_on_each, items)


def _runs_on_each(item: pytest.Item) -> bool:
    return _may_know_the_engine(item) and not item.get_closest_marker("one_engine")


def _may_know_the_engine(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in ("django_db", "each_engine"))
    return marked or "_django_db_helper" in getattr(item, "fixturenames", ())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    with nullcontext() if _may_know_the_engine(item) else _no_engine_to_know():
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    with nullcontext() if _may_know_the_engine(item) else _no_engine_to_know():
        yield


@contextmanager
def _no_engine_to_know() -> Iterator[None]:
    """What shows that one run of such a test is enough: it fails as soon as it looks at a connection."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(_guard, "up", True)
        yield


_guard = {"up": False}
_connection = ConnectionHandler.__getitem__


def _guarded(connections: ConnectionHandler, alias: str) -> Any:
    if _guard["up"]:
        pytest.fail(f"Without the database a test looked at connection {alias!r}: mark it django_db or each_engine.")
    return _connection(connections, alias)


# Once: when a class is changed a thousand times, as before and after each test, Python 3.13 goes on with an old method.
setattr(ConnectionHandler, "__getitem__", _guarded)  # noqa: B010  (a method is nothing to assign to, for mypy)


@pytest.fixture(autouse=True)
def nothing_is_remembered() -> None:
    """What a process believes for a moment about its database is nothing that the next test's can be asked about."""
    from contacts import digests  # noqa: PLC0415  (models: the settings come first)
    from contacts.conversations.actions import receive  # noqa: PLC0415

    digests._SEEN.clear()
    receive._enqueued.clear()


@pytest.fixture(scope="session", autouse=True)
def tests_leave_no_rows() -> Iterator[None]:
    """After a transactional test Django would truncate every table and fill those of content types again: that takes
    longer than most such tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty_tables())
        yield
