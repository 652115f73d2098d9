"""What personal data each model holds, declared once, beside the model (R5.10).

``declare(Contact, email=BLANK, source=not_personal("one of our own words"))`` stands below the model. A text field that
nobody declared fails the system check ``groups.E001``, so that no column can be forgotten by a redaction.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.core import checks
from django.db import models


@dataclass(frozen=True)
class Fate:
    """What a redaction makes of a field: its name, and why where nothing is erased."""

    name: str
    why: str = ""


NULL = Fate("null")
BLANK = Fate("blank")
EMPTY = Fate("empty")
ROW_DELETED = Fate("row deleted")
STAFF = Fate("kept", "of a person who signs in, not of a contact")


def not_personal(why: str) -> Fate:
    """A field that holds none of a contact's personal data, and the reason."""
    return Fate("kept", why)


REDACTED = "[redacted]"

_declared: dict[str, dict[str, Fate]] = {}

TEXT_FIELDS = (
    models.CharField,
    models.TextField,
    models.JSONField,
    models.BinaryField,
    models.FileField,
    models.GenericIPAddressField,
    models.UUIDField,
)


def declare(model: type[models.Model] | str, /, **fates: Fate) -> None:
    """Declare the fate of each text field of ``model`` (a class, or ``"app_label.Model"`` for one of a library)."""
    label = model if isinstance(model, str) else model._meta.label
    _declared[label] = fates


def declared(model: type[models.Model]) -> Mapping[str, Fate]:
    """The fates of a model's text fields, by field name; empty if none was declared."""
    return _declared.get(model._meta.label, {})


def text_fields(model: type[models.Model]) -> Iterable[str]:
    """Names of the concrete fields in which a person's data could stand."""
    return (
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, TEXT_FIELDS) and not isinstance(field, models.GeneratedField)
    )


@checks.register()
def every_text_field_is_declared(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """System check: each text field of each model has a declared fate, and each fate has its field (R5.10)."""
    return [problem for model in apps.get_models(include_auto_created=True) for problem in _problems(model)]


def _problems(model: type[models.Model]) -> Iterable[checks.CheckMessage]:
    fates = declared(model)
    for name in text_fields(model):
        if name not in fates:
            yield checks.Error(
                f"{model._meta.label}.{name} is a text field without a declared fate.",
                hint="Say below the model what a redaction makes of it: personal_data.declare(…).",
                obj=model,
                id="groups.E001",
            )
    for name in fates.keys() - {field.name for field in model._meta.concrete_fields}:
        yield checks.Error(f"{model._meta.label} declares {name}, which is no field.", obj=model, id="groups.E002")
