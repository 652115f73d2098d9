"""The texts that are sent without an agent writing them: confirmation, help reply, closing texts (R4.3, R4.4, R4.9).

An organization's own words are checked when they are saved and again here, whenever they are to be sent: a name that
has grown since, or a rule that has become stricter, makes them give way to ours.
"""

from dataclasses import dataclass

from contacts.conversations.models import Wording
from contacts.conversations.wording.rules import Kind, Values, fill, problems
from groups.models import Organization

__all__ = ["Closing", "Kind", "Values", "closings", "confirmation", "fill", "filled", "help_reply", "problems"]

CONFIRMATION = "{organization}: you are opted out and will get no more texts from us."
HELP = "{organization}: our team reads what you text here. Reply STOP to opt out."
HELP_WITH_CONTACT = "{organization}: a person helps you at {contact} - Reply STOP to opt out."


@dataclass(frozen=True)
class Closing:
    """A closing text as it is sent, and its key."""

    id: int
    text: str


def confirmation(organization: Organization) -> str:
    """What follows an opt-out by keyword."""
    return filled(of(organization), Kind.CONFIRMATION)


def help_reply(organization: Organization) -> str:
    """What answers a HELP."""
    return filled(of(organization), Kind.HELP)


def closings(organization: Organization) -> list[Closing]:
    """The closing texts that an agent of the organization may choose from, in the order of their making."""
    values = Values(organization.name)
    offered = organization.closing_texts.filter(retired=None)
    sound = (one for one in offered if not problems(one.text, kind=Kind.CLOSING, values=values))
    return [Closing(one.pk, fill(one.text, values)) for one in sound]


def of(organization: Organization) -> Wording:
    """The organization's own words; an unsaved row where it has none."""
    found = Wording.objects.filter(organization=organization).first()
    return found or Wording(account_id=organization.account_id, organization=organization)


def filled(wording: Wording, kind: Kind) -> str:
    """The confirmation or the help reply as it is sent: their own words if they may be, else ours."""
    values = values_of(wording)
    own = "" if problems_of(wording, kind) else own_words(wording, kind)
    return fill(own or default(kind, values), values)


def unchecked(wording: Wording, kind: Kind) -> str:
    """The same with words that may not be sent, for somebody who is writing them."""
    values = values_of(wording)
    return fill(own_words(wording, kind) or default(kind, values), values)


def problems_of(wording: Wording, kind: Kind) -> list[str]:
    """Why their own words for it may not be sent; empty if they may, or if they have none."""
    own = own_words(wording, kind)
    return problems(own, kind=kind, values=values_of(wording)) if own else []


def own_words(wording: Wording, kind: Kind) -> str:
    """The organization's own words for it, as they were written; "" where ours are sent."""
    return wording.help if kind is Kind.HELP else wording.confirmation


def values_of(wording: Wording) -> Values:
    """What its placeholders stand for."""
    return Values(wording.organization.name, wording.contact)


def default(kind: Kind, values: Values) -> str:
    """Our words for it, which name the organization whatever it is called."""
    if kind is Kind.CONFIRMATION:
        return CONFIRMATION
    return HELP_WITH_CONTACT if values.contact else HELP
