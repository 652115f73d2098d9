from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Sending numbers, goals, threads and review: the floor above contacts."""

    name = "contacts.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"
