"""Upload a contact file to a group: keep it, forecast what ``Save`` would do, save it (R6.4–R6.6).

An upload never reactivates and never reverses an opt-out: see ``arrival``, the one way in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from contacts import digests, locks
from contacts.actions import arrival, suppression
from contacts.actions.arrival import BATCH, Arrived, Standing, bring_in, standings
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership, RejectedRow, Source, Upload
from contacts.text import clean
from contacts.upload import columns
from contacts.upload.columns import Target
from contacts.upload.plan import Plan, plan
from contacts.upload.reading import Sheet, read
from groups.models import Group, User

OUTCOMES = (*arrival.OUTCOMES, "duplicate", "rejected")
COUNTS = ("rows", *OUTCOMES, "kept_inactive", "kept_opted_out")
REJECTED_HEADERS = ("Rejected row", "Cause")
"""What stands at the left of a file of rejected rows; such a file is uploaded again without it."""


class CannotSave(Exception):
    """The upload can't be saved as it is; says why and what to do. Nothing was written."""


class Unanswered(CannotSave):
    """A column says that people are out, and nobody said what to do with them (R6.6)."""

    def __init__(self, many: int) -> None:
        self.many = many
        be = "person is" if many == 1 else "people are"
        self.said = f"{many:,} {be} out, says a column of the file"
        super().__init__(f"Nothing saved: {self.said}. Choose whether to opt them out, then Save.")


@dataclass(frozen=True)
class Forecast:
    """What ``Save`` would do: the outcome of each phone, how many rows of each, and what stays as it is.

    ``out``: the phones that a column says are out and that are not opted out yet, so that ``Save`` waits for an answer.
    ``elsewhere``: how many are in other groups as well.
    """

    plan: Plan
    outcomes: Mapping[str, str]
    counts: Mapping[str, int]
    out: frozenset[str]
    elsewhere: int

    def rows(self) -> Iterator[tuple[int, str]]:
        """The number and the outcome of each row: a phone's on its first one, the others are duplicates (R6.5)."""
        seen = set()
        for number, phone in self.plan.phones.items():
            yield number, "duplicate" if phone in seen else self.outcomes[phone]
            seen.add(phone)
        for row in self.plan.rejected:
            yield row.number, "rejected"


def forecast(group: Group, made: Plan) -> Forecast:
    """Judge every phone of a plan as things stand; the outcomes sum to ``rows`` (R6.5)."""
    known = standings(group, made.people)
    outcomes = {phone: known[phone].outcome(person) for phone, person in made.people.items()}
    out = frozenset(made.out - suppression.opted_out(group.organization, sorted(made.out)))
    return Forecast(made, outcomes, _counts(made, outcomes, known), out, _elsewhere(group, known.values()))


def _elsewhere(group: Group, known: Iterable[Standing]) -> int:
    ids = [standing.contact.pk for standing in known if standing.contact]
    memberships = Membership.objects.filter(contact__among=ids).exclude(group=group)
    return memberships.order_by().values("contact").distinct().count()


def _counts(made: Plan, outcomes: Mapping[str, str], known: Mapping[str, Standing]) -> dict[str, int]:
    many = Counter(outcomes.values())
    return {
        "rows": made.rows,
        **{name: many[name] for name in arrival.OUTCOMES},
        "duplicate": made.duplicates,
        "rejected": len(made.rejected),
        "kept_inactive": sum(standing.kept_inactive for standing in known.values()),
        "kept_opted_out": sum(standing.opted_out for standing in known.values()),
    }


def keep(group: Group, *, name: str, content: bytes, by: User) -> Upload:
    """Keep a file until ``Save``, with a suggested mapping. Raises ``reading.UnreadableFile``."""
    sheet = read(content, name)
    return Upload.objects.create(
        account_id=group.account_id,
        group=group,
        author=by,
        file_name=clean(name)[-255:],
        content=content,
        headers=list(sheet.headers),
        mapping=_suggested(sheet.headers),
        created=timezone.now(),
    )


def _suggested(headers: Sequence[str]) -> list[str]:
    mapping: list[str] = list(columns.suggest(headers))
    if tuple(headers[:2]) == REJECTED_HEADERS:
        mapping[:2] = [Target.IGNORE, Target.IGNORE]
    return mapping


