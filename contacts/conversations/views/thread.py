"""An agent's threads: their own and those of nobody, and `Opt Out` in two steps (R4.3, R7.2)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions.contact import edit
from contacts.actions.outcome import Outcome
from contacts.conversations import recipients
from contacts.conversations import threads as whose
from contacts.conversations.actions.closing import Closed, opt_out_from_thread
from contacts.conversations.actions.initial import note_result
from contacts.conversations.forms.goal import NotesForm
from contacts.conversations.forms.thread import ConfirmForm, ReasonForm, ThreadsForm
from contacts.conversations.lines import lines_of
from contacts.conversations.models import Message, Recipient
from contacts.conversations.views.deciding import decide_one, hold_of
from contacts.conversations.views.parts import serve
from contacts.conversations.views.thread_page import mine, show
from contacts.models import Membership
from contacts.views.bar import reasons
from contacts.views.listing import link
from contacts.views.pager import pager_of
from contacts.views.rows import page_of
from groups.access import Permission, SignedIn, group_view, holders
from groups.models import Group, RoleKind
from groups.views.live import follows
from groups.views.page import page


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def threads(request: SignedIn, group: Group) -> HttpResponse:
    """The threads that the agent works on, the newest first."""
    form = ThreadsForm(request.GET)
    problem = form.problem
    theirs = whose.queue(group, request.user)
    listed = {} if problem else _list(request, group, form)
    admins = holders(group, RoleKind.GROUP_ADMIN) or holders(group, RoleKind.ORGANIZATION_ADMIN)
    context = page(
        request,
        group,
        "threads",
        total=theirs.count(),
        problem=problem,
        admins=admins,
        work=recipients.work_of(group, request.user),
        most=recipients.MOST,
        gone=whose.opted_out_lately(group, request.user).order_by("sort_name"),
        **listed,
    )
    return render(request, "conversations/threads.html", context)


def _list(request: SignedIn, group: Group, form: ThreadsForm) -> dict[str, object]:
    found = whose.matching(whose.queue(group, request.user), form.q_asked)
    pages = pager_of(form.page_asked, found.count(), lambda **changes: link(request, **changes))
    ordered = page_of(whose.replies_first(group, found), pages.number, pages.total)
    lines = lines_of(group, ordered, lambda key: reverse("conversations:thread", args=[group.pk, key]))
    return {"q": form.q_asked, "pager": pages, "lines": lines}


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def thread(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """One thread with its history; locked, with the cause, where its contact may not be texted (R4.11)."""
    return show(request, group, *mine(request, group, conversation_id))


@require_safe
@group_view(Permission.WORK_THREADS)
@follows
def ask_reason(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """`Opt Out`, first step: a reason or none."""
    conversation, member = mine(request, group, conversation_id)
    form = ReasonForm(request.GET, organization=group.organization)
    chosen = form.cleaned_data["reason"] if form.is_valid() else None
    return show(
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
    conversation, member = mine(request, group, conversation_id)
    form = ConfirmForm(request.POST if request.method == "POST" else request.GET, organization=group.organization)
    if not form.is_valid() and "reason" in form.errors:
        asked = reverse("conversations:opt_out", args=[group.pk, conversation.pk])
        return redirect(f"{asked}?reason=gone")
    reason = form.cleaned_data["reason"]
    if request.method == "POST" and form.is_valid():
        closing = form.cleaned_data["closing"]
        closed = opt_out_from_thread(
            conversation, by=request.user, reason=reason, closing=closing.text if closing else ""
        )
        messages.success(request, f"{_said(group, closed.outcome)}{_followed(closed, asked=closing is not None)}")
        return redirect("conversations:thread", group.pk, conversation.pk)
    waiting = Message.objects.filter(state=Message.State.QUEUED, conversation__contact=conversation.contact_id)
    return show(
        request,
        group,
        conversation,
        member,
        step="confirm",
        reason=reason,
        waiting=waiting.count(),
        closings=form.offered,
        closing=form.cleaned_data.get("closing"),
        wrong=form.errors.get("closing"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.WORK_THREADS)
def notes(request: SignedIn, group: Group, conversation_id: int) -> HttpResponse:
    """The tags of a contact that agents may set, and what came of the last goal."""
    conversation, member = mine(request, group, conversation_id)
    recipient = recipients.latest_of(member)
    form = NotesForm(
        request.POST if request.method == "POST" else None, contact=conversation.contact, recipient=recipient
    )
    if form.is_valid():
        messages.success(request, "Noted." if _note(request, member, recipient, form) else "Nothing changed.")
        return redirect("conversations:thread", group.pk, conversation.pk)
    context = page(request, group, "threads", conversation=conversation, contact=conversation.contact, form=form)
    return render(request, "conversations/notes.html", context)


def _note(request: SignedIn, member: Membership, recipient: Recipient | None, form: NotesForm) -> bool:
    chosen = [tag for tag in form.offered if str(tag.pk) in form.cleaned_data.get("tags", ())]
    gone = [tag.pk for tag in form.offered if tag not in chosen]
    tagged = edit(member.group, member.contact, by=request.user, profile={}, custom={}, add=chosen, remove=gone)
    noted = recipient and note_result(recipient, form.cleaned_data["result"], by=request.user)
    return bool(tagged or noted)


@require_POST
@group_view(Permission.WORK_THREADS)
def decide_hold(request: SignedIn, group: Group, conversation_id: int, hold_id: int) -> HttpResponse:
    """Decide the held text of a thread of one's own; one of nobody's is left to the admins (R2, R8.2)."""
    conversation, member = mine(request, group, conversation_id)
    hold = hold_of(conversation, hold_id)
    if member.agent_id == request.user.pk:
        decide_one(request, hold)
    else:
        messages.error(request, "Nothing was decided: this thread is not assigned to you.")
    return redirect("conversations:thread", group.pk, conversation.pk)


@require_safe
@group_view(Permission.WORK_THREADS)
def media(request: SignedIn, group: Group, conversation_id: int, media_id: int) -> HttpResponse:
    """A picture or file of the thread."""
    return serve(mine(request, group, conversation_id)[0], media_id)


def _said(group: Group, outcome: Outcome) -> str:
    """What was done, without the name: the sentence waits in the session."""
    if outcome.changed:
        return f"Opted out of {group.organization}."
    if outcome.already:
        kept = " Your request was kept with it." if outcome.besides.get("evidence") else ""
        return f"They had opted out already.{kept or ' Nothing changed.'}"
    return "Nothing changed: this thread is not yours any more, or their personal data was erased."


def _followed(closed: Closed, *, asked: bool) -> str:
    """Whether the closing text that was ``asked`` for follows the opt-out."""
    if closed.text:
        return " The closing text is on its way."
    return " No closing text is sent to them." if asked else ""
