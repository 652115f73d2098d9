from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contacts.models import Membership, OptOut, Tag
from groups import personal_data
from groups.models import Account, Group, User

LONGEST_SCRIPT = 1000
"""Characters before the placeholders are filled in; with the longest names it is still a text that carriers take."""


class GoalQuerySet(models.QuerySet["Goal"]):
    def running(self) -> "GoalQuerySet":
        """Those that agents work on now."""
        return self.filter(launched__isnull=False, paused=None, stopped=None)


class Goal(models.Model):
    """An outbound campaign of a group: a draft, then launched, perhaps paused, in the end stopped (R7.1)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="goals")
    name = models.CharField(max_length=120)
    script = models.CharField(max_length=LONGEST_SCRIPT, blank=True, help_text="The first text, with placeholders.")
    tag = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    texted_in = models.BooleanField(default=False, help_text="Whether it includes contacts that came by texting in.")
    shared = models.BooleanField(
        default=False, help_text="Whether its contacts are shared out among the agents, and anew when one is removed."
    )
    audience = models.PositiveIntegerField(default=0, help_text="How many it reached at its launch.")
    author = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    launched = models.DateTimeField(null=True)
    paused = models.DateTimeField(null=True)
    stopped = models.DateTimeField(null=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(launched__isnull=False) | Q(paused=None, stopped=None), name="goal_launched_before_it_stops"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state(self) -> str:
        """ "Draft", "Stopped", "Paused" or "Running"."""
        if self.launched is None:
            return "Draft"
        return "Stopped" if self.stopped else "Paused" if self.paused else "Running"


class Recipient(models.Model):
    """A member in the audience that the launch of a goal froze; whether they may be texted is asked at each send."""

    class Result(models.TextChoices):
        """What came of it, as an agent notes it."""

        NONE = "", "None"
        YES = "yes", "Yes"
        NO = "no", "No"

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="recipients", db_index=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="recipients")
    message = models.ForeignKey(
        "Message", models.PROTECT, null=True, related_name="+", db_index=False, help_text="The goal's text to them."
    )
    turn = models.PositiveIntegerField(default=0, help_text="How often they were skipped: the least comes first.")
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    taken_until = models.DateTimeField(null=True, help_text="Until then no other agent sees them.")
    result = models.CharField(max_length=3, choices=Result.choices, blank=True)

    class Meta:
        # Partial: SQLite would look for "no message yet" in a whole index of messages, and sort what it found.
        constraints = [
            models.UniqueConstraint("goal", "membership", name="recipient_once_a_goal"),
            models.UniqueConstraint(
                fields=["message"], condition=Q(message__isnull=False), name="recipient_once_a_message"
            ),
        ]
        indexes = [models.Index(F("goal"), F("turn"), F("id"), name="recipient_to_text", condition=Q(message=None))]

    def __str__(self) -> str:
        return f"{self.membership_id} of {self.goal_id}"

    @property
    def on_the_page_of(self) -> User | None:
        """The agent who has them before them now; no other sees them."""
        return self.taken_by if self.taken_until and self.taken_until > timezone.now() else None


class LastGoal(models.Model):
    """The goal whose text was the last to reach out to a person before an episode of theirs began (R4.5)."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    episode = models.OneToOneField(OptOut, models.PROTECT, primary_key=True, related_name="last_goal")
    goal = models.ForeignKey(Goal, models.PROTECT, related_name="+", db_index=False)

    def __str__(self) -> str:
        return f"{self.goal_id} before {self.episode_id}"


personal_data.declare(
    Goal,
    name=personal_data.not_personal("a campaign's own name"),
    script=personal_data.not_personal("a campaign's own words, the same for everybody"),
)
personal_data.declare(Recipient, result=personal_data.not_personal("one of our own words"))
