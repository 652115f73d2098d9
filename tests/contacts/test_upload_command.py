"""``manage.py upload_contacts``: the same upload without a browser, its exit codes and its JSON (R6.4)."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from contacts import verify
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, OptOut, RejectedRow, Upload
from contacts.upload.limits import MOST_BYTES, MOST_ROWS
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, members, phone
from tests.contacts.uploading import database, text
from tests.people import UserFactory

TOP = Path(__file__).parents[2]
KEYS = ["rows", "created", "added", "updated", "unchanged", "duplicate", "rejected", "kept_inactive", "kept_opted_out"]
ADMIN = "maya.okafor@example.com"


class Told:
    """What the command printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.out, self.err = capsys.readouterr()

    @property
    def counts(self) -> dict[str, int]:
        return {name: many for name, many in json.loads(self.out).items() if many and name != "rows"}


class Command:
    """The command, run on a file of this content; by the group admin, into the group, unless said otherwise."""

    def __init__(self, group: Group, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.group, self.file, self.capsys = group.pk, folder / "contacts.csv", capsys

    def __call__(self, content: str | bytes | None, *options: str, by: str = ADMIN, **changed: Any) -> Told:
        if content is not None:
            self.file.write_bytes(content.encode() if isinstance(content, str) else content)
        group, file = changed.get("group", self.group), changed.get("file", self.file)
        call_command("upload_contacts", str(group), str(file), "--by", by, *options)
        return Told(self.capsys)

    def refused(self, content: str | bytes | None, *options: str, **changed: Any) -> str:
        """The cause, after a look that it is one line, exits 2 and left the database alone."""
        before = database()
        with pytest.raises(CommandError) as error:
            self(content, *options, **changed)
        assert error.value.returncode == 2
        assert database() == before
        assert Told(self.capsys).out == ""
        cause = str(error.value)
        assert cause == " ".join(cause.split())
        assert cause.endswith(".")
        return cause


@pytest.fixture
def upload(group: Group, group_admin: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(group, tmp_path, capsys)


ONE = text(["phone", "first name"], [phone(1), "Ann"])
OUT = text(["phone", "status"], [phone(1), "opted out"], [phone(2), "active"])


def test_a_file_is_uploaded_and_the_outcomes_are_told(upload: Command, group: Group, group_admin: User) -> None:
    told = upload(text(["phone"], [phone(1)], [phone(1)], ["555"]))
    assert told.out.splitlines()[:2] == ["Saved:", "           rows 3"]
    assert "rejected 1" in told.out
    assert told.err == ""
    assert member(group, phone(1))
    entry = AuditEntry.objects.get(action="upload")
    assert (entry.actor, entry.source) == (group_admin, "command")
    assert list(verify.differences()) == []


def test_the_json_holds_exactly_the_counts(
    upload: Command, group: Group, other_group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    arrive(other_group, phone(2))
    opt_out(group.organization, [phone(2)], by=None, source="keyword")
    content = text(["phone", "name"], [phone(1), "Ann"], [phone(2), ""], [phone(3), ""], [phone(3), ""], ["x", ""])
    told = upload(content, "--json")
    assert list(json.loads(told.out)) == KEYS
    assert json.loads(told.out) == dict(zip(KEYS, [5, 1, 1, 1, 0, 1, 1, 1, 1], strict=True))
    assert told.out.count("\n") == 1


def test_a_dry_run_tells_the_same_and_writes_nothing(upload: Command, group: Group) -> None:
    arrive(group, phone(2))
    content = text(["phone", "tags", "status"], [phone(1), "new", "out"], [phone(2), "new", ""], ["x", "", ""])
    before = database()
    dry = upload(content, "--dry-run", "--json", "--status-columns", "opt-out")
    assert database() == before
    assert upload(content, "--dry-run", "--status-columns=ignore").out.startswith("Nothing was saved.")
    assert database() == before
    assert upload(content, "--json", "--status-columns", "opt-out").counts == dry.counts
    assert OptOut.objects.count() == 1


def test_rejected_rows_alone_are_no_failure_and_can_be_downloaded(upload: Command, group: Group) -> None:
    assert upload(text(["phone"], ["555"], ["[redacted]"], ["x"]), "--json").counts == {"rejected": 3}
    assert not Contact.objects.exists()
    assert RejectedRow.objects.filter(upload__state=Upload.State.SAVED).count() == 3


def test_uploading_the_same_file_again_changes_nothing(upload: Command) -> None:
    content = text(["phone", "name", "tags"], [phone(1), "Ann Carter", "a;b"], [phone(2), "", ""])
    assert upload(content, "--json").counts == {"created": 2}
    before = database("contacts_upload")
    assert upload(content, "--json").counts == {"unchanged": 2}
    assert database("contacts_upload") == before


def test_an_upload_never_reactivates_and_never_ends_an_opt_out(
    upload: Command, group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    opt_out(group.organization, [phone(1), phone(2)], by=None, source="keyword")
    content = text(["phone", "name", "opt_in"], [phone(1), "Ann", "yes"], [phone(2), "Bo", "yes"])
    assert upload(content, "--json", "--status-columns", "opt-out").counts == {
        "created": 1,
        "updated": 1,
        "kept_inactive": 1,
        "kept_opted_out": 2,
    }
    assert member(group, phone(1)).inactive
    assert member(group, phone(1)).opted_out
    assert member(group, phone(2)).opted_out
    assert OptOut.objects.open().count() == 2


# Status columns.


def test_an_unanswered_status_column_is_refused(upload: Command) -> None:
    expected = "1 person is out, says a column of the file: add --status-columns opt-out, or --status-columns ignore."
    assert upload.refused(OUT) == expected
    assert upload.refused(OUT, "--json") == expected
    assert upload.refused(OUT, "--dry-run") == expected


@pytest.mark.parametrize(("answer", "out"), [("opt-out", {phone(1)}), ("ignore", set())])
def test_an_answered_one_does_what_the_answer_says(upload: Command, group: Group, answer: str, out: set[str]) -> None:
    assert upload(OUT, "--json", "--status-columns", answer).counts == {"created": 2}
    assert set(OptOut.objects.values_list("phone", flat=True)) == out
    assert set(group.memberships.opted_out().values_list("phone", flat=True)) == out


def test_an_answer_that_nobody_asked_for_does_no_harm(upload: Command) -> None:
    assert upload(ONE, "--json", "--status-columns", "opt-out").counts == {"created": 1}
    assert not OptOut.objects.exists()


def test_those_who_are_opted_out_here_already_need_no_answer(upload: Command, group: Group) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    assert upload(OUT, "--json").counts == {"created": 2, "kept_opted_out": 1}


# Refused as a whole.


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "The file is empty."),
        ("phone\n", "The file has headers and no rows under them."),
        ("name\nAnn\n", "No column goes to Phone."),
        (b"%PDF-1.7", "This is a PDF, named .csv."),
        ('phone,name\n1,"\n', "The quotes in row 2 are broken"),
        ("phone\n" + "555\n" * (MOST_ROWS + 1), "The file has more than 10,000 rows."),
        (b"x" * (MOST_BYTES + 1), "The file is larger than 20 MB."),
    ],
    ids=["empty", "headers", "no phones", "pdf", "quotes", "rows", "bytes"],
)
def test_a_file_that_is_refused_as_a_whole_says_why(upload: Command, content: str | bytes, cause: str) -> None:
    assert upload.refused(content).startswith(cause)
    assert upload.refused(None, "--dry-run", "--json").startswith(cause)


def test_as_many_rows_as_the_limit_are_taken(upload: Command) -> None:
    assert upload("phone\n" + "555\n" * MOST_ROWS, "--json").counts == {"rejected": MOST_ROWS}


def test_a_file_that_is_not_there_or_no_file_is_refused(upload: Command, tmp_path: Path) -> None:
    missing = tmp_path / "no\nsuch.csv"
    assert upload.refused(None, file=missing) == f"{tmp_path}/no such.csv: No such file or directory."
    assert upload.refused(None, file=tmp_path) == f"{tmp_path}: Is a directory."


@pytest.mark.parametrize("key", [0, 999_999, 2**63, 10**30, -1])
def test_an_unknown_group_is_refused(upload: Command, key: int) -> None:
    assert upload.refused(ONE, group=key, by=ADMIN) == f"There is no group {key}."


def test_somebody_unknown_or_deactivated_is_refused(upload: Command) -> None:
    UserFactory.create(email="gone@example.com", is_active=False)
    for email in ("nobody@example.com", "gone@example.com", ""):
        assert upload.refused(ONE, by=email) == " ".join(f"Nobody signs in as {email}.".split())


@pytest.mark.parametrize("who", ["agent", "outsider", "support"])
def test_whoever_may_not_upload_is_refused(upload: Command, who: str, request: pytest.FixtureRequest) -> None:
    user: User = request.getfixturevalue(who)
    assert upload.refused(ONE, by=user.email) == f"{user.email} may not upload to group {upload.group}."
    assert upload.refused(ONE, "--dry-run", by=user.email)


def test_an_organizations_admin_may_and_the_address_may_be_written_in_capitals(
    upload: Command, organization_admin: User
) -> None:
    assert upload(ONE, "--json", by=f" {organization_admin.email.upper()} ").counts == {"created": 1}


@pytest.mark.parametrize("secrets", [[], ["2:" + "2b" * 32], ["1:" + "2b" * 32]])
def test_while_the_secrets_are_not_in_order_nothing_is_uploaded(
    upload: Command, group: Group, settings: Any, secrets: list[str]
) -> None:
    arrive(group, phone(9))
    settings.DIGEST_SECRETS = secrets
    assert "DIGEST_SECRETS" in upload.refused(ONE)
    assert "DIGEST_SECRETS" in upload.refused(ONE, "--dry-run")


def test_a_name_of_any_bytes_is_a_name(upload: Command, tmp_path: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(tmp_path) + b"/gr\xfc\xdfe\n\xe2\x80\xae.csv"))
    odd.write_text(ONE)
    assert upload(None, "--json", file=odd).counts == {"created": 1}
    assert Upload.objects.get().file_name == "gre .csv"


