"""The goals of a group: write one, see whom it reaches, launch, pause and stop it (R7.1)."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.conversations import audience, gate, recipients
from contacts.conversations import script as scripts
from contacts.conversations.actions import goal as actions
from contacts.conversations.actions.initial import words
from contacts.conversations.forms.goal import GoalForm
from contacts.conversations.models import Goal
from contacts.conversations.wording.segments import Length, measure
from contacts.forms.listing import PageForm
from contacts.models import Contact
from contacts.views.listing import link
from contacts.views.pager import pager_of
from contacts.views.rows import page_of, statuses
from groups.access import Permission, SignedIn, group_view, holders
from groups.models import Group, RoleKind, User
from groups.views.live import follows
from groups.views.page import page, wants_part


@dataclass(frozen=True)
class Example:
    """The text as one contact would get it, and what to think about before it is sent."""

    text: str
    length: Length
    to: str
    warnings: list[str]


@dataclass(frozen=True)
class LeftOut:
    """How many are left out for a cause, and whether a list of them can be opened."""

    cause: str
    label: str
    many: int
    listed: bool


@require_safe
@group_view(Permission.MANAGE_GROUP)
@follows
def goals(request: SignedIn, group: Group) -> HttpResponse:
    """All goals, the latest first, with how far each got."""
    rows = recipients.texted_of_each(group)
    return render(request, "conversations/goals.html", page(request, group, "goals", rows=rows))


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_GROUP)
def new_goal(request: SignedIn, group: Group) -> HttpResponse:
    """Write a goal; with ``preview`` it is shown and not saved."""
    form = GoalForm(request.POST if request.method == "POST" else None, group=group)
    if form.is_valid() and "preview" not in request.POST:
        goal = actions.draft(group, by=request.user, **form.cleaned_data)
        messages.success(request, "Draft saved. Nobody is texted until you launch it.")
        return redirect("conversations:goal", group.pk, goal.pk)
    return _draft_page(request, group, Goal(group=group), form)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_GROUP)
@follows
def goal(request: SignedIn, group: Group, goal_id: int) -> HttpResponse:
    """A draft to be changed and launched, or how far a launched goal got."""
    found = _goal(group, goal_id)
    if found.launched:
        return _launched_page(request, group, found)
    form = GoalForm(request.POST if request.method == "POST" else None, group=group, goal=found)
    if form.is_valid() and "preview" not in request.POST:
        changed = _try(request, lambda: actions.change(found, by=request.user, **form.changes))
        if changed is not None:
            messages.success(request, "Draft saved." if changed else "Nothing changed.")
        return redirect("conversations:goal", group.pk, found.pk)
    return _draft_page(request, group, found, form)


def _draft_page(request: SignedIn, group: Group, found: Goal, form: GoalForm) -> HttpResponse:
    """The form, the example and the audience of what is typed; of what is saved where that can't be read."""
    typed = Goal(group=group, script=found.script, tag_id=found.tag_id, texted_in=found.texted_in)
    if form.is_bound:
        form.is_valid()
        typed.script = str(form.data.get("script", ""))
        typed.tag = form.cleaned_data.get("tag")
        typed.texted_in = bool(form.cleaned_data.get("texted_in"))
    reached = audience.preview(typed)
    context = page(
        request,
        group,
        "goals",
        goal=found,
        form=form,
        example=_example(typed, request.user) if typed.script.strip() else None,
        audience=reached,
        left_out=_left_out(reached),
        saved=found.pk is not None and not form.is_bound,
        agents=holders(group, RoleKind.AGENT),
        no_number=gate.number_of(group) is None,
        problems=scripts.problems(found.script, group.organization.name) if found.script else [],
    )
    part = "#shown" if wants_part(request) and "preview" in request.POST else ""
    return render(request, f"conversations/goal_draft.html{part}", context)


