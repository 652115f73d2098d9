from django.urls import path

from compliance.views import redaction

app_name = "compliance"
urlpatterns = [
    path("accounts/<int:account_id>/compliance/", redaction.compliance, name="compliance"),
    path("accounts/<int:account_id>/compliance/preview/", redaction.preview_redaction, name="preview"),
    path("accounts/<int:account_id>/compliance/confirm/", redaction.confirm_redaction, name="confirm"),
    path("accounts/<int:account_id>/compliance/redact/", redaction.erase, name="redact"),
    path("accounts/<int:account_id>/compliance/receipts/<int:redaction_id>/", redaction.receipt, name="receipt"),
]
