from django.urls import path

from contacts.conversations.views import exports

app_name = "conversations"
urlpatterns = [
    path("groups/<int:group_id>/messages/export/messages.csv", exports.export_messages, name="export"),
]
