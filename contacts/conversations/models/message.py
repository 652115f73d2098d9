from pathlib import PurePath
from uuid import uuid4

from django.db import models
from django.db.models import Q

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal
from groups import personal_data
from groups.models import Account, User

PICTURES = {"image/gif": "gif", "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp"}
"""The content types that a page shows, and their endings; anything else is handed over as a file."""

OURS = personal_data.not_personal("one of our own words")


class MessageQuerySet(models.QuerySet["Message"]):
    def passed(self) -> "MessageQuerySet":
        """Texts that came or left; what waits, or was cancelled before it left, is none."""
        return self.exclude(state__in=[Message.State.QUEUED, Message.State.CANCELLED])


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
    sent = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "provider_id"], condition=~Q(provider_id=""), name="message_once_at_the_provider"
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
)
personal_data.declare(Media, file=personal_data.ROW_DELETED, content_type=personal_data.ROW_DELETED)
