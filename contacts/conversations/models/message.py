from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.db.models import Q

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal
from contacts.conversations.models.number import SendingNumber
from contacts.models import OptOut
from groups import personal_data
from groups.models import Account, User

PICTURES = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
"""The content types that a page shows, and their endings; anything else is handed over as a file."""

OURS = personal_data.not_personal("one of our own words")


class MessageQuerySet(models.QuerySet["Message"]):
    def passed(self) -> "MessageQuerySet":
        """Texts that came or left; what waits, or was cancelled before it left, is none."""
        return self.exclude(state__in=[Message.State.QUEUED, Message.State.CANCELLED])

    def waiting(self) -> "MessageQuerySet":
        """Texts of ours that the gate has not let pass yet."""
        return self.filter(state=Message.State.QUEUED)


class Message(models.Model):
    """One text of a conversation, in or out."""

    class Direction(models.TextChoices):
        IN = "in", "Received"
        OUT = "out", "Sent"

    class State(models.TextChoices):
        """How far a text got; *handing over* is what the gate commits before the provider is called (R4.9)."""

        RECEIVED = "received", "Received"
        QUEUED = "queued", "Queued"
        HANDING_OVER = "handing_over", "Handing over"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        FAILED = "failed", "Not delivered"
        CANCELLED = "cancelled", "Cancelled"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    conversation = models.ForeignKey(Conversation, models.PROTECT, related_name="messages", db_index=False)
    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    body = models.TextField(blank=True)
    provider_id = models.CharField(max_length=64, blank=True, help_text="The provider's id of it, once known.")
    agent = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, related_name="+", db_index=False)
    time = models.DateTimeField(help_text="When it was written, by the provider's clock where known.")
    by_provider_clock = models.BooleanField(default=False, help_text="Whether the time is the provider's own.")
    verdict = models.CharField(max_length=4, blank=True, help_text="What a received text asks for (R8.1).")
    key = models.UUIDField(null=True, unique=True, help_text="Of the form it was written in: it is sent once.")
    number = models.ForeignKey(SendingNumber, models.PROTECT, null=True, related_name="+", db_index=False)
    episode = models.ForeignKey(
        OptOut, models.PROTECT, null=True, related_name="+", db_index=False, help_text="The opt-out that it confirms."
    )
    answers = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", db_index=False, help_text="The HELP that it answers."
    )
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True, help_text="When it is tried again.")
    handed = models.DateTimeField(null=True, help_text="When the gate let it pass.")
    sent = models.DateTimeField(null=True, help_text="When the provider answered that it has it.")
    delivered = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=20, blank=True, help_text="Why the gate cancelled it, or lets it wait.")
    fault = models.CharField(max_length=20, blank=True, help_text="Why the provider did not deliver it, in its word.")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "provider_id"], condition=~Q(provider_id=""), name="message_once_at_the_provider"
            ),
            # At most one text follows an opt-out, and one answers a HELP (R4.9), whatever the code does.
            models.UniqueConstraint(
                fields=["episode"], condition=Q(episode__isnull=False), name="message_once_after_an_opt_out"
            ),
            models.UniqueConstraint(
                fields=["answers"], condition=Q(answers__isnull=False), name="message_once_in_answer"
            ),
            models.CheckConstraint(
                condition=Q(direction="in", agent=None, goal=None, state="received")
                | (Q(direction="out") & ~Q(state="received")),
                name="message_state_fits_its_direction",
            ),
        ]
        indexes = [
            models.Index(fields=["conversation", "time", "id"], name="message_of_conversation"),
            models.Index(fields=["agent", "conversation"], name="message_by_agent", condition=Q(agent__isnull=False)),
            models.Index(fields=["time"], name="message_waiting", condition=Q(state="queued")),
            models.Index(
                fields=["goal", "state", "conversation"], name="message_of_goal", condition=Q(goal__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}, {self.time:%d %b %Y}"


FOLDER = "media"
"""Where the storage keeps them."""


def random_name(media: "Media", name: str) -> str:
    """Where a file is kept: a random name, since that of the sender may tell who it is."""
    return f"{FOLDER}/{uuid4().hex}{PurePath(name).suffix.lower()[:8]}"


class Media(models.Model):
    """A picture or file in a message."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(Message, models.PROTECT, related_name="media")
    file = models.FileField(upload_to=random_name, max_length=100)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(help_text="Bytes.")

    def __str__(self) -> str:
        return f"{self.content_type}, {self.size} bytes"

    @property
    def is_picture(self) -> bool:
        """Whether a page shows it."""
        return self.content_type in PICTURES


personal_data.declare(
    Message,
    direction=OURS,
    state=OURS,
    body=personal_data.BLANK,
    provider_id=personal_data.BLANK,
    verdict=OURS,
    key=personal_data.not_personal("chance"),
    refusal=OURS,
    fault=personal_data.not_personal("a code of the provider's"),
)
personal_data.declare(Media, file=personal_data.ROW_DELETED, content_type=personal_data.ROW_DELETED)
