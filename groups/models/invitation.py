from django.db import models
from django.db.models import Q

from groups import personal_data
from groups.models.account import Account, Group, Organization, Scope
from groups.models.role import RoleKind
from groups.models.user import User


class Invitation(models.Model):
    """A role offered to an e-mail address; whoever opens its link with the secret in it may take it, once."""

    email = models.EmailField(max_length=254)
    kind = models.CharField(max_length=18, choices=RoleKind.choices)
    account = models.ForeignKey(Account, models.PROTECT, related_name="invitations")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="invitations")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the secret in the link.")
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    created = models.DateTimeField()
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True)
    withdrawn = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["account", "email"],
                name="invitation_open",
                condition=Q(accepted=None, withdrawn=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.get_kind_display()}"

    @property
    def scope(self) -> Scope:
        """The object that the offered role is on."""
        return self.group or self.organization or self.account


personal_data.declare(
    Invitation,
    email=personal_data.STAFF,
    kind=personal_data.not_personal("one of our own words"),
    digest=personal_data.not_personal("digest of a random secret"),
)
