"""The leads' phones and e-mail addresses in texts about anybody: hidden by a redaction, and looked for after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, Q, QuerySet, TextField

from groups.personal_data import BLANK, EMPTY, NULL, ROW_DELETED, declared
from groups.redaction import Keys, Leads, Rows, Store, register, stores

HIDDEN = (BLANK, EMPTY, ROW_DELETED)
"""Fates of the texts in which somebody's words may stand."""

type Fields = list[Field]


@dataclass(frozen=True, eq=False)
class Mentions(Store):
    """Every text column of the account.

    Erasing hides what identifies the leads in columns that may hold personal data. The proof looks into all of them,
    those that should not included, and into every column that holds a phone (R5.7).
    """

    def keys(self, leads: Leads) -> Keys:
        own = _their_own(leads)
        return [
            (model._meta.label, field.name, row.pk)
            for model, fields in tables().items()
            for row, field in _holding(leads, model, [field for field in fields if _fate(field) in HIDDEN])
            if (model, row.pk) not in own
        ]

    def erase(self, leads: Leads, keys: Keys) -> None:
        for label, column in dict.fromkeys((label, column) for label, column, _ in keys):
            found = [key for table, name, key in keys if (table, name) == (label, column)]
            _hide(leads, apps.get_model(label), column, found)

    def left(self, leads: Leads, keys: Keys) -> int:
        texts = sum(len(list(_holding(leads, model, fields))) for model, fields in tables().items())
        return texts + sum(_phones(leads, model, fields) for model, fields in tables().items())


def tables() -> dict[type[Model], Fields]:
    """Each table that belongs to an account, with its text columns."""
    return {
        model: [field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField | JSONField)]
        for model in apps.get_models()
        if "account" in {field.name for field in model._meta.concrete_fields}
    }


def _fate(field: Field) -> object:
    return declared(field.model).get(field.name)


def _rows(leads: Leads, model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(account=leads.account_id)


def _holding(leads: Leads, model: type[Model], fields: Fields) -> Iterator[tuple[Any, Field]]:
    """The rows of a table in one of whose columns an identifier stands, and the column; one query.

    A phone's own column is compared as a whole instead.
    """
    columns = [field for field in fields if _fate(field) != NULL]
    wanted = Q()
    for field in columns:
        wanted |= ~Q(**{field.name: field.get_default()}) & leads.traces.candidates(field.name)
    rows = _rows(leads, model).filter(wanted).order_by("pk") if columns else ()
    for row in rows:
        yield from ((row, field) for field in columns if leads.traces.found(getattr(row, field.name)))


def _phones(leads: Leads, model: type[Model], fields: Fields) -> int:
    """How many rows of a table have one of the phones in the column for it."""
    column = next((field.name for field in fields if _fate(field) == NULL), None)
    return _rows(leads, model).filter(**{f"{column}__among": leads.phones}).count() if column else 0


def _hide(leads: Leads, model: type[Model], column: str, keys: Keys) -> None:
    rows = list(model._default_manager.filter(pk__among=keys).order_by("pk").select_for_update(no_key=True))
    longest = getattr(model._meta.get_field(column), "max_length", None)
    for row in rows:
        hidden = leads.traces.hidden(getattr(row, column))
        setattr(row, column, hidden[:longest] if isinstance(hidden, str) else hidden)
    model._default_manager.bulk_update(rows, [column], batch_size=500)


def _their_own(leads: Leads) -> set[tuple[type[Model], Any]]:
    """The rows that other stores name already."""
    return {(store.model, key) for store in stores() if isinstance(store, Rows) for key in leads.keys_of(store)}


register(
    Mentions("Their number and e-mail address in words about others", "everything but the number and the address"),
)
