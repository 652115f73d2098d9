"""The number that a group texts from, those that it had, and who had its number before (R1, R8.6)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.conversations import gate
from contacts.conversations.actions import number as numbers
from contacts.conversations.forms.number import NumberForm
from contacts.conversations.models import SendingNumber
from contacts.conversations.models.number import SendingNumberQuerySet
from contacts.phone import written
from groups.access import Permission, SignedIn, group_view, groups_seen
from groups.models import Group
from groups.views.page import page


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_GROUP)
def number(request: SignedIn, group: Group) -> HttpResponse:
    """What the group texts from; POST gives it a number."""
    current = gate.number_of(group)
    form = NumberForm(request.POST if request.method == "POST" else None, group=group, current=current)
    if request.method == "POST" and form.is_valid() and _give(request, group, form, current):
        return redirect("conversations:number", group.pk)
    context = page(
        request,
        group,
        "settings",
        form=form,
        current=current,
        had=group.sending_numbers.exclude(until=None).order_by("-until", "-pk"),
        others=_others(request, group, current) if current else [],
    )
    return render(request, "conversations/number.html", context)


def _give(request: SignedIn, group: Group, form: NumberForm, current: SendingNumber | None) -> bool:
    """Whether it was given; if not, the form says why."""
    try:
        given = numbers.give(group, **form.cleaned_data, by=request.user)
    except numbers.NumberInUse as used:
        form.add_error("phone", str(used))
        return False
    changed = given != current
    messages.success(request, f"{group} texts from {written(given.phone)}." if changed else "Nothing changed.")
    return True


def _others(request: SignedIn, group: Group, current: SendingNumber) -> SendingNumberQuerySet:
    """The groups that had the number before: of the organization, and such as one may see (R2.2)."""
    seen = groups_seen(request.user, group.organization)
    before = group.organization.sending_numbers.filter(phone=current.phone, group__in=seen)
    return before.exclude(group=group).exclude(until=None).select_related("group").order_by("-until", "-pk")


@require_POST
@group_view(Permission.MANAGE_GROUP)
def take_number(request: SignedIn, group: Group) -> HttpResponse:
    """Let the group text from no number."""
    if numbers.take_away(group, by=request.user):
        messages.success(request, f"{group} texts from no number now. Texts that still come to it are taken in.")
    else:
        messages.success(request, f"{group} has no number. Nothing changed.")
    return redirect("conversations:number", group.pk)
