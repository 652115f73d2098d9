from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Redaction, receipts, reversals and the audit log: the top floor."""

    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"
