"""Sets of any size in one statement, whichever the engine: ``column__among=values`` and ``insert_each``.

A list travels as one parameter. ``IN (%s, %s, …)`` stops at SQLite's limit of variables and is parsed anew for each
length; rows built one by one cost more than the statement that writes them.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models import Lookup, QuerySet


@models.Field.register_lookup
@models.ForeignObject.register_lookup
class Among(Lookup):
    """True where the column equals one of ``rhs``, an iterable of ids or strings; of none, it asks nothing."""

    lookup_name = "among"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if not self.rhs:
            raise EmptyResultSet
        lhs, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{lhs} = ANY(%s::{_array(self.lhs.output_field)})", (*params, self.rhs)
        return f"{lhs} IN (SELECT value FROM json_each(%s))", (*params, json.dumps(self.rhs))  # noqa: S608  (the ORM's)


def insert_each(
    model: type[models.Model],
    column: str | tuple[str, ...],
    values: Iterable[Any],
    *,
    skip_conflicts: bool = False,
    **same: Any,
) -> None:
    """Insert a row of ``model`` for each of ``values`` in ``column``, with the ``same`` values in all of them.

    Several columns at once: a tuple of their names, and as many values in each of ``values``. Columns are named by
    attribute (``"opt_out_id"``, ``account_id=…``); those left out take their default of the database, or null.
    ``skip_conflicts`` leaves rows out that a unique constraint refuses.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    columns, rows = (column, list(values)) if isinstance(column, tuple) else ((column,), [(value,) for value in values])
    if not rows:
        return
    names = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in (*columns, *same))
    marks = "".join(", %s" for _ in same)
    conflicts = " ON CONFLICT DO NOTHING" if skip_conflicts else ""
    given = [fields[name].get_db_prep_save(value, connection) for name, value in same.items()]
    each, listed, source = _listed([fields[name] for name in columns], rows)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {each}{marks} FROM {source}"  # noqa: S608  (names of our own tables)
            f" WHERE true{conflicts}",
            [*given, *listed],
        )


def insert_from(model: type[models.Model], rows: QuerySet[Any, Any], columns: tuple[str, ...]) -> int:
    """Insert what a query of tuples selects, in its order, in one statement; returns how many rows.

    ``columns`` are attributes of ``model`` (``"goal_id"``), in the order of the tuples.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names = ", ".join(connection.ops.quote_name(str(fields[name].column)) for name in columns)
    selected, params = sql_of(rows)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({names}) {selected}", params)
        return cursor.rowcount


def sql_of(rows: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    """The SQL of a query and its parameters, also of one that can find nothing."""
    sql: tuple[str, tuple[Any, ...]] = rows.query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql


def _listed(fields: list[models.Field], rows: list[tuple[Any, ...]]) -> tuple[str, list[Any], str]:
    """What to select, the parameters that hold the rows, and what to select it from."""
    prepared = [[field.get_db_prep_save(row[n], connection) for row in rows] for n, field in enumerate(fields)]
    each = [f"each_{n}" for n in range(len(fields))]
    if connection.vendor == "postgresql":
        arrays = ", ".join(f"%s::{_array(field)}" for field in fields)
        return ", ".join(each), prepared, f"unnest({arrays}) AS each({', '.join(each)})"
    cells = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(fields)))
    return cells, [json.dumps(list(zip(*prepared, strict=True)))], "json_each(%s)"


def _array(field: models.Field) -> str:
    if isinstance(field, models.DateTimeField):
        return "timestamptz[]"
    return "text[]" if isinstance(field, models.CharField | models.FileField) else "bigint[]"
