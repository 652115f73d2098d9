"""An agent's threads: their own and those of nobody, and `Opt Out` in two steps (R4.3, R7.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts import timeline
from contacts.actions.opt_out import opt_out_contacts
from contacts.actions.outcome import Outcome
from contacts.conversations import gate
from contacts.conversations import threads as whose
from contacts.conversations.actions import send as sending
from contacts.conversations.forms import MOST_CHARACTERS, ReasonForm, TextForm, ThreadsForm
from contacts.conversations.lines import lines_of, newest_first
from contacts.conversations.models import Conversation, Message
from contacts.conversations.views.deciding import decide_one, hold_of, waiting_here
from contacts.conversations.views.parts import conversation_of, open_episode, read, serve, since
from contacts.digests import KeyProblem
from contacts.gate import Answer, Cause
from contacts.models import Membership, Source
from contacts.timeline import Event
from contacts.views.bar import reasons
from contacts.views.listing import link
from contacts.views.pager import pager_of
from contacts.views.rows import page_of
from groups.access import Permission, SignedIn, group_view, holders
from groups.models import Group, RoleKind, User
from groups.views.live import follows
from groups.views.page import page

LOCKED: dict[str, str] = {
    Cause.OPTED_OUT: "You can't text {name} any more",
    Cause.REDACTED: "You can't text them any more",
    Cause.ON_HOLD: "You can't text {name} for now",
}
"""What a locked composer says above the cause; about any other cause it says "here"."""


@dataclass(frozen=True)
class Lock:
    """Why nothing can be written: a title, the gate's sentence, and who brought it about when, where it doesn't say."""

    title: str
    sentence: str
    more: str


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def threads(request: SignedIn, group: Group) -> HttpResponse:
    """The threads that the agent works on, the newest first."""
    form = ThreadsForm(request.GET)
    problem = form.problem
    mine = whose.queue(group, request.user)
    listed = {} if problem else _list(request, group, form)
    admins = holders(group, RoleKind.GROUP_ADMIN) or holders(group, RoleKind.ORGANIZATION_ADMIN)
    context = page(request, group, "threads", total=mine.count(), problem=problem, admins=admins, **listed)
    return render(request, "conversations/threads.html", context)


def _list(request: SignedIn, group: Group, form: ThreadsForm) -> dict[str, object]:
    found = whose.matching(whose.queue(group, request.user), form.q_asked)
    pages = pager_of(form.page_asked, found.count(), lambda **changes: link(request, **changes))
    ordered = page_of(newest_first(found), pages.number, pages.total)
    lines = lines_of(group, ordered, lambda key: reverse("conversations:thread", args=[group.pk, key]))
    return {"q": form.q_asked, "pager": pages, "lines": lines}


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def thread(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """One thread with its history; locked, with the cause, where its contact may not be texted (R4.11)."""
    return _answer(request, group, *_mine(request, group, conversation_id))


@require_POST
@group_view(Permission.WORK_THREADS)
@follows
def send(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """A text of the agent's: queued, once for each form; else the thread again, with the words that were not sent."""
    conversation, member = _mine(request, group, conversation_id)
    form = TextForm(request.POST)
    problem = form.problem or _unsent(request, conversation, form)
    if not problem:
        return redirect("conversations:thread", group.pk, conversation.pk)
    written, key = request.POST.get("body", ""), form.cleaned_data.get("key")
    return _answer(request, group, conversation, member, written=written, unsent=problem, key=key or uuid4())


def _unsent(request: SignedIn, conversation: Conversation, form: TextForm) -> str:
    """Why the text was not taken; "" if it was."""
    try:
        sending.write(conversation, form.cleaned_data["body"], by=request.user, key=form.cleaned_data["key"])
    except sending.CannotSend as refused:
        return f"Nothing was sent. {refused}"
    except sending.SomebodyWrites as busy:
        return f"Nothing was sent: {busy} Wait until they are done."
    except sending.SentBefore:
        return "This was sent already, as it was before you changed it; see above. What you changed since was not sent."
    except KeyProblem as problem:
        return f"Nothing was sent. {problem}"
    except sending.NotTheirs:
        raise Http404 from None
    return ""


