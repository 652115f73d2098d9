from django.urls import path

from contacts.views import (
    account_sync,
    changes,
    contact,
    contact_list,
    exports,
    opt_out_list,
    opt_outs,
    organization_contacts,
    reasons,
    tags,
    upload,
)

app_name = "contacts"
urlpatterns = [
    path("groups/<int:group_id>/contacts/", contact_list.contact_list, name="list"),
    path("groups/<int:group_id>/contacts/rows/", contact_list.rows_now, name="rows"),
    path("groups/<int:group_id>/contacts/add/", contact.add, name="add"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/", contact.contact, name="contact"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/edit/", contact.edit, name="edit"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/number/", contact.change_number, name="number"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/opt-out/", contact.ask_opt_out, name="opt_out"),
    path("groups/<int:group_id>/contacts/<int:contact_id>/status/", contact.change_status, name="status"),
    path("groups/<int:group_id>/contacts/upload/", upload.upload, name="upload"),
    path("groups/<int:group_id>/contacts/uploads/<int:upload_id>/", upload.preview, name="upload_preview"),
    path("groups/<int:group_id>/contacts/uploads/<int:upload_id>/save/", upload.save, name="upload_save"),
    path("groups/<int:group_id>/contacts/uploads/<int:upload_id>/cancel/", upload.cancel, name="upload_cancel"),
    path("groups/<int:group_id>/contacts/uploads/<int:upload_id>/result/", upload.result, name="upload_result"),
    path(
        "groups/<int:group_id>/contacts/uploads/<int:upload_id>/rejected.csv", upload.rejected, name="upload_rejected"
    ),
    path("groups/<int:group_id>/contacts/export/", exports.exports, name="exports"),
    path("groups/<int:group_id>/contacts/export/contacts.csv", exports.export_contacts, name="export"),
    path("groups/<int:group_id>/agents/export/members.csv", exports.export_members, name="export_members"),
    path("groups/<int:group_id>/contacts/changes/", changes.changes, name="changes"),
    path("groups/<int:group_id>/contacts/choose/", contact_list.choose_change, name="choose"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/save/", contact_list.save_change, name="save"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/undo/", contact_list.undo_change, name="undo"),
    path(
        "organizations/<int:organization_id>/contacts/",
        organization_contacts.organization_contacts,
        name="organization_contacts",
    ),
    path("organizations/<int:organization_id>/tags/", tags.tags, name="tags"),
    path("organizations/<int:organization_id>/tags/<int:tag_id>/", tags.tag, name="tag"),
    path("organizations/<int:organization_id>/tags/<int:tag_id>/retire/", tags.retire_tag, name="retire_tag"),
    path(
        "organizations/<int:organization_id>/tags/<int:tag_id>/bring-back/", tags.bring_back_tag, name="bring_back_tag"
    ),
    path("organizations/<int:organization_id>/opt-out-reasons/", reasons.reasons, name="reasons"),
    path("organizations/<int:organization_id>/opt-out-reasons/<int:reason_id>/", reasons.reason, name="reason"),
    path(
        "organizations/<int:organization_id>/opt-out-reasons/<int:reason_id>/retire/",
        reasons.retire_reason,
        name="retire_reason",
    ),
    path(
        "organizations/<int:organization_id>/opt-out-reasons/<int:reason_id>/bring-back/",
        reasons.bring_back_reason,
        name="bring_back_reason",
    ),
    path("accounts/<int:account_id>/sync/", account_sync.account_sync, name="account_sync"),
    path("organizations/<int:organization_id>/opt-outs/", opt_outs.opt_outs, name="opt_outs"),
    path("organizations/<int:organization_id>/opt-outs/add/", opt_out_list.opt_out_list, name="opt_out_list"),
    path(
        "organizations/<int:organization_id>/opt-outs/export/opt-outs.csv",
        exports.export_opt_outs,
        name="export_opt_outs",
    ),
]
