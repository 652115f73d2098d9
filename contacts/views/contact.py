"""A contact's page: profile, memberships, opt-outs, timeline (R6.3).

Its template asks the floor above, which knows of numbers, whether they can be texted (R4.11).
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts import timeline
from contacts.actions import contact as actions
from contacts.actions.arrival import standings
from contacts.forms.contact import AddForm, NumberForm, ProfileForm, TimelineForm
from contacts.models import Contact, Hold, Membership, OptOut
from contacts.person import Person
from contacts.phone import written
from contacts.views.bar import reasons
from contacts.views.one import change_one
from contacts.views.rows import statuses
from groups.access import Permission, SignedIn, group_view, groups_seen, groups_where
from groups.models import Group
from groups.views.live import follows
from groups.views.page import page, wants_part


@require_safe
@group_view(Permission.MANAGE_CONTACTS)
@follows
def contact(request: SignedIn, group: Group, contact_id: int) -> HttpResponse:
    """The page of one member of the group; htmx asks for another part of the timeline."""
    part = "#timeline" if wants_part(request) else ""
    return render(request, f"contacts/contact.html{part}", _context(request, _membership(group, contact_id)))


def _membership(group: Group, contact_id: int) -> Membership:
    found = group.memberships.select_related("contact__organization", "group__organization__account", "agent")
    return get_object_or_404(found, contact_id=contact_id)


def _context(request: SignedIn, membership: Membership) -> dict[str, object]:
    person, group = membership.contact, membership.group
    everywhere = list(person.memberships.select_related("group", "agent").order_by("group__name"))
    seen = groups_seen(request.user, group.organization)
    visible = [some for some in everywhere if some.group_id in seen]
    asked = TimelineForm(request.GET)
    problem = asked.problem
    return page(
        request,
        group,
        "contacts",
        contact=person,
        membership=membership,
        statuses=statuses(membership.shown_status),
        memberships=[(some, statuses(some.shown_status & 1)[0]) for some in visible],
        unseen=len(everywhere) - len(visible),
        episodes=_episodes(membership),
        **_hold(request, membership),
        tags=person.contact_tags.select_related("tag").order_by("tag__name"),
        show=asked["show"],
        problem=problem,
        timeline=[] if problem else _timeline(request, person, visible, asked.cleaned_data["show"]),
        reasons=reasons(group),
        redacted=person.redacted_at is not None,
    )


def _timeline(request: SignedIn, person: Contact, visible: list[Membership], shown: str) -> list[timeline.Day]:
    """Texts are read where the reader may review them."""
    readable = groups_where(request.user, person.organization, Permission.REVIEW)
    return timeline.of_contact(person, visible, readable=readable, shown=shown)


def _hold(request: SignedIn, membership: Membership) -> dict[str, object]:
    """The open hold, and where the reader decides about it: "" if the text came to a group that they do not review."""
    group, phone = membership.group, membership.contact.phone
    hold = Hold.objects.open().filter(organization=group.organization, phone=phone).first()
    if hold is None:
        return {}
    if hold.group_id == group.pk:
        return {"hold": hold, "decide_url": reverse("conversations:holds", args=[group.pk])}
    above = Permission.MANAGE_ORGANIZATION in request.access.may
    queue = reverse("conversations:organization_holds", args=[group.organization_id])
    return {"hold": hold, "decide_url": queue if above else ""}


def _episodes(membership: Membership) -> list[OptOut]:
    person = membership.contact
    mine = OptOut.objects.filter(redacted_contact=person) | OptOut.objects.filter(
        organization=person.organization, phone=person.phone, phone__isnull=False
    )
    return list(
        mine.select_related("actor", "reason", "origin__organization")
        .prefetch_related("evidence")
        .order_by("-started", "-pk")
    )


@require_safe
@group_view(Permission.MANAGE_CONTACTS)
def ask_opt_out(request: SignedIn, group: Group, contact_id: int) -> HttpResponse:
    """`Opt out`: the prompt for a reason, which is optional (R4.2)."""
    person = _membership(group, contact_id).contact
    return render(
        request, "contacts/opt_out.html", page(request, group, "contacts", contact=person, reasons=reasons(group))
    )


@require_POST
@group_view(Permission.MANAGE_CONTACTS)
def change_status(request: SignedIn, group: Group, contact_id: int) -> HttpResponse:
    """`Opt out`, `Deactivate` or `Reactivate` one contact."""
    change_one(request, _membership(group, contact_id))
    return redirect("contacts:contact", group.pk, contact_id)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_CONTACTS)
def add(request: SignedIn, group: Group) -> HttpResponse:
    """Add one contact by hand; one that the organization knows is added with their profile, never reactivated."""
    form = AddForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        arrived = actions.add_by_hand(group, form.person, by=request.user)
        return _added(request, group, form.person, arrived.outcomes[form.person.phone])
    return render(request, "contacts/add.html", page(request, group, "contacts", form=form))


def _added(request: SignedIn, group: Group, person: Person, outcome: str) -> HttpResponse:
    standing = standings(group, [person.phone])[person.phone]
    said = {
        "created": f"Created, active in {group}.",
        "added": f"{group.organization} knew this number: added to {group} with what you entered.",
        "updated": f"This number was in {group} already: what you entered was added to their profile.",
        "unchanged": f"This number was in {group} already. Nothing changed.",
    }[outcome]
    if standing.opted_out:
        said += f" They are opted out of {group.organization} and stay so."
    if standing.kept_inactive:
        said += " They are inactive here and stay so."
    messages.success(request, said)
    return redirect("contacts:contact", group.pk, standing.known.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_CONTACTS)
def edit(request: SignedIn, group: Group, contact_id: int) -> HttpResponse:
    """Edit the profile and the tags; the phone is not editable."""
    membership = _membership(group, contact_id)
    if membership.contact.redacted_at:
        return redirect("contacts:contact", group.pk, contact_id)
    form = ProfileForm(request.POST or None, contact=membership.contact)
    if request.method == "POST" and form.is_valid():
        add, remove = form.worn
        entry = actions.edit(
            group,
            membership.contact,
            by=request.user,
            profile=form.changed,
            custom=form.custom,
            add=add,
            remove=remove,
        )
        messages.success(request, "Profile saved." if entry else "Nothing changed.")
        return redirect("contacts:contact", group.pk, contact_id)
    context = page(request, group, "contacts", form=form, contact=membership.contact)
    return render(request, "contacts/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_CONTACTS)
def change_number(request: SignedIn, group: Group, contact_id: int) -> HttpResponse:
    """`Change number`: make or find the contact with the new phone and copy the profile (section 9)."""
    membership = _membership(group, contact_id)
    if membership.contact.redacted_at:
        return redirect("contacts:contact", group.pk, contact_id)
    form = NumberForm(request.POST or None, contact=membership.contact)
    if request.method == "POST" and form.is_valid():
        new = actions.change_number(membership, form.cleaned_data["phone"], by=request.user)
        old = reverse("contacts:contact", args=[group.pk, contact_id])
        said = (
            "The profile was copied to this number. The old one, <a href='{}'>{}</a>, stays as it is: "
            "deactivate it if nobody should text it."
        )
        messages.success(request, format_html(said, old, written(str(membership.contact.phone))))
        return redirect("contacts:contact", group.pk, new.pk)
    context = page(request, group, "contacts", form=form, contact=membership.contact)
    return render(request, "contacts/change_number.html", context)
