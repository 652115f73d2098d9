"""Texts that came in are read, and what they ask for is done, all of it or nothing (section 8)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from contacts import digests, locks
from contacts.actions.arrival import bring_in
from contacts.actions.hold import open_hold, release
from contacts.actions.membership import make_active
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import requests, reverse
from contacts.conversations import providers, wording
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.actions.write import queue
from contacts.conversations.classify import Verdict, classify, is_reaction
from contacts.conversations.models import InboundText, Message, SendingNumber
from contacts.conversations.providers.base import File, Inbound, NoAnswer
from contacts.conversations.signals import dropped, texting_in
from contacts.models import Contact, Membership, OptOut, Source
from contacts.person import Person
from groups import audit
from groups.audit import Kind
from groups.models import Group, Organization

URGENT = (Verdict.OUT, Verdict.HOLD)
"""What is taken in before anything else; their pictures are left at the provider."""
BY_TEXT = "text"
"""The source of what is recorded because of a text of theirs."""
DEACTIVATING = ("make_inactive", "undo_make_active")
EVERY = 1000
"""Entries of one member that are looked through for the last that deactivated."""
PATIENCE = timedelta(minutes=10)
"""How long a text waits for a provider that doesn't tell its time or its pictures; then it is taken in without."""
TRIES = 3


def waiting(most: int) -> list[int]:
    """Keys of texts to be taken in, as many at most: of those that came first whatever may be an opt-out, then the
    others."""
    texts = InboundText.objects.waiting().order_by("pk").only("pk", "body", "opt_out_type")[:most]
    return [text.pk for text in sorted(texts, key=lambda text: verdict_of(text) not in URGENT)]


@dataclass
class _Taking:
    """A text that is taken in, under the locks that its verdict needs."""

    text: InboundText
    group: Group
    verdict: Verdict
    member: Membership | None
    reached: Sequence[Organization]

    @property
    def time(self) -> datetime:
        """The provider's, where known; else when it came."""
        return self.text.written or self.text.received

    @property
    def phone(self) -> str:
        return self.text.phone

    @property
    def we_answer(self) -> bool:
        return self.text.number.answers_stop == SendingNumber.Answers.US


def take_in(text_id: int) -> bool:
    """Read a text that was received and do what it asks for, once; False if somebody did meanwhile.

    Raises ``digests.KeyProblem``, and ``NoAnswer`` while its provider doesn't tell what is needed: it waits.
    """
    texts = InboundText.objects.waiting().select_related("number__group__organization__account")
    text = texts.filter(pk=text_id).first()
    if text is None:
        return False
    verdict = verdict_of(text)
    text.written = text.written or _asked_time(text, verdict)
    files = [] if verdict in URGENT else _files(text)
    for _ in range(TRIES - 1):
        try:
            return _take_in(text, verdict, files)
        except _Again:
            continue
    return _take_in(text, verdict, files)


def _asked_time(text: InboundText, verdict: Verdict) -> datetime | None:
    """A START is weighed against a STOP, and any text against a redaction, by when it was written, which some webhooks
    don't tell (R8.5)."""
    if verdict != Verdict.IN and when_erased(text.account_id, text.phone) is None:
        return None
    try:
        return providers.at(text.provider).written(text.provider_id)
    except NoAnswer:
        if not _waited_long(text):
            raise
        return None


def _files(text: InboundText) -> list[File]:
    try:
        found = [providers.at(text.provider).media(address) for address in text.media]
    except NoAnswer:
        if not _waited_long(text):
            raise
        return []
    return [file for file in found if file]


def _waited_long(text: InboundText) -> bool:
    """Whether it has waited long enough for what its provider doesn't tell."""
    return timezone.now() - text.received >= PATIENCE


@transaction.atomic
def _take_in(text: InboundText, verdict: Verdict, files: Iterable[File]) -> bool:
    group = text.number.group
    joins = verdict != Verdict.OUT and not is_known(text.number, text.phone)
    reached = _lock(group, verdict, joins)
    row = InboundText.objects.waiting().filter(pk=text.pk)
    if not row.update(taken=timezone.now(), written=text.written, body="", media=[]):
        return False
    if is_erased(text.account_id, text.phone, text.written or text.received):
        _drop(text)
        return True
    if joins:
        bring_in(group, [Person(text.phone)], by=None, came_by=Contact.Source.TEXTED_IN, source=BY_TEXT)
    locks.phones(reached, [text.phone])
    member = group.memberships.filter(phone=text.phone).select_related("contact").first()
    if member is None and verdict != Verdict.OUT:
        raise _Again
    taking = _Taking(text, group, verdict, member, reached)
    message = _keep_message(taking, files)
    _ACTS[verdict](taking, message)
    return True


class _Again(Exception):
    """They were erased between the look and the lock: they come in anew."""


def _lock(group: Group, verdict: Verdict, joins: bool) -> list[Organization]:
    """The organization's lock, as the gravest of what may follow needs it; see ``contacts.locks``.

    Returns the organizations in which it may change something.
    """
    if joins:
        digests.require()
    if verdict != Verdict.IN and not joins:
        return locks.shared(group.organization)
    # A START ends copies in other organizations; a hold shares whatever an opt-out would reach.
    if verdict in (Verdict.IN, Verdict.HOLD):
        return locks.alone_in_account(group.organization)
    locks.alone(group.organization)
    return [group.organization]


def _drop(text: InboundText) -> None:
    """Let go of a text that is older than a redaction of its phone (R8.5)."""
    InboundText.objects.filter(pk=text.pk).delete()
    dropped.send(InboundText, account_id=text.account_id, phone=text.phone)
    count_dropped(text.number, text.provider_id)


