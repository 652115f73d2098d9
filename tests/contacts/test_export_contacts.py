"""The export of a group's contacts: what it says, whom it holds, that it comes back, what it costs (R6.7)."""

import string
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contacts.actions.arrival import bring_in
from contacts.actions.contact import edit
from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.upload import forecast, keep, plan_of, sheet_of
from contacts.export import contacts as export
from contacts.models import Contact, ContactTag, Membership, OptOut
from contacts.person import Person
from contacts.text import clean
from contacts.upload.columns import EXPORT_HEADERS
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.exporting import contacts_file, post, rows
from tests.contacts.factories import member, members, phone, phones, reason
from tests.contacts.uploading import database, saved, some
from tests.people import GroupFactory, client_of


def redact(contact: Contact) -> None:
    """Leave of a contact what a redaction leaves: the row, its statuses and its episode (R5.4)."""
    OptOut.objects.filter(organization=contact.organization, phone=contact.phone).update(
        phone=None, redacted_contact=contact
    )
    Contact.objects.filter(pk=contact.pk).update(
        **dict.fromkeys(("first_name", "last_name", "email", "postal_code", "notes", "external_id"), ""),
        phone=None,
        custom={},
        redacted_at=timezone.now(),
    )
    Membership.objects.filter(contact=contact).update(phone=None, sort_name="")


def entry(group: Group) -> AuditEntry:
    return AuditEntry.objects.filter(action="export_contacts", group=group).latest("pk")


def test_a_row_tells_all_that_is_known_of_a_contact(group: Group, group_admin: User, agent: User) -> None:
    group.time_zone = "America/New_York"
    group.save()
    person = Person(
        phone(1),
        {
            "first_name": "Inés",
            "last_name": "Núñez",
            "email": "ines@example.org",
            "postal_code": "02139",
            "notes": "one\ntwo",
            "external_id": "E-7",
        },
        {"Ward": "7"},
        ("ward 8", "donor"),
    )
    bring_in(group, [person], by=None, came_by=Contact.Source.UPLOAD)
    assign(group, group.memberships.all(), agent=agent, by=group_admin)
    make_inactive(group, group.memberships.all(), by=group_admin)
    at = datetime(2026, 11, 22, 19, 9, 31, 5, UTC)
    opt_out(group.organization, [phone(1)], by=None, source="keyword", at=at, reason=reason(group.organization))
    Membership.objects.update(last_message_at=at, added=at)
    Contact.objects.update(source_at=at)

    [row] = rows(contacts_file(group_admin, group))

    moment = "2026-11-22T14:09:31-05:00"
    assert row == {
        "Phone": "'+12065550001",
        "First name": "Inés",
        "Last name": "Núñez",
        "Email": "ines@example.org",
        "Postal code": "02139",
        "Tags": "donor, ward 8",
        "Notes": "one\ntwo",
        "External id": "E-7",
        "Status": "Opted out · Inactive",
        "Opted out": "yes",
        "Opted out on": moment,
        "Opt-out source": "By text",
        "Opt-out reason": "Moved away",
        "Assigned agent": "Tess Lindqvist",
        "Last message": moment,
        "Added": moment,
        "Source": "Upload",
        "Source date": moment,
        "Group": "Eastside Canvass",
        "Organization": "Riverside Neighbors",
        "Ward": "7",
    }


def test_every_status_is_said_and_read_from_the_truth_not_from_its_copies(group: Group, group_admin: User) -> None:
    members(group, *phones(4))
    open_hold(group.organization, phone(2), text="stop it", group=group)
    opt_out(group.organization, [phone(3)], by=group_admin, source="admin")
    Membership.objects.update(opted_out=False, on_hold=False)

    told = [(row["Status"], row["Opted out"]) for row in rows(contacts_file(group_admin, group))]

    assert told == [("Active", "no"), ("On hold", "no"), ("Opted out", "yes"), ("Active", "no")]


def test_the_file_is_utf_8_with_its_mark_and_every_cell_in_quotes(group: Group, group_admin: User) -> None:
    bring_in(group, [Person(phone(1), {"first_name": "=Zoë"})], by=None, came_by=Contact.Source.UPLOAD)
    answer = post(group_admin, "contacts:export", group.pk, select="everybody")
    content = b"".join(answer.streaming_content)

    assert content.startswith(b"\xef\xbb\xbf")
    first, second, nothing = content.decode("utf-8-sig").split("\r\n")
    assert (first.count('"'), second.count('"')) == (2 * len(EXPORT_HEADERS),) * 2
    assert "'=Zoë" in second
    assert nothing == ""
    assert answer["Content-Type"] == "text/csv; charset=utf-8"


