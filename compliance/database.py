"""What the database itself keeps of an erased value, and how it is made to let go (R5.7).

SQLite overwrites what it deletes (``secure_delete``) once its journal is written back. PostgreSQL keeps dead rows until
a vacuum, their bytes in the free space of a page and in pages of indexes until the table is rewritten, and samples of
columns in its statistics until these are made anew (docs/adr/0006).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from django.db import OperationalError, connection

from groups.personal_data import declared
from groups.redaction import Rows, stores

PATIENCE = 2
"""Seconds that are waited for a lock or for somebody who still reads old rows."""

_CLEANING = 7002


def tables() -> list[str]:
    """Every table that held what redactions erase."""
    return sorted({model._meta.db_table for store in stores() for model in store.models})


@contextmanager
def only_one() -> Iterator[bool]:
    """Whether this process may clean now: on PostgreSQL one at a time."""
    if connection.vendor != "postgresql":
        yield True
        return
    (got,) = _ask("SELECT pg_try_advisory_lock(%s)", _CLEANING)
    try:
        yield bool(got)
    finally:
        if got:
            _ask("SELECT pg_advisory_unlock(%s)", _CLEANING)


def clear_dead_rows(transaction: int) -> bool:
    """Let go of deleted and overwritten rows and of the samples of them; False, for another try, while somebody still
    reads from before ``transaction``, or from before the samples were taken anew."""
    if connection.vendor == "sqlite":
        (busy, _, _) = _ask("PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy
    if _oldest_in_use() <= transaction:
        return False
    _run(f"VACUUM (ANALYZE) {_listed()}")
    return _impatiently(_forget_samples) and _all_have_seen() and _impatiently(lambda: _rewrite("pg_statistic"))


def rewrite_tables() -> bool:
    """Write tables and indexes anew without their free space; False, for another try, if one is in use for too long.

    A table can't be read meanwhile, so whoever waits longer than ``PATIENCE`` for it lets everybody else pass first.
    """
    if connection.vendor == "sqlite":
        return True
    return all(_impatiently(partial(_rewrite, connection.ops.quote_name(table))) for table in tables())


def _rewrite(table: str) -> None:
    _run(f"VACUUM FULL {table}")


def _impatiently(act: Callable[[], None]) -> bool:
    """Whether ``act`` got the locks that it wants in time."""
    _run(f"SET lock_timeout = '{PATIENCE}s'")
    try:
        act()
    except OperationalError:
        return False
    finally:
        _run("RESET lock_timeout")
    return True


def _all_have_seen() -> bool:
    """Wait until nobody reads from before now; False if that takes too long."""
    (now,) = _ask("SELECT pg_current_xact_id()::text::bigint")
    until = time.monotonic() + PATIENCE
    while _oldest_in_use() <= now:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _forget_samples() -> None:
    """A table without rows is not sampled anew, so samples of its last rows would stay: setting a type drops them."""
    emptied = {store.model for store in stores() if isinstance(store, Rows) and store.deletes}
    for model in emptied:
        if not model._default_manager.exists():
            table = connection.ops.quote_name(model._meta.db_table)
            for field in (field for field in model._meta.concrete_fields if field.name in declared(model)):
                column = connection.ops.quote_name(str(field.column))
                _run(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {field.db_type(connection)}")


def _listed() -> str:
    return ", ".join(connection.ops.quote_name(table) for table in tables())


def _oldest_in_use() -> int:
    """The oldest transaction whose view of the data somebody still has; the next one if nobody has any."""
    (oldest,) = _ask(
        """
        WITH held AS (
            SELECT backend_xmin AS xmin FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
            UNION ALL SELECT xmin FROM pg_replication_slots
            UNION ALL SELECT transaction FROM pg_prepared_xacts
        ), next AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS id)
        SELECT next.id - COALESCE(MAX(age(held.xmin)), 0) FROM next LEFT JOIN held ON held.xmin IS NOT NULL
        GROUP BY next.id
        """
    )
    return int(oldest)


def _ask(sql: str, *params: int) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params or None)
        return tuple(cursor.fetchone())


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
