from django.urls import path

from contacts.views import contact, contact_list, upload

app_name = "contacts"
urlpatterns = [
    path("groups/<int:group_id>/contacts/", contact_list.contact_list, name="list"),
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
    path("groups/<int:group_id>/contacts/choose/", contact_list.choose_change, name="choose"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/save/", contact_list.save_change, name="save"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/undo/", contact_list.undo_change, name="undo"),
]
