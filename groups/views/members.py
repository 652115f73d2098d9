"""Members of an account, an organization or a group: see, invite, change, remove (R2: appoint and remove people).

Each view is one for the three levels; ``groups.urls`` guards it with ``Permission.MANAGE_MEMBERS`` on each.
"""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from groups import members as who
from groups.access import SignedIn
from groups.actions import invitation as invitations
from groups.actions.invitation import AlreadyInvited, AlreadyMember, MayNotOffer, Offer
from groups.actions.role import LastAccountAdmin, change_roles
from groups.audit import scope_keys
from groups.forms import InviteForm, RolesForm
from groups.invitations import has_expired, waiting_on
from groups.models import Account, Group, Invitation, Role, RoleKind, Scope, User
from groups.views.page import page


@require_safe
def members(request: SignedIn, scope: Scope) -> HttpResponse:
    """Who is on it, who is invited, and the form to invite."""
    return _members_page(request, scope, InviteForm(kinds=_kinds(request, scope)))


def _members_page(request: SignedIn, scope: Scope, form: InviteForm) -> HttpResponse:
    context = _page(
        request,
        scope,
        members=who.members_of(scope),
        removed=who.removed_from(scope) if isinstance(scope, Group) else [],
        inside=[] if isinstance(scope, Group) else who.inside(scope),
        above=who.above(scope),
        waiting=[(invitation, has_expired(invitation)) for invitation in waiting_on(scope)],
        form=form,
    )
    return render(request, "groups/members.html", context)


def _page(request: SignedIn, scope: Scope, **more: object) -> dict[str, object]:
    names = ("invite", "member", "change", "remove", "withdraw", "resend")
    urls = {name: f"groups:{scope.level}_{name}" for name in names}
    tab = "agents" if isinstance(scope, Group) else "members"
    return page(request, scope, tab, urls=urls, home=_home(scope), **more)


def _home(scope: Scope) -> str:
    """The URL name of the scope's members."""
    return "groups:agents" if isinstance(scope, Group) else f"groups:{scope.level}_members"


def _kinds(request: SignedIn, scope: Scope) -> list[RoleKind]:
    """The roles that the user may give and take on exactly this object."""
    return [kind for kind in who.KINDS[type(scope)] if kind in request.access.appoints]


@require_POST
def invite(request: SignedIn, scope: Scope) -> HttpResponse:
    """Offer a role to an address."""
    form = InviteForm(request.POST, kinds=_kinds(request, scope))
    if form.is_valid():
        email, kind = form.cleaned_data["email"], form.offered
        try:
            _tell(request, invitations.invite(scope, email=email, kind=kind, by=request.user))
        except MayNotOffer:
            return _may_not_offer(request, scope)
        except AlreadyMember:
            form.add_error("email", f"Whoever signs in with this address is {kind.label.lower()} of {scope} already.")
        except AlreadyInvited:
            form.add_error("email", "This address is invited already. Send that invitation again, or withdraw it.")
        else:
            return redirect(_home(scope), scope.pk)
    return _members_page(request, scope, form)


def _may_not_offer(request: SignedIn, scope: Scope) -> HttpResponse:
    """Their own role ended since they were let in; the page that follows is asked anew what they may see."""
    messages.error(request, f"Nothing was sent: you may not give that role in {scope} any more.")
    return redirect(_home(scope), scope.pk)


def _tell(request: SignedIn, offer: Offer) -> None:
    email, kind = offer.invitation.email, offer.invitation.get_kind_display().lower()
    if offer.mailed:
        until = date_format(localtime(offer.invitation.expires), "j M Y")
        messages.success(request, f"{email} invited as {kind}. The link in the mail works once, until {until}.")
    else:
        messages.warning(request, f"{email} invited as {kind}, but the mail could not be sent. Send it again later.")


