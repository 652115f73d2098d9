"""Where one comes in: the only group that one may see, or the list of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from groups.access import SignedIn, signed_in_view
from groups.views.live import follow
from groups.visible import belongings, groups_of, whom_to_ask


@require_safe
@signed_in_view("leads everybody to what their own roles open")
def home(request: SignedIn) -> HttpResponse:
    """Go to the only group one may see, else to the list; Customer Support without a group, to the requests (R2.4)."""
    groups = groups_of(request.user)[:2]
    if len(groups) == 1:
        return redirect("groups:group", groups[0].pk)
    if request.user.is_support and not groups:
        return redirect("compliance:support")
    return redirect("groups:mine")


@require_safe
@signed_in_view("lists what one's own roles open")
def mine(request: SignedIn) -> HttpResponse:
    """The groups that one may see, by organization and account."""
    accounts = set(request.user.roles.current().values_list("account", flat=True))
    if accounts:
        follow(request, tuple(accounts))
    found = belongings(request.user)
    asked = [] if found else whom_to_ask(request.user)
    return render(request, "groups/mine.html", {"belongings": found, "asked": asked})
