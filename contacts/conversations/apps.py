from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Sending numbers, goals, threads and review: the floor above contacts."""

    name = "contacts.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the contacts floor, tell how our changes read, and have our copies verified with the others."""
        from contacts import verify  # noqa: PLC0415  (models are there only now)
        from contacts.conversations import audit_sentences, receivers  # noqa: F401, PLC0415  (each registers itself)
        from contacts.conversations.verify import differences  # noqa: PLC0415

        verify.also(differences)
