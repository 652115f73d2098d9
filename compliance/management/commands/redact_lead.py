"""``manage.py redact_lead``: what the Compliance page does, with phones on standard input (R5.1, R5.6)."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from compliance.actions.clean_up import clean_up
from compliance.actions.redact import redact
from compliance.forms.redaction import SENTENCE, PhonesForm
from compliance.models import Redaction
from contacts.digests import KeyProblem
from groups.access import Permission, access_to
from groups.management.arguments import refused, somebody
from groups.models import Account


class Command(BaseCommand):
    help = "Redact the leads whose phones stand on standard input, one a line, in every organization of an account."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--account", type=int, required=True, metavar="ID", help="the number in the account's URL")
        parser.add_argument("--by", required=True, metavar="EMAIL", help="who redacts: an account admin")
        parser.add_argument("--confirm", required=True, metavar="SENTENCE", help=f"“{SENTENCE}”")
        parser.add_argument("--also-opt-out", action="store_true", help="opt the numbers out of every organization too")
        parser.add_argument("--json", action="store_true", help="print the receipt as one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, finish the clean-up, print the receipt. What is refused as a whole exits 2, with nothing erased."""
        if options["confirm"].strip() != SENTENCE:
            raise refused("That is not the sentence. Nothing was erased.")
        account, by = _account(options["account"]), somebody(options["by"])
        access = access_to(by, account)
        if access is None or Permission.REDACT not in access.may:
            raise refused(f"{by.email} may not redact leads of account {account.pk}.")
        try:
            redaction = redact(account, _phones(account), by=by, also_opt_out=options["also_opt_out"], source="command")
        except KeyProblem as problem:
            raise refused(str(problem))
        if redaction is None:
            raise refused("There is nothing to redact for these numbers in this account.")
        clean_up()
        redaction.refresh_from_db()
        self.stdout.write(json.dumps(_receipt(redaction)) if options["json"] else _told(redaction))


def _account(key: int) -> Account:
    account = Account.objects.filter(pk=key).first()
    if account is None:
        raise refused(f"There is no account {key}.")
    return account


def _phones(account: Account) -> list[str]:
    form = PhonesForm({"phones": sys.stdin.read()}, account=account, several=True)
    if not form.is_valid():
        raise refused(f"{form.errors['phones'][0]} Nothing was erased.")
    phones: list[str] = form.cleaned_data["phones"]
    return phones


def _receipt(redaction: Redaction) -> dict[str, object]:
    return {
        "receipt": redaction.number,
        "leads": redaction.leads,
        "erased": redaction.erased,
        "left": redaction.left,
        "final": redaction.final,
        "stores": {label: {"erased": erased, "left": left} for label, erased, left in redaction.counts},
    }


def _told(redaction: Redaction) -> str:
    said = "The lead has been deleted" if redaction.leads == 1 else f"The {redaction.leads} leads have been deleted"
    open_ = "" if redaction.final else " Its clean-up is not finished; manage.py tidy or a worker will finish it."
    lines = (f"{label}: {erased:,} erased, {left:,} left" for label, erased, left in redaction.counts if erased or left)
    return "\n".join([f"{said}. Receipt {redaction.number}.{open_}", *lines])
