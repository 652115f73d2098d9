"""Upload a contact file to a group: keep it, forecast what ``Save`` would do, save it (R6.4–R6.6).

An upload never reactivates and never reverses an opt-out: see ``arrival``, the one way in.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from contacts import locks
from contacts.actions.arrival import Standing, bring_in, standings
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, RejectedRow, Source, Upload
from contacts.upload import columns
from contacts.upload.plan import Plan, plan
from contacts.upload.reading import Sheet, read
from groups.models import Group, User

OUTCOMES = ("created", "added", "updated", "unchanged", "duplicate", "rejected")
COUNTS = ("rows", *OUTCOMES, "kept_inactive", "kept_opted_out")


class CannotSave(Exception):
    """The upload can't be saved as it is; says why and what to do. Nothing was written."""


@dataclass(frozen=True)
class Forecast:
    """What ``Save`` would do, or did: how many rows of each outcome, and what stays as it is.

    ``out``: how many phones a column says are out and are not opted out yet, so that ``Save`` waits for an answer.
    ``elsewhere``: how many are in other groups as well.
    """

    plan: Plan
    counts: Mapping[str, int]
    out: frozenset[str]
    elsewhere: int


def forecast(group: Group, made: Plan) -> Forecast:
    """Judge every phone of a plan as things stand; the outcomes sum to ``rows`` (R6.5)."""
    known = standings(group, made.people)
    outcomes = Counter(known[phone].outcome(person) for phone, person in made.people.items())
    counts = {
        "rows": made.rows,
        **{name: outcomes[name] for name in OUTCOMES[:4]},
        "duplicate": made.duplicates,
        "rejected": len(made.rejected),
        "kept_inactive": sum(standing.kept_inactive for standing in known.values()),
        "kept_opted_out": sum(standing.opted_out for standing in known.values()),
    }
    return Forecast(made, counts, _said_out(made, known), sum(standing.elsewhere for standing in known.values()))


def _said_out(made: Plan, known: Mapping[str, Standing]) -> frozenset[str]:
    return frozenset(phone for phone in made.out if not known[phone].opted_out)


@transaction.atomic
def keep(group: Group, *, name: str, content: bytes, by: User) -> Upload:
    """Keep a file until ``Save``, with a suggested mapping. Raises ``reading.UnreadableFile``."""
    sheet = read(content, name)
    return Upload.objects.create(
        account_id=group.account_id,
        group=group,
        author=by,
        file_name=name[-255:],
        content=content,
        headers=list(sheet.headers),
        mapping=list(columns.suggest(sheet.headers)),
        created=timezone.now(),
    )


def sheet_of(upload: Upload) -> Sheet:
    """The rows of a kept file."""
    return read(bytes(upload.content or b""), upload.file_name)


def plan_of(upload: Upload, sheet: Sheet) -> Plan:
    """The plan of a kept file under its mapping."""
    return plan(sheet, upload.mapping, upload.group.organization.country)


def remap(upload: Upload, mapping: Sequence[str]) -> None:
    """Choose the target of each column; the caller has checked them."""
    upload.mapping = list(mapping)
    upload.save(update_fields=["mapping"])


@transaction.atomic
def save(upload: Upload, *, by: User, answer: str = "", via: str = "page") -> Upload:
    """Bring everybody in, keep the rejected rows for seven days, and let the file go; once.

    ``answer`` is an ``Upload.StatusAnswer``, needed where a column says that people are out (R6.6). Raises
    ``CannotSave`` and ``digests.KeyProblem``.
    """
    upload = (
        Upload.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group__organization")
        .get(pk=upload.pk)
    )
    if upload.state != Upload.State.WAITING:
        raise CannotSave("This upload was saved already. Nothing was changed a second time.")
    made = plan_of(upload, sheet_of(upload))
    locks.alone(upload.group.organization)
    judged = forecast(upload.group, made)
    if judged.out and answer not in Upload.StatusAnswer.values:
        raise CannotSave(
            f"Answer first: {len(judged.out):,} are out by a column of the file. Opt them out, or leave them?"
        )
    arrived = bring_in(
        upload.group, list(made.people.values()), by=by, source=Contact.Source.UPLOAD, via=via, text=upload.file_name
    )
    if answer == Upload.StatusAnswer.OPT_OUT:
        opt_out(upload.group.organization, judged.out, by=by, source=Source.UPLOAD, group=upload.group)
    _keep_rejected(upload, made)
    upload.entry, upload.counts = arrived.entry, {**judged.counts, "opted_out": _opted_out(judged, answer)}
    upload.state, upload.finished, upload.content = Upload.State.SAVED, timezone.now(), None
    upload.save(update_fields=["entry", "counts", "state", "finished", "content"])
    return upload


def _opted_out(judged: Forecast, answer: str) -> int:
    return len(judged.out) if answer == Upload.StatusAnswer.OPT_OUT else 0


def _keep_rejected(upload: Upload, made: Plan) -> None:
    RejectedRow.objects.bulk_create(
        RejectedRow(
            account_id=upload.account_id, upload=upload, number=row.number, cause=row.cause, cells=list(row.cells)
        )
        for row in made.rejected
    )


def cancel(upload: Upload) -> None:
    """Let a waiting file go; nothing was saved."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.WAITING).delete()