@require_POST
def resend(request: SignedIn, scope: Scope, invitation_id: int) -> HttpResponse:
    """Mail a fresh link."""
    try:
        offer = invitations.resend(_invitation(scope, invitation_id), by=request.user)
    except MayNotOffer:
        return _may_not_offer(request, scope)
    if offer:
        _tell(request, offer)
    else:
        messages.info(request, "That invitation was accepted or withdrawn already. Nothing was sent.")
    return redirect(_home(scope), scope.pk)


@require_POST
def withdraw(request: SignedIn, scope: Scope, invitation_id: int) -> HttpResponse:
    """Take an offer back."""
    found = _invitation(scope, invitation_id)
    withdrawn = invitations.withdraw(found, by=request.user)
    done = f"Invitation of {found.email} withdrawn. Its link is dead."
    so = "That invitation was accepted or withdrawn already. Nothing changed."
    messages.success(request, done if withdrawn else so)
    return redirect(_home(scope), scope.pk)


def _invitation(scope: Scope, invitation_id: int) -> Invitation:
    return get_object_or_404(Invitation, pk=invitation_id, **scope_keys(scope))


@require_safe
def member(request: SignedIn, scope: Scope, user_id: int) -> HttpResponse:
    """One person's roles on it, and what removing them means."""
    user, held = _user(scope, user_id)
    if not held:
        return redirect(_home(scope), scope.pk)
    return _member_page(request, scope, user, held, RolesForm(kinds=_kinds(request, scope), held=held))


def _member_page(request: SignedIn, scope: Scope, user: User, held: list[RoleKind], form: RolesForm) -> HttpResponse:
    """Roles can be changed where there are several kinds; the last account admin can't be removed."""
    several = len(_kinds(request, scope)) > 1
    last = isinstance(scope, Account) and len(who.members_of(scope)) == 1
    context = _page(request, scope, member=user, held=held, form=form if several else None, last=last)
    return render(request, "groups/member.html", context)


@require_POST
def change(request: SignedIn, scope: Scope, user_id: int) -> HttpResponse:
    """Leave a person exactly the ticked roles on it."""
    user, held = _user(scope, user_id)
    form = RolesForm(request.POST, kinds=_kinds(request, scope), held=held)
    if held and not form.is_valid():
        return _member_page(request, scope, user, held, form)
    return _change(request, scope, user, form.cleaned_data["kinds"] if held else [])


@require_POST
def remove(request: SignedIn, scope: Scope, user_id: int) -> HttpResponse:
    """Take away every role that a person holds on it."""
    user, _ = _user(scope, user_id)
    return _change(request, scope, user, [])


def _user(scope: Scope, user_id: int) -> tuple[User, list[RoleKind]]:
    """A person who has, or had, a role on exactly this object, and what they hold now."""
    roles = list(Role.objects.filter(**scope_keys(scope), user_id=user_id).select_related("user"))
    if not roles:
        raise Http404
    return roles[0].user, [RoleKind(role.kind) for role in roles if role.ended is None]


def _change(request: SignedIn, scope: Scope, user: User, kinds: list[RoleKind]) -> HttpResponse:
    before = user.signed_out
    try:
        changed = change_roles(user, scope, kinds, by=request.user)
    except LastAccountAdmin:
        said = f"{user} is the last account admin of {scope}. Nothing changed: invite another one first."
        messages.error(request, said)
        return redirect(_home(scope), scope.pk)
    user.refresh_from_db(fields=["signed_out"])
    if user == request.user and user.signed_out != before:
        return _leave(request, scope)
    messages.success(request, _said(user, scope, kinds) if changed else "Nothing changed.")
    return redirect(_home(scope), scope.pk)


def _said(user: User, scope: Scope, kinds: list[RoleKind]) -> str:
    roles = " and ".join(kind.label.lower() for kind in kinds)
    return f"{user} is now {roles} of {scope}." if kinds else f"{user} removed from {scope} and signed out."


def _leave(request: SignedIn, scope: Scope) -> HttpResponse:
    """They took a role from themselves: their sessions have ended, and this one says why."""
    logout(request)
    said = f"You gave up a role in {scope}, so you were signed out. Sign in again for what you still have."
    messages.info(request, said)
    return redirect("account_login")
