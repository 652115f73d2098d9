from django.urls import path

from compliance.views import redaction, reversals, support

app_name = "compliance"
urlpatterns = [
    path("accounts/<int:account_id>/compliance/", redaction.compliance, name="compliance"),
    path("accounts/<int:account_id>/compliance/preview/", redaction.preview_redaction, name="preview"),
    path("accounts/<int:account_id>/compliance/confirm/", redaction.confirm_redaction, name="confirm"),
    path("accounts/<int:account_id>/compliance/redact/", redaction.erase, name="redact"),
    path("accounts/<int:account_id>/compliance/receipts/<int:redaction_id>/", redaction.receipt, name="receipt"),
    path("accounts/<int:account_id>/reversals/", reversals.reversals, name="reversals"),
    path("accounts/<int:account_id>/reversals/file/", reversals.file_reversal, name="file_reversal"),
    path("accounts/<int:account_id>/reversals/file-bulk/", reversals.file_bulk_reversal, name="file_bulk_reversal"),
    path("support/", support.support, name="support"),
    path("support/find/", support.find, name="support_find"),
    path("support/requests/<int:request_id>/", support.request, name="support_request"),
]
