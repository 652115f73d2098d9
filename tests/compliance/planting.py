"""A lead about whom every store holds something, and the search for what is left of them after a redaction."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from compliance.models import ReversalRequest
from contacts.actions import upload as uploads
from contacts.actions.arrival import bring_in
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import InboundText, Media, Message, SendingNumber
from contacts.conversations.providers.base import File
from contacts.models import Contact, Upload
from contacts.person import Person
from groups.models import Account, Group, User
from tests.contacts.factories import phone
from tests.people import GroupFactory, OrganizationFactory, client_of

PHONE = phone(143)
OTHER = phone(144)
OURS = phone(100)
WRITTEN = "(206) 555-0143"
NAME = "Zquirrell"
EMAIL = "zquirrell@example.org"
PLANTED = "Zqplant"
"""Stands in every text of the lead's own rows that a store erases."""

TRACES = (PHONE[1:], PHONE[2:], WRITTEN, "206-555-0143", NAME, EMAIL, PLANTED)

FILE = f"Phone,First name,Notes\n{WRITTEN},{NAME},{PLANTED} now\n{OTHER},Otto,calls him 555\n12,{PLANTED},{PHONE}\n"


@dataclass
class Lead:
    """One person in two organizations and three groups of an account, and somebody else beside them in each."""

    account: Account
    by: User
    groups: list[Group] = field(init=False)

    def __post_init__(self) -> None:
        home, second = (OrganizationFactory.create(account=self.account) for _ in range(2))
        self.groups = [GroupFactory.create(organization=one) for one in (home, home, second)]
        for group in self.groups:
            self._arrive(group)
        self._be_removed()
        self._write()
        self._be_mentioned()
        self._be_told_of()

    def _arrive(self, group: Group) -> None:
        profile = {"first_name": NAME, "last_name": PLANTED, "email": EMAIL, "postal_code": PLANTED, "notes": PLANTED}
        lead = Person(PHONE, {**profile, "external_id": PLANTED}, custom={PLANTED: PLANTED}, tags=("moved",))
        other = Person(OTHER, {"first_name": "Otto"}, custom={"Partner": "Zoe"})
        bring_in(group, [lead, other], by=self.by, came_by=Contact.Source.UPLOAD, text=f"{NAME} and others.csv")

    def _be_removed(self) -> None:
        group, by = self.groups[0], self.by
        make_inactive(group, group.memberships.filter(phone=PHONE), by=by, note=f"{NAME} moved")
        make_inactive(group, group.memberships.all(), by=by, note="nobody")
        both = self.groups[1].memberships.filter(phone__in=[PHONE, OTHER])
        make_inactive(self.groups[1], both, by=by, note=f"{NAME} of {WRITTEN} and Otto moved")
        opt_out(group.organization, [PHONE, OTHER], by=by, source="upload", text=f"{NAME} and Otto.csv")
        opt_out(group.organization, [PHONE], by=None, source="keyword", text=f"STOP {PLANTED}")
        for text in ("leave me alone", "stop it"):
            open_hold(self.groups[2].organization, PHONE, text=f"{text} {PLANTED}", group=self.groups[2])
        ReversalRequest.objects.create(
            account=self.account,
            organization=group.organization,
            phone=PHONE,
            evidence=PLANTED,
            filed=timezone.now(),
            filed_by=by,
            answer=PLANTED,
        )

    def _write(self) -> None:
        for group in self.groups:
            lead = group.memberships.get(phone=PHONE).contact_id
            picture = File("image/png", PLANTED.encode())
            keep(group, [Text(lead, f"This is {PLANTED}", timezone.now(), files=[picture])])
            Message.objects.filter(conversation__group=group).update(provider_id=f"{PLANTED}-{group.pk}")
        Media.objects.update(content_type=f"image/{PLANTED}")
        self._text_in(self.groups[0])

    def _text_in(self, group: Group) -> None:
        """A text that nobody has taken in yet."""
        number = SendingNumber.objects.create(
            account=self.account, organization=group.organization, group=group, phone=OURS, provider="simulator"
        )
        InboundText.objects.create(
            account=self.account,
            number=number,
            provider="simulator",
            provider_id=PLANTED,
            phone=PHONE,
            body=PLANTED,
            media=[f"https://carrier.example/{PLANTED}"],
            received=timezone.now(),
        )

    def _be_mentioned(self) -> None:
        other = Contact.objects.filter(phone=OTHER)
        other.update(notes=f"Partner is at {WRITTEN}, {EMAIL}", custom={"Partner": f"{PHONE} or {PHONE[2:]}"})
        waiting, saved = (
            uploads.keep(self.groups[0], name=f"{NAME}.csv", content=FILE.encode(), by=self.by) for _ in range(2)
        )
        uploads.save(saved, by=self.by)
        Upload.objects.filter(pk=waiting.pk).update(headers=["Phone", "First name", "Notes"])
        # A header that is a person: somebody forgot the headers of another file.
        headless = f"Phone,{EMAIL}\n{PHONE},{NAME}\n".encode()
        uploads.keep(self.groups[0], name="list.csv", content=headless, by=self.by)

    def _be_told_of(self) -> None:
        session = client_of(self.by).session
        request = HttpRequest()
        request.session = session
        storage = SessionStorage(request)
        storage.add(messages.INFO, f"{NAME} ({WRITTEN}) was changed.")
        storage.update(None)  # type: ignore[arg-type]
        session.save()


def everything() -> Iterator[tuple[str, str]]:
    """(table, row as text) of every row of every table, straight from the database; packed values are opened."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(map(_text, row))
    for session in Session.objects.all():
        yield "django_session", json.dumps(SessionStore().decode(session.session_data))


def _text(value: Any) -> str:
    return bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)


def traces_in(text: str) -> list[str]:
    """What of the lead stands in a text."""
    folded = text.casefold()
    return [trace for trace in TRACES if trace.casefold() in folded]


def tables_with_traces() -> dict[str, list[str]]:
    """table → what of the lead stands in it."""
    found: dict[str, list[str]] = {}
    for table, row in everything():
        for trace in traces_in(row):
            found.setdefault(table, []).append(trace)
    return found


def traces_in_files(paths: Mapping[str, Path]) -> dict[str, list[str]]:
    """Name of a file → what of the lead stands in its bytes."""
    contents = {name: path.read_bytes().decode("latin-1") for name, path in paths.items() if path.is_file()}
    return {name: found for name, text in contents.items() if (found := traces_in(text))}
