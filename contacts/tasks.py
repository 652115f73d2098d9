"""What the worker does with contacts. Each task may run twice, or die anywhere."""

from django.tasks import task

from contacts.actions import sync_application
from groups.background import keeps_no_values
from groups.models import Account, User


@task
@keeps_no_values
def apply_sync(account_id: int, by_id: int) -> None:
    """Copy what existing opt-outs lack in other organizations of an account (R4.6)."""
    sync_application.apply(Account.objects.get(pk=account_id), by=User.objects.get(pk=by_id))
