from django.urls import path

from contacts.views import contact_list

app_name = "contacts"
urlpatterns = [
    path("groups/<int:group_id>/contacts/", contact_list.contact_list, name="list"),
    path("groups/<int:group_id>/contacts/choose/", contact_list.choose_change, name="choose"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/save/", contact_list.save_change, name="save"),
    path("groups/<int:group_id>/contacts/changes/<int:change_id>/undo/", contact_list.undo_change, name="undo"),
]
