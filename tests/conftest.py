"""What tests stand on; the people in them are in `tests.people`."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import hypothesis
import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.models import FETCH_RAISE, query

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


@pytest.fixture(scope="session", autouse=True)
def audit_may_be_flushed() -> Iterator[None]:
    """Lift the triggers of append-only tables while a transactional test's rows are deleted after it, on SQLite.

    PostgreSQL truncates, which they let pass. Nothing else gets around them, here or anywhere.
    """
    operations_class = DatabaseWrapper.ops_class
    refused = operations_class.execute_sql_flush

    def flush(operations: Any, statements: list[str]) -> Any:
        with operations.connection.cursor() as cursor:
            triggers = cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        dropped = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return refused(operations, [*dropped, *statements, *(sql for _, sql in triggers)])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations_class, "execute_sql_flush", flush)
        yield
