"""What requests for reversal are about: bulk opt-outs that may have been errors, and how things stand now (R4.8)."""

from dataclasses import dataclass

from compliance.models import ReversalRequest
from contacts.actions import suppression
from contacts.actions.reversal import BY_LIST, THEIR_OWN
from contacts.conversations.models import SendingNumber
from contacts.models import OptOut, OptOutEvidence, Source
from groups import audit
from groups.audit import Kind
from groups.models import Account, AuditEntry

OFFERED = 50


def bulk_opt_outs(account: Account) -> list[AuditEntry]:
    """The latest opt-outs of several at once, by an admin's list or a file; newest first."""
    found = AuditEntry.objects.filter(account=account, action="opt_out", source__in=BY_LIST, counts__changed__gt=1)
    return list(found.select_related("actor", "group", "organization").order_by("-time", "-pk")[:OFFERED])


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

    @property
    def nothing(self) -> bool:
        """Whether there is nothing left that could be ended."""
        return not (self.open or self.suppressed)


def standing_of(request: ReversalRequest) -> Standing:
    """How things stand now for what the request is about."""
    if request.opened_by:
        return _of_change(request, request.opened_by)
    return _of_phone(request, request.phone) if request.phone else Standing()


def _of_phone(request: ReversalRequest, phone: str) -> Standing:
    open_one = OptOut.objects.open().filter(organization=request.organization, phone=phone)
    episode = open_one.select_related("origin__organization").first()
    asked = {episode.pk, episode.origin_id or episode.pk} if episode else set()
    own = OptOutEvidence.objects.filter(opt_out__in=asked, source__in=THEIR_OWN, time__gt=request.filed)
    suppressed = bool(suppression.matching(request.organization, [phone]))
    blocked = _carrier_blocks(asked)
    return Standing(episode, suppressed, 1, int(episode is not None), int(own.exists()), carrier_blocks=blocked)


def _carrier_blocks(asked: set[int]) -> bool:
    """Whether the provider keeps texts from them whatever we decide (R8.6): it said so, or answers STOP itself."""
    told = OptOutEvidence.objects.filter(opt_out__in=asked)
    answering = SendingNumber.objects.filter(
        answers_stop=SendingNumber.Answers.PROVIDER, organization__in=told.values("opt_out__organization")
    )
    by_text = told.filter(source=Source.KEYWORD).exists()
    return told.filter(source=Source.CARRIER).exists() or (by_text and answering.exists())


def _of_change(request: ReversalRequest, entry: AuditEntry) -> Standing:
    opened = [number for ids in audit.subject_ids(entry, Kind.OPT_OUT).values() for number in ids]
    open_ones = OptOut.objects.open().filter(organization=request.organization, pk__among=opened, opened_by=entry)
    own = open_ones.filter(evidence__source__in=THEIR_OWN).distinct().count()
    return Standing(None, False, len(opened), open_ones.count(), own)
