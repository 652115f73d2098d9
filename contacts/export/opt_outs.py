"""The rows of an organization's opt-outs, phones that are no contacts included (R4.10, R6.7)."""

from collections.abc import Iterator
from datetime import tzinfo

from contacts.audit_sentences import by_whom
from contacts.export.stream import Line, chunks, exact
from contacts.models import Contact, OptOut
from contacts.models.opt_out import OptOutQuerySet
from groups.models import Organization
from groups.personal_data import REDACTED

HEADERS = ("Phone", "Date", "First name", "Last name", "Source", "Reason", "By", "Evidence", "Ended")
"""``Phone`` and ``Date`` are what a list of opt-outs is uploaded with."""


def lines(organization: Organization, episodes: OptOutQuerySet, zone: tzinfo) -> Iterator[Line]:
    """The headers, then a row for each of these episodes of the organization in the order in which they came to be."""
    yield HEADERS
    told = episodes.select_related("actor", "reason", "origin__organization").prefetch_related("evidence")
    for some in chunks(told, "pk"):
        contacts = organization.contacts.by_phone({episode.phone for episode in some if episode.phone})
        yield from (_line(episode, contacts.get(str(episode.phone)), zone) for episode in some)


def _line(episode: OptOut, contact: Contact | None, zone: tzinfo) -> Line:
    gone = episode.phone is None
    names = [contact.first_name, contact.last_name] if contact else ["", ""]
    return [
        episode.phone or REDACTED,
        # To the last digit: a date that was cut would be an earlier one when it is uploaded again.
        episode.started.astimezone(zone).isoformat(),
        *([REDACTED, REDACTED] if gone else names),
        episode.get_source_display(),
        episode.reason.name if episode.reason else "",
        by_whom(episode),
        REDACTED if gone else _evidence(episode, zone),
        exact(episode.ended, zone),
    ]


def _evidence(episode: OptOut, zone: tzinfo) -> str:
    """Where account sync has it from; then each request in a line: when, by which way, and its words if it has any."""
    requests = sorted(episode.evidence.all(), key=lambda request: (request.time, request.pk))
    told = [
        ": ".join(filter(None, [f"{exact(one.time, zone)}, {one.get_source_display()}", " ".join(one.text.split())]))
        for one in requests
    ]
    return "\n".join(filter(None, [episode.came_from, *told]))
