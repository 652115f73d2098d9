"""The audit: append-only, its subjects packed, read as a timeline."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out
from groups import audit, packing
from groups.audit import Kind, Subjects
from groups.models import AuditChunk, AuditEntry, AuditText, Group, User
from tests.contacts.factories import arrive, member, members, phone

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(group: Group, group_admin: User) -> AuditEntry:
    made = make_inactive(group, members(group, phone(1)), by=group_admin, note="They moved").entry
    assert made
    return made


# Append-only, in the migrated database.


def _raw(sql: str) -> Any:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql)

    return run


ATTEMPTS = {
    "update an entry": lambda: AuditEntry.objects.update(action="nothing"),
    "delete entries": lambda: AuditEntry.objects.all()._raw_delete("default"),
    "update a chunk": lambda: AuditChunk.objects.update(before=1),
    "delete chunks": lambda: AuditChunk.objects.all().delete(),
    "update by hand": _raw("UPDATE groups_auditentry SET counts = '{}'"),
    "delete by hand": _raw("DELETE FROM groups_auditchunk"),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_entries_and_their_subjects_can_neither_be_changed_nor_deleted(entry: AuditEntry, attempt: str) -> None:
    before = _everything()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ATTEMPTS[attempt]()
    assert _everything() == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_same_holds_outside_any_transaction_of_a_test(entry: AuditEntry, attempt: str) -> None:
    before = _everything()
    with pytest.raises(DatabaseError, match="append-only"):
        ATTEMPTS[attempt]()
    assert _everything() == before


def _everything() -> Any:
    chunks = [(pk, before, bytes(ids)) for pk, before, ids in AuditChunk.objects.values_list("pk", "before", "ids")]
    return list(AuditEntry.objects.order_by("pk").values()), sorted(chunks)


def test_the_words_of_a_change_can_be_erased(entry: AuditEntry) -> None:
    assert entry.text
    assert AuditText.objects.filter(pk=entry.text.pk).update(text="") == 1


# Subjects.


@given(st.sets(st.integers(min_value=0, max_value=2**62)))
def test_packing_gives_back_the_same_ids(ids: set[int]) -> None:
    chunks = dict(packing.pack(ids))
    assert [number for bucket, packed in chunks.items() for number in packing.unpack(bucket, packed)] == sorted(ids)
    assert all(packing.holds(chunks[packing.bucket(number)], number) for number in ids)


@given(st.sets(st.integers(min_value=0, max_value=9000), min_size=1), st.integers(min_value=0, max_value=9000))
def test_a_chunk_holds_its_ids_and_no_others(ids: set[int], asked: int) -> None:
    chunk = dict(packing.pack(ids)).get(packing.bucket(asked), b"")
    assert packing.holds(chunk, asked) is (asked in ids)


def test_ids_are_packed_by_the_4096_two_bytes_each_little_endian() -> None:
    assert dict(packing.pack([4095, 4096, 4098, 1])) == {0: b"\x01\x00\xff\x0f", 1: b"\x00\x00\x02\x00"}


def test_subjects_of_an_entry_come_back_by_kind_and_state(group: Group) -> None:
    many = list(range(4000, 13000))
    entry = audit.record(
        "try",
        on=group,
        by=None,
        subjects=[
            Subjects(Kind.CONTACT, many, before=0),
            Subjects(Kind.CONTACT, [1], before=2),
            Subjects(Kind.OPT_OUT, [7]),
        ],
    )
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: many, 2: [1]}
    assert audit.subject_ids(entry, Kind.OPT_OUT) == {0: [7]}
    assert audit.subject_ids(entry, Kind.MEMBERSHIP) == {}


@pytest.mark.parametrize("scope", ["account", "organization", "group"])
def test_an_entry_knows_its_place_in_the_tree(group: Group, scope: str) -> None:
    scopes: dict[str, audit.Scope] = {"account": group.account, "organization": group.organization, "group": group}
    entry = audit.record("try", on=scopes[scope], by=None)
    keys = (entry.account_id, entry.organization_id, entry.group_id)
    assert (
        keys
        == {
            "account": (group.account_id, None, None),
            "organization": (group.account_id, group.organization_id, None),
            "group": (group.account_id, group.organization_id, group.pk),
        }[scope]
    )


# The timeline.


def test_a_contacts_timeline_names_what_touched_it_newest_first_and_nothing_else(
    group: Group, other_group: Group, group_admin: User
) -> None:
    rows = members(group, phone(1), phone(2))
    make_inactive(group, rows.filter(phone=phone(1)), by=group_admin)
    make_active(group, rows, by=group_admin)
    make_inactive(group, rows.filter(phone=phone(2)), by=group_admin)
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    arrive(other_group, phone(2))
    first = member(group, phone(1))
    told = audit.entries_about(
        group.account_id, {Kind.MEMBERSHIP: [first.pk], Kind.CONTACT: [first.contact_id]}, most=50
    )
    assert [(entry.action, before) for entry, before in told] == [
        ("opt_out", 0),
        ("make_active", 1),
        ("make_inactive", 0),
        ("upload", 0),
    ]


def test_a_kind_is_not_taken_for_another_of_the_same_number(group: Group) -> None:
    audit.record("try", on=group, by=None, subjects=[Subjects(Kind.USER, [5])])
    assert audit.entries_about(group.account_id, {Kind.CONTACT: [5], Kind.MEMBERSHIP: [5]}, most=50) == []
    assert len(audit.entries_about(group.account_id, {Kind.USER: [5]}, most=50)) == 1
