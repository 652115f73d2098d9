"""What a page about one contact does to them: `Opt out`, `Deactivate` or `Reactivate` (R3.3, R4.2)."""

from collections.abc import Callable

from django.contrib import messages

from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out_contacts
from contacts.actions.outcome import Outcome
from contacts.forms.change import OneForm
from contacts.models import Membership, OptOutReason, Source
from contacts.models.membership import MembershipQuerySet
from groups.access import SignedIn
from groups.models import Group, User


def change_one(request: SignedIn, member: Membership) -> None:
    """Do what the posted form asks for, and say what was done, or why nothing was."""
    form = OneForm(request.POST, group=member.group, action="")
    action = request.POST.get("action", "")
    do = _acts(request, member, form).get(action)
    if not form.is_valid() and form.has_error("said"):
        messages.error(request, "Nothing was changed: what they said may have 1,600 characters at most. Shorten it.")
    elif do is None or not form.is_valid():
        messages.error(request, "Nothing was changed: choose one of the actions and reasons on this page.")
    else:
        messages.success(request, _said(member, do(), action))


def _acts(request: SignedIn, member: Membership, form: OneForm) -> dict[str, Callable[[], Outcome]]:
    group, by = member.group, request.user
    only = group.memberships.filter(pk=member.pk)
    return {
        "deactivate": lambda: make_inactive(group, only, by=by, note=form.cleaned_data["note"]),
        "reactivate": lambda: make_active(group, only, by=by, note=form.cleaned_data["note"]),
        "opt_out": lambda: _opt_out(group, only, by, form.cleaned_data["reason"], form.cleaned_data["said"]),
    }


def _opt_out(group: Group, only: MembershipQuerySet, by: User, reason: OptOutReason | None, said: str) -> Outcome:
    """Who says what the person said, acts for them: it is the person's own request, by another channel (R4.5)."""
    source = Source.OTHER_CHANNEL if said else Source.ADMIN
    return opt_out_contacts(group, only, by=by, source=source, reason=reason, text=said)


def _said(member: Membership, outcome: Outcome, action: str) -> str:
    """What was done, without the name: the sentence waits in the session."""
    done, so = {
        "deactivate": (f"Made inactive in {member.group}.", "inactive"),
        "reactivate": (f"Made active in {member.group}.", "active"),
        "opt_out": (f"Opted out of {member.group.organization}.", "opted out"),
    }[action]
    if outcome.changed:
        return done + (" They remain opted out." if outcome.besides.get("still_opted_out") else "")
    if not outcome.already:
        return "Their personal data was erased meanwhile. Nothing changed."
    kept = "Your request was kept with it." if outcome.besides.get("evidence") else "Nothing changed."
    return f"They are {so} already. {kept}"
