"""Finish what redactions left after their commit: files, dead rows, indexes. Run as often as one likes (R5.7)."""

from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from compliance import database
from compliance.models import DoomedFile, Redaction

BETWEEN_INDEX_CLEAN_UPS = timedelta(days=1)


def clean_up() -> dict[str, int]:
    """Remove doomed files, clear dead rows, clean indexes if that is due; how many redactions got further.

    Whatever fails or is in use stays to be done at the next run. Inside a transaction nothing can be cleaned.
    """
    if connection.in_atomic_block:
        return {}
    with database.only_one() as may:
        return {"redactions cleaned": _clean(), "index clean-ups": _rebuild()} if may else {}


def _clean() -> int:
    waiting = list(Redaction.objects.filter(cleaned=None).order_by("pk"))
    clean = [redaction for redaction in waiting if _without_files(redaction)]
    if not clean or not database.clear_dead_rows(max(redaction.transaction for redaction in clean)):
        return 0
    return Redaction.objects.filter(pk__in=[redaction.pk for redaction in clean]).update(cleaned=timezone.now())


def _without_files(redaction: Redaction) -> bool:
    """Whether every file of it is gone; the name of one that resists stays, for the next run."""
    resisting = [doomed for doomed in redaction.doomed_files.all() if not _is_gone(doomed)]
    return not resisting


def _is_gone(doomed: DoomedFile) -> bool:
    try:
        default_storage.delete(doomed.name)
        gone = not default_storage.exists(doomed.name)
    except OSError:
        return False
    if gone:
        doomed.delete()
    return gone


def _rebuild() -> int:
    due = list(indexes_due().values_list("pk", flat=True))
    if not due or index_clean_up_at() > timezone.now() or not database.rewrite_tables():
        return 0
    return Redaction.objects.filter(pk__in=due).update(indexes_cleaned=timezone.now())


def indexes_due() -> QuerySet[Redaction]:
    """Redactions whose dead rows are gone, and whose values may still stand in free space and pages of indexes."""
    return Redaction.objects.filter(indexes_cleaned=None).exclude(cleaned=None)


def index_clean_up_at() -> datetime:
    """When the next index clean-up may be: at most one a day, for all redactions together; at once on SQLite."""
    last = Redaction.objects.aggregate(last=Max("indexes_cleaned"))["last"]
    return last + BETWEEN_INDEX_CLEAN_UPS if last and connection.vendor == "postgresql" else timezone.now()
