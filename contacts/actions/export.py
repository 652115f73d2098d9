"""Record that somebody takes a file of people's data away (R2: the audit log; R6.7)."""

from groups import audit
from groups.models import AuditEntry, Scope, User


def begin(what: str, *, on: Scope, by: User, rows: int, **more: int | str) -> AuditEntry:
    """Write the entry ``export_…`` before the first row is sent: what was asked for, and how many rows that is.

    Whether all of them arrived, nobody here can know: a download may break off. ``more`` holds codes and counts only.
    """
    return audit.record(f"export_{what}", on=on, by=by, counts={"rows": rows, **more})
