"""Take in what came."""

from django.tasks import task

from contacts.conversations.actions.take_in import take_in, waiting
from groups.background import each, keeps_no_values

BATCH = 500


@task(priority=60)
@keeps_no_values
def take_in_waiting() -> None:
    """Take in every text that waits; one that can't be taken in holds up none of the others."""
    each(take_in, waiting(BATCH), failed="Not every text could be taken in")
