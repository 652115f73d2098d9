"""``manage.py redact_lead``: the Compliance page from the command line (R5.1, R5.6)."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from compliance.forms.redaction import SENTENCE
from compliance.models import Redaction
from contacts.models import Contact, Suppression
from groups.models import AuditEntry, User
from tests.compliance.planting import OTHER, PHONE, WRITTEN, Lead, tables_with_traces


def run(monkeypatch: pytest.MonkeyPatch, lead: Lead, phones: str = WRITTEN, **options: Any) -> str:
    monkeypatch.setattr("sys.stdin", io.StringIO(phones))
    printed = io.StringIO()
    given = {"account": lead.account.pk, "by": lead.by.email, "confirm": SENTENCE, **options}
    call_command("redact_lead", stdout=printed, **given)
    return printed.getvalue()


def test_the_leads_of_standard_input_are_redacted(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = run(monkeypatch, lead)

    assert printed.startswith("The lead has been deleted. Receipt R-")
    assert tables_with_traces() == {}
    assert AuditEntry.objects.get(action="redact").source == "command"


def test_the_receipt_is_printed_as_one_object(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = json.loads(run(monkeypatch, lead, f"{WRITTEN}\n{OTHER}\n", json=True))

    assert (printed["leads"], printed["left"]) == (2, 0)
    assert printed["receipt"] == Redaction.objects.get().number
    assert printed["stores"]["Contacts and profiles"] == {"erased": 4, "left": 0}


def test_the_numbers_are_opted_out_as_well_on_demand(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, lead, also_opt_out=True)

    assert Suppression.objects.count() == lead.account.organizations.count()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"confirm": "yes"}, "That is not the sentence. Nothing was erased."),
        ({"account": 10**6}, "There is no account 1000000."),
        ({"by": "nobody@example.com"}, "Nobody signs in as nobody@example.com."),
        ({"by": "omar.haddad@example.com"}, "omar.haddad@example.com may not redact leads of account"),
        ({"by": "olga.petrov@example.com"}, "olga.petrov@example.com may not redact leads of account"),
        ({"phones": "12"}, "Too short: a US number has 10 digits. Nothing was erased."),
        ({"phones": ""}, "Enter the number of the lead. Nothing was erased."),
        ({"phones": "+1 206-555-0199"}, "There is nothing to redact for these numbers in this account."),
    ],
)
def test_what_is_refused_exits_with_2_and_erases_nothing(
    options: dict[str, Any],
    said: str,
    lead: Lead,
    organization_admin: User,
    outsider: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, lead, **options)

    assert refused.value.returncode == 2
    assert str(refused.value).startswith(said)
    assert "\n" not in str(refused.value)
    assert Contact.objects.filter(phone=PHONE).count() == 2
