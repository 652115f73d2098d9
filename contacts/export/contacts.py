"""The rows of a group's contacts, which can be uploaded again as they are (R6.7)."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from contacts.export.custom_fields import names_in
from contacts.export.stream import Line, chunks, exact
from contacts.models import Contact, ContactTag, Hold, Membership, OptOut, Status
from contacts.models.membership import NEVER, MembershipQuerySet
from contacts.upload.columns import EXPORT_HEADERS, custom_headers
from groups.models import Group
from groups.personal_data import REDACTED

_WORDS = ((Status.OPTED_OUT, "Opted out"), (Status.ON_HOLD, "On hold"), (Status.INACTIVE, "Inactive"))


def lines(group: Group, memberships: MembershipQuerySet) -> Iterator[Line]:
    """The headers, then a row for each of these members of the group in the order of their arrival."""
    fields = names_in(memberships)
    yield [*EXPORT_HEADERS, *custom_headers(fields)]
    for members in chunks(memberships.select_related("contact", "agent"), "position"):
        chunk = _Chunk(group, members)
        yield from (chunk.line(member, fields) for member in members)


class _Chunk:
    """Some members, with what their rows tell besides: opt-outs and holds as they are, not as lists copy them."""

    def __init__(self, group: Group, members: Sequence[Membership]) -> None:
        self.group, self.zone = group, ZoneInfo(group.time_zone)
        contacts = [member.contact for member in members]
        phones = [contact.phone for contact in contacts if contact.phone]
        self.tags = ContactTag.objects.names(contact.pk for contact in contacts)
        self.episodes = _episodes(group, contacts, phones)
        holds = Hold.objects.open().filter(organization=group.organization_id).with_phones(phones)
        self.held = set(holds.values_list("phone", flat=True))

    def line(self, member: Membership, fields: Sequence[str]) -> Line:
        contact = member.contact
        gone = contact.redacted_at is not None
        personal = [REDACTED] * 8 if gone else self._profile(contact)
        custom = [REDACTED if gone else str(contact.custom.get(name, "")) for name in fields]
        return [*personal, *self._status(member), *self._place(member), *custom]

    def _profile(self, contact: Contact) -> list[str]:
        names = (contact.first_name, contact.last_name, contact.email, contact.postal_code)
        tags = ", ".join(self.tags.get(contact.pk, ()))
        return [str(contact.phone), *names, tags, contact.notes, contact.external_id]

    def _status(self, member: Membership) -> list[str]:
        contact = member.contact
        gone = contact.redacted_at is not None
        episode = self.episodes.get(contact.pk)
        bits = member.inactive * Status.INACTIVE
        bits |= bool(episode or (gone and member.opted_out)) * Status.OPTED_OUT
        bits |= (member.on_hold if gone else contact.phone in self.held) * Status.ON_HOLD
        said = [word for bit, word in _WORDS if bits & bit]
        status = " · ".join(["Redacted", *said] if gone else said or ["Active"])
        return [status, "yes" if bits & Status.OPTED_OUT else "no", *self._opt_out(episode)]

    def _opt_out(self, episode: OptOut | None) -> list[str]:
        if episode is None:
            return ["", "", ""]
        reason = episode.reason.name if episode.reason else ""
        return [exact(episode.started, self.zone), episode.get_source_display(), reason]

    def _place(self, member: Membership) -> list[str]:
        contact = member.contact
        times = (None if member.last_message_at == NEVER else member.last_message_at, member.added)
        return [
            member.agent.name if member.agent else "",
            *(exact(time, self.zone) for time in times),
            contact.get_source_display(),
            exact(contact.source_at, self.zone),
            self.group.name,
            self.group.organization.name,
        ]


def _episodes(group: Group, contacts: Sequence[Contact], phones: Sequence[str]) -> dict[int, OptOut]:
    """contact id → the open episode; of a redacted contact the one that was left with it (R5.4)."""
    told = OptOut.objects.select_related("reason")
    open_ones = {
        episode.phone: episode for episode in told.open().filter(organization=group.organization_id).with_phones(phones)
    }
    redacted = [contact.pk for contact in contacts if contact.phone is None]
    left = told.filter(redacted_contact__among=redacted, ended=None)
    found = {contact.pk: open_ones[contact.phone] for contact in contacts if contact.phone in open_ones}
    return found | {episode.redacted_contact_id: episode for episode in left if episode.redacted_contact_id}
