"""Opt-outs and requests to end them, to tell tests with."""

from typing import Any

from compliance.actions.reversal import file_bulk_reversal, file_reversal
from compliance.models import ReversalRequest
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.models import Source
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import members, phone

NUMBER = phone(1)
WORDS = "They wrote on 3 November that they want texts again"


def by_text(group: Group, *numbers: str) -> Any:
    return opt_out(group.organization, numbers or [NUMBER], by=None, source=Source.KEYWORD, text="STOP")


def asked(group: Group, by: User, number: str = NUMBER) -> ReversalRequest:
    """A request about a phone that opted out by text."""
    by_text(group, number)
    return file_reversal(group.organization, number, by=by, evidence=WORDS)


def bulk_opt_out(group: Group, by: User, *numbers: str) -> AuditEntry:
    entry = opt_out_contacts(group, members(group, *numbers), by=by, source=Source.ADMIN).entry
    assert entry
    return entry


def by_list(organization: Organization, by: User, *numbers: str) -> AuditEntry:
    """A bulk opt-out by an uploaded list, which belongs to no group."""
    entry = opt_out(organization, numbers, by=by, source=Source.UPLOAD).entry
    assert entry
    return entry


def asked_about_bulk(group: Group, by: User, *numbers: str) -> ReversalRequest:
    return file_bulk_reversal(bulk_opt_out(group, by, *numbers), by=by, evidence="It was the wrong list")


def without_chance(page: str, number: str) -> str:
    """A page without what differs each time, and without the number that was typed."""
    lines = page.replace(number, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line and "nonce=" not in line)
