"""What a redaction would erase and what would stay, before anybody decides (R5.2)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from compliance.leads import leads_of
from contacts.conversations.models import Message
from contacts.models import Contact, Hold, OptOut
from groups.models import Account, Organization
from groups.redaction import Leads, Store, stores


@dataclass(frozen=True)
class Going:
    """What one store would lose: how many in all and in each organization, and what becomes of the rest."""

    label: str
    many: int
    places: Sequence[tuple[str, int]]
    becomes: str


@dataclass(frozen=True)
class Staying:
    """Whether the leads stay opted out of one organization: that is all that survives (R5.4)."""

    organization: Organization
    contacts: int
    opted_out: int
    on_hold: int


@dataclass(frozen=True)
class Preview:
    """One look at the leads; ``person`` are the values of a single one, as exports show them now."""

    leads: Leads
    going: Sequence[Going]
    staying: Sequence[Staying]
    messages: int
    person: Sequence[tuple[str, Sequence[str]]]

    @property
    def organizations(self) -> list[Organization]:
        """Where somebody with these phones is a contact."""
        return [some.organization for some in self.staying if some.contacts]

    @property
    def contacts(self) -> int:
        return len(self.leads.contacts)

    @property
    def survives(self) -> bool:
        """Whether an opt-out status is there to be kept."""
        return any(some.opted_out or some.on_hold for some in self.staying)


def preview(account: Account, phones: Sequence[str]) -> Preview:
    """Ask every store; nothing is locked, so what goes is counted anew when it goes."""
    leads = leads_of(account, phones)
    organizations = {organization.pk: organization for organization in account.organizations.all()}
    return Preview(
        leads=leads,
        going=[going for store in stores() if (going := _going(store, leads, organizations)).many],
        staying=[_staying(organization, leads) for organization in organizations.values()],
        messages=Message.objects.filter(conversation__contact__among=leads.contact_ids).count(),
        person=list(_person(leads)) if len(leads.phones) == 1 else [],
    )


def _going(store: Store, leads: Leads, organizations: dict[int, Organization]) -> Going:
    tally = store.tally(leads)
    places = [
        (organizations[key].name, many) for key, many in tally.items() if key is not None and key in organizations
    ]
    return Going(store.label, sum(tally.values()), sorted(places), store.becomes)


def _staying(organization: Organization, leads: Leads) -> Staying:
    mine = {"organization": organization, "phone__among": leads.phones}
    contacts = sum(place == organization.pk for place, _ in leads.contacts)
    return Staying(
        organization, contacts, OptOut.objects.open().filter(**mine).count(), Hold.objects.open().filter(**mine).count()
    )


def _person(leads: Leads) -> Iterator[tuple[str, Sequence[str]]]:
    """The values by which this person is known now, each kind once."""
    contacts = list(Contact.objects.filter(pk__among=leads.contact_ids).order_by("pk"))
    for label, values in (
        ("Name", [contact.name for contact in contacts]),
        ("Phone", [contact.written_phone for contact in contacts]),
        ("Email", [contact.email for contact in contacts]),
    ):
        known = list(dict.fromkeys(filter(None, values)))
        if known:
            yield label, known
