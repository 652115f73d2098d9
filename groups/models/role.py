from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from groups import personal_data
from groups.models.account import Account, Group, Organization, Scope
from groups.models.user import User


class RoleKind(models.TextChoices):
    ACCOUNT_ADMIN = "account_admin", "Account admin"
    ORGANIZATION_ADMIN = "organization_admin", "Organization admin"
    GROUP_ADMIN = "group_admin", "Group admin"
    AGENT = "agent", "Agent"


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self) -> "RoleQuerySet":
        """Roles that nobody has ended."""
        return self.filter(ended=None)


class Role(models.Model):
    """What a user is on one account, organization or group. Ended roles stay: past agents are still listed (R3.3)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=18, choices=RoleKind.choices)
    account = models.ForeignKey(Account, models.PROTECT, related_name="roles")
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="roles")
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="roles")
    started = models.DateTimeField(default=timezone.now)
    ended = models.DateTimeField(null=True, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RoleKind.ACCOUNT_ADMIN, organization=None, group=None)
                | Q(kind=RoleKind.ORGANIZATION_ADMIN, organization__isnull=False, group=None)
                | Q(kind__in=[RoleKind.GROUP_ADMIN, RoleKind.AGENT], organization__isnull=False, group__isnull=False),
                name="role_kind_fits_its_scope",
            ),
            models.CheckConstraint(condition=Q(ended=None) | Q(ended__gte=F("started")), name="role_ends_after_start"),
            models.UniqueConstraint(
                "user", "kind", "account", condition=Q(ended=None, organization=None), name="role_once_an_account"
            ),
            models.UniqueConstraint(
                "user", "kind", "organization", condition=Q(ended=None, group=None), name="role_once_an_organization"
            ),
            models.UniqueConstraint("user", "kind", "group", condition=Q(ended=None), name="role_once_a_group"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.scope}"

    @property
    def scope(self) -> Scope:
        """The object that the role is on."""
        return self.group or self.organization or self.account


personal_data.declare(Role, kind=personal_data.not_personal("one of our own words"))
