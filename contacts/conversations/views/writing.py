"""An agent writes in a thread: one at a time, and each form sends once (R7.2)."""

from contextlib import suppress
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from contacts.conversations.actions import write
from contacts.conversations.forms.thread import TextForm
from contacts.conversations.models import Conversation
from contacts.conversations.views.thread_page import mine, show
from contacts.digests import KeyProblem
from groups.access import Permission, SignedIn, group_view
from groups.models import Group
from groups.views.live import follows
from groups.views.page import wants_part

CHANGED = (
    "This was sent already as it was before you changed it; it stands above. Press Send to send what is here now too."
)


@require_POST
@group_view(Permission.WORK_THREADS)
@follows
def send(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """A text of the agent's: queued, once for each form; else the thread again, with the words that were not sent."""
    conversation, member = mine(request, group, conversation_id)
    form = TextForm(request.POST)
    unsent = form.problem or _unsent(request, conversation, form.cleaned_data["body"], form.cleaned_data["key"])
    part = "#written" if wants_part(request) else ""
    if unsent:
        conversation.refresh_from_db(fields=["writer", "writing_until"])
        return show(
            request, group, conversation, member, part=part, written=request.POST.get("body", ""), unsent=unsent
        )
    if part:
        return trigger_client_event(show(request, group, conversation, member, part=part), "taken", after="swap")
    return redirect("conversations:thread", group.pk, conversation.pk)


def _unsent(request: SignedIn, conversation: Conversation, body: str, key: UUID) -> str:
    """Why the text was not taken; "" if it was. Nothing is then left under its key: the form is shown with another."""
    try:
        write.write(conversation, body, by=request.user, key=key)
    except (write.CannotSend, KeyProblem) as problem:
        return f"Nothing was sent. {problem}"
    except write.SomebodyWrites as busy:
        return f"Nothing was sent: {busy} Wait until they are done."
    except write.SentBefore:
        return CHANGED
    except write.NotTheirs:
        raise Http404 from None
    return ""


@require_POST
@group_view(Permission.WORK_THREADS)
def claim(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """The agent is writing: for two minutes nobody else does, unless somebody does already (R7.2).

    The same answer either way: the page follows who writes, and asks no second time.
    """
    conversation, _ = mine(request, group, conversation_id)
    with suppress(write.SomebodyWrites):
        write.claim(conversation, by=request.user)
    return HttpResponse()
