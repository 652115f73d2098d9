"""The link of an invitation: open to whoever the mail reached."""

from django.contrib import messages
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from groups.access import open_view
from groups.actions.invitation import CannotAccept, MayNotOffer, accept, join
from groups.forms import JoinForm
from groups.invitations import found_by, invited_person, is_open
from groups.models import Account, Group, Invitation, Scope, User


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
@open_view("the secret in the link, known to the invited address only, stands for a role")
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Say what is offered; POST takes it, once."""
    found = found_by(secret)
    if found is None:
        raise Http404
    if not is_open(found):
        return _show(request, found, "closed", 410)
    if isinstance(request.user, User):
        return _by_somebody_signed_in(request, request.user, found)
    person = invited_person(found)
    if person and person.has_usable_password():
        return _show(request, found, "sign_in", 200)
    return _by_a_newcomer(request, found, person)


def _show(
    request: HttpRequest, found: Invitation, state: str, status: int, form: JoinForm | None = None
) -> HttpResponse:
    context = {"invitation": found, "state": state, "form": form}
    return render(request, "groups/invitation.html", context, status=status)


def _by_somebody_signed_in(request: HttpRequest, user: User, found: Invitation) -> HttpResponse:
    if user.email != found.email:
        return _show(request, found, "other_address", 403)
    if request.method != "POST":
        return _show(request, found, "accept", 200)
    try:
        accept(found, by=user)
    except MayNotOffer:
        return _inviter_left(request, found)
    except CannotAccept:
        return _closed_meanwhile(request, found)
    return _welcome(request, found)


def _by_a_newcomer(request: HttpRequest, found: Invitation, person: User | None) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = JoinForm(data, email=found.email, name=person.name if person else "")
    if request.method != "POST" or not form.is_valid():
        return _show(request, found, "join", 200, form)
    try:
        user = join(found, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
    except MayNotOffer:
        return _inviter_left(request, found)
    except (CannotAccept, IntegrityError):
        return _closed_meanwhile(request, found)
    login(request, user)
    return _welcome(request, found)


def _closed_meanwhile(request: HttpRequest, found: Invitation) -> HttpResponse:
    """Somebody else was quicker: look again at what stands now."""
    messages.warning(request, "Nothing changed: something happened to this invitation at the same moment.")
    return redirect(request.path)


def _inviter_left(request: HttpRequest, found: Invitation) -> HttpResponse:
    """The invitation stands, but not whoever offered it."""
    said = f"Nothing changed: {found.invited_by} may not give this role any more. Ask another admin to invite you."
    messages.error(request, said)
    return redirect(request.path)


def _welcome(request: HttpRequest, found: Invitation) -> HttpResponse:
    messages.success(request, f"You joined {found.scope} as {found.get_kind_display().lower()}.")
    return redirect(_home(found.scope), found.scope.pk)


def _home(scope: Scope) -> str:
    if isinstance(scope, Group):
        return "groups:group"
    return "groups:account" if isinstance(scope, Account) else "groups:organization"
