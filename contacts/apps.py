from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacts, memberships, tags, opt-outs and uploads."""

    name = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the ground floor; tell it how our changes read and where personal data stands."""
        from contacts import audit_sentences, receivers, stores  # noqa: F401, PLC0415  (each registers by being imported)