@require_POST
@group_view(Permission.WORK_THREADS)
def claim(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """The agent is writing: for two minutes nobody else does (R7.2)."""
    conversation, _ = _mine(request, group, conversation_id)
    try:
        sending.claim(conversation, by=request.user)
    except sending.SomebodyWrites:
        return HttpResponse(status=409)
    return HttpResponse()


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def ask_reason(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """`Opt Out`, first step: a reason or none."""
    conversation, member = _mine(request, group, conversation_id)
    form = ReasonForm(request.GET, organization=group.organization)
    chosen = form.cleaned_data["reason"] if form.is_valid() else None
    return _answer(
        request,
        group,
        conversation,
        member,
        step="reason",
        reasons=reasons(group),
        chosen=chosen.pk if chosen else None,
        wrong=form.errors.get("reason"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.WORK_THREADS)
@follows
def opt_out(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """`Opt Out`, second step: what it means; POST does it."""
    conversation, member = _mine(request, group, conversation_id)
    form = ReasonForm(request.POST if request.method == "POST" else request.GET, organization=group.organization)
    if not form.is_valid():
        asked = reverse("conversations:opt_out", args=[group.pk, conversation.pk])
        return redirect(f"{asked}?reason=gone")
    if request.method == "POST":
        mine = whose.workable(group, request.user).filter(pk=member.pk)
        reason = form.cleaned_data["reason"]
        outcome = opt_out_contacts(group, mine, by=request.user, reason=reason, source=Source.AGENT)
        messages.success(request, _said(group, outcome))
        return redirect("conversations:thread", group.pk, conversation.pk)
    waiting = Message.objects.filter(state=Message.State.QUEUED, conversation__contact=conversation.contact_id)
    return _answer(
        request,
        group,
        conversation,
        member,
        step="confirm",
        reason=form.cleaned_data["reason"],
        waiting=waiting.count(),
    )


@require_POST
@group_view(Permission.WORK_THREADS)
def decide_hold(request: SignedIn, group: Group, conversation_id: int, hold_id: int) -> HttpResponse:
    """Decide the held text of a thread of one's own or nobody's (R8.2)."""
    conversation, _ = _mine(request, group, conversation_id)
    decide_one(request, hold_of(conversation, hold_id))
    return redirect("conversations:thread", group.pk, conversation.pk)


@require_safe
@group_view(Permission.WORK_THREADS)
def media(request: SignedIn, group: Group, conversation_id: int, media_id: int) -> HttpResponse:
    """A picture or file of the thread."""
    return serve(_mine(request, group, conversation_id)[0], media_id)


def _mine(request: SignedIn, group: Group, conversation_id: int) -> tuple[Conversation, Membership]:
    return conversation_of(group, conversation_id, whose.workable(group, request.user))


def _said(group: Group, outcome: Outcome) -> str:
    """What was done, without the name: the sentence waits in the session."""
    if outcome.changed:
        return f"Opted out of {group.organization}."
    if outcome.already:
        kept = " Your request was kept with it." if outcome.skipped.get("evidence") else ""
        return f"They had opted out already.{kept or ' Nothing changed.'}"
    return "Nothing changed: this thread is not yours any more, or their personal data was erased."


def _answer(
    request: SignedIn, group: Group, conversation: Conversation, member: Membership, **step: object
) -> HttpResponse:
    contact, before = conversation.contact, ThreadsForm(request.GET).before_asked
    events = timeline.events_of(contact, [member])
    history, answer = read(conversation, events, before), gate.may_write(group, contact.phone)
    episode = open_episode(group, contact.phone)
    here = reverse("conversations:thread", args=[group.pk, conversation.pk])
    context = page(
        request,
        group,
        "threads",
        conversation=conversation,
        contact=contact,
        first_name=_first_name(conversation),
        history=history,
        earlier_url=f"{here}?before={history.earlier}" if history.earlier else "",
        latest_url=here if before else "",
        episode=episode,
        opted_out=since(episode) if episode else "",
        lock=None if answer.allowed else _lock(conversation, answer, events),
        next_url=_next_url(request, group, conversation, member),
        writer=_other_writer(request, conversation),
        most=MOST_CHARACTERS,
        **waiting_here(
            group,
            contact.phone,
            lambda key: reverse("conversations:thread_hold", args=[group.pk, conversation.pk, key]),
        ),
        **({"key": uuid4()} | step),
    )
    return render(request, "conversations/thread.html", context)


def _other_writer(request: SignedIn, conversation: Conversation) -> User | None:
    """Who else is writing here now (R7.2)."""
    until = conversation.writing_until
    theirs = until and until > timezone.now() and conversation.writer_id != request.user.pk
    return conversation.writer if theirs else None


def _first_name(conversation: Conversation) -> str:
    """How the page speaks of them; somebody without a name is "them"."""
    contact = conversation.contact
    return "them" if contact.redacted_at else contact.first_name or contact.last_name or "them"


def _lock(conversation: Conversation, answer: Answer, events: Iterable[Event]) -> Lock:
    title = LOCKED.get(str(answer.cause), "You can't text {name} here") if answer.cause else ""
    return Lock(title.format(name=_first_name(conversation)), answer.sentence, _more(conversation, answer, events))


def _more(conversation: Conversation, answer: Answer, events: Iterable[Event]) -> str:
    """What the gate leaves unsaid: how far an opt-out reaches; who made somebody inactive, and when."""
    if answer.cause == Cause.OPTED_OUT:
        return f"No group of {conversation.contact.organization} will text this number."
    made = next((event for event in events if event.glyph == "inactive"), None)
    if made is None or answer.cause != Cause.INACTIVE:
        return ""
    return f"{made.strong} by {made.who}, {date_format(localtime(made.time), 'j M Y, H:i')}."


def _next_url(request: SignedIn, group: Group, conversation: Conversation, member: Membership) -> str:
    """The thread after this one in the agent's list, or the first; "" if none is left."""
    others = newest_first(whose.queue(group, request.user).exclude(pk=member.pk))
    at = member.last_message_at
    older = others.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=member.pk))
    following = older.first() or others.first()
    if following is None:
        return ""
    key = group.conversations.values_list("pk", flat=True).get(contact=following.contact_id)
    return reverse("conversations:thread", args=[group.pk, key])