def _example(typed: Goal, agent: User) -> Example:
    """For the first contact whom it reaches, else for somebody without a name."""
    first = audience.reached(typed).select_related("contact").order_by("position").first()
    contact = first.contact if first else Contact()
    text = words(typed, contact, agent)
    return Example(text, measure(text), contact.name if first else "", scripts.warnings(typed.script))


def _left_out(reached: audience.Audience) -> list[LeftOut]:
    """Whoever was erased has left all lists."""
    return [
        LeftOut(cause, audience.CAUSES[cause], many, listed=cause != "redacted")
        for cause, many in reached.left_out.items()
    ]


def _launched_page(request: SignedIn, group: Group, found: Goal) -> HttpResponse:
    if request.method == "POST":
        messages.error(request, "Nothing was saved: this goal is launched and can't be changed any more.")
        return redirect("conversations:goal", group.pk, found.pk)
    context = page(
        request,
        group,
        "goals",
        goal=found,
        progress=recipients.progress(found),
        replies=recipients.replied(found),
        no_number=gate.number_of(group) is None,
    )
    return render(request, "conversations/goal.html", context)


@require_POST
@group_view(Permission.MANAGE_GROUP)
def launch(request: SignedIn, group: Group, goal_id: int) -> HttpResponse:
    """Freeze the audience and let agents begin."""
    found = _goal(group, goal_id)
    many = _try(request, lambda: actions.launch(found, by=request.user, share="share" in request.POST))
    if many:
        whom = "1 contact" if many == 1 else f"{many:,} contacts"
        messages.success(request, f"Launched to {whom}. Agents find it above their threads.")
    elif many == 0:
        messages.info(request, "This goal was launched already. Nothing changed.")
    return redirect("conversations:goal", group.pk, found.pk)


MOVES: dict[str, tuple[Callable[..., bool], str]] = {
    "pause": (actions.pause, "Paused: no first text of this goal leaves."),
    "resume": (actions.resume, "Resumed: agents can go on."),
    "stop": (actions.stop, "Stopped. Nobody else is texted for this goal; what waited was cancelled."),
}


@require_POST
@group_view(Permission.MANAGE_GROUP)
def move(request: SignedIn, group: Group, goal_id: int) -> HttpResponse:
    """Pause, resume or stop a launched goal."""
    found = _goal(group, goal_id)
    if request.POST.get("action") not in MOVES:
        messages.error(request, f"Nothing changed: choose one of {', '.join(MOVES)}.")
        return redirect("conversations:goal", group.pk, found.pk)
    act, said = MOVES[request.POST["action"]]
    messages.success(request, said if act(found, by=request.user) else "Nothing changed: it is so already.")
    return redirect("conversations:goal", group.pk, found.pk)


@require_safe
@group_view(Permission.MANAGE_GROUP)
def left_out(request: SignedIn, group: Group, goal_id: int, cause: str) -> HttpResponse:
    """Whom a draft leaves out for a cause; of a launched goal, who has not been texted and can't be now."""
    found = _goal(group, goal_id)
    if cause not in audience.CAUSES or cause == "redacted":
        raise Http404
    form = PageForm(request.GET)
    problem = form.problem
    members = audience.out_of(found, cause)
    pages = pager_of(1 if problem else form.page_asked, members.count(), lambda **changes: link(request, **changes))
    rows = [] if problem else page_of(members.order_by("position"), pages.number, pages.total)
    context = page(
        request,
        group,
        "goals",
        goal=found,
        label=audience.CAUSES[cause],
        problem=problem,
        pager=pages,
        rows=[(row, statuses(row.shown_status)) for row in rows],
    )
    return render(request, "conversations/goal_left_out.html", context)


def _goal(group: Group, goal_id: int) -> Goal:
    return get_object_or_404(group.goals.select_related("group__organization", "author", "tag"), pk=goal_id)


def _try[T](request: SignedIn, act: Callable[[], T]) -> T | None:
    """What it returns; None, and the page says why, if the goal can't be launched or changed."""
    try:
        return act()
    except actions.CannotLaunch as problem:
        messages.error(request, str(problem))
        return None
