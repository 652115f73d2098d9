"""The frozen selection of a bulk change (R6.2): who was shown when an action was chosen."""

from datetime import timedelta

from django.db import models
from django.utils.functional import cached_property

from groups import packing, personal_data
from groups.models import Account, AuditEntry, Group, User

LIFE = timedelta(hours=1)


class Change(models.Model):
    """An action chosen for a selection; ``Save`` flips ``state`` once, in the change's own transaction."""

    class Action(models.TextChoices):
        MAKE_ACTIVE = "make_active", "Make Active"
        MAKE_INACTIVE = "make_inactive", "Make Inactive"
        OPT_OUT = "opt_out", "Opt-out"
        ASSIGN = "assign", "Assign"

    class State(models.TextChoices):
        CHOSEN = "chosen"
        SAVED = "saved"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="changes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    action = models.CharField(max_length=13, choices=Action.choices)
    state = models.CharField(max_length=6, choices=State.choices, default=State.CHOSEN)
    created = models.DateTimeField()
    selected = models.PositiveBigIntegerField(help_text="How many members the selection showed.")
    result = models.JSONField(default=dict, help_text="Counts of the outcome, once saved.")
    entry = models.OneToOneField(AuditEntry, models.PROTECT, null=True, related_name="change")

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.selected}"

    @property
    def saved_entry(self) -> AuditEntry:
        """The entry of a change that was saved and changed somebody."""
        if self.entry is None:
            raise ValueError("This change has no entry: it was not saved, or changed nobody.")
        return self.entry

    @cached_property
    def positions(self) -> list[int]:
        """Positions in the group of the members that the selection showed, ascending."""
        return [
            position
            for chunk in self.chunks.order_by("bucket")
            for position in packing.unpack(chunk.bucket, chunk.positions)
        ]


class ChangeChunk(models.Model):
    """Up to 4,096 positions of a selection, packed."""

    change = models.ForeignKey(Change, models.CASCADE, related_name="chunks")
    bucket = models.BigIntegerField()
    positions = models.BinaryField()

    def __str__(self) -> str:
        return f"Chunk {self.bucket} of {self.change_id}"


personal_data.declare(
    Change,
    action=personal_data.not_personal("one of our own words"),
    state=personal_data.not_personal("one of our own words"),
    result=personal_data.not_personal("keys and counts only"),
)
personal_data.declare(ChangeChunk, positions=personal_data.not_personal("places in a group, no phones"))
