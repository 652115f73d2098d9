"""``manage.py create_account NAME --email EMAIL [--name NAME] [--one-sender yes|no]``: open an account."""

import sys
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
        parser.add_argument(
            "--one-sender",
            choices=("yes", "no"),
            help="are its organizations one sender to the people texted, so that an opt-out of one is an opt-out of "
            "all (account sync)? Asked on a terminal; else yes",
        )

    def handle(self, *args: Any, account: str, email: str, name: str, one_sender: str | None, **options: Any) -> None:
        account, email = name_of(account), address(email)
        try:
            opened = create_account(
                account,
                email=email,
                person=name_of(name or email.split("@")[0]),
                one_sender=(one_sender or self._asked()) == "yes",
            )
        except NameTaken:
            raise CommandError(f"There is an account named {account} already. Nothing was created.")
        self._tell(opened)

    def _asked(self) -> str:
        """The answer from the terminal; yes, where nobody can be asked, is the one that keeps people from texts."""
        if not sys.stdin.isatty():
            return "yes"
        self.stdout.write("Are its organizations one sender to the people that they text? Then an opt-out of one is an")
        answer = input("opt-out of all (account sync, to be changed in Account settings). [Y/n] ")
        return "no" if answer.strip().lower().startswith("n") else "yes"

    def _tell(self, opened: Opened) -> None:
        account, admin = opened.account, opened.admin
        self.stdout.write(f"Created account {account.pk}, {account}. {admin.email} is its account admin.")
        self.stdout.write(f"Account sync is {'on' if account.sync_opt_outs else 'off'}.")
        if opened.offer is None:
            self.stdout.write("They sign in as before.")
            return
        mailed = "mailed to them" if opened.offer.mailed else "NOT mailed (the mail server did not take it)"
        self.stdout.write(f"This link, {mailed}, lets them choose a password, once, for 14 days:\n{opened.offer.link}")
