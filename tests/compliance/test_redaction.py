"""A redaction erases everything that an account holds about a phone, and nothing else (R5.3–R5.7)."""

from typing import Any

import pytest
from django.core.files.storage import default_storage

from compliance.actions.redact import redact
from compliance.models import DoomedFile, Redaction
from contacts import verify
from contacts.conversations.models import Media, Message
from contacts.models import Contact, OptOut, Suppression, Upload
from groups.models import Account, AuditEntry, User
from groups.redaction import Rows, stores
from groups.personal_data import BLANK, EMPTY, NULL, ROW_DELETED, declared
from tests.compliance.planting import OTHER, PHONE, Lead, tables_with_traces
from compliance.leads import leads_of


@pytest.fixture
def lead(account: Account, account_admin: User) -> Lead:
    return Lead(account, account_admin)


def erase(lead: Lead, **kwargs: Any) -> Redaction:
    redaction = redact(lead.account, [PHONE], by=lead.by, **kwargs)
    assert redaction
    return redaction


# These erase by the words in them, and are planted with the lead's name, phone and address instead.
BY_THEIR_WORDS = {
    "Rows of files that wait for Save",
    "Names of uploaded files",
    "Words about them with opt-outs of others",
    "Notes on changes and names of files",
}


def test_something_is_planted_in_every_column_that_a_store_erases(lead: Lead) -> None:
    leads, empty = leads_of(lead.account, [PHONE]), []
    for store in stores():
        if isinstance(store, Rows) and store.label not in BY_THEIR_WORDS:
            rows = store.model._default_manager.filter(pk__in=store.keys(leads))
            for name, fate in declared(store.model).items():
                if fate in (NULL, BLANK, EMPTY, ROW_DELETED) and not any(rows.values_list(name, flat=True)):
                    empty.append(f"{store.label}: {name}")

    assert empty == []


def test_no_trace_is_left_in_any_table(lead: Lead) -> None:
    assert len(tables_with_traces()) > 10

    redaction = erase(lead)

    assert tables_with_traces() == {}
    assert redaction.left == 0
    assert all(erased for erased, _ in redaction.counts.values()), redaction.counts
