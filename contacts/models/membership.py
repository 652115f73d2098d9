from datetime import UTC, datetime

from django.db import models
from django.db.models import Case, Q, Value, When

from contacts.models.contact import Contact
from groups import personal_data
from groups.models import Account, AuditEntry, Group, User

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Status:
    """Bits of ``shown_status``: every status that holds (R3.4). 0 is Active."""

    ACTIVE = 0
    INACTIVE = 1
    OPTED_OUT = 2
    ON_HOLD = 4
    REDACTED = 8


def _bit(value: int, **condition: bool) -> Case:
    return Case(When(**condition, then=Value(value)), default=Value(0))


class MembershipQuerySet(models.QuerySet["Membership"]):
    def listed(self) -> "MembershipQuerySet":
        """Those that lists show: redacted rows have left them (R3.4)."""
        return self.filter(phone__isnull=False)

    def active(self) -> "MembershipQuerySet":
        """Status *Active*: membership active, not opted out, not on hold (R3.4)."""
        return self.listed().filter(inactive=False, opted_out=False, on_hold=False)

    def inactive(self) -> "MembershipQuerySet":
        """Status *Inactive*: all of them, opted out or not (R3.4)."""
        return self.listed().filter(inactive=True)

    def opted_out(self) -> "MembershipQuerySet":
        """Status *Opted out*: by the read copy, for lists; the truth is the open episode."""
        return self.listed().filter(opted_out=True)

    def on_hold(self) -> "MembershipQuerySet":
        """Status *On hold*: by the read copy, for lists."""
        return self.listed().filter(on_hold=True)

    def with_status(self, status: str) -> "MembershipQuerySet":
        """Those of whom a status of the lists holds, by its key; "" is no status in particular."""
        return {
            "": self.listed,
            "active": self.active,
            "inactive": self.inactive,
            "opted_out": self.opted_out,
            "on_hold": self.on_hold,
        }[status]()

    def at(self, positions: "list[int]") -> "MembershipQuerySet":
        """Those at these positions of their group; the range keeps SQLite on the index of positions."""
        if not positions:
            return self.none()
        return self.filter(position__range=(min(positions), max(positions)), position__among=positions)


class Membership(models.Model):
    """A contact's place in a group. Permanent.

    ``sort_name``, ``phone``, ``opted_out``, ``on_hold`` and ``last_message_at`` are read copies: they serve lists, are
    written by the actions that own the truth, and the gate never believes them.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="memberships")
    position = models.PositiveBigIntegerField(help_text="1…group.last_position, in order of arrival.")
    inactive = models.BooleanField(default=False)
    agent = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    added = models.DateTimeField()
    last_message_at = models.DateTimeField(default=NEVER)
    last_change = models.ForeignKey(
        AuditEntry,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="The entry that last changed inactive or agent; nothing else stamps it.",
    )
    sort_name = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=20, null=True)  # noqa: DJ001  (null once redacted, as on Contact)
    opted_out = models.BooleanField(default=False)
    on_hold = models.BooleanField(default=False)
    shown_status = models.GeneratedField(
        expression=_bit(Status.INACTIVE, inactive=True)
        + _bit(Status.OPTED_OUT, opted_out=True)
        + _bit(Status.ON_HOLD, on_hold=True)
        + _bit(Status.REDACTED, phone__isnull=True),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("group", "contact", name="membership_once_a_group"),
            models.UniqueConstraint("group", "position", name="membership_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1), name="membership_position_from_one"),
        ]
        # No status in any index: on PostgreSQL that keeps bulk updates HOT (docs/adr/0002).
        indexes = [
            models.Index(fields=["group", "sort_name", "id"], name="membership_by_name"),
            models.Index(fields=["group", "phone", "id"], name="membership_by_phone"),
            models.Index(fields=["group", "last_message_at", "id"], name="membership_by_message"),
        ]

    def __str__(self) -> str:
        return f"{self.contact} in {self.group}"


personal_data.declare(Membership, sort_name=personal_data.BLANK, phone=personal_data.NULL)
