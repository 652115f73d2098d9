from django.urls import path

from compliance.views import audit_log, look_up, redaction, reversals, support
from groups.access import Permission, account_view, group_view, organization_view

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
    path("support/requests/<int:request_id>/", support.decide, name="support_request"),
    path(
        "accounts/<int:account_id>/audit-log/",
        account_view(Permission.SEE_AUDIT)(audit_log.audit_log),
        name="account_audit",
    ),
    path(
        "organizations/<int:organization_id>/audit-log/",
        organization_view(Permission.SEE_AUDIT)(audit_log.audit_log),
        name="organization_audit",
    ),
    path(
        "groups/<int:group_id>/audit-log/",
        group_view(Permission.SEE_AUDIT)(audit_log.audit_log),
        name="group_audit",
    ),
    path("accounts/<int:account_id>/look-up/", look_up.look_up, name="look_up"),
    path(
        "organizations/<int:organization_id>/look-up/",
        look_up.organization_look_up,
        name="organization_look_up",
    ),
]
