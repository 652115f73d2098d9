"""What contacts let go once its time is over; the worker and ``manage.py tidy`` run it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from contacts import counts
from contacts.actions import hold
from contacts.models import Change, RejectedRow, Upload
from contacts.models.change import LIFE
from contacts.models.upload import REJECTED_LIFE
from groups.background import let_go

WAITING_LIFE = timedelta(days=1)


def tidy() -> dict[str, int]:
    """Delete selections that were never saved, uploads that wait for nobody and old rejected rows; squash the counts of
    past days (UTC). Returns how many rows went, by what they were."""
    now = timezone.now()
    return {
        "selections that were not saved": let_go(_outlived_selections(now)),
        "uploads that were not saved": let_go(_outlived_uploads(now)),
        "rejected rows": let_go(RejectedRow.objects.filter(upload__finished__lt=now - REJECTED_LIFE)),
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
