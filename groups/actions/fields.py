"""Writing named fields of a locked row."""

from django.db import models


def write(row: models.Model, **values: object) -> list[str]:
    """Save those fields whose value is another one; their names, none if all were so already."""
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    return changed
