"""What an account, or one organization of it, knows of one number (R2: the account-wide view; R5.9).

Each number costs the same queries, whether it is known, unknown or somebody else's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from contacts.audit_sentences import by_whom
from contacts.conversations.gate import may_write_in
from contacts.gate import Answer
from contacts.models import Contact, Hold, Membership, OptOut
from contacts.views.rows import statuses
from groups.models import Account, Group, Organization


@dataclass(frozen=True)
class Place:
    """A group that the number is a contact of; ``statuses`` are keys of the words that hold."""

    group: Group
    membership: Membership
    answer: Answer

    @property
    def statuses(self) -> list[str]:
        """Every status that holds (R3.4)."""
        return statuses(self.membership.shown_status)


@dataclass(frozen=True)
class Episode:
    """An opt-out, and who is behind it in words."""

    opt_out: OptOut

    @property
    def by(self) -> str:
        """Who opted the number out."""
        return by_whom(self.opt_out)


@dataclass(frozen=True)
class Known:
    """What one organization knows of the number; at least one of these."""

    organization: Organization
    contact: Contact | None
    places: Sequence[Place]
    episodes: Sequence[Episode]
    holds: Sequence[Hold]


def known_of(phone: str, scope: Account | Organization) -> list[Known]:
    """By organization, in the order of their names; empty for a number that is unknown, foreign or redacted."""
    asked = list(scope.organizations.order_by("name", "pk")) if isinstance(scope, Account) else [scope]
    mine = {"organization__in": asked, "phone": phone}
    contacts = {one.organization_id: one for one in Contact.objects.filter(**mine)}
    memberships = Membership.objects.filter(contact__in=contacts.values()).order_by("group__name", "group_id")
    members = list(memberships.select_related("group__organization"))
    answers = may_write_in([member.group for member in members], phone)
    told_with = ("actor", "reason", "origin__organization")
    episodes = list(OptOut.objects.filter(**mine).select_related(*told_with).order_by("-started", "-pk"))
    holds = list(Hold.objects.filter(**mine).select_related("actor").order_by("-opened", "-pk"))
    told = [
        Known(
            one,
            contacts.get(one.pk),
            [Place(m.group, m, answers[m.group_id]) for m in members if m.group.organization_id == one.pk],
            [Episode(some) for some in episodes if some.organization_id == one.pk],
            [some for some in holds if some.organization_id == one.pk],
        )
        for one in asked
    ]
    return [known for known in told if known.contact or known.episodes or known.holds]
