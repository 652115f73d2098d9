from collections.abc import Mapping
from dataclasses import dataclass, field

from groups.models import AuditEntry


@dataclass(frozen=True)
class Outcome:
    """What a change did: how many it changed, and how many were already so.

    ``besides``: what else there is to tell, by its word: whom it left out and why, copies made, evidence kept.
    """

    changed: int = 0
    already: int = 0
    besides: Mapping[str, int] = field(default_factory=dict)
    entry: AuditEntry | None = None

    @property
    def counts(self) -> dict[str, int]:
        """The figures that are not nought, as the audit and a saved change keep them."""
        figures = {"changed": self.changed, "already": self.already, **self.besides}
        return {name: many for name, many in figures.items() if many}
