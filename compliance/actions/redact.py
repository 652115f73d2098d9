"""Redact leads: erase everything that an account holds about some phones, in one transaction (R5.1–R5.7).

Whatever dies before the commit has erased nothing; after it only files and the database's own leftovers remain, which
``clean_up`` finishes, now or at its next run.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance import database
from compliance.leads import known, leads_of
from compliance.models import DoomedFile, RedactedPhone, Redaction
from contacts import digests, locks
from contacts.actions.opt_out import opt_out
from contacts.actions.suppression import suppress
from contacts.models import Contact, OptOut, Source
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import Account, Organization, User
from groups.redaction import Keys, Leads, Store, stores

MOST = 50
"""Phones in one go: each is looked for in every text of the account."""

ROUNDS = 3


@dataclass(frozen=True)
class _Erased:
    """What each store held, the files that go with it, and in how many places something still stands."""

    keys: Mapping[Store, Keys]
    files: Sequence[str]
    left: Mapping[Store, int]


@transaction.atomic
def redact(
    account: Account, phones: Sequence[str], *, by: User, also_opt_out: bool = False, source: str = "page"
) -> Redaction | None:
    """Erase the leads behind these phones (E.164) from every organization of the account, for good; the receipt.

    ``also_opt_out`` opts the numbers out of every organization first (R5.2). None: the account holds nothing about any
    of them. Raises ``digests.KeyProblem`` while the digest secrets are not in order (R5.11).
    """
    digests.require()
    started = timezone.now()
    organizations = locks.whole(account)
    _lock(account, phones)
    found = known(account, phones)
    if not found:
        return None
    _keep_status(organizations, found, by if also_opt_out else None)
    leads = leads_of(account, found)
    erased = _erase(leads)
    redaction = _receipt(account, leads, erased, by=by, started=started, opted_out=also_opt_out, source=source)
    DoomedFile.objects.bulk_create(DoomedFile(redaction=redaction, name=name) for name in erased.files)
    return redaction


def _lock(account: Account, phones: Sequence[str]) -> None:
    """Every membership and every episode of the leads, in the order of all locks."""
    contacts = Contact.objects.filter(account=account).with_phones(phones)
    locks.memberships_of(list(contacts.values_list("pk", flat=True)))
    episodes = OptOut.objects.filter(account=account, phone__among=phones)
    list(episodes.order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _keep_status(organizations: Sequence[Organization], phones: Sequence[str], opting_out: User | None) -> None:
    """Only the opt-out status survives (R5.4). An opt-out, which may reach all of them, would use suppressions up."""
    for organization in organizations if opting_out else ():
        opt_out(organization, phones, by=opting_out, source=Source.ADMIN)
    for organization in organizations:
        suppress(organization, phones)


def _erase(leads: Leads) -> _Erased:
    """Erase, look for it, and erase again what others wrote meanwhile: whoever writes about somebody else, or keeps a
    file, waits for no lock of a redaction."""
    erased = _round(leads, {store: leads.keys_of(store) for store in stores()}, _Erased({}, [], {}))
    for _ in range(ROUNDS - 1):
        leads = replace(leads)
        late = {store: leads.keys_of(store) for store in stores() if erased.left[store]}
        if not late:
            break
        erased = _round(leads, late, erased)
    return erased


def _round(leads: Leads, found: Mapping[Store, Keys], before: _Erased) -> _Erased:
    files = [name for store, keys in found.items() for name in store.files(keys)]
    for store, keys in found.items():
        store.erase(leads, keys)
    told = {store: list(dict.fromkeys([*before.keys.get(store, ()), *found.get(store, ())])) for store in stores()}
    return _Erased(told, [*before.files, *files], {store: store.left(leads, told[store]) for store in stores()})


def _receipt(
    account: Account,
    leads: Leads,
    erased: _Erased,
    *,
    by: User,
    started: datetime,
    opted_out: bool,
    source: str,
) -> Redaction:
    """Record what was done, and what is found when one looks for it again."""
    counts = [[store.label, len(erased.keys[store]), erased.left[store]] for store in stores()]
    entry = audit.record(
        "redact",
        on=account,
        by=by,
        source=source,
        counts={"leads": len(leads.phones), "contacts": len(leads.contacts)},
        subjects=[Subjects(Kind.CONTACT, leads.contact_ids)],
    )
    redaction = Redaction.objects.create(
        account=account,
        actor=by,
        started=started,
        finished=timezone.now(),
        leads=len(leads.phones),
        opted_out=opted_out,
        counts=counts,
        entry=entry,
        transaction=database.transaction_id(),
    )
    key_id = digests.current_key_id()
    RedactedPhone.objects.bulk_create(
        RedactedPhone(
            account=account,
            redaction=redaction,
            key_id=key_id,
            digest=digests.digest(account.pk, "receipt", phone, key_id),
        )
        for phone in leads.phones
    )
    return redaction
