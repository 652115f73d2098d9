"""How long a redaction takes in a large account, beside a bare look into the same texts for the same number.

``python -m tests.benchmarks.redaction`` on an empty database. The bare look is one ``LIKE`` a text column, twice: a
redaction looks before it erases and after.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.models import JSONField, Model, Q, QuerySet

from compliance.actions.clean_up import clean_up
from compliance.actions.redact import redact
from compliance.mentions import tables
from compliance.preview import preview
from contacts.actions.arrival import bring_in
from contacts.models import Contact
from contacts.person import Person
from groups.models import Account, Group, Organization, Role, RoleKind, User

BATCH = 10_000
LEADS = 9


def main() -> None:
    """Make a group, then redact one lead at a time, and ten at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    members = parser.parse_args().members
    group, admin = make(members)
    account = group.account
    phones = [_phone(number) for number in range(0, members, members // 50)]
    print(f"{connection.vendor}, {members:,} members{'':12}{'median s':>10}{'× bare':>8}")
    bare = _timed("bare look, twice", [partial(_look, account, phone) for phone in phones[:LEADS]], 0)
    _timed("preview", [partial(preview, account, [phone]) for phone in phones[:LEADS]], bare)
    _timed("redaction", [partial(redact, account, [phone], by=admin) for phone in phones[:LEADS]], bare)
    _timed("ten at once", [partial(redact, account, phones[20:30], by=admin)], bare)
    _timed("clean-up", [clean_up], bare)


def make(members: int) -> tuple[Group, User]:
    """A group of so many, and its account's admin."""
    call_command("migrate", verbosity=0)
    account = Account.objects.create(name="Large")
    organization = Organization.objects.create(account=account, name="Large")
    group = Group.objects.create(account=account, organization=organization, name="One")
    admin = User.objects.create_user("admin@example.com", name="Admin")
    Role.objects.create(user=admin, kind=RoleKind.ACCOUNT_ADMIN, account=account)
    for start in range(0, members, BATCH):
        people = [_person(number) for number in range(start, min(start + BATCH, members))]
        bring_in(group, people, by=admin, came_by=Contact.Source.UPLOAD)
    return group, admin


def _phone(number: int) -> str:
    return f"+1206{2_000_000 + number:07}"


def _person(number: int) -> Person:
    names = {"first_name": f"First {number}", "last_name": f"Last {number % 997}", "notes": f"note {number}, 98101"}
    return Person(_phone(number), names, tags=("tag",) if number % 10 == 0 else ())


def _look(account: Account, phone: str) -> None:
    for _ in range(2):
        for model, fields in tables().items():
            texts = [field.name for field in fields if not isinstance(field, JSONField)]
            wanted = Q()
            for name in texts:
                wanted |= Q(**{f"{name}__contains": phone[2:]})
            if texts:
                list(_rows_of(account, model).filter(wanted).values_list("pk", flat=True))


def _rows_of(account: Account, model: type[Model]) -> QuerySet[Any]:
    return model._default_manager.filter(account=account)


def _timed(name: str, acts: list[Callable[[], object]], bare: float) -> float:
    took = []
    for act in acts:
        start = time.perf_counter()
        act()
        took.append(time.perf_counter() - start)
    print(f"{name:32}{median(took):>10.2f}{median(took) / bare if bare else 1:>8.1f}")
    return median(took)


if __name__ == "__main__":
    main()
