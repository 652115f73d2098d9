"""The leads' phones and e-mail addresses in texts about anybody: hidden by a redaction, and looked for after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import CharField, Field, JSONField, Model, QuerySet, TextField

from groups.personal_data import BLANK, EMPTY, NULL, ROW_DELETED, declared
from groups.redaction import Keys, Leads, Rows, Store, register, stores

HIDDEN = (BLANK, EMPTY, ROW_DELETED)
"""Fates of the texts in which somebody's words may stand."""

type Column = tuple[type[Model], Field]


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
            for model, field in _columns()
            if _fate((model, field)) in HIDDEN
            for row in _holding(leads, (model, field))
            if (model, row.pk) not in own
        ]

    def erase(self, leads: Leads, keys: Keys) -> None:
        for model, field in _columns():
            found = [key for label, name, key in keys if (label, name) == (model._meta.label, field.name)]
            if found:
                _hide(leads, model, field, found)

    def left(self, leads: Leads, keys: Keys) -> int:
        texts = sum(len(list(_holding(leads, column))) for column in _columns())
        phones = (
            _rows(leads, model).filter(**{f"{field.name}__among": leads.phones}).count()
            for model, field in _columns()
            if _fate((model, field)) == NULL
        )
        return texts + sum(phones)


def _columns() -> list[Column]:
    """Each text column of each table that belongs to an account."""
    return [
        (model, field)
        for model in apps.get_models()
        if "account" in {field.name for field in model._meta.concrete_fields}
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
    ]


def _fate(column: Column) -> object:
    model, field = column
    return declared(model).get(field.name)


def _rows(leads: Leads, model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(account=leads.account_id)


def _holding(leads: Leads, column: Column) -> Iterator[Any]:
    """The rows in whose column an identifier stands. A phone's own column is compared as a whole instead."""
    model, field = column
    if _fate(column) == NULL:
        return
    aliases, wanted = leads.traces.candidates(field.name)
    rows = _rows(leads, model).exclude(**{field.name: field.get_default()}).alias(**aliases).filter(wanted)
    yield from (row for row in rows.order_by("pk") if leads.traces.found(getattr(row, field.name)))


def _hide(leads: Leads, model: type[Model], field: Field, keys: Keys) -> None:
    rows = list(model._default_manager.filter(pk__among=keys).order_by("pk").select_for_update(no_key=True))
    for row in rows:
        hidden = leads.traces.hidden(getattr(row, field.name))
        setattr(row, field.name, hidden[: field.max_length] if isinstance(hidden, str) else hidden)
    model._default_manager.bulk_update(rows, [field.name], batch_size=500)


def _their_own(leads: Leads) -> set[tuple[type[Model], Any]]:
    """The rows that other stores name already."""
    return {(store.model, key) for store in stores() if isinstance(store, Rows) for key in store.keys(leads)}


register(
    Mentions("Their number and e-mail address in words about others", "everything but the number and the address"),
)
