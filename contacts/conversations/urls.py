from django.urls import path

from contacts.conversations.views import (
    exports,
    first_texts,
    goals,
    holds,
    numbers,
    review,
    thread,
    webhooks,
    wording,
    writing,
)

app_name = "conversations"

THREADS = "groups/<int:group_id>/threads/"
GOALS = "groups/<int:group_id>/goals/"
REVIEW = "groups/<int:group_id>/agents/<int:user_id>/conversations/"
TEXTS = "organizations/<int:organization_id>/texts/"

urlpatterns = [
    # First, since they are asked far more often than pages are.
    path("texts/<slug:provider>/", webhooks.texts, name="texts_in"),
    path("texts/<slug:provider>/reports/<int:message_id>/", webhooks.reports, name="reports"),
    path(REVIEW, review.review, name="review"),
    path(f"{REVIEW}<int:conversation_id>/", review.conversation, name="conversation"),
    path(f"{REVIEW}<int:conversation_id>/opt-out/", review.ask_opt_out, name="review_opt_out"),
    path(f"{REVIEW}<int:conversation_id>/status/", review.change_status, name="review_status"),
    path(f"{REVIEW}<int:conversation_id>/holds/<int:hold_id>/", review.decide_hold, name="review_hold"),
    path(f"{REVIEW}<int:conversation_id>/media/<int:media_id>/", review.media, name="review_media"),
    path(THREADS, thread.threads, name="threads"),
    path(f"{THREADS}<int:conversation_id>/", thread.thread, name="thread"),
    path(f"{THREADS}<int:conversation_id>/send/", writing.send, name="send"),
    path(f"{THREADS}<int:conversation_id>/notes/", thread.notes, name="notes"),
    path(f"{THREADS}<int:conversation_id>/claim/", writing.claim, name="claim"),
    path(f"{THREADS}<int:conversation_id>/opt-out/", thread.ask_reason, name="opt_out"),
    path(f"{THREADS}<int:conversation_id>/opt-out/confirm/", thread.opt_out, name="confirm_opt_out"),
    path(f"{THREADS}<int:conversation_id>/holds/<int:hold_id>/", thread.decide_hold, name="thread_hold"),
    path(f"{THREADS}<int:conversation_id>/media/<int:media_id>/", thread.media, name="thread_media"),
    path(GOALS, goals.goals, name="goals"),
    path(f"{GOALS}new/", goals.new_goal, name="new_goal"),
    path(f"{GOALS}<int:goal_id>/", goals.goal, name="goal"),
    path(f"{GOALS}<int:goal_id>/launch/", goals.launch, name="launch"),
    path(f"{GOALS}<int:goal_id>/state/", goals.move, name="move_goal"),
    path(f"{GOALS}<int:goal_id>/left-out/<slug:cause>/", goals.left_out, name="left_out"),
    path(f"{GOALS}<int:goal_id>/send/", first_texts.begin, name="begin"),
    path("groups/<int:group_id>/number/", numbers.number, name="number"),
    path("groups/<int:group_id>/number/take/", numbers.take_number, name="take_number"),
    path("groups/<int:group_id>/holds/", holds.holds, name="holds"),
    path("groups/<int:group_id>/holds/<int:hold_id>/", holds.decide_hold, name="decide_hold"),
    path("organizations/<int:organization_id>/holds/", holds.organization_holds, name="organization_holds"),
    path(
        "organizations/<int:organization_id>/holds/<int:hold_id>/",
        holds.decide_hold_of_organization,
        name="decide_hold_of_organization",
    ),
    path(TEXTS, wording.texts, name="texts"),
    path(f"{TEXTS}closing/", wording.create_closing, name="create_closing"),
    path(f"{TEXTS}closing/<int:closing_id>/", wording.closing, name="closing"),
    path(f"{TEXTS}closing/<int:closing_id>/retire/", wording.retire_closing, name="retire_closing"),
    path(f"{TEXTS}closing/<int:closing_id>/bring-back/", wording.bring_back_closing, name="bring_back_closing"),
    path("groups/<int:group_id>/messages/export/messages.csv", exports.export_messages, name="export"),
]
