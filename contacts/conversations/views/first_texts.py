"""An agent works a goal: one contact on the page, one tap, one text, and the next is there (R7.1, R7.2)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from contacts.conversations import hours, recipients
from contacts.conversations.actions import initial
from contacts.conversations.actions.write import CannotSend, NotTheirs, SomebodyWrites
from contacts.conversations.models import Goal, Recipient
from contacts.digests import KeyProblem
from groups.access import Permission, SignedIn, group_view
from groups.keys import key_of
from groups.models import Group
from groups.times import deadline
from groups.views.page import page, wants_part


@dataclass(frozen=True)
class Card:
    """A contact: the text as it leaves, and what it would wait for."""

    recipient: Recipient
    text: str
    waits: str


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.WORK_THREADS)
def begin(request: SignedIn, group: Group, goal_id: int) -> HttpResponse:
    """`Begin Sending Messages`: the next contact; POST sends to the one on the page, or skips them."""
    goal = get_object_or_404(group.goals.select_related("group__organization"), pk=goal_id, launched__isnull=False)
    said = _act(request, goal) if request.method == "POST" else ""
    if request.method == "POST" and not wants_part(request):
        if said:
            messages.error(request, said)
        return redirect("conversations:begin", group.pk, goal.pk)
    cards = iter(_cards(request, goal))
    context = page(
        request,
        group,
        "threads",
        goal=goal,
        card=next(cards, None),
        following=next(cards, None),
        said=said,
        most=recipients.MOST,
        left=recipients.left(goal, request.user),
        replies=recipients.unanswered(group, request.user).count(),
        waiting=recipients.waiting_of(goal, request.user),
    )
    return render(request, f"conversations/begin.html{'#work' if wants_part(request) else ''}", context)


def _act(request: SignedIn, goal: Goal) -> str:
    """Send, or skip; why nothing was sent, if nothing was."""
    key = key_of(request.POST.get("recipient", ""))
    if key is None:
        return "Nothing was sent: this page is out of date. Here is the next contact."
    if "skip" in request.POST:
        initial.skip(goal, key, by=request.user)
        return ""
    return _unsent(request, goal, key)


def _unsent(request: SignedIn, goal: Goal, key: int) -> str:
    try:
        initial.send_first(goal, key, by=request.user)
    except (CannotSend, KeyProblem) as problem:
        return f"Nothing was sent to them. {problem}"
    except (NotTheirs, SomebodyWrites):
        return "Nothing was sent by you: a colleague has this contact now."
    except Recipient.DoesNotExist:
        return "Nothing was sent: this contact is not in the goal."
    return ""


def _cards(request: SignedIn, goal: Goal) -> list[Card]:
    """Whose turn it is and who comes after, to be read while the first text is under way."""
    if goal.paused or goal.stopped or goal.group.archived:
        return []
    return [
        Card(
            found,
            initial.words(goal, found.membership.contact, request.user),
            _waits(goal.group, str(found.membership.phone)),
        )
        for found in initial.take(goal, by=request.user, many=2)
    ]


def _waits(group: Group, phone: str) -> str:
    """Until when a text sent now would wait, and why; "" if it leaves at once (R7.4)."""
    now = timezone.now()
    zones = hours.common(hours.zones_of(group, phone))
    try:
        leaves = hours.next_hour(group, phone, now)
    except hours.NoHour:
        return f"No hour is day in all of {zones}: a text to them never leaves."
    if leaves == now:
        return ""
    return f"Leaves {deadline(leaves)}. Texts leave from {group.texts_from}:00 to {group.texts_until}:00 in {zones}."
