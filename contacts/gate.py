"""May this phone be texted in this group, and if not, why? (R4.11)

Reads the truth: open episodes and holds, the membership, the group. The read copies on memberships serve lists only and
are never believed here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from contacts.models import Hold, Membership, OptOut
from groups.models import Group


class Cause(StrEnum):
    REDACTED = "redacted"
    NOT_A_MEMBER = "not_a_member"
    OPTED_OUT = "opted_out"
    ON_HOLD = "on_hold"
    INACTIVE = "inactive"
    CANNOT_RECEIVE = "cannot_receive"
    ARCHIVED = "archived"


@dataclass(frozen=True)
class Answer:
    """Whether a text may go; if not, the first cause that forbids it, in one sentence."""

    cause: StrEnum | None
    sentence: str

    @property
    def allowed(self) -> bool:
        return self.cause is None


def may_text(group: Group, phone: str | None) -> Answer:
    """Answer for a phone (E.164; None once redacted) in a group; the gravest cause first."""
    if phone is None:
        return Answer(Cause.REDACTED, "Their personal data was erased, so there is no number to text.")
    return may_text_in([group], phone)[group.pk]


def may_text_in(groups: Iterable[Group], phone: str) -> dict[int, Answer]:
    """Answer for a phone in several groups, by group id, in as many queries as for one."""
    asked = list(groups)
    organizations = {group.organization_id for group in asked}
    accounts = {group.account_id for group in asked}
    here = Q(organization__in=organizations) | Q(account__sync_applying=True)
    episodes = OptOut.objects.open().filter(here, organization__account__in=accounts, phone=phone)
    told_with = ("account", "organization", "actor", "reason", "origin__organization")
    found_out = list(episodes.select_related(*told_with).order_by("-started", "-pk"))
    holds = Hold.objects.open().filter(organization__in=organizations, phone=phone)
    found = Membership.objects.filter(group__in=asked, contact__phone=phone, contact__organization__in=organizations)
    opted_out = {one.organization_id: one for one in found_out}
    coming = {one.account_id: one for one in found_out if one.account.sync_applying}
    held = {one.organization_id: one for one in holds}
    members = {one.group_id: one for one in found.select_related("contact")}
    return {
        group.pk: _opt_out(group, opted_out.get(group.organization_id))
        or _coming(group, coming.get(group.account_id))
        or _hold(held.get(group.organization_id))
        or _membership(group, members.get(group.pk))
        or _group(group)
        or _yes(group, members[group.pk])
        for group in asked
    }


def _opt_out(group: Group, episode: OptOut | None) -> Answer | None:
    if episode is None:
        return None
    reason = f" Reason: {episode.reason}." if episode.reason else ""
    where, so = str(group.organization), ""
    if episode.origin:
        where, so = str(episode.origin.organization), f", and so of {group.organization}"
    return Answer(Cause.OPTED_OUT, f"Opted out of {where} on {_day(episode.started)} {_who(episode)}{so}.{reason}")


def _coming(group: Group, episode: OptOut | None) -> Answer | None:
    """An opt-out of another organization that an application of account sync has yet to bring here (R4.9)."""
    if episode is None:
        return None
    where = (episode.origin or episode).organization
    so = f"account sync is opting them out of {group.organization} now"
    return Answer(Cause.OPTED_OUT, f"Opted out of {where} on {_day(episode.started)} {_who(episode)}: {so}.")


def _who(episode: OptOut) -> str:
    return f"by {episode.actor}" if episode.actor else f"({episode.get_source_display().lower()})"


def _hold(hold: Hold | None) -> Answer | None:
    if hold is None:
        return None
    return Answer(Cause.ON_HOLD, f"On hold since {_day(hold.opened)}: a text of theirs may be an opt-out.")


def _membership(group: Group, membership: Membership | None) -> Answer | None:
    if membership is None:
        return Answer(Cause.NOT_A_MEMBER, f"They are not in {group}.")
    if membership.inactive:
        return Answer(Cause.INACTIVE, f"Inactive in {group}: in no goal here, and its agents can't text them.")
    return None


def _group(group: Group) -> Answer | None:
    return Answer(Cause.ARCHIVED, f"{group} is archived: nothing is sent from it.") if group.archived else None


def _yes(group: Group, membership: Membership) -> Answer:
    """Goals leave a number out that receives no texts; an agent may try: a text that is delivered ends that (R7.5)."""
    since = membership.contact.cannot_receive_since
    if since is None:
        return Answer(None, f"They can be texted in {group}.")
    said = f"the carrier said on {_day(since)} that this number receives no texts"
    return Answer(None, f"They can be texted in {group}, but {said}: goals leave them out until one is delivered.")


def _day(time: datetime) -> str:
    return date_format(timezone.localtime(time), "j M Y")
