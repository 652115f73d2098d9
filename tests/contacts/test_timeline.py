"""Whatever is recorded about a contact is told in words on their timeline (R6.3)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from contacts import timeline
from contacts.models import Contact
from groups import audit, audit_sentences
from groups.audit import Kind, Subjects
from groups.models import Group, User
from tests.contacts.factories import members, phone
from tests.people import client_of

ROOT = Path(__file__).parents[2]

MEMBERSHIP = ("make_active", "make_inactive", "assign", "unassign")
COMPUTED: dict[tuple[str, str], tuple[str, ...]] = {
    ("arrival", "arrival.came_by"): tuple(Contact.Source.values),
    ("membership", "action"): MEMBERSHIP,
    ("membership", "f'undo_{entry.action}'"): tuple(f"undo_{action}" for action in MEMBERSHIP),
    ("receiving", "action"): ("cannot_receive", "receives_again"),
}
"""By module and expression: the actions that a record is given which is not a plain word."""


def recorded_about_contacts() -> Iterator[str]:
    """The action of each ``audit.record(…, subjects=…)`` above the floor of groups, which knows no contacts."""
    for file in sorted(file for app in ("contacts", "compliance") for file in (ROOT / app).rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text())):
            if isinstance(call, ast.Call) and _records_subjects(call):
                yield from actions_of(file.stem, call.args[0])


def _records_subjects(call: ast.Call) -> bool:
    return ast.unparse(call.func) == "audit.record" and any(keyword.arg == "subjects" for keyword in call.keywords)


def actions_of(module: str, given: ast.expr) -> tuple[str, ...]:
    if isinstance(given, ast.Constant):
        return (str(given.value),)
    return COMPUTED[module, ast.unparse(given)]


ACTIONS = sorted(set(recorded_about_contacts()))


def test_the_actions_are_found() -> None:
    assert {"opt_out", "redact", "note_result", "texted_in", "undo_assign", "receives_again"} <= set(ACTIONS)


@pytest.mark.parametrize("action", ACTIONS)
def test_an_action_about_a_contact_is_told_on_timelines_and_in_lists_of_changes(action: str) -> None:
    assert action in timeline.WORDS
    assert audit_sentences.is_told(action)


@pytest.mark.parametrize("before", [0, 1])
def test_no_code_of_ours_stands_on_a_timeline(group: Group, group_admin: User, before: int) -> None:
    contact = members(group, phone(1)).get().contact_id
    counts = {"agent": group_admin.pk, "from": group.organization_id}
    for action in timeline.WORDS:
        audit.record(action, on=group, by=None, counts=counts, subjects=[Subjects(Kind.CONTACT, [contact], before)])

    page = client_of(group_admin).get(reverse("contacts:contact", args=[group.pk, contact]))

    told = [event.strong for day in page.context["timeline"] for event in day.events]
    assert len(told) == len(timeline.WORDS) + 1
    assert not [words for words in told if words in timeline.WORDS or "_" in words]


def test_what_nobody_has_words_for_is_told_as_lists_of_changes_tell_it(group: Group, group_admin: User) -> None:
    contact = members(group, phone(1)).get().contact
    audit.record("fold_the_map", on=group, by=None, subjects=[Subjects(Kind.CONTACT, [contact.pk])])

    assert timeline.events_of(contact, [])[0].strong == "Fold the map"


def test_a_day_is_told_with_its_year_but_for_today(group: Group) -> None:
    with time_machine.travel("2026-11-22 18:00:00Z", tick=False):
        row = members(group, phone(1)).get()
        assert [day.label for day in timeline.of_contact(row.contact, [row])] == ["Today, 22 November"]
    with time_machine.travel("2027-01-02 18:00:00Z", tick=False):
        assert [day.label for day in timeline.of_contact(row.contact, [row])] == ["22 November 2026"]
