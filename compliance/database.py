"""What the database itself keeps of an erased value, and how it is made to let go (R5.7).

SQLite overwrites what it deletes (``secure_delete``) once its journal is written back. PostgreSQL keeps dead rows until
a vacuum, their bytes in the free space of a page and in pages of indexes until the table is rewritten, and samples of
columns in its statistics until these are made anew (docs/adr/0006).
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, connection

from groups.personal_data import declared
from groups.redaction import Rows, stores

PATIENCE = timedelta(seconds=2)
"""How long a clean-up waits for what is in use: whoever comes after it waits as long."""

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


def transaction_id() -> int:
    """PostgreSQL's number of this transaction; 0 on SQLite."""
    if connection.vendor != "postgresql":
        return 0
    (number,) = _ask("SELECT pg_current_xact_id()::text::bigint")
    return number


def clear_dead_rows(transaction: int) -> bool:
    """Let go of deleted and overwritten rows; False while somebody still reads from before ``transaction``.

    False too, for another try, while somebody works on a table itself, or still reads from SQLite's journal.
    """
    if connection.vendor == "sqlite":
        return _write_journal_back()
    if _oldest_in_use() <= transaction:
        return False
    return _patiently(f"VACUUM {_listed()}")


def _write_journal_back() -> bool:
    """Nobody can write meanwhile, so readers of the journal are not waited for as long as a writer would be."""
    (before,) = _ask("PRAGMA busy_timeout")
    _run(f"PRAGMA busy_timeout = {_milliseconds()}")
    try:
        (busy, _, _) = _ask("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        _run(f"PRAGMA busy_timeout = {before}")
    return not busy


def rewrite_tables() -> bool:
    """Take the samples anew, and write tables and indexes anew without their free space.

    False, for another try, if one is in use for too long, or while somebody reads from before the new samples. A table
    can't be read while it is written, so whoever waits for it longer than ``PATIENCE`` lets everybody else pass first.
    """
    if connection.vendor == "sqlite":
        return True
    sampled = _patiently(f"ANALYZE {_listed()}", *_forgetting_samples()) and _all_have_seen()
    anew = ("pg_statistic", *map(connection.ops.quote_name, tables()))
    # Without dead rows first: what is written anew keeps those that any database of the server might still see.
    return sampled and _patiently("VACUUM pg_statistic", *(f"VACUUM FULL {table}" for table in anew))


def _patiently(*statements: str) -> bool:
    """Run them; False if one had to wait for longer than ``PATIENCE``."""
    _run(f"SET lock_timeout = {_milliseconds()}")
    try:
        for statement in statements:
            _run(statement)
    except OperationalError:
        return False
    finally:
        _run("RESET lock_timeout")
    return True


def _all_have_seen() -> bool:
    """Wait until nobody reads from before now; False if that takes longer than ``PATIENCE``."""
    now = transaction_id()
    until = time.monotonic() + PATIENCE.total_seconds()
    while _oldest_in_use() <= now:
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def _milliseconds() -> int:
    return PATIENCE // timedelta(milliseconds=1)


def _forgetting_samples() -> Iterator[str]:
    """A table without rows is not sampled anew, so samples of its last rows would stay: setting a type drops them."""
    emptied = {store.model for store in stores() if isinstance(store, Rows) and store.deletes}
    for model in emptied:
        if not model._default_manager.exists():
            table = connection.ops.quote_name(model._meta.db_table)
            for field in (field for field in model._meta.concrete_fields if field.name in declared(model)):
                column = connection.ops.quote_name(str(field.column))
                yield f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {field.db_type(connection)}"


def _listed() -> str:
    return ", ".join(connection.ops.quote_name(table) for table in tables())


def _oldest_in_use() -> int:
    """The oldest transaction that goes on or whose view of the data somebody still has; the next one if none does."""
    (oldest,) = _ask(
        """
        WITH held AS (
            SELECT unnest(ARRAY[backend_xmin, backend_xid]) AS xmin FROM pg_stat_activity
            WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
            UNION ALL SELECT xmin FROM pg_replication_slots
            UNION ALL SELECT catalog_xmin FROM pg_replication_slots
            UNION ALL SELECT transaction FROM pg_prepared_xacts WHERE database = current_database()
        ), next AS (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS id)
        SELECT next.id - COALESCE(MAX(age(held.xmin) - age((next.id & 4294967295)::text::xid)), 0)
        FROM next LEFT JOIN held ON held.xmin IS NOT NULL
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
