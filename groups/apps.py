from django.apps import AppConfig


class GroupsConfig(AppConfig):
    """Accounts, organizations, groups, users, roles, access and the audit: the ground floor."""

    name = "groups"
    default_auto_field = "django.db.models.BigAutoField"
