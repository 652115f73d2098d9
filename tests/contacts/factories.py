"""Contacts and members to tell tests with: they arrive by the one way in, so counts and copies are right."""

from collections.abc import Iterable
from datetime import date

from contacts import digests
from contacts.actions import arrival
from contacts.models import Contact, Membership, OptOutReason, Suppression, Tag
from contacts.models.membership import MembershipQuerySet
from contacts.person import Person
from groups.models import Group, Organization, User


def phone(number: int) -> str:
    """A valid phone that nobody has."""
    return f"+1206555{number:04}"


def phones(many: int) -> list[str]:
    return [phone(number) for number in range(1, many + 1)]


def arrive(
    group: Group, *numbers: str, by: User | None = None, came_by: Contact.Source = Contact.Source.UPLOAD
) -> None:
    """Bring people in by an upload, with their phone only."""
    arrival.bring_in(group, [Person(number) for number in numbers], by=by, came_by=came_by)


def members(group: Group, *numbers: str) -> MembershipQuerySet:
    """Those phones as members of the group; whoever is not there yet arrives first."""
    arrive(group, *numbers)
    return group.memberships.filter(phone__in=numbers)


def member(group: Group, number: str) -> Membership:
    """The phone's membership as it stands now."""
    return Membership.objects.select_related("contact", "group").get(group=group, phone=number)


def states(rows: Iterable[Membership]) -> dict[str | None, bool]:
    """phone → inactive, read anew."""
    return dict(
        Membership.objects.filter(pk__in=[row.pk for row in rows]).order_by("pk").values_list("phone", "inactive")
    )


def reason(organization: Organization, name: str = "Moved away", tag: str = "") -> OptOutReason:
    """An opt-out reason, with a tag of that name if one is given."""
    put_on = (
        Tag.objects.create(account_id=organization.account_id, organization=organization, name=tag) if tag else None
    )
    return OptOutReason.objects.create(
        account_id=organization.account_id, organization=organization, name=name, tag=put_on
    )


def suppress(organization: Organization, *numbers: str) -> None:
    """What a redaction leaves of open opt-outs of these phones (R5.4)."""
    for number in numbers:
        key_id = digests.current_key_id()
        Suppression.objects.create(
            account=organization.account,
            organization=organization,
            digest=digests.digest(organization.account_id, "suppression", number, key_id),
            key_id=key_id,
            day=date(2026, 3, 1),
        )
