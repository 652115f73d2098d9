"""From phones to the leads of an account: everybody behind them, and what identifies these people in a text."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from compliance.models import ReversalRequest
from contacts import phone as phones_of
from contacts.models import Contact, Hold, Membership, OptOut
from groups.audit import Kind
from groups.models import Account
from groups.redaction import Leads, stores
from groups.traces import FEW, Number, Traces


def leads_of(account: Account, phones: Sequence[str]) -> Leads:
    """The leads behind these phones (E.164), contacts or not, as things stand now."""
    contacts = list(Contact.objects.filter(account=account).with_phones(phones))
    ids = [contact.pk for contact in contacts]
    members = Membership.objects.filter(contact__among=ids).values_list("pk", flat=True)
    episodes = OptOut.objects.filter(account=account, phone__among=phones).values_list("pk", flat=True)
    return Leads(
        account_id=account.pk,
        phones=tuple(phones),
        contacts={(contact.organization_id, str(contact.phone)): contact.pk for contact in contacts},
        subjects={
            Kind.CONTACT: frozenset(ids),
            Kind.MEMBERSHIP: frozenset(members),
            Kind.OPT_OUT: frozenset(episodes),
        },
        traces=_traces(phones, contacts),
    )


def _traces(phones: Iterable[str], contacts: Collection[Contact]) -> Traces:
    names = {
        name for contact in contacts for name in (contact.name, contact.first_name.strip(), contact.last_name.strip())
    }
    return Traces(
        numbers=tuple(_numbers(phones)),
        emails=tuple(sorted({contact.email.strip() for contact in contacts} - {""})),
        names=tuple(sorted(names - {""})),
    )


def _numbers(phones: Iterable[str]) -> Iterator[Number]:
    """Those that can be told from other digits in a text: a carrier's short code or name goes from rows alone."""
    for number in (Number(*phones_of.parts(phone)) for phone in phones):
        if number.country or len(number.national) >= FEW:
            yield number


def known(account: Account, phones: Sequence[str]) -> list[str]:
    """Those of the phones about which the account holds anything, in their order (R5.3)."""
    tables = (Contact, OptOut, Hold, ReversalRequest)
    held = {
        phone
        for model in tables
        for phone in model._default_manager.filter(account=account, phone__among=phones).values_list("phone", flat=True)
    }
    held |= _somewhere(account, [phone for phone in phones if phone not in held])
    return [phone for phone in phones if phone in held]


def _somewhere(account: Account, phones: Sequence[str]) -> set[str]:
    """Those that stand in a file that waits, or in somebody's words. All are looked for at once, as most stand nowhere;
    only where something is found, one by one."""
    if not phones or not _mentioned(leads_of(account, phones)):
        return set()
    return set(phones) if len(phones) == 1 else {one for phone in phones for one in _somewhere(account, [phone])}


def _mentioned(leads: Leads) -> bool:
    return any(sum(store.tally(leads).values()) for store in stores())
