"""How long the server takes for the Contacts list of a large group, beside the bare SQL of the same rows.

``script/benchmark`` runs it on a throw-away database of each engine. Machines differ and are noisy: read the ratios.
"""

import argparse
import logging
import os
import statistics
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

from groups.models import Account, Group, Organization, Role, RoleKind, User
from hustle.demo import story

RUNS = 9
BARE = """
SELECT m.id, m.position, m.shown_status, m.phone, m.added, m.last_message_at, c.first_name, c.last_name, u.name
FROM contacts_membership m JOIN contacts_contact c ON c.id = m.contact_id LEFT JOIN groups_user u ON u.id = m.agent_id
WHERE m.group_id = %s AND m.phone IS NOT NULL ORDER BY m.position DESC LIMIT 50
"""


def main() -> None:
    """Make the group, then time each page: first and last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    logging.disable(logging.INFO)
    call_command("migrate", verbosity=0)
    group, admin = _group(parser.parse_args().members)
    client = Client()
    client.force_login(admin)
    bare = _milliseconds(lambda: _fetch(group))
    print(f"{connection.vendor}: {group.last_position:,} members; bare SQL of the first 50: {bare:.1f} ms")
    print(f"{'page':24}{'queries':>8}{'server ms':>11}{'ratio':>8}")
    for name, query in _cases(group).items():
        for end in ("first", "last"):
            _report(client, group, f"{name}, {end}", query | ({"page": 999_999} if end == "last" else {}), bare)


def _group(members: int) -> tuple[Group, User]:
    account = Account.objects.create(name="Large")
    organization = Organization.objects.create(account=account, name="Large")
    group, beside = (
        Group.objects.create(account=account, organization=organization, name=name) for name in ("Large", "Beside")
    )
    admin = User.objects.create_user("admin@example.com", name="Admin")
    Role.objects.create(user=admin, kind=RoleKind.GROUP_ADMIN, account=account, organization=organization, group=group)
    story.crowd(group, members, admin)
    story.crowd(beside, members // 10, admin)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    group.refresh_from_db()
    return group, admin


def _cases(group: Group) -> dict[str, dict[str, object]]:
    tag = group.organization.tags.get(name="crowd").pk
    return {
        "default order": {},
        "by name": {"sort": "name"},
        "by phone": {"sort": "phone"},
        "Active": {"status": "active"},
        "Inactive": {"status": "inactive"},
        "Opted out": {"status": "opted_out"},
        "On hold": {"status": "on_hold"},
        "a tag": {"tag": tag},
        "a tag, by name": {"tag": tag, "sort": "name"},
        "part of a name": {"q": "person 12"},
        "part of a phone": {"q": "5501"},
        "nobody found": {"q": "zzzz"},
    }


def _report(client: Client, group: Group, name: str, query: dict[str, object], bare: float) -> None:
    address = reverse("contacts:list", args=[group.pk], query=query)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    queries = len(captured)
    taken = _milliseconds(lambda: client.get(address))
    print(f"{name:24}{queries:>8}{taken:>11.1f}{taken / bare:>8.1f}")


def _fetch(group: Group) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [group.pk])
        cursor.fetchall()


def _milliseconds(call: Callable[[], object]) -> float:
    """The median of a few warm runs."""
    call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
