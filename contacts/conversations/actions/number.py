"""Give a group the number that it texts from, and take it away."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from contacts.conversations.models import SendingNumber
from groups import audit
from groups.models import Group, User


class NumberInUse(Exception):
    """Another group, ours or somebody else's, texts from this number."""


def give(group: Group, phone: str, *, provider: str, answers_stop: str, by: User | None) -> SendingNumber:
    """Let ``group`` text from this number (E.164) from now on; the one that it had is kept as a past one.

    The same again changes nothing. Raises ``NumberInUse``.
    """
    try:
        return _give(group, phone, provider, answers_stop, by)
    except IntegrityError:
        raise NumberInUse("Another group texts from this number. Enter another one.") from None


@transaction.atomic
def _give(group: Group, phone: str, provider: str, answers_stop: str, by: User | None) -> SendingNumber:
    current = _locked(group)
    if current and (current.phone, current.provider, current.answers_stop) == (phone, provider, answers_stop):
        return current
    now = timezone.now()
    if current:
        SendingNumber.objects.filter(pk=current.pk).update(until=now)
    number = SendingNumber.objects.create(
        account_id=group.account_id,
        organization_id=group.organization_id,
        group=group,
        phone=phone,
        provider=provider,
        answers_stop=answers_stop,
        since=now,
    )
    audit.record("give_number", on=group, by=by, counts={"number": number.pk})
    return number


@transaction.atomic
def take_away(group: Group, *, by: User | None) -> bool:
    """Let ``group`` text from no number; texts that still come to it are taken in. False if it has none."""
    current = _locked(group)
    if current is None:
        return False
    SendingNumber.objects.filter(pk=current.pk).update(until=timezone.now())
    audit.record("take_number", on=group, by=by, counts={"number": current.pk})
    return True


def _locked(group: Group) -> SendingNumber | None:
    """The group's number, under the lock of the group's row."""
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    return SendingNumber.objects.current().filter(group=group).first()
