from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from compliance.views import audit_log, look_up, redaction, reports, reversals, support
from groups.access import Permission, account_view, group_view, organization_view


def report_urls(level: str, start: str) -> list[URLPattern]:
    """The reports of a level: one set of views, guarded on each."""
    on: dict[str, Callable[[Permission], Any]] = {
        "account": account_view,
        "organization": organization_view,
        "group": group_view,
    }
    guarded = on[level](Permission.SEE_REPORTS)
    return [
        path(f"{start}reports/", guarded(reports.report), name=f"{level}_report"),
        path(f"{start}reports/contacts.csv", guarded(reports.report_csv), name=f"{level}_report_csv"),
        path(f"{start}reports/opt-outs/", guarded(reports.opt_out_report), name=f"{level}_opt_out_report"),
        path(f"{start}reports/opt-outs.csv", guarded(reports.opt_out_report_csv), name=f"{level}_opt_out_report_csv"),
        path(f"{start}reports/goals/", guarded(reports.goal_report), name=f"{level}_goal_report"),
        path(f"{start}reports/goals.csv", guarded(reports.goal_report_csv), name=f"{level}_goal_report_csv"),
    ]


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
    *report_urls("account", "accounts/<int:account_id>/"),
    *report_urls("organization", "organizations/<int:organization_id>/"),
    *report_urls("group", "groups/<int:group_id>/"),
    path("accounts/<int:account_id>/look-up/", look_up.look_up, name="look_up"),
    path(
        "organizations/<int:organization_id>/look-up/",
        look_up.organization_look_up,
        name="organization_look_up",
    ),
]
