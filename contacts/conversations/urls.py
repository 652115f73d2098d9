from django.urls import path

from contacts.conversations.views import exports, review, thread, wording

app_name = "conversations"

THREADS = "groups/<int:group_id>/threads/"
REVIEW = "groups/<int:group_id>/agents/<int:user_id>/conversations/"
TEXTS = "organizations/<int:organization_id>/texts/"

urlpatterns = [
    path(REVIEW, review.review, name="review"),
    path(f"{REVIEW}<int:conversation_id>/", review.conversation, name="conversation"),
    path(f"{REVIEW}<int:conversation_id>/opt-out/", review.ask_opt_out, name="review_opt_out"),
    path(f"{REVIEW}<int:conversation_id>/status/", review.change_status, name="review_status"),
    path(f"{REVIEW}<int:conversation_id>/media/<int:media_id>/", review.media, name="review_media"),
    path(THREADS, thread.threads, name="threads"),
    path(f"{THREADS}<int:conversation_id>/", thread.thread, name="thread"),
    path(f"{THREADS}<int:conversation_id>/opt-out/", thread.ask_reason, name="opt_out"),
    path(f"{THREADS}<int:conversation_id>/opt-out/confirm/", thread.opt_out, name="confirm_opt_out"),
    path(f"{THREADS}<int:conversation_id>/media/<int:media_id>/", thread.media, name="thread_media"),
    path(TEXTS, wording.texts, name="texts"),
    path(f"{TEXTS}closing/", wording.create_closing, name="create_closing"),
    path(f"{TEXTS}closing/<int:closing_id>/", wording.closing, name="closing"),
    path(f"{TEXTS}closing/<int:closing_id>/retire/", wording.retire_closing, name="retire_closing"),
    path(f"{TEXTS}closing/<int:closing_id>/bring-back/", wording.bring_back_closing, name="bring_back_closing"),
    path("groups/<int:group_id>/messages/export/messages.csv", exports.export_messages, name="export"),
]