# As a program.


@pytest.mark.django_db(transaction=True)
class TestAsAProgram:
    """What a shell sees: exit status, standard output and standard error."""

    def run(self, *arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        settings = connection.settings_dict
        url = (
            f"sqlite:///{settings['NAME']}"
            if connection.vendor == "sqlite"
            else f"postgres://{settings['USER']}@/{settings['HOST']}/{settings['NAME']}"
        )
        return subprocess.run(
            [sys.executable, "manage.py", "upload_contacts", *map(str, arguments)],
            cwd=TOP,
            env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings", **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def test_it_exits_0_with_json_alone_on_its_output(self, group: Group, group_admin: User, tmp_path: Path) -> None:
        file = tmp_path / "contacts.csv"
        file.write_text(text(["phone"], [phone(1)], ["555"]))
        done = self.run(group.pk, file, "--by", group_admin.email, "--json")
        assert (done.returncode, done.stderr) == (0, "")
        assert json.loads(done.stdout)["created"] == 1
        assert member(group, phone(1))

    def test_it_exits_2_with_one_line_on_its_error_output(
        self, group: Group, group_admin: User, agent: User, tmp_path: Path
    ) -> None:
        out, many, good = tmp_path / "out.csv", tmp_path / "many.csv", tmp_path / "good.csv"
        out.write_text(OUT)
        many.write_text("phone\n" + "2065550001\n" * (MOST_ROWS + 1))
        good.write_text(ONE)
        before = database()
        for file, by, cause in (
            (out, group_admin, "--status-columns"),
            (many, group_admin, "more than 10,000 rows"),
            (good, agent, "may not upload"),
            (tmp_path / "none.csv", group_admin, "No such file"),
        ):
            done = self.run(group.pk, file, "--by", by.email, "--json")
            assert (done.returncode, done.stdout) == (2, "")
            assert len(done.stderr.splitlines()) == 1
            assert cause in done.stderr
        assert database() == before

    def test_it_says_how_it_is_used(self) -> None:
        done = self.run("--help")
        assert done.returncode == 0
        for word in ("GROUP", "FILE", "--by EMAIL", "--dry-run", "--json", "--status-columns {opt-out,ignore}"):
            assert word in done.stdout