def test_the_name_of_the_file_holds_the_group_and_the_day_and_no_person(group: Group, group_admin: User) -> None:
    members(group, phone(1))
    with time_machine.travel(datetime(2026, 5, 10, 2, tzinfo=UTC)):
        answer = post(group_admin, "contacts:export", group.pk, query={"q": "0001"}, select="all")
    name = "eastside-canvass-contacts-2026-05-09.csv"  # where the group is it is still the day before
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["Cache-Control"] == "no-store"


# Whom it holds.


def test_all_holds_redacted_rows_as_redacted_with_their_status(group: Group, group_admin: User) -> None:
    people = [Person(number, {"first_name": "Dana"}, {"Ward": "7"}) for number in phones(3)]
    bring_in(group, people, by=None, came_by=Contact.Source.UPLOAD)
    make_inactive(group, group.memberships.filter(phone=phone(1)), by=group_admin)
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin", reason=reason(group.organization))
    redact(member(group, phone(1)).contact)

    gone, *others = rows(contacts_file(group_admin, group))

    assert [gone[name] for name in (*EXPORT_HEADERS[:8], "Ward")] == ["[redacted]"] * 9
    assert [gone[name] for name in ("Status", "Opted out", "Opt-out source", "Opt-out reason")] == [
        *("Redacted · Opted out · Inactive", "yes"),
        *("By an admin", "Moved away"),
    ]
    assert gone["Opted out on"]
    assert [row["First name"] for row in others] == ["Dana"] * 2
    assert entry(group).counts == {"rows": 3, "redacted": 1, "chosen": "everybody"}


def test_a_filter_holds_whom_the_list_shows(group: Group, group_admin: User) -> None:
    members(group, *phones(4))
    make_inactive(group, group.memberships.filter(phone__in=phones(2)), by=group_admin)
    redact(member(group, phone(1)).contact)

    told = rows(contacts_file(group_admin, group, {"status": "inactive"}, select="all"))

    assert [row["Phone"] for row in told] == [f"'{phone(2)}"]
    assert entry(group).counts == {"rows": 1, "redacted": 0, "chosen": "matching"}


def test_ticks_are_narrowed_by_the_filter(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User
) -> None:
    mine = members(group, *phones(3))
    elsewhere = [*members(other_group, phone(7)), *members(foreign_group, phone(8))]
    make_inactive(group, mine.filter(phone=phone(1)), by=group_admin)
    keys = [row.pk for row in [*mine.filter(phone__in=phones(2)), *elsewhere]]

    told = rows(contacts_file(group_admin, group, {"status": "active"}, row=keys))

    assert [row["Phone"] for row in told] == [f"'{phone(2)}"]
    assert entry(group).counts == {"rows": 1, "redacted": 0, "chosen": "ticked"}


@pytest.mark.parametrize(
    "query",
    [
        *({"status": "nonsense"}, {"stauts": "active"}, {"tag": "1000"}, {"agent": "x"}, {"changed": "7"}),
        *({"q": "a" * 101}, {"status": ["active", "inactive"]}, {"tag": "9" * 40}, {"q": "\0"}),
    ],
)
@pytest.mark.parametrize("select", ["all", "everybody", ""])
def test_a_filter_that_is_not_known_stops_the_export(
    group: Group, group_admin: User, query: dict[str, object], select: str
) -> None:
    keys = [row.pk for row in members(group, *phones(3))]

    answer = post(group_admin, "contacts:export", group.pk, query=query, select=select, row=keys)

    assert answer.status_code == 302
    page = client_of(group_admin).get(answer["Location"])
    assert page.context["problem"]
    assert "Nothing is exported, so that nobody's data leaves by mistake." in page.text.replace("&#x27;", "'")
    assert "<button" not in page.text.split("<main", 1)[1]
    assert not AuditEntry.objects.filter(action__startswith="export").exists()


@pytest.mark.parametrize(
    ("query", "fields"),
    [
        ({"status": "active"}, {"select": "everybody"}),
        ({}, {"select": "nonsense"}),
        ({"status": "opted_out"}, {"select": "all"}),
        ({}, {}),
        ({}, {"row": "x"}),
        ({}, {"row": "9" * 30}),
        ({}, {"row": "0"}),
    ],
)
def test_where_it_is_not_clear_who_nobody_is_exported(
    group: Group, group_admin: User, query: dict[str, object], fields: dict[str, object]
) -> None:
    members(group, *phones(2))
    answer = post(group_admin, "contacts:export", group.pk, query=query, **fields)
    assert answer.status_code == 302
    client = client_of(group_admin)
    client.cookies = answer.client.cookies
    assert "Nothing" in client.get(answer["Location"]).text
    assert not AuditEntry.objects.filter(action__startswith="export").exists()


