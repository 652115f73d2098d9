from django.urls import URLPattern, URLResolver, path

from compliance.views import audit_log, look_up
from groups.access import Permission, account_view, group_view, organization_view

app_name = "compliance"
urlpatterns: list[URLPattern | URLResolver] = [
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
