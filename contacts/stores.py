"""What this floor keeps about leads, and how each kind of it is erased (R5.3)."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from contacts import counts
from contacts.models import Contact, ContactTag, HeldText, Hold, Membership, OptOut, OptOutEvidence, RejectedRow, Upload
from contacts.upload.limits import MOST_BYTES
from contacts.upload.reading import raw_rows
from groups.personal_data import REDACTED
from groups.redaction import Gone, Keys, Leads, Rows, Tally, Texts, register


@dataclass(frozen=True, eq=False)
class Places(Rows):
    """Memberships: their statuses stay, and the counts move from these statuses to *redacted*."""

    def erase(self, leads: Leads, keys: Keys) -> None:
        with counts.kept(leads.contact_ids):
            super().erase(leads, keys)


@dataclass(frozen=True, eq=False)
class Episodes(Rows):
    """Opt-outs: each stays with the redacted contact, if there is one, without the phone (R5.4)."""

    def erase(self, leads: Leads, keys: Keys) -> None:
        rows = list(self._rows(keys))
        for row in rows:
            row.redacted_contact_id = leads.contacts.get((row.organization_id, str(row.phone)))
            row.phone = None
        OptOut.objects.bulk_update(rows, ["phone", "redacted_contact"], batch_size=500)


@dataclass(frozen=True, eq=False)
class WaitingFiles(Rows):
    """Rows of uploads that wait for ``Save``: each cell of them becomes [redacted], so that they will be rejected."""

    def tally(self, leads: Leads) -> Tally:
        many: Tally = Counter()
        for upload in self.about(leads).select_related("group"):
            many[upload.group.organization_id] += sum(_about(leads, cells) for _, cells in _file(upload))
        return +many

    def keys(self, leads: Leads) -> Keys:
        return [upload.pk for upload in self.about(leads) if any(_about(leads, cells) for _, cells in _file(upload))]

    def erase(self, leads: Leads, keys: Keys) -> None:
        """A file that would grow too large to be read is let go as a whole."""
        for upload in self._rows(keys):
            content = _without(leads, upload)
            if len(content) > MOST_BYTES:
                upload.delete()
            else:
                name = leads.traces.hidden(upload.file_name, names=True)
                headers = leads.traces.hidden(upload.headers)
                self._rows([upload.pk]).update(content=content, headers=headers, file_name=name)

    def left(self, leads: Leads, keys: Keys) -> int:
        return len(self.keys(leads))


def _file(upload: Upload) -> Iterator[tuple[int, list[str]]]:
    return raw_rows(bytes(upload.content or b""))


def _about(leads: Leads, cells: Any) -> bool:
    return any(leads.traces.found(cell) for cell in cells)


def _without(leads: Leads, upload: Upload) -> bytes:
    """The file as CSV, each row at its place, the leads' rows redacted. Headers lose what identifies them only."""
    written = io.StringIO()
    rows = csv.writer(written)
    last, headers_passed = 0, False
    for number, cells in _file(upload):
        for _ in range(last + 1, number):
            rows.writerow([])
        if headers_passed and _about(leads, cells):
            cells = [REDACTED] * len(cells)
        rows.writerow(leads.traces.hidden(list(cells)))
        last, headers_passed = number, headers_passed or any(cells)
    return written.getvalue().encode("utf-8-sig")


@dataclass(frozen=True, eq=False)
class RejectedRows(Gone):
    """Rejected rows that can be downloaded; few enough, and kept for seven days, to be looked at one by one."""

    def keys(self, leads: Leads) -> Keys:
        rows = self.about(leads).values_list("pk", "cause", "cells").iterator(chunk_size=2000)
        return [pk for pk, cause, cells in rows if _about(leads, [cause, *cells])]

    def tally(self, leads: Leads) -> Tally:
        found = self._rows(leads.keys_of(self)).values_list("upload__group__organization", flat=True)
        return Counter(found)


def _touched_uploads(leads: Leads) -> QuerySet[Upload]:
    return Upload.objects.filter(entry__among=leads.touching)


def _about_nobody_else(leads: Leads, keys: Keys) -> Keys:
    uploads = Upload.objects.filter(pk__among=keys).values_list("pk", "entry")
    return [pk for pk, entry in uploads if leads.touching[entry]]


def _evidence_of_others(leads: Leads) -> QuerySet[OptOutEvidence]:
    """Requests that were made for these and others at once: with the same words, such as a file's name."""
    return (
        OptOutEvidence.objects.filter(opt_out__opened_by__among=leads.touching)
        .exclude(opt_out__phone__among=leads.phones)
        .exclude(text="")
    )


register(
    Rows(
        "Contacts and profiles",
        "that there was a contact, and since when",
        Contact,
        lambda leads: Contact.objects.filter(pk__among=leads.contact_ids),
        written={"redacted_at": timezone.now},
        organization="organization",
    ),
    Places(
        "Places in groups",
        "the group, the statuses and the dates",
        Membership,
        lambda leads: Membership.objects.filter(contact__among=leads.contact_ids),
        organization="group__organization",
    ),
    Gone(
        "Tags on contacts",
        "",
        ContactTag,
        lambda leads: ContactTag.objects.filter(contact__among=leads.contact_ids),
        organization="tag__organization",
    ),
    Episodes(
        "Numbers of opt-outs",
        "when, how and why they opted out, and whether they still are",
        OptOut,
        lambda leads: OptOut.objects.filter(account=leads.account_id, phone__among=leads.phones),
        organization="organization",
    ),
    Rows(
        "Evidence of opt-outs",
        "",
        OptOutEvidence,
        lambda leads: OptOutEvidence.objects.filter(account=leads.account_id, opt_out__phone__among=leads.phones),
        organization="opt_out__organization",
    ),
    Rows(
        "Held texts",
        "when they came and what was decided",
        Hold,
        lambda leads: Hold.objects.filter(account=leads.account_id, phone__among=leads.phones),
        organization="organization",
    ),
    Rows(
        "Further held texts",
        "when they came",
        HeldText,
        lambda leads: HeldText.objects.filter(account=leads.account_id, hold__phone__among=leads.phones),
        organization="hold__organization",
    ),
    WaitingFiles(
        "Rows of files that wait for Save",
        "the rows of other people",
        Upload,
        lambda leads: Upload.objects.filter(account=leads.account_id, content__isnull=False),
    ),
    Texts(
        "Names of uploaded files",
        "the counts of the upload",
        Upload,
        _touched_uploads,
        text="file_name",
        alone=_about_nobody_else,
        organization="group__organization",
    ),
    RejectedRows(
        "Rejected rows of uploads",
        "their number",
        RejectedRow,
        lambda leads: RejectedRow.objects.filter(account=leads.account_id),
    ),
    Texts(
        "Words about them with opt-outs of others",
        "the opt-outs of others",
        OptOutEvidence,
        _evidence_of_others,
        organization="opt_out__organization",
    ),
)
