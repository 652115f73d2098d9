"""Held texts of a group or an organization: those that wait for a decision, then what was decided lately (R8.2)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db.models import OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contacts.conversations.forms.hold import HoldsForm
from contacts.conversations.models import Conversation, Message
from contacts.conversations.views.deciding import decide_one, effects, who_decided
from contacts.models import Contact, Hold, Membership
from contacts.models.hold import HoldQuerySet
from contacts.phone import written
from contacts.views.listing import Segment, link
from contacts.views.pager import PAGE, pager_of
from groups.access import Permission, SignedIn, group_view, organization_view
from groups.models import Group, Organization
from groups.views.live import follows, rows_shown
from groups.views.page import page

LATELY = timedelta(days=14)
SHOW = {"": "Waiting", "decided": "Decided"}


@dataclass(frozen=True)
class Row:
    """A hold, whose it is, and where to read on: "" where there is no such page."""

    hold: Hold
    name: str
    phone: str
    act_url: str
    contact_url: str = ""
    conversation_url: str = ""

    @property
    def who_decided(self) -> str:
        """Whose decision it was."""
        return who_decided(self.hold)


@require_safe
@group_view(Permission.REVIEW)
@follows
def holds(request: SignedIn, group: Group) -> HttpResponse:
    """The held texts that came in here, the one that is due first at the top."""
    return _answer(request, group, group.holds.all(), "conversations:decide_hold")


@require_POST
@group_view(Permission.REVIEW)
def decide_hold(request: SignedIn, group: Group, hold_id: int) -> HttpResponse:
    """Decide one of them."""
    decide_one(request, get_object_or_404(group.holds.select_related("organization"), pk=hold_id))
    return redirect("conversations:holds", group.pk)


@require_safe
@organization_view(Permission.MANAGE_ORGANIZATION)
@follows
def organization_holds(request: SignedIn, organization: Organization) -> HttpResponse:
    """The held texts of all groups of the organization."""
    return _answer(request, organization, organization.holds.all(), "conversations:decide_hold_of_organization")


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def decide_hold_of_organization(request: SignedIn, organization: Organization, hold_id: int) -> HttpResponse:
    """Decide one of them."""
    decide_one(request, get_object_or_404(organization.holds.select_related("organization"), pk=hold_id))
    return redirect("conversations:organization_holds", organization.pk)


def _answer(request: SignedIn, scope: Group | Organization, held: HoldQuerySet, action: str) -> HttpResponse:
    form = HoldsForm(request.GET)
    problem = form.problem
    listed = {} if problem else _list(request, form, held, lambda hold: reverse(action, args=[scope.pk, hold.pk]))
    organization = scope.organization if isinstance(scope, Group) else scope
    context = page(request, scope, "holds", problem=problem, lately=LATELY.days, **effects(organization), **listed)
    return render(request, "conversations/holds.html", context)


def _list(request: SignedIn, form: HoldsForm, held: HoldQuerySet, address: Callable[[Hold], str]) -> dict[str, object]:
    show = form.cleaned_data["show"]
    sets = {"": held.open(), "decided": held.filter(decided__gte=timezone.now() - LATELY, phone__isnull=False)}
    many = {key: some.count() for key, some in sets.items()}
    pages = pager_of(form.page_asked, many[show], partial(link, request))
    order = ("-decided", "-pk") if show else ("due", "pk")
    start = (pages.number - 1) * PAGE
    found = list(sets[show].with_texts().order_by(*order)[start : start + PAGE])
    return {
        "show": show,
        "segments": [
            Segment(key, label, many[key], link(request, show=key or None, page=None), key == show)
            for key, label in SHOW.items()
        ],
        "pager": pages,
        "rows": _rows(found if show else _with_decided(found, held, rows_shown(request)), address),
    }


def _with_decided(waiting: list[Hold], held: HoldQuerySet, shown: list[int]) -> list[Hold]:
    """Those that wait, and in their places those that an open page shows and others decided meanwhile (R3.4).

    Nothing moves up under the finger of somebody who is about to decide the next one.
    """
    decided = held.filter(pk__among=shown, decided__isnull=False, phone__isnull=False).with_texts()
    return sorted([*waiting, *decided], key=lambda hold: (hold.due, hold.pk))


def _rows(listed: Collection[Hold], address: Callable[[Hold], str]) -> list[Row]:
    """With contacts and conversations, in as many queries as for one."""
    contacts = _contacts(listed)
    talks = _conversations(contacts.values())
    return [_row(hold, contacts.get((hold.organization_id, hold.phone)), talks, address(hold)) for hold in listed]


type Talks = Mapping[tuple[int, int], tuple[int, int | None]]
"""(group, contact) → the conversation, and the agent under whose name it is reviewed."""


def _contacts(listed: Collection[Hold]) -> dict[tuple[int, str | None], Contact]:
    organizations = {hold.organization_id for hold in listed}
    found = Contact.objects.filter(organization__in=organizations).with_phones([str(hold.phone) for hold in listed])
    return {(contact.organization_id, contact.phone): contact for contact in found}


def _conversations(contacts: Collection[Contact]) -> Talks:
    mine = Membership.objects.filter(group=OuterRef("group"), contact=OuterRef("contact")).values("agent")
    wrote = Message.objects.filter(conversation=OuterRef("pk"), agent__isnull=False).order_by("-time", "-pk")
    found = Conversation.objects.filter(contact__among=[contact.pk for contact in contacts])
    found = found.annotate(assigned=Subquery(mine[:1]), wrote=Subquery(wrote.values("agent")[:1]))
    return {
        (group, contact): (pk, assigned or writer)
        for group, contact, pk, assigned, writer in found.values_list("group", "contact", "pk", "assigned", "wrote")
    }


def _row(hold: Hold, contact: Contact | None, talks: Talks, act_url: str) -> Row:
    phone = written(str(hold.phone))
    if contact is None or hold.group_id is None:
        return Row(hold, contact.name if contact else "", phone, act_url)
    talk, agent = talks.get((hold.group_id, contact.pk), (None, None))
    page_of_contact = reverse("contacts:contact", args=[hold.group_id, contact.pk])
    review = reverse("conversations:conversation", args=[hold.group_id, agent, talk]) if talk and agent else ""
    return Row(hold, contact.name, phone, act_url, page_of_contact, review)
