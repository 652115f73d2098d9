from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacts, memberships, tags, opt-outs and uploads."""

    name = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the ground floor, and tell it how our changes read."""
        from contacts import audit_sentences, receivers  # noqa: F401, PLC0415  (each registers by being imported)
