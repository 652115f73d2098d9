"""``manage.py grant_support EMAIL [--name NAME] [--revoke]``: who is Customer Support of this installation (R2.4)."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse

from groups.actions.person import person_named, set_support
from groups.management.arguments import address, name_of
from groups.models import User


class Command(BaseCommand):
    """Makes somebody Customer Support, or takes that away; with a name also somebody who does not sign in here yet."""

    help = "Make somebody Customer Support, who decides requests to reverse an opt-out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--name", default="", help="their name, if they don't sign in here yet")
        parser.add_argument("--revoke", action="store_true", help="take it away again, and sign them out")

    def handle(self, *args: Any, email: str, name: str, revoke: bool, **options: Any) -> None:
        user = self._user(address(email), name, revoke)
        changed = set_support(user, not revoke)
        state = "not Customer Support" if revoke else "Customer Support"
        self.stdout.write(f"{user.email} is {state}{' now' if changed else ' already. Nothing changed'}.")
        if not revoke and not user.has_usable_password():
            page = settings.BASE_URL + reverse("account_reset_password")
            self.stdout.write(f"They have no password yet: {page} sends them a link to choose one.")

    def _user(self, email: str, name: str, revoke: bool) -> User:
        known = User.objects.filter(email=email).first()
        if known:
            return known
        if revoke or not name:
            raise CommandError(f"Nobody signs in with {email}. To create the person, add --name.")
        return person_named(email, name_of(name))
