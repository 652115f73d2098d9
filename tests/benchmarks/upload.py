"""How long a file of many rows takes to be read, previewed and saved: all new, the same again, all changed, added.

``python -m tests.benchmarks.upload`` on an empty database. By the clock, and by what this process computed: on a busy
machine only the second can be compared.
"""

import argparse
import os
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions import upload as actions
from contacts.upload.limits import MOST_ROWS
from groups.models import Account, Group, Organization, Role, RoleKind, User

HEADERS = "phone,first name,last name,email,zip,tags,notes,Ward,status\n"


def main() -> None:
    """Make two groups, then take files through the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=MOST_ROWS)
    rows = parser.parse_args().rows
    call_command("migrate", verbosity=0)
    account = Account.objects.create(name="Large")
    organization = Organization.objects.create(account=account, name="Large")
    group, beside = (Group.objects.create(account=account, organization=organization, name=n) for n in ("One", "Two"))
    admin = User.objects.create_user("admin@example.com", name="Admin")
    Role.objects.create(user=admin, kind=RoleKind.ACCOUNT_ADMIN, account=account)
    print(f"{connection.vendor}, {rows:,} rows{'':10}{'clock s':>10}{'computed s':>12}{'queries':>9}")
    for name, place, word in (
        ("created", group, "a"),
        ("unchanged", group, "a"),
        ("updated", group, "b"),
        ("added", beside, "b"),
    ):
        _take(name, place, _file(rows, word), admin)


def _file(rows: int, word: str) -> bytes:
    lines = (
        f"(206) {200 + number // 10_000}-{number % 10_000:04},First {number},Last {word},{number}@example.com,"
        f"{number % 99_999:05},tag {number % 20};all,{word} note,{number % 50},{'' if number % 100 else 'opted out'}\n"
        for number in range(rows)
    )
    return (HEADERS + "".join(lines)).encode()


def _take(name: str, group: Group, content: bytes, admin: User) -> None:
    client = Client()
    client.force_login(admin)
    kept = _timed(f"{name}: read", lambda: actions.keep(group, name="file.csv", content=content, by=admin))
    preview = reverse("contacts:upload_preview", args=[group.pk, kept.pk])
    _timed(f"{name}: preview", lambda: client.get(preview))
    save = reverse("contacts:upload_save", args=[group.pk, kept.pk])
    _timed(f"{name}: Save", lambda: client.post(save, {"status_answer": "opt-out"}))
    kept.refresh_from_db()
    assert kept.counts[name] == kept.counts["rows"], kept.counts


def _timed[T](name: str, act: Callable[[], T]) -> T:
    with CaptureQueriesContext(connection) as captured:
        computed, clock = time.process_time(), time.perf_counter()
        result = act()
        clock, computed = time.perf_counter() - clock, time.process_time() - computed
    print(f"{name:28}{clock:>10.2f}{computed:>12.2f}{len(captured):>9}")
    return result


if __name__ == "__main__":
    main()
