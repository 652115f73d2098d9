from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Redaction, receipts, reversals and the audit log: the top floor."""

    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the ground floor how our changes read."""
        from compliance import audit_sentences  # noqa: F401, PLC0415  (it registers by being imported)
