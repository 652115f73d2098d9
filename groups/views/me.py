"""One's own settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from groups.access import SignedIn, signed_in_view
from groups.actions.person import change_own_settings
from groups.forms import MeForm


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_view("one's own settings, nobody else's")
def me(request: SignedIn) -> HttpResponse:
    """Name, time zone, theme, shortcuts; the way to password and two-step sign-in."""
    form = MeForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        changed = change_own_settings(request.user, **form.changes)
        messages.success(request, "Settings saved." if changed else "Nothing changed.")
        return redirect("groups:me")
    return render(request, "groups/me.html", {"form": form})
