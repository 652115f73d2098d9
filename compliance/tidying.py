"""Everything that has to be done again and again; the worker and ``manage.py tidy`` both come here."""

import json
from collections.abc import Callable
from io import StringIO

from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from compliance.actions.clean_up import clean_up
from contacts.actions import tidy as contacts
from contacts.conversations.actions import tidy as conversations
from groups.background import each, let_go

type Step = Callable[[], dict[str, int]]


def tidy() -> dict[str, int]:
    """Take every step; return how many rows went, by what they were.

    A step that fails holds up none of the others; their errors come together at the end.
    """
    taken = each(lambda step: step(), STEPS, failed="Not everything could be tidied")
    return {what: many for gone in taken for what, many in gone.items()}


def sessions() -> dict[str, int]:
    """Delete the sessions that have lapsed, as ``manage.py clearsessions`` does."""
    return {"lapsed sessions": let_go(Session.objects.filter(expire_date__lt=timezone.now()))}


def tasks() -> dict[str, int]:
    """Delete what the queue keeps of tasks: an hour after they were done, seven days after they failed."""
    return {"tasks that were done": _prune("1h"), "tasks that failed": _prune("7d", include_failed=True)}


def _prune(older_than: str, *, include_failed: bool = False) -> int:
    printed = StringIO()
    call_command("ox_prune", older_than=older_than, include_failed=include_failed, format="json", stdout=printed)
    return int(json.loads(printed.getvalue())["task_rows"])


STEPS: tuple[Step, ...] = (contacts.holds, clean_up, contacts.tidy, conversations.tidy, sessions, tasks)
"""Each may be run at any time, twice at once, and may die half way; the next run goes on. Add yours here."""
