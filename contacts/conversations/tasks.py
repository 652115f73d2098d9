"""What the worker does with texts: take in what came, send what waits. Each task may run twice, or die anywhere."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from contacts.conversations.actions import inbound
from contacts.conversations.actions import reconcile as actions_of_reconciling
from contacts.conversations.actions import send as actions
from groups.background import keeps_no_values

BATCH = 500
FORGOTTEN = timedelta(seconds=30)
"""A text that waits for longer lost its task: whoever should have sent it died, or its pause is over."""


@task(priority=50)
@keeps_no_values
def send(message_id: int) -> None:
    """Send one text."""
    actions.send_now(message_id)


@task(priority=60)
@keeps_no_values
def take_in_waiting() -> None:
    """Take in every text that waits; one that can't be taken in holds up none of the others."""
    _each(inbound.take_in, inbound.waiting(BATCH))


@task(priority=40)
@keeps_no_values
def send_waiting() -> None:
    """Send whatever should have been sent before now: its task was lost, or its pause is over."""
    _each(actions.send_now, actions.overdue(timezone.now() - FORGOTTEN)[:BATCH])


@task
@keeps_no_values
def reconcile() -> None:
    """Take in what the providers' webhooks did not bring (R8.5)."""
    actions_of_reconciling.reconcile()


def _each(act: Callable[[int], object], keys: Iterable[int]) -> None:
    """Do it with each; what fails is tried again by a later run, and told together at the end."""
    errors: list[Exception] = []
    for key in keys:
        try:
            act(key)
        except Exception as error:  # noqa: BLE001  (raised below, with the others)
            errors.append(error)
    if errors:
        raise ExceptionGroup("Not every text could be worked on", errors)
