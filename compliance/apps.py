from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Redaction, receipts, reversals and the audit log: the top floor."""

    name = "compliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen, and tell the ground floor where personal data stands and how our changes read."""
        from compliance import audit_sentences, mentions, receivers, stores  # noqa: F401, PLC0415  (each registers by being imported)
