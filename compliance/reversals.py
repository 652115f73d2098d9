"""What requests for reversal are about: bulk opt-outs that may have been errors, and how things stand now (R4.8)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from compliance.models import ReversalRequest
from contacts.actions import suppression
from contacts.actions.reversal import BY_LIST, asked_again, opened_by
from contacts.conversations.models import SendingNumber
from contacts.locks import reached_from
from contacts.models import OptOut, OptOutEvidence, Source
from contacts.models.membership import NEVER
from groups.audit_sentences import who
from groups.models import Account, AuditEntry, Organization

OFFERED = 50


def bulk_opt_outs(account: Account) -> list[AuditEntry]:
    """The latest opt-outs of several at once, by an admin's list or a file; newest first."""
    found = AuditEntry.objects.filter(account=account, action="opt_out", source__in=BY_LIST, counts__changed__gt=1)
    return list(found.select_related("actor", "group", "organization").order_by("-time", "-pk")[:OFFERED])


def told(entry: AuditEntry) -> str:
    """A bulk opt-out in a line: when, how many, where, by whom."""
    return f"{briefly(entry)} · {entry.group or entry.organization} · by {who(entry)}"


def briefly(entry: AuditEntry) -> str:
    """A bulk opt-out by its time and its size."""
    day = date_format(timezone.localtime(entry.time), "j M Y, H:i (T)")
    return f"{day} · {entry.counts['changed']:,} opted out"


@dataclass(frozen=True)
class Standing:
    """What an approval would meet: the open episode or the suppression of a phone, or what a change left open.

    ``asked_since``: how many made a request of their own that an approval leaves alone.
    """

    episode: OptOut | None = None
    suppressed: bool = False
    opened: int = 0
    open: int = 0
    asked_since: int = 0
    carrier_blocks: bool = False


def standing_of(request: ReversalRequest) -> Standing:
    """How things stand now for what the request is about, by the rules that an approval keeps."""
    if request.opened_by:
        return _of_change(request.organization, request.opened_by)
    return _of_phone(request, request.phone) if request.phone else Standing()


def _of_phone(request: ReversalRequest, phone: str) -> Standing:
    open_ones = OptOut.objects.open().filter(organization=request.organization, phone=phone)
    episodes = list(open_ones.select_related("origin__organization"))
    again = asked_again(reached_from(request.organization), episodes, request.filed)
    return Standing(
        episode=next(iter(episodes), None),
        suppressed=bool(suppression.matching(request.organization, [phone])),
        opened=1,
        open=len(episodes),
        asked_since=len(again),
        carrier_blocks=_carrier_blocks({key for one in episodes for key in (one.pk, one.origin_id) if key}),
    )


def _of_change(organization: Organization, entry: AuditEntry) -> Standing:
    many, episodes = opened_by(entry)
    still = list(episodes.only("phone", "origin", "started"))
    again = asked_again(reached_from(organization), still, NEVER)
    return Standing(opened=many, open=len(still), asked_since=len(again))


def _carrier_blocks(asked: set[int]) -> bool:
    """Whether the provider keeps texts from them whatever we decide (R8.6): it said so, or answers STOP itself."""
    told = OptOutEvidence.objects.filter(opt_out__in=asked)
    answering = SendingNumber.objects.filter(
        answers_stop=SendingNumber.Answers.PROVIDER, organization__in=told.values("opt_out__organization")
    )
    by_text = told.filter(source=Source.KEYWORD).exists()
    return told.filter(source=Source.CARRIER).exists() or (by_text and answering.exists())
