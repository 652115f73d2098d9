"""``manage.py create_account NAME --email EMAIL [--name NAME]``: open an account with its first admin."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from groups.actions.account import NameTaken, Opened, create_account
from groups.management.arguments import address, name_of


class Command(BaseCommand):
    """Creates the account; its first admin gets the role at once, and a link by mail if they have no password yet."""

    help = "Open an account and make somebody its first account admin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("account", metavar="NAME", help="name of the new account")
        parser.add_argument("--email", required=True, help="address of its first account admin")
        parser.add_argument("--name", default="", help="their name, if they don't sign in here yet")

    def handle(self, *args: Any, account: str, email: str, name: str, **options: Any) -> None:
        account, email = name_of(account), address(email)
        try:
            opened = create_account(account, email=email, person=name_of(name or email.split("@")[0]))
        except NameTaken:
            raise CommandError(f"There is an account named {account} already. Nothing was created.")
        self._tell(opened)

    def _tell(self, opened: Opened) -> None:
        account, admin = opened.account, opened.admin
        self.stdout.write(f"Created account {account.pk}, {account}. {admin.email} is its account admin.")
        if opened.offer is None:
            self.stdout.write("They sign in as before.")
            return
        mailed = "mailed to them" if opened.offer.mailed else "NOT mailed (the mail server did not take it)"
        self.stdout.write(f"This link, {mailed}, lets them choose a password, once, for 14 days:\n{opened.offer.link}")
