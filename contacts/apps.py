from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Contacts, memberships, tags, opt-outs and uploads."""

    name = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