def _keep_message(taking: _Taking, files: Iterable[File]) -> Message | None:
    """The text in its conversation; None for somebody who is no member here."""
    if taking.member is None:
        return None
    text = Text(
        taking.member.contact_id,
        taking.text.body,
        taking.time,
        provider_id=taking.text.provider_id,
        files=list(files),
        verdict=taking.verdict,
        by_provider_clock=taking.text.written is not None,
    )
    return next(iter(keep(taking.group, [text])), None)


def _opt_out(taking: _Taking, message: Message | None) -> None:
    """R4.4. A STOP that is older than a START of theirs was taken back before it came (R8.5)."""
    if _started_after(taking):
        return
    group = taking.group
    outcome = opt_out(
        group.organization,
        [taking.phone],
        by=None,
        source=Source.KEYWORD,
        text=taking.text.body,
        at=taking.time,
        group=group,
    )
    if outcome.changed and message and taking.we_answer:
        episode = OptOut.objects.open().get(organization=group.organization, phone=taking.phone)
        queue(message.conversation, wording.confirmation(group.organization), episode=episode)


def _started_after(taking: _Taking) -> bool:
    """Whether they texted START later, both by the provider's own clock, to an organization that a STOP reaches.

    By our clock nothing is later than a START: whatever it says, it counts (R8.5).
    """
    if taking.text.written is None:
        return False
    theirs = Message.objects.filter(
        conversation__contact__organization__in=taking.reached,
        conversation__contact__phone=taking.phone,
        verdict=Verdict.IN,
        by_provider_clock=True,
    )
    return theirs.filter(time__gt=taking.time).exists()


def _hold(taking: _Taking, message: Message | None) -> None:
    """R8.2."""
    if not _started_after(taking):
        organization = taking.group.organization
        open_hold(organization, taking.phone, text=taking.text.body, group=taking.group, at=taking.time)


def _start(taking: _Taking, message: Message | None) -> None:
    """Their own consent (R4.8): ends the opt-out and the hold that came before it, and takes them back in (R3.5)."""
    organization = taking.group.organization
    if _is_last_word(taking):
        reverse(organization, [taking.phone], by=None, source=BY_TEXT)
        release(organization, taking.phone, at=taking.time)
    _reactivate(taking)


def _is_last_word(taking: _Taking) -> bool:
    """Whether nobody asked for the open opt-out, what it was copied from, or one wherever a STOP reaches, after this
    START was written; if that is not known, they did (R4.6, R8.5)."""
    asked = requests(taking.reached, [taking.phone])
    if taking.text.written is None:
        asked = asked.filter(source=Source.KEYWORD)
        return not asked.exists()
    return not asked.filter(time__gte=taking.text.written).exists()


def _help(taking: _Taking, message: Message | None) -> None:
    """R4.9: one reply; the gate sees to "once in 24 hours"."""
    if message and taking.we_answer:
        queue(message.conversation, wording.help_reply(taking.group.organization), answers=message)


def _reply(taking: _Taking, message: Message | None) -> None:
    """An ordinary text takes its writer back in; a reaction is none (R3.5)."""
    if not is_reaction(taking.text.body):
        _reactivate(taking)


def _reactivate(taking: _Taking) -> None:
    """Make them active in this group again, if they wrote after they were deactivated."""
    member, group = taking.member, taking.group
    if member and member.inactive and _deactivated(group, member) < taking.time:
        make_active(group, group.memberships.filter(pk=member.pk), by=None, source=BY_TEXT)


def _deactivated(group: Group, member: Membership) -> datetime:
    """When they were last made inactive."""
    entries = audit.entries_about(group.account_id, {Kind.MEMBERSHIP: [member.pk]}, most=EVERY)
    return next((entry.time for entry, _ in entries if entry.action in DEACTIVATING), member.added)


_ACTS: dict[Verdict, Callable[[_Taking, Message | None], None]] = {
    Verdict.OUT: _opt_out,
    Verdict.HOLD: _hold,
    Verdict.IN: _start,
    Verdict.HELP: _help,
    Verdict.NONE: _reply,
}


# What keeping a text asks about it, too.


def is_known(number: SendingNumber, phone: str) -> bool:
    return number.group.memberships.filter(phone=phone).exists()


def verdict_of(text: Inbound | InboundText) -> Verdict:
    """What a text asks for. A stop of the provider's counts as one; its START may be a "yes" and doesn't (R8.4)."""
    return Verdict.OUT if text.opt_out_type == "STOP" else classify(text.body)


def when_erased(account_id: int, phone: str) -> datetime | None:
    """When the floors above last erased this phone, if they did."""
    answers: list[tuple[Any, Any]] = texting_in.send(InboundText, account_id=account_id, phone=phone)
    return max((time for _, time in answers if time), default=None)


def is_erased(account_id: int, phone: str, time: datetime) -> bool:
    """Whether the phone was erased after that time."""
    erased = when_erased(account_id, phone)
    return erased is not None and time < erased


def count_dropped(number: SendingNumber, provider_id: str) -> None:
    """Count a text that was dropped, once. What tells a repetition, a keyed digest of its id, is joined to nobody."""
    mark = digests.digest(number.account_id, "dropped text", provider_id, digests.current_key_id()).hex()
    now = timezone.now()
    _, is_news = InboundText.objects.get_or_create(
        provider=number.provider,
        provider_id=mark,
        defaults={"account_id": number.account_id, "number": number, "received": now, "taken": now},
    )
    if is_news:
        audit.record("drop_text", on=number.group, by=None, source=BY_TEXT)
