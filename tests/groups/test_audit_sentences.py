"""What an entry of the audit says in a list of changes."""

import re
from pathlib import Path

import pytest

from groups import audit, audit_sentences
from groups.models import Account, AuditEntry, Group, User

ROOT = Path(__file__).parents[2]
RECORDED = re.compile(r'(?:audit\.record|_record|_change)\(\s*(?:\w+, )?"(\w+)"')


def test_every_action_of_this_floor_is_told() -> None:
    written = "".join(file.read_text() for file in (ROOT / "groups" / "actions").glob("*.py"))
    actions = set(RECORDED.findall(written))

    assert len(actions) > 10
    assert {action for action in actions if not audit_sentences.is_told(action)} == set()


@pytest.mark.parametrize(
    ("action", "counts", "sentence"),
    [
        ("create_group", {}, "Group created"),
        ("give_role", {"kind": "agent"}, "1 agent added"),
        ("end_role", {"kind": "group_admin"}, "1 group admin removed"),
        ("invite", {"kind": "agent", "invitation": 7}, "1 invited as agent"),
        ("fold_the_map", {}, "Fold the map"),
    ],
)
def test_an_entry_is_told_by_its_counts(action: str, counts: dict[str, int | str], sentence: str) -> None:
    assert audit_sentences.what(AuditEntry(action=action, counts=counts)) == sentence


def test_an_entry_says_where_and_by_whom(account: Account, group: Group, group_admin: User) -> None:
    by_somebody = audit.record("change_group", on=group, by=group_admin)
    by_nobody = audit.record("create_account", on=account, by=None, source="command")

    assert (audit_sentences.where(by_somebody), audit_sentences.who(by_somebody)) == ("Eastside Canvass", "Maya Okafor")
    assert (audit_sentences.where(by_nobody), audit_sentences.who(by_nobody)) == ("Account", "The command line")
