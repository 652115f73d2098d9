from django.db import models

from contacts.models import Contact
from contacts.models.membership import NEVER
from groups.models import Account, Group, User


class Conversation(models.Model):
    """The one thread of a contact in a group."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    group = models.ForeignKey(Group, models.PROTECT, related_name="conversations", db_index=False)
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="conversations")
    last_message_at = models.DateTimeField(default=NEVER)
    writer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    writing_until = models.DateTimeField(null=True, help_text="Until then nobody else writes here (R7.2).")

    class Meta:
        constraints = [models.UniqueConstraint("group", "contact", name="conversation_once_a_group")]
        indexes = [models.Index(fields=["group", "last_message_at", "id"], name="conversation_by_message")]

    def __str__(self) -> str:
        return f"{self.contact} in {self.group}"
