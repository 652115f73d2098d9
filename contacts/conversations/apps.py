from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Sending numbers, goals, threads and review: the floor above contacts."""

    name = "contacts.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ground floor where personal data stands."""
        from contacts.conversations import stores  # noqa: F401, PLC0415  (registers by being imported)
