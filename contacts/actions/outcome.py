from collections.abc import Mapping
from dataclasses import dataclass, field

from groups.models import AuditEntry


@dataclass(frozen=True)
class Outcome:
    """What a change did: how many it changed, how many were already so, and how many it skipped, by cause."""

    changed: int = 0
    already: int = 0
    skipped: Mapping[str, int] = field(default_factory=dict)
    entry: AuditEntry | None = None

    @property
    def counts(self) -> dict[str, int]:
        """The figures that are not nought, as the audit and a saved change keep them."""
        figures = {"changed": self.changed, "already": self.already, **self.skipped}
        return {name: many for name, many in figures.items() if many}
