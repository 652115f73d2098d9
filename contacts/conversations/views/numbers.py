"""The number that a group texts from, and those that it had."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.conversations import gate
from contacts.conversations.actions import number as numbers
from contacts.conversations.models import SendingNumber
from contacts.conversations.number_forms import NumberForm
from contacts.phone import written
from groups.access import Permission, SignedIn, group_view
from groups.models import Group
from groups.views.page import page


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_GROUP)
def number(request: SignedIn, group: Group) -> HttpResponse:
    """What the group texts from; POST gives it a number."""
    current = gate.number_of(group)
    form = NumberForm(request.POST or None, group=group, initial=_initial(current))
    if request.method == "POST" and form.is_valid() and _given(request, group, form):
        return redirect("conversations:number", group.pk)
    past = group.sending_numbers.exclude(until=None).order_by("-until")
    context = page(request, group, "settings", form=form, current=current, past=past)
    return render(request, "conversations/number.html", context)


def _initial(current: SendingNumber | None) -> dict[str, str]:
    if current is None:
        return {}
    return {"phone": written(current.phone), "provider": current.provider, "answers_stop": current.answers_stop}


def _given(request: SignedIn, group: Group, form: NumberForm) -> bool:
    try:
        given = numbers.give(group, **{**form.cleaned_data, "by": request.user})
    except numbers.NumberInUse as used:
        form.add_error("phone", str(used))
        return False
    messages.success(request, f"{group} texts from {written(given.phone)}.")
    return True


@require_POST
@group_view(Permission.MANAGE_GROUP)
def take_number(request: SignedIn, group: Group) -> HttpResponse:
    """Let the group text from no number."""
    if numbers.take_away(group, by=request.user):
        messages.success(request, f"{group} texts from no number now. Texts that still come to it are taken in.")
    else:
        messages.success(request, f"{group} has no number. Nothing changed.")
    return redirect("conversations:number", group.pk)
