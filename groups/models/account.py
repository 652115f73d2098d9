from django.db import models
from django.db.models import F, Q

from groups import countries, personal_data, zones


class Account(models.Model):
    """The top tenant; its organizations never move to another."""

    name = models.CharField(max_length=120)
    sync_opt_outs = models.BooleanField(
        "account sync",
        default=False,
        help_text="Its organizations are one sender to people: an opt-out reaches all of them (R4.6).",
    )
    sync_applying = models.BooleanField(
        default=False, help_text="Opt-outs that existed before are still being brought to all of them (R4.9)."
    )
    created = models.DateTimeField(auto_now_add=True)

    level = "account"

    def __str__(self) -> str:
        return self.name

    @property
    def account_id(self) -> int:
        """Its own key, by the name under which the levels below it have it."""
        return self.pk


class Organization(models.Model):
    """Owns groups, contacts, tags, reasons and opt-outs; its country is the default region of its phones."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="organizations")
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2, default="US", choices=countries.choices)
    created = models.DateTimeField(auto_now_add=True)

    level = "organization"

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("account", "name", name="organization_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reach(self) -> str:
        """Where an opt-out of it forbids texts, as after "no group of" (R4.6)."""
        return f"{self} or any other organization of {self.account}" if self.account.sync_opt_outs else str(self)


class Group(models.Model):
    """Where agents text contacts. Never deleted, only archived: then no goals and no sends."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="groups")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="groups")
    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, default="America/New_York", validators=[zones.known])
    texts_from = models.PositiveSmallIntegerField("texts leave from", default=8, help_text="Hour of the day (R7.4).")
    texts_until = models.PositiveSmallIntegerField(
        "texts leave until", default=20, help_text="21 at the latest (R7.4)."
    )
    archived = models.DateTimeField(null=True, blank=True)
    last_position = models.PositiveBigIntegerField(
        default=0, help_text="Positions are dense, 1…this; raised under the row's lock."
    )
    created = models.DateTimeField(auto_now_add=True)

    level = "group"

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint("organization", "name", name="group_name_unique"),
            models.CheckConstraint(
                condition=Q(texts_from__gte=8, texts_until__lte=21, texts_from__lt=F("texts_until")),
                name="group_hours_lawful",
                violation_error_message="Texts leave between 8:00 and 21:00, and the first hour comes before the last.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


Scope = Account | Organization | Group
"""An object of the tenant tree: what a role is on, and what a page or a change is about. ``level`` says which it is."""

personal_data.declare(Account, name=personal_data.not_personal("an account's own name"))
personal_data.declare(
    Organization,
    name=personal_data.not_personal("an organization's own name"),
    country=personal_data.not_personal("one of a fixed list"),
)
personal_data.declare(
    Group,
    name=personal_data.not_personal("a group's own name"),
    time_zone=personal_data.not_personal("one of a fixed list"),
)
