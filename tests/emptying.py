"""What transactional tests left is deleted after each: their rows alone, from the tables that hold any."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

FROM_MIGRATIONS = {"django_migrations", "django_content_type", "auth_permission"}
"""Tables whose rows are there from the start, and stay."""


def empty_tables() -> None:
    """Delete all rows but those of migrations, also those that may only be added: nothing else gets around that."""
    with transaction.atomic(), connection.cursor() as cursor:
        left = _tables_with_rows(cursor)
        with _triggers_lifted(cursor, left):
            for table in left:
                cursor.execute(f"DELETE FROM {table}")


def _tables_with_rows(cursor: Any) -> list[str]:
    tables = [name for name in connection.introspection.table_names(cursor) if name not in FROM_MIGRATIONS]
    cursor.execute(" UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in tables))
    return [name for (name,) in cursor.fetchall()]


@contextmanager
def _triggers_lifted(cursor: Any, tables: list[str]) -> Iterator[None]:
    """For this transaction: by the superuser of PostgreSQL; on SQLite they are dropped and made anew."""
    if connection.vendor == "postgresql":
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        return
    cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'")
    lifted = [(name, sql) for name, table, sql in cursor.fetchall() if table in tables]
    for name, _ in lifted:
        cursor.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in lifted:
        cursor.execute(sql)