def test_an_export_is_audited_when_it_begins(group: Group, group_admin: User) -> None:
    members(group, *phones(2))
    answer = post(group_admin, "contacts:export", group.pk, select="everybody")
    # Nothing of the file was read yet: if the download breaks off now, what was asked for stands in the audit.
    assert (entry(group).actor, entry(group).counts["rows"]) == (group_admin, 2)
    next(iter(answer.streaming_content))
    assert AuditEntry.objects.filter(action="export_contacts").count() == 1


def test_only_admins_export(group: Group, agent: User, outsider: User) -> None:
    members(group, *phones(2))
    assert post(agent, "contacts:export", group.pk, select="everybody").status_code == 403
    assert post(outsider, "contacts:export", group.pk, select="everybody").status_code == 404
    assert client_of(agent).get(reverse("contacts:exports", args=[group.pk])).status_code == 403
    assert not AuditEntry.objects.filter(action__startswith="export").exists()


def test_a_get_exports_nothing(group: Group, group_admin: User) -> None:
    assert client_of(group_admin).get(reverse("contacts:export", args=[group.pk])).status_code == 405


def test_the_page_says_whom_the_filter_shows(group: Group, group_admin: User, agent: User) -> None:
    bring_in(group, [Person(number, tags=("donor",)) for number in phones(3)], by=None, came_by=Contact.Source.UPLOAD)
    tag = group.organization.tags.get()
    query: dict[str, object] = {"status": "active", "tag": tag.pk, "agent": "nobody", "q": "555"}
    page = client_of(group_admin).get(reverse("contacts:exports", args=[group.pk], query=query))
    assert page.context["filters"] == [
        *(("Name or phone", "555"), ("Status", "Active"), ("Tag", "donor"), ("Assigned agent", "Unassigned")),
    ]
    assert (page.context["matching"], page.context["total"]) == (3, 3)


def test_the_list_leads_to_the_export_of_what_it_shows(group: Group, group_admin: User) -> None:
    members(group, *phones(2))
    client = client_of(group_admin)
    url = reverse("contacts:list", args=[group.pk], query={"status": "active", "sort": "name", "page": 1})
    to = reverse("contacts:exports", args=[group.pk], query={"status": "active"})
    assert f'<a id="export" class="button" href="{to}">' in client.get(url).text
    part = client.get(url, headers={"HX-Request": "true"}).text
    assert f'<a id="export" class="button" href="{to}" hx-swap-oob="true">' in part


# It comes back.


def without_traces() -> dict[str, list[Any]]:
    return database("contacts_upload", "contacts_rejectedrow", "groups_auditentry")


def test_an_export_can_be_uploaded_again_and_changes_nothing(group: Group, group_admin: User) -> None:
    profile = {"first_name": "=Ann", "last_name": "Núñez", "notes": "one\ntwo", "postal_code": "02139"}
    custom = {"Cell": "2065550199", "Group": "old", "Phone (2)": "x", "ward": "1", "Ward": "2", "opt_in": "no"}
    bring_in(
        group,
        [Person(number, profile, custom, ("donor", "-x")) for number in phones(5)],
        by=None,
        came_by=Contact.Source.UPLOAD,
    )
    make_inactive(group, group.memberships.filter(phone__in=phones(2)), by=group_admin)
    opt_out(group.organization, [phone(2), phone(3)], by=None, source="keyword")
    redact(member(group, phone(5)).contact)
    content = contacts_file(group_admin, group)
    before = without_traces()

    upload = saved(group, content, by=group_admin)

    assert some(upload.counts) == {"unchanged": 4, "rejected": 1, "kept_inactive": 2, "kept_opted_out": 2}
    assert without_traces() == before


def test_into_another_group_they_are_added_and_into_another_organization_created(
    group: Group, other_group: Group, other_organization: Organization, account_admin: User
) -> None:
    custom = {"Cell": "x", "Status": "y", "Custom field: Z": "z"}
    bring_in(
        group,
        [Person(number, {"last_name": "@li"}, custom) for number in phones(2)],
        by=None,
        came_by=Contact.Source.UPLOAD,
    )
    content = contacts_file(account_admin, group)

    assert some(saved(other_group, content, by=account_admin).counts) == {"added": 2}
    elsewhere = GroupFactory.create(organization=other_organization)
    assert some(saved(elsewhere, content, by=account_admin).counts) == {"created": 2}
    contact = member(elsewhere, phone(1)).contact
    assert (contact.last_name, contact.custom) == ("@li", custom)


