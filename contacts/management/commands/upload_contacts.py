"""``manage.py upload_contacts GROUP FILE --by EMAIL``: the upload of the Contacts tab, from the command line (R6.4)."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from contacts.actions import upload as actions
from contacts.digests import KeyProblem
from contacts.models import Upload
from contacts.upload.limits import MOST_BYTES
from contacts.upload.reading import UnreadableFile
from groups.access import Permission, access_to
from groups.management.arguments import refused, somebody
from groups.models import Group, User


class Command(BaseCommand):
    help = "Upload a contact file to a group. Rejected rows alone are no failure; a file refused as a whole exits 2."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("group", type=int, metavar="GROUP", help="the number in the group's URL")
        parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who uploads; needs the right to")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen; write nothing")
        parser.add_argument("--json", action="store_true", help="print the counts as one JSON object")
        parser.add_argument(
            "--status-columns",
            choices=Upload.StatusAnswer.values,
            default="",
            help="what to do with those whom a column says are out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = _upload(
                options["group"], options["file"], options["by"], options["status_columns"], options["dry_run"]
            )
        except actions.Unanswered as problem:
            raise refused(f"{problem.said}: add --status-columns opt-out, or --status-columns ignore.")
        except (Refused, UnreadableFile, actions.CannotSave, KeyProblem) as problem:
            raise refused(str(problem))
        self.stdout.write(json.dumps(counts) if options["json"] else _told(counts, options["dry_run"]))


class Refused(Exception):
    """Why nothing is read of a file."""


@transaction.atomic
def _upload(group_id: int, file: Path, email: str, answer: str, dry_run: bool) -> Mapping[str, int]:
    """The counts of the saved upload. A dry run saves, and then takes all of it back."""
    group, by = _group(group_id), somebody(email)
    _require_right(by, group)
    kept = actions.keep(group, name=file.name, content=_content(file), by=by)
    counts = actions.save(kept, by=by, answer=answer, source="command").counts
    if dry_run:
        transaction.set_rollback(True)
    return {name: counts[name] for name in actions.COUNTS}


def _group(key: int) -> Group:
    group = Group.objects.select_related("organization__account").filter(pk=key).first()
    if group is None:
        raise Refused(f"There is no group {key}.")
    return group


def _require_right(by: User, group: Group) -> None:
    access = access_to(by, group)
    if access is None or Permission.UPLOAD not in access.may:
        raise Refused(f"{by.email} may not upload to group {group.pk}.")


def _content(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as problem:
        raise Refused(f"{file}: {problem.strerror}.")


def _told(counts: Mapping[str, int], dry_run: bool) -> str:
    head = "Nothing was saved. Saving would give:" if dry_run else "Saved:"
    return "\n".join([head, *(f"{name.replace('_', ' '):>15} {many:,}" for name, many in counts.items())])
