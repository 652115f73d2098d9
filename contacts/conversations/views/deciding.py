"""What every page with a held text shares: the three decisions, their effects, and what is said of them (R8.2)."""

from collections.abc import Callable

from django.contrib import messages
from django.shortcuts import get_object_or_404

from contacts.actions.hold import WRONG_PERSON, decide
from contacts.conversations.forms.hold import DecisionForm
from contacts.conversations.models import Conversation
from contacts.models import Hold
from groups.access import SignedIn
from groups.models import Group, Organization
from groups.times import when

DONE = {
    Hold.Decision.OPT_OUT: "Opted out of {organization}.",
    Hold.Decision.NOT_AN_OPT_OUT: "Not an opt-out: they can be texted again wherever they are active.",
    Hold.Decision.WRONG_PERSON: "Opted out of {organization}. Reason: Wrong person.",
}


def effects(organization: Organization) -> dict[str, object]:
    """What a page needs to name the effects of the three decisions: the tag that `Wrong person` puts on, if any."""
    reason = organization.opt_out_reasons.select_related("tag").filter(name__iexact=WRONG_PERSON).first()
    return {"wrong_person_tag": reason.tag if reason else None}


def waiting_here(group: Group, phone: str | None, address: Callable[[int], str]) -> dict[str, object]:
    """What a conversation's page shows of a held text that came in here and waits; ``address`` makes where it is
    decided, of its id."""
    hold = Hold.objects.open().with_texts().filter(group=group, phone=phone).first()
    if hold is None:
        return {}
    return {"hold": hold, "decide_url": address(hold.pk), **effects(group.organization)}


def hold_of(conversation: Conversation, hold_id: int) -> Hold:
    """A held text that came in in this conversation, decided or not; else 404."""
    holds = conversation.group.holds.select_related("organization")
    return get_object_or_404(holds, pk=hold_id, phone=conversation.contact.phone, phone__isnull=False)


def decide_one(request: SignedIn, hold: Hold) -> None:
    """Decide as the posted form asks, and say what was done, or who decided what before."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Nothing was decided: choose one of the three decisions on this page.")
        return
    decision = Hold.Decision(form.cleaned_data["decision"])
    outcome = decide(hold, decision, by=request.user)
    if outcome.changed:
        messages.success(request, DONE[decision].format(organization=hold.organization))
    elif outcome.already:
        messages.info(request, f"{_decided_before(request, hold)} Your decision changed nothing.")
    else:
        messages.info(request, "Their personal data was erased meanwhile. Nothing was decided.")


def _decided_before(request: SignedIn, hold: Hold) -> str:
    hold = Hold.objects.select_related("actor").get(pk=hold.pk)
    at = when(hold.decided).short if hold.decided else ""
    who = "You" if hold.actor == request.user else who_decided(hold)
    return f"{who} decided this already: {hold.get_decision_display()}, {at}."


def who_decided(hold: Hold) -> str:
    """Whose decision a hold was, such as "The time limit"; a person's START or STOP is theirs."""
    if hold.actor:
        return hold.actor.name
    return "The time limit" if hold.decision == Hold.Decision.EXPIRED else "The contact"
