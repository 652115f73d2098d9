"""Offer a role by e-mail, take it, or take the offer back."""

import logging
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from groups import audit
from groups.actions.role import give_role, lock, lock_admins, may_offer
from groups.audit import Kind, Subjects, scope_keys
from groups.invitations import LIFE, digest, has_expired, is_open, new_secret, waiting_on
from groups.models import Invitation, Role, RoleKind, Scope, User

logger = logging.getLogger(__name__)


class AlreadyMember(Exception):
    """Whoever signs in with this address has the role already."""


class AlreadyInvited(Exception):
    """An invitation to the same role is open for this address."""


class CannotAccept(Exception):
    """The invitation was used, withdrawn or has expired."""


class MayNotOffer(Exception):
    """Whoever invites may not give this role, or may not any more."""


@dataclass
class Offer:
    """An invitation and its link, which is known at this moment only; ``mailed`` once the transaction has ended."""

    invitation: Invitation
    link: str
    mailed: bool = False


@transaction.atomic
def invite(scope: Scope, *, email: str, kind: RoleKind, by: User | None, source: str = "page") -> Offer:
    """Offer a role on ``scope`` to an address, by mail. An expired offer of the same role is replaced.

    Raises ``MayNotOffer``, ``AlreadyMember`` or ``AlreadyInvited``. ``by`` is None for the command line.
    """
    if by:
        _keep_inviter(by, kind, scope)
    type(scope)._default_manager.select_for_update(no_key=True).get(pk=scope.pk)
    email = email.strip().lower()
    if Role.objects.current().filter(user__email=email, kind=kind, **scope_keys(scope)).exists():
        raise AlreadyMember
    _replace_expired(scope, email, kind)
    return offer(scope, email=email, kind=kind, by=by, source=source)


def _keep_inviter(by: User, kind: RoleKind | str, scope: Scope) -> None:
    """Whoever removes the inviter waits, and withdraws what is offered now; or they were quicker."""
    if not may_offer(lock(by, scope), kind, scope):
        raise MayNotOffer


def _replace_expired(scope: Scope, email: str, kind: RoleKind) -> None:
    for earlier in waiting_on(scope).filter(email=email, kind=kind):
        if not has_expired(earlier):
            raise AlreadyInvited
        _set_withdrawn(earlier)


@transaction.atomic
def offer(scope: Scope, *, email: str, kind: RoleKind, by: User | None, source: str) -> Offer:
    """Write an invitation with a fresh secret, whatever the address holds or was offered already, and mail it."""
    secret, now = new_secret(), timezone.now()
    invitation = Invitation.objects.create(
        **scope_keys(scope),
        email=email,
        kind=kind,
        digest=digest(secret),
        invited_by=by,
        created=now,
        expires=now + LIFE,
    )
    audit.record("invite", on=scope, by=by, source=source, counts={"invitation": invitation.pk, "kind": kind.value})
    return _mailing(invitation, secret)


@transaction.atomic
def resend(invitation: Invitation, *, by: User) -> Offer | None:
    """Mail a fresh link, good for another 14 days; the earlier one is dead. None if it was accepted or withdrawn.

    Raises ``MayNotOffer``.
    """
    _keep_inviter(by, invitation.kind, invitation.scope)
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if locked.accepted or locked.withdrawn:
        return None
    secret = new_secret()
    locked.digest, locked.expires, locked.invited_by = digest(secret), timezone.now() + LIFE, by
    locked.save(update_fields=["digest", "expires", "invited_by"])
    audit.record("resend_invitation", on=locked.scope, by=by, counts={"invitation": locked.pk, "kind": locked.kind})
    return _mailing(locked, secret)


@transaction.atomic
def withdraw(invitation: Invitation, *, by: User) -> bool:
    """Take an offer back: its link is dead. Whether it still stood."""
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if locked.accepted or locked.withdrawn:
        return False
    _set_withdrawn(locked)
    audit.record("withdraw_invitation", on=locked.scope, by=by, counts={"invitation": locked.pk, "kind": locked.kind})
    return True


def _set_withdrawn(invitation: Invitation) -> None:
    invitation.withdrawn = timezone.now()
    invitation.save(update_fields=["withdrawn"])


@transaction.atomic
def accept(invitation: Invitation, *, by: User) -> None:
    """Take the offered role; the link works once. ``by`` is whoever signs in with its address.

    A role that they got meanwhile by another way stays as it is. Raises ``CannotAccept``, and ``MayNotOffer`` if the
    inviter may not give the role any more.
    """
    lock(by, invitation.scope)
    locked = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if not is_open(locked) or by.email != locked.email:
        raise CannotAccept
    if locked.invited_by and not may_offer(locked.invited_by, locked.kind, locked.scope):
        raise MayNotOffer
    locked.accepted = timezone.now()
    locked.save(update_fields=["accepted"])
    subjects = [Subjects(Kind.USER, [by.pk])]
    counts: dict[str, int | str] = {"invitation": locked.pk, "kind": locked.kind}
    audit.record("accept_invitation", on=locked.scope, by=by, counts=counts, subjects=subjects)
    give_role(by, RoleKind(locked.kind), locked.scope, by=locked.invited_by)


@transaction.atomic
def join(invitation: Invitation, *, name: str, password: str) -> User:
    """Accept as somebody who has no password yet: they sign in with it from now on.

    Raises as ``accept`` does, and ``IntegrityError`` if somebody took the address at the same moment.
    """
    lock_admins(invitation.scope)
    user = User.objects.select_for_update(no_key=True).filter(email=invitation.email).first()
    if user is None:
        user = User.objects.create_user(invitation.email, password, name=name)
    elif user.has_usable_password():
        raise CannotAccept
    else:
        user.name = name
        user.set_password(password)
        user.save(update_fields=["name", "password"])
    accept(invitation, by=user)
    return user


def _mailing(invitation: Invitation, secret: str) -> Offer:
    made = Offer(invitation, settings.BASE_URL + reverse("groups:invitation", args=[secret]))
    transaction.on_commit(lambda: _mail(made))
    return made


def _mail(made: Offer) -> None:
    """A mail server that does not answer leaves the invitation as it is: it can be sent again."""
    context = {"invitation": made.invitation, "link": made.link, "site": settings.SITE_NAME}
    subject = render_to_string("email/invitation_subject.txt", context).strip()
    text = render_to_string("email/invitation.txt", context)
    try:
        send_mail(subject, text, None, [made.invitation.email])
    except OSError:
        logger.exception("invitation %s could not be mailed", made.invitation.pk)
    else:
        made.mailed = True
