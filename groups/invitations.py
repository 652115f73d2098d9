"""Finding invitations: by the secret in a link, and those that wait on an object."""

from datetime import timedelta
from hashlib import sha256
from secrets import token_urlsafe

from django.db.models import QuerySet
from django.utils import timezone

from groups.audit import scope_keys
from groups.models import Invitation, Scope, User

LIFE = timedelta(days=14)


def new_secret() -> str:
    """256 random bits, as they stand in a link."""
    return token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def waiting_on(scope: Scope) -> QuerySet[Invitation]:
    """Invitations to exactly this object that were neither accepted nor withdrawn, expired ones too; newest first."""
    waiting = Invitation.objects.filter(**scope_keys(scope), accepted=None, withdrawn=None)
    return waiting.select_related("invited_by").order_by("-created", "-pk")


def found_by(secret: str) -> Invitation | None:
    """The invitation whose link holds ``secret``, in whatever state it is."""
    tenants = Invitation.objects.select_related("account", "organization", "group", "invited_by")
    return tenants.filter(digest=digest(secret)).first()


def is_open(invitation: Invitation) -> bool:
    """Whether it can be accepted now."""
    return invitation.accepted is None and invitation.withdrawn is None and not has_expired(invitation)


def has_expired(invitation: Invitation) -> bool:
    """Whether its 14 days are over."""
    return invitation.expires <= timezone.now()


def invited_person(invitation: Invitation) -> User | None:
    """Who signs in with the invited address already."""
    return User.objects.filter(email=invitation.email).first()
