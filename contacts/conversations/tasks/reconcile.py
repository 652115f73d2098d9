"""Ask the providers for what they did not deliver."""

from django.tasks import task

from contacts.conversations.actions.reconcile import reconcile as take_in_what_is_missing
from groups.background import keeps_no_values


@task
@keeps_no_values
def reconcile() -> None:
    """Take in what the providers' webhooks did not bring (R8.5)."""
    take_in_what_is_missing()
