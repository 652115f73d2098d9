"""``column__among=values``: one parameter however many values, so that a change to a million rows stays one statement.

``IN (%s, %s, …)`` stops at SQLite's limit of variables and is parsed anew for each length.
"""

import json
from typing import Any

from django.db import models
from django.db.models import Lookup


@models.Field.register_lookup
@models.ForeignObject.register_lookup
class Among(Lookup):
    """True where the column equals one of ``rhs``, an iterable of ids or of strings."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(list(self.rhs))]  # noqa: S608  (lhs: the ORM's)

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s::{self._array()})", [*params, list(self.rhs)]

    def _array(self) -> str:
        return "text[]" if isinstance(self.lhs.output_field, models.CharField) else "bigint[]"
