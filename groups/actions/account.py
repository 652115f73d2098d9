"""Open an account, from the command line."""

from dataclasses import dataclass

from django.db import transaction

from groups import audit
from groups.actions.invitation import Offer, offer
from groups.actions.person import person_named
from groups.actions.role import give_role
from groups.models import Account, RoleKind, User

COMMAND = "command"


class NameTaken(Exception):
    """There is an account of this name."""


@dataclass(frozen=True)
class Opened:
    """A new account, its first admin, and the invitation for somebody who has no password yet."""

    account: Account
    admin: User
    offer: Offer | None


@transaction.atomic
def create_account(name: str, *, email: str, person: str, one_sender: bool) -> Opened:
    """Make an account and its first admin, who is somebody that signs in already or else is invited by mail.

    ``one_sender``: its organizations are one to the people that they text, so account sync is on (R4.6).
    Raises ``NameTaken``. The name ``person`` is for a newcomer only.
    """
    if Account.objects.filter(name__iexact=name).exists():
        raise NameTaken
    account = Account.objects.create(name=name, sync_opt_outs=one_sender)
    audit.record("create_account", on=account, by=None, source=COMMAND, counts={"sync": 1} if one_sender else {})
    admin = person_named(email, person)
    give_role(admin, RoleKind.ACCOUNT_ADMIN, account, by=None, source=COMMAND)
    if admin.has_usable_password():
        return Opened(account, admin, None)
    made = offer(account, email=admin.email, kind=RoleKind.ACCOUNT_ADMIN, by=None, source=COMMAND)
    return Opened(account, admin, made)
