from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Accounts, organizations, groups, users, roles, access and the audit: the ground floor."""

    name = "groups"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what a system check or a signal needs to know."""
        from groups import library_tables, sets, stores  # noqa: F401, PLC0415  (each registers by being imported)
