"""``manage.py upload_contacts GROUP FILE --by EMAIL``: the upload of the Contacts tab, from the command line (R6.4)."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from contacts.actions import upload as actions
from contacts.digests import KeyProblem
from contacts.models import Upload
from contacts.upload import columns
from contacts.upload.reading import UnreadableFile
from groups.access import Permission, access_to
from groups.models import Group, User

REFUSED = 2


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
        group, by = _group(options["group"]), _user(options["by"])
        access = access_to(by, group)
        if access is None or Permission.UPLOAD not in access.may:
            raise _refused(f"{by.email} may not upload to group {group.pk}.")
        try:
            counts = _upload(group, options["file"], by, options["status_columns"], options["dry_run"])
        except (UnreadableFile, actions.CannotSave, KeyProblem) as problem:
            raise _refused(str(problem)) from problem
        counts = {name: counts[name] for name in actions.COUNTS}
        self.stdout.write(json.dumps(counts) if options["json"] else _told(counts, options["dry_run"]))


def _group(key: int) -> Group:
    group = Group.objects.select_related("organization__account").filter(pk=key).first()
    if group is None:
        raise _refused(f"There is no group {key}.")
    return group


def _user(email: str) -> User:
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise _refused(f"Nobody signs in as {email}.")
    return user


@transaction.atomic
def _upload(group: Group, file: Path, by: User, answer: str, dry_run: bool) -> Mapping[str, int]:
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise _refused(f"{file}: {problem.strerror}.") from problem
    upload = actions.keep(group, name=file.name, content=content, by=by)
    problems = columns.check(upload.mapping, upload.headers)
    if problems:
        raise _refused(" ".join(problems))
    judged = actions.forecast(group, actions.plan_of(upload, actions.sheet_of(upload)))
    if judged.out and not answer:
        raise _refused(
            f"{len(judged.out):,} are out by a column of the file: answer with --status-columns opt-out or ignore."
        )
    if dry_run:
        transaction.set_rollback(True)
        return judged.counts
    return actions.save(upload, by=by, answer=answer, via="command").counts


def _told(counts: Mapping[str, int], dry_run: bool) -> str:
    head = "Nothing was saved. Saving would give:" if dry_run else "Saved:"
    return "\n".join([head, *(f"{name.replace('_', ' '):>15} {many:,}" for name, many in counts.items())])


def _refused(cause: str) -> CommandError:
    return CommandError(" ".join(cause.split()), returncode=REFUSED)
