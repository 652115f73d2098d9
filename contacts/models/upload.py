from datetime import timedelta

from django.db import models

from groups import personal_data
from groups.models import Account, AuditEntry, Group, User

REJECTED_LIFE = timedelta(days=7)


class Upload(models.Model):
    """A contact file between its upload and its result; ``content`` goes when the job ends."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for Save"
        SAVED = "saved", "Saved"

    class StatusAnswer(models.TextChoices):
        """What to do with those whom a column says are out (R6.6)."""

        OPT_OUT = "opt-out", "Opt them out"
        IGNORE = "ignore", "Leave them as they are"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="uploads")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    content = models.BinaryField(null=True)
    headers = models.JSONField(default=list)
    mapping = models.JSONField(default=list, help_text="The target of each column, in the file's order.")
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    created = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, null=True, related_name="upload")

    def __str__(self) -> str:
        return self.file_name


class RejectedRow(models.Model):
    """A row that could not be read: kept for seven days so that it can be downloaded, mended and uploaded again."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rejected_rows")
    number = models.PositiveIntegerField(help_text="The row of the file; its header is row 1.")
    cause = models.CharField(max_length=300)
    cells = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Row {self.number}: {self.cause}"


personal_data.declare(
    Upload,
    file_name=personal_data.BLANK,
    content=personal_data.NULL,
    headers=personal_data.EMPTY,
    mapping=personal_data.not_personal("names of our own fields"),
    state=personal_data.not_personal("one of our own words"),
    counts=personal_data.not_personal("keys and counts only"),
)
personal_data.declare(RejectedRow, cause=personal_data.ROW_DELETED, cells=personal_data.ROW_DELETED)
