from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    """Sending numbers, goals, threads and review: the floor above contacts."""

    name = "contacts.conversations"
    label = "conversations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen, and say how our changes and texts read, where personal data stands, how our copies are verified."""
        from contacts import verify  # noqa: PLC0415  (models are there only now)
        from contacts.conversations import audit_sentences, receivers, stores, timeline  # noqa: F401, PLC0415  (each registers)
        from contacts.conversations.verify import differences  # noqa: PLC0415  (models are there only now)

        verify.also(differences)