def sheet_of(upload: Upload) -> Sheet:
    """The rows of a kept file."""
    return read(bytes(upload.content or b""), upload.file_name)


def plan_of(upload: Upload, sheet: Sheet) -> Plan:
    """The plan of a kept file under its mapping."""
    return plan(sheet, upload.mapping, upload.group.organization.country)


def remap(upload: Upload, mapping: Sequence[str]) -> None:
    """Choose the target of each column of a waiting file; the caller has checked them."""
    Upload.objects.filter(pk=upload.pk, state=Upload.State.WAITING).update(mapping=list(mapping))


def save(upload: Upload, *, by: User, answer: str = "", source: str = "page") -> Upload:
    """Bring everybody in, keep the rejected rows for seven days, and let the file go; once.

    ``answer`` is an ``Upload.StatusAnswer``, needed where a column says that people are out (R6.6). What is saved is
    the file under the mapping that ``upload`` has in memory. Raises ``CannotSave`` and ``digests.KeyProblem``.
    """
    _require_waiting(upload)
    if problems := columns.check(upload.mapping, upload.headers):
        raise CannotSave(" ".join(problems))
    # A large file takes a second to read: nobody need wait for a lock meanwhile.
    made = plan_of(upload, sheet_of(upload))
    with transaction.atomic():
        digests.require()
        # Before the upload's own row: a redaction holds the organization while it rewrites waiting files.
        opting_out = answer == Upload.StatusAnswer.OPT_OUT
        (locks.alone_in_account if opting_out else locks.alone)(upload.group.organization)
        return _save(_locked(upload), made, by=by, answer=answer, source=source)


def _require_waiting(upload: Upload) -> None:
    if upload.state != Upload.State.WAITING:
        raise CannotSave("This upload was saved already. Nothing was changed a second time.")


def _locked(upload: Upload) -> Upload:
    """The row as it stands now, locked; still waiting, with the mapping that the caller planned with."""
    rows = Upload.objects.select_for_update(no_key=True, of=("self",)).select_related("group__organization")
    locked = rows.filter(pk=upload.pk).first()
    if locked is None:
        raise CannotSave("This upload was cancelled. Nothing was saved.")
    _require_waiting(locked)
    if locked.mapping != upload.mapping:
        raise CannotSave("Nothing saved: the columns were changed in another window. Look at what Save will do now.")
    if locked.content != upload.content:
        raise CannotSave("Nothing saved: somebody in this file was erased meanwhile. Look at what Save will do now.")
    return locked


def _save(upload: Upload, made: Plan, *, by: User, answer: str, source: str) -> Upload:
    group = upload.group
    out = made.out - suppression.opted_out(group.organization, sorted(made.out))
    if out and answer not in Upload.StatusAnswer.values:
        raise Unanswered(len(out))
    arrived = bring_in(
        group, list(made.people.values()), by=by, came_by=Contact.Source.UPLOAD, source=source, text=upload.file_name
    )
    opting_out = out if answer == Upload.StatusAnswer.OPT_OUT else set()
    opt_out(group.organization, opting_out, by=by, source=Source.UPLOAD, text=upload.file_name, group=group)
    _keep_rejected(upload, made)
    return _finish(upload, made, arrived, len(opting_out))


def _keep_rejected(upload: Upload, made: Plan) -> None:
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                account_id=upload.account_id,
                upload=upload,
                number=row.number,
                cause=row.cause,
                # A workbook can hold this character, PostgreSQL can't.
                cells=[cell.replace("\0", "") for cell in row.cells],
            )
            for row in made.rejected
        ],
        batch_size=BATCH,
    )


def _finish(upload: Upload, made: Plan, arrived: Arrived, opted_out: int) -> Upload:
    upload.entry = arrived.entry
    upload.counts = {**_counts(made, arrived.outcomes, arrived.before), "opted_out": opted_out}
    upload.state, upload.finished, upload.content = Upload.State.SAVED, timezone.now(), None
    upload.save(update_fields=["entry", "counts", "state", "finished", "content"])
    return upload


@transaction.atomic
def cancel(upload: Upload) -> bool:
    """Let a waiting file go; False if it was saved or cancelled meanwhile, so that there is nothing to let go."""
    waiting = Upload.objects.select_for_update().filter(pk=upload.pk, state=Upload.State.WAITING)
    return any(found.delete() for found in waiting)
