"""Send what waits."""

from datetime import timedelta

from django.tasks import task
from django.utils import timezone

from contacts.conversations.actions.send import overdue, send_now
from groups.background import each, keeps_no_values

BATCH = 500
FORGOTTEN = timedelta(seconds=30)
"""A text that waits for longer lost its task: whoever should have sent it died, or its pause is over."""


@task(priority=50)
@keeps_no_values
def send(message_id: int) -> None:
    """Send one text."""
    _send(message_id)


@task(priority=40)
@keeps_no_values
def send_waiting() -> None:
    """Send whatever should have been sent before now: its task was lost, or its pause is over."""
    each(_send, overdue(timezone.now() - FORGOTTEN)[:BATCH], failed="Not every text could be sent")


def _send(message_id: int) -> None:
    """What has to wait is sent when its time comes; the sweep would find it too, but later."""
    if again := send_now(message_id):
        send.using(run_after=again).enqueue(message_id)
