"""What contacts let go once its time is over; the worker and ``manage.py tidy`` run it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from contacts import counts
from contacts.actions import hold
from contacts.models import Change, RejectedRow, Upload
from contacts.models.change import LIFE
from contacts.models.upload import REJECTED_LIFE

WAITING_LIFE = timedelta(days=1)


def tidy() -> dict[str, int]:
    """Delete selections that were never saved, uploads that wait for nobody and old rejected rows; squash the counts of
    past days (UTC). Returns how many rows went, by what they were."""
    now = timezone.now()
    return {
        "selections that were not saved": _delete(_outlived_selections(now)),
        "uploads that were not saved": _delete(_outlived_uploads(now)),
        "rejected rows": _delete(RejectedRow.objects.filter(upload__finished__lt=now - REJECTED_LIFE)),
        "daily counts": counts.squash(now.date()),
    }


def holds() -> dict[str, int]:
    """Opt out whoever is on hold past the time limit (R8.2). Returns how many."""
    return {"holds that ran out": hold.expire()}


def _outlived_selections(now: datetime) -> QuerySet[Change]:
    return Change.objects.filter(state=Change.State.CHOSEN, created__lt=now - LIFE)


def _outlived_uploads(now: datetime) -> QuerySet[Upload]:
    """Their content, a file full of people, goes with the row."""
    return Upload.objects.filter(state=Upload.State.WAITING, created__lt=now - WAITING_LIFE)


@transaction.atomic
def _delete(rows: QuerySet[Model]) -> int:
    """How many went, not counting the parts that went with them; what was saved meanwhile stays.

    What is in use stays until the next run: nobody is waited for, so that nobody who holds a part waits for us.
    """
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    keys = list(locked.values_list("pk", flat=True))
    _, gone = rows.filter(pk__in=keys).delete()
    return gone.get(rows.model._meta.label, 0)