def test_whoever_is_opted_out_has_to_be_answered_about_in_another_organization_only(
    group: Group, other_group: Group, other_organization: Organization, account_admin: User
) -> None:
    members(group, *phones(2))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    content = contacts_file(account_admin, group).encode()

    def out(into: Group) -> frozenset[str]:
        upload = keep(into, name="contacts.csv", content=content, by=account_admin)
        return forecast(into, plan_of(upload, sheet_of(upload))).out

    assert out(group) == out(other_group) == frozenset()
    assert out(GroupFactory.create(organization=other_organization)) == {phone(1)}


def test_what_was_typed_by_hand_comes_back_unchanged_too(group: Group, group_admin: User) -> None:
    bring_in(group, [Person(phone(1), custom={"Ward": "7"})], by=None, came_by=Contact.Source.UPLOAD)
    contact = member(group, phone(1)).contact
    typed = {"first_name": "Ann  Marie", "last_name": "'=x", "notes": "one\r\n\r\n two", "email": "\u202ea@b.c"}
    edit(group, contact, by=group_admin, profile=typed, custom={"Ward": "seven  \u200b8"})
    tag = group.organization.tags.create(account=group.account, name='the "big", old')
    ContactTag.objects.create(account=group.account, contact=contact, tag=tag)
    content = contacts_file(group_admin, group)
    before = without_traces()

    upload = saved(group, content, by=group_admin)

    assert some(upload.counts) == {"unchanged": 1}
    assert without_traces() == before


WILD = st.text(
    st.sampled_from([*"=+-@'\"\n\r\t,;| ·[]()_.", "\u202e", "\u200f", "\u05d0", "\ufeff", "é", "\u0301", "\0"])
    | st.sampled_from(string.ascii_letters + string.digits),
    max_size=12,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(st.tuples(*[WILD] * 6, st.dictionaries(WILD, WILD, max_size=6)), min_size=1, max_size=4))
def test_whatever_a_file_brought_in_comes_back_from_its_export(
    group: Group, group_admin: User, people: list[tuple[Any, ...]]
) -> None:
    """What ``clean`` lets through is what an upload can have brought in."""
    Membership.objects.all().delete()
    ContactTag.objects.all().delete()
    Contact.objects.all().delete()
    names = ("first_name", "last_name", "email", "postal_code", "external_id")
    arriving = [
        Person(
            number,
            {name: clean(value) for name, value in zip(names, values, strict=True)}
            | {"notes": clean(notes, lines=True)},
            {clean(name): clean(value) for name, value in custom.items() if clean(name)},
        )
        for number, (*values, notes, custom) in zip(phones(4), people, strict=False)
    ]
    bring_in(group, arriving, by=None, came_by=Contact.Source.UPLOAD)
    content = contacts_file(group_admin, group)
    before = without_traces()

    upload = saved(group, content, by=group_admin)

    assert some(upload.counts) == {"unchanged": len(arriving)}
    assert without_traces() == before


# Its cost.


def test_queries_grow_with_chunks_not_with_rows(
    group: Group, group_admin: User, refuse_lazy_fetches: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            contacts_file(group_admin, group)
        return len(captured)

    bring_in(group, [Person(phone(1), custom={"Ward": "1"}, tags=("a",))], by=None, came_by=Contact.Source.UPLOAD)
    few = asked()
    bring_in(
        group,
        [Person(n, custom={"Ward": "1"}, tags=("a", "b")) for n in phones(90)],
        by=None,
        came_by=Contact.Source.UPLOAD,
    )
    opt_out(group.organization, phones(20), by=group_admin, source="admin", reason=reason(group.organization))
    assert asked() <= few + 1


def test_a_file_of_10_000_rows_takes_the_memory_of_a_few_chunks(group: Group, group_admin: User) -> None:
    _fill(group, 10_000)
    list(export.lines(group, group.memberships.filter(position__lte=2_000)))  # Whatever is loaded once.
    answer = post(group_admin, "contacts:export", group.pk, select="everybody")

    tracemalloc.start()
    sent = early = 0
    for block in answer.streaming_content:
        sent += len(block)
        early = early or (tracemalloc.get_traced_memory()[1] if sent > 500_000 else 0)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert sent > 1_700_000
    assert most < 8_000_000
    assert most < 1.2 * early


def _fill(group: Group, many: int) -> None:
    same = {"account_id": group.account_id}
    contacts = Contact.objects.bulk_create(
        Contact(
            **same,
            organization_id=group.organization_id,
            phone=f"+1312{n:07}",
            source="upload",
            first_name="Dana",
            custom={"Ward": str(n % 50)},
        )
        for n in range(many)
    )
    Membership.objects.bulk_create(
        Membership(**same, group=group, contact=contact, position=n, phone=contact.phone, added=timezone.now())
        for n, contact in enumerate(contacts, start=1)
    )
    Group.objects.filter(pk=group.pk).update(last_position=many)
