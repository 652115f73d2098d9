"""``manage.py demo``: fill an empty database with the demo's people and contacts. Only with ``DEMO=1``."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from compliance.actions.clean_up import clean_up
from groups.models import Account, User
from hustle.demo import clock, story, tenants

PASSWORD = "demo-password-1"  # noqa: S105  (of made-up people, whom production refuses)


class Command(BaseCommand):
    help = "Fill an empty database with made-up people and contacts; one that has people stays as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="empty the database first")
        parser.add_argument(
            "--crowd", type=int, default=0, metavar="MEMBERS", help="add so many more members to Eastside Canvass"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Only for the demo: set DEMO=1. Production starts with create_account.")
        if options["fresh"]:
            _empty()
        if not User.objects.exists():
            with clock.on(clock.ago(40)):
                made = tenants.make(os.environ.get("DEMO_PASSWORD") or PASSWORD)
            story.tell(made)
            clean_up()
        if options["crowd"]:
            group = Account.objects.get(name="Sunrise Alliance").groups.get(name="Eastside Canvass")
            story.crowd(group, options["crowd"], User.objects.get(email="group.admin@demo.test"))


def _empty() -> None:
    """PostgreSQL truncates every table; on SQLite the audit refuses to be deleted from, so the file has to go."""
    if connection.vendor == "sqlite" and User.objects.exists():
        raise CommandError("This SQLite database is not empty: delete its file, as script/demo --fresh does.")
    call_command("flush", interactive=False, verbosity=0)
