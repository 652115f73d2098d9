"""The rows of who works in a group: agents and admins, those removed since included (R6.7)."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from contacts.export.stream import Line, exact
from groups.members import members_of, removed_from
from groups.models import Group

HEADERS = ("Name", "Email", "Roles", "Since", "Removed")


def lines(group: Group) -> Iterator[Line]:
    """The headers, then a row for each person."""
    zone = ZoneInfo(group.time_zone)
    yield HEADERS
    for member in [*members_of(group), *removed_from(group)]:
        person = member.user
        yield [person.name, person.email, member.roles, exact(member.since, zone), exact(member.ended, zone)]
