"""The way of a file through the page: chosen, previewed, mapped, saved once; its rejected rows mended (R6.4–R6.7)."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts import verify
from contacts.actions import upload as actions
from contacts.actions.arrival import bring_in
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership, OptOut, RejectedRow, Upload
from contacts.person import Person
from contacts.spreadsheet import guarded
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, User
from tests.contacts.exporting import body
from tests.contacts.factories import arrive, member, members, phone, phones
from tests.contacts.uploading import (
    address,
    database,
    press_save,
    saved,
    send,
    some,
    table,
    text,
    waiting,
    workbook,
)
from tests.people import client_of

FILE = text(["Cell", "First", "Ward"], [phone(1), "Ann", "7"], [phone(2), "Bo", ""], ["555", "Cy", "8"])


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def said(response: Any) -> str:
    """The page's words, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def told(client: Client, response: Any) -> str:
    """The words of the page that an answer leads to."""
    assert response.status_code == 302
    return said(client.get(response["Location"]))


# File → preview → Save → result.


def test_a_file_goes_from_its_preview_to_its_result(group: Group, group_admin: User, client: Client) -> None:
    assert "Nothing is saved before you press Save there" in said(client.get(address(group)))
    upload = waiting(client, group, FILE, "east wards.csv")
    page = client.get(address(group, "upload_preview", upload))
    words = said(page)
    assert "east wards.csv · 3 rows · UTF-8, comma" in words
    assert "Nothing is saved yet. Saving creates 2, adds 0 and updates 0." in words
    assert some(page.context["counts"]) == {"created": 2, "rejected": 1}

    answer = press_save(client, group, upload)

    assert answer["Location"] == address(group, "upload_result", upload)
    words = said(client.get(answer["Location"]))
    assert "2 created, 0 added, 0 updated. No one was reactivated: 0 stay inactive, 0 stay opted out." in words
    assert "Download 1 rejected row" in words
    assert [(row.contact.first_name, row.contact.custom) for row in group.memberships.order_by("position")] == [
        ("Ann", {"Ward": "7"}),
        ("Bo", {}),
    ]
    upload.refresh_from_db()
    assert (upload.state, upload.content, upload.entry_id) == ("saved", None, AuditEntry.objects.get().pk)


def test_one_audit_entry_names_who_what_and_the_file(
    group: Group, other_group: Group, group_admin: User, client: Client
) -> None:
    arrive(other_group, phone(1))
    press_save(client, group, waiting(client, group, FILE, "east.csv"))
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.actor, entry.source, entry.group) == ("upload", group_admin, "page", group)
    assert entry.counts == {"created": 1, "added": 1}
    assert entry.text
    assert entry.text.text == "east.csv"
    ids = {contact.phone: contact.pk for contact in Contact.objects.all()}
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [ids[phone(2)]], 1: [ids[phone(1)]]}
    assert list(verify.differences()) == []


def test_nothing_is_written_before_save(group: Group, client: Client) -> None:
    before = database("contacts_upload")
    upload = waiting(client, group, text(["phone", "tags", "status"], [phone(1), "new", "out"], ["x", "", ""]))
    preview = address(group, "upload_preview", upload)
    client.get(preview, {"show": "created"})
    client.post(preview, {"column-0": "phone", "column-1": "ignore", "column-2": "status"})
    client.get(address(group))
    client.get(reverse("contacts:list", args=[group.pk]))
    assert database("contacts_upload") == before


def test_the_outcomes_stand_in_the_order_of_the_rule_with_what_stays_beside_their_sum(
    group: Group, client: Client
) -> None:
    words = said(client.get(address(group, "upload_preview", waiting(client, group, FILE))))
    table_of_outcomes = words[words.index("What Save will do") : words.index("First rows")]
    order = [
        "Created",
        "Added",
        "Updated",
        "Unchanged",
        "Duplicate",
        "Rejected",
        "Total",
        "Kept inactive",
        "Kept opted",
    ]
    places = [table_of_outcomes.index(f"{word} ") for word in order]
    assert places == sorted(places)


def test_the_preview_lists_the_first_rows_with_their_outcomes_and_those_that_cannot_be_read(
    group: Group, client: Client
) -> None:
    arrive(group, phone(2))
    page = client.get(address(group, "upload_preview", waiting(client, group, FILE)))
    assert [(row.number, row.phone, row.name, row.outcome) for row in page.context["rows"]] == [
        (2, phone(1), "Ann", "created"),
        (3, phone(2), "Bo", "updated"),
        (4, "555", "", "rejected"),
    ]
    assert [(row.number, row.phone, row.cause) for row in page.context["rejected"]] == [
        (4, "555", "Too short: a US number has 10 digits.")
    ]


@pytest.mark.parametrize(
    ("show", "numbers"), [("created", [2]), ("updated", [3]), ("rejected", [4]), ("added", []), ("nonsense", [2, 3, 4])]
)
def test_the_preview_shows_the_rows_of_one_outcome(group: Group, client: Client, show: str, numbers: list[int]) -> None:
    arrive(group, phone(2))
    upload = waiting(client, group, FILE)
    page = client.get(address(group, "upload_preview", upload), {"show": show})
    assert [row.number for row in page.context["rows"]] == numbers


def test_the_preview_says_how_many_are_in_other_groups_too(group: Group, other_group: Group, client: Client) -> None:
    arrive(other_group, phone(1), phone(2))
    words = said(client.get(address(group, "upload_preview", waiting(client, group, FILE))))
    assert "2 of these contacts are also in other groups." in words


def test_the_preview_says_when_nothing_would_change(group: Group, client: Client) -> None:
    press_save(client, group, waiting(client, group, FILE))
    words = said(client.get(address(group, "upload_preview", waiting(client, group, FILE))))
    assert "Nothing is saved yet. Saving changes nothing: all of it is here already." in words


def test_the_result_shows_whom_it_created_added_and_updated(group: Group, other_group: Group, client: Client) -> None:
    arrive(other_group, phone(1))
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    result = address(group, "upload_result", upload)
    shown = {
        show: [row.phone for row in client.get(result, {"show": show}).context["members"]]
        for show in ("created", "added", "updated", "rejected", "nonsense")
    }
    assert shown == {"created": [phone(2)], "added": [phone(1)], "updated": [], "rejected": [], "nonsense": []}


def test_a_saved_upload_is_listed_and_a_waiting_one_can_be_gone_on_with(group: Group, client: Client) -> None:
    kept = waiting(client, group, FILE, "waiting.csv")
    press_save(client, group, waiting(client, group, FILE, "saved.csv"))
    page = client.get(address(group))
    assert [upload.file_name for upload in page.context["waiting"]] == ["waiting.csv"]
    assert [upload.file_name for upload in page.context["past"]] == ["saved.csv"]
    assert address(group, "upload_preview", kept) in page.content.decode()


@pytest.mark.parametrize("name", ["upload", "upload_preview", "upload_result"])
def test_a_page_of_the_upload_asks_no_more_the_more_rows_there_are(
    group: Group, client: Client, name: str, refuse_lazy_fetches: Callable[[], AbstractContextManager[None]]
) -> None:
    def queries(many: int) -> int:
        rows = [[number, "Ann", "a; b", "out" if n % 3 else ""] for n, number in enumerate(phones(many))]
        upload = waiting(client, group, text(["phone", "name", "tags", "status"], *rows, ["x", "", "", ""]))
        if name == "upload_result":
            press_save(client, group, upload, status_answer="ignore")
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            assert client.get(address(group, name, None if name == "upload" else upload)).status_code == 200
        return len(captured)

    assert queries(200) == queries(5)


def test_saving_asks_no_more_the_more_rows_there_are(group: Group, other_group: Group, client: Client) -> None:
    def queries(many: int, first: str) -> int:
        start = Contact.objects.count()
        rows = [[phone(start + n), first, "7", "a; b", "out"] for n in range(many)]
        arrive(other_group, *(row[0] for row in rows[: many // 2]))
        arrive(group, *(row[0] for row in rows[: many // 4]))
        upload = waiting(client, group, text(["phone", "first name", "Ward", "tags", "status"], *rows, ["x"]))
        with CaptureQueriesContext(connection) as captured:
            press_save(client, group, upload, status_answer="opt-out")
        assert group.uploads.get(pk=upload.pk).counts["opted_out"] == many
        return len(captured)

    queries(8, "Ann")  # makes the tags
    assert queries(400, "Ann") == queries(8, "Bo")


# Columns.


def test_a_changed_mapping_is_previewed_and_saved(group: Group, client: Client) -> None:
    content = text(["Home phone", "Cell", "First"], [phone(1), phone(2), "Ann"])
    upload = waiting(client, group, content)
    preview = address(group, "upload_preview", upload)
    assert [row.phone for row in client.get(preview).context["rows"]] == [phone(2)]
    answer = client.post(preview, {"column-0": "phone", "column-1": "ignore", "column-2": "last_name"})
    assert answer["Location"] == preview
    assert [row.phone for row in client.get(preview).context["rows"]] == [phone(1)]
    press_save(client, group, upload)
    contact = Contact.objects.get()
    assert (contact.phone, contact.first_name, contact.last_name, contact.custom) == (phone(1), "", "Ann", {})


def test_a_file_whose_phones_are_not_recognised_asks_for_their_column(group: Group, client: Client) -> None:
    upload = waiting(client, group, text(["Kontakt", "Who"], [phone(1), "Ann"]))
    preview = address(group, "upload_preview", upload)
    words = said(client.get(preview))
    assert "No column goes to Phone. Choose the one that holds the phones." in words
    assert "Shown once the columns are chosen." in words
    assert address(group, "upload_save", upload) in client.get(preview).content.decode()
    client.post(preview, {"column-0": "phone", "column-1": "first_name"})
    press_save(client, group, upload)
    assert Contact.objects.get().first_name == "Ann"


def test_saving_without_a_column_of_phones_saves_nothing(group: Group, client: Client) -> None:
    upload = waiting(client, group, text(["Kontakt"], [phone(1)]))
    before = database()
    answer = client.post(address(group, "upload_save", upload))
    assert "No column goes to Phone." in told(client, answer)
    assert database() == before


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"column-0": "phone", "column-1": "phone", "column-2": "custom"}, "Cell and First go to Phone. Choose one"),
        ({"column-0": "custom", "column-1": "custom", "column-2": "custom"}, "No column goes to Phone."),
        ({"column-0": "phone", "column-1": "nonsense", "column-2": "custom"}, "nonsense"),
        ({"column-0": "phone"}, "This field is required."),
        ({}, "This field is required."),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_and_the_old_one_stays(
    group: Group, client: Client, fields: dict[str, str], problem: str
) -> None:
    upload = waiting(client, group, FILE)
    answer = client.post(address(group, "upload_preview", upload), fields)
    assert answer.status_code == 200
    assert problem in said(answer)
    upload.refresh_from_db()
    assert upload.mapping == ["phone", "first_name", "custom"]


# Status columns (R6.6).

OUT = text(["phone", "status"], [phone(1), "Opted out"], [phone(2), "Active"], [phone(3), "out"], [phone(4), "odd"])


def test_the_preview_asks_what_to_do_with_those_who_are_out_and_offers_to_opt_them_out(
    group: Group, client: Client
) -> None:
    upload = waiting(client, group, OUT)
    page = client.get(address(group, "upload_preview", upload))
    words = said(page)
    assert "2 people are out, says a column of the file" in words
    assert "In 1 row the texting status says something other than out. That is ignored" in words
    assert "Texting status that we don't know, ignored: status: odd (1)." in words
    radios = re.findall(r'<input[^>]*name="status_answer"[^>]*>', page.content.decode())
    assert [("value" in radio, "checked" in radio) for radio in radios] == [(True, True), (True, False)]
    assert 'value="opt-out"' in radios[0]
    assert 'value="ignore"' in radios[1]


def test_without_an_answer_nothing_is_saved(group: Group, client: Client) -> None:
    upload = waiting(client, group, OUT)
    before = database()
    answer = press_save(client, group, upload)
    assert "Nothing saved: 2 people are out, says a column of the file." in told(client, answer)
    assert database() == before


@pytest.mark.parametrize(("answer", "out"), [("opt-out", {phone(1), phone(3)}), ("ignore", set())])
def test_those_who_are_out_become_what_the_answer_says(
    group: Group, client: Client, answer: str, out: set[str]
) -> None:
    upload = waiting(client, group, OUT)
    words = told(client, press_save(client, group, upload, status_answer=answer))
    assert set(OptOut.objects.open().values_list("phone", flat=True)) == out
    assert set(group.memberships.opted_out().values_list("phone", flat=True)) == out
    assert ("2 were opted out of Riverside Neighbors, as the file says." in words) == bool(out)
    assert "4 created" in words


def test_nothing_is_asked_when_all_who_are_out_are_opted_out_here(group: Group, client: Client) -> None:
    opt_out(group.organization, [phone(1), phone(3)], by=None, source="keyword")
    upload = waiting(client, group, OUT)
    assert client.get(address(group, "upload_preview", upload)).context["out"] == 0
    assert "4 created" in told(client, press_save(client, group, upload))


def test_whoever_became_out_since_the_preview_is_asked_about(group: Group, client: Client) -> None:
    opt_out(group.organization, [phone(1), phone(3)], by=None, source="keyword")
    upload = waiting(client, group, OUT)
    client.get(address(group, "upload_preview", upload))
    OptOut.objects.filter(phone=phone(1)).update(ended=timezone.now())
    assert "Nothing saved: 1 person is out" in told(client, press_save(client, group, upload))
    assert not Contact.objects.exists()


# What an upload never does.


def test_an_upload_never_reactivates_and_never_ends_an_opt_out(group: Group, group_admin: User, client: Client) -> None:
    make_inactive(group, members(group, phone(1), phone(2)), by=group_admin)
    opt_out(group.organization, [phone(2), phone(3)], by=None, source="keyword")
    stamps = set(group.memberships.values_list("phone", "last_change"))
    content = text(["phone", "first name", "status"], *([phone(n), "New", "Active"] for n in (1, 2, 3)))
    words = told(client, press_save(client, group, waiting(client, group, content)))
    assert "No one was reactivated: 2 stay inactive, 2 stay opted out." in words
    assert set(group.memberships.filter(inactive=True).values_list("phone", flat=True)) == {phone(1), phone(2)}
    assert set(group.memberships.filter(opted_out=True).values_list("phone", flat=True)) == {phone(2), phone(3)}
    assert stamps < set(group.memberships.values_list("phone", "last_change"))
    assert OptOut.objects.open().count() == 2


def test_an_upload_into_another_group_adds_an_active_membership(
    group: Group, other_group: Group, group_admin: User, organization_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    client = client_of(organization_admin)
    press_save(client, other_group, waiting(client, other_group, text(["phone"], [phone(1)])))
    assert (member(group, phone(1)).inactive, member(other_group, phone(1)).inactive) == (True, False)


# Rejected rows.


def rejected_file(client: Client, group: Group, upload: Upload) -> str:
    answer = client.get(address(group, "upload_rejected", upload))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="rejected-rows-\d+\.csv"', answer["Content-Disposition"])
    assert answer["Cache-Control"] == "no-store"
    return body(answer)


def test_rejected_rows_are_downloaded_mended_and_uploaded_again(group: Group, client: Client) -> None:
    upload = waiting(client, group, text(["Cell", "First", "Ward"], ["555", "José; =x", "7"], ["", "Bo", ""]))
    press_save(client, group, upload)
    downloaded = rejected_file(client, group, upload)
    headers, first, second = table(downloaded)
    assert headers == ["Rejected row", "Cause", "Cell", "First", "Ward"]
    assert first == ["2", "Too short: a US number has 10 digits.", "555", "José; =x", "7"]
    assert second == ["3", "No phone. Only the phone is required.", "", "Bo", ""]

    mended = downloaded.replace('"555"', '"206-555-0001"')
    again = waiting(client, group, mended)
    press_save(client, group, again)

    again.refresh_from_db()
    assert some(again.counts) == {"created": 1, "rejected": 1}
    contact = Contact.objects.get()
    assert (contact.phone, contact.first_name, contact.custom) == (phone(1), "José; =x", {"Ward": "7"})
    assert table(rejected_file(client, group, again)) == [headers, second]


def test_a_cell_that_a_spreadsheet_would_run_is_guarded_and_comes_back_as_it_was(group: Group, client: Client) -> None:
    wild = ["=1+1", "+1", "-1", "@x", "\t=cmd", " =1", "'=1", "\r\n=1", "a;=1", "'tis"]
    headers = ["Cell", *(f"=H{number}" for number in range(len(wild)))]
    upload = waiting(client, group, text(headers, ["+1555", *wild]))
    press_save(client, group, upload)
    downloaded = rejected_file(client, group, upload)
    for row in table(downloaded):
        assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert table(downloaded)[1][2:4] == ["'+1555", "'=1+1"]
    assert all(
        line.startswith('"') and line.endswith('"') for line in downloaded.removeprefix("\ufeff").split("\r\n")[:1]
    )

    press_save(client, group, waiting(client, group, downloaded.replace("'+1555", phone(1))))
    came_back = Contact.objects.get().custom
    press_save(client, group, waiting(client, group, text(headers, [phone(2), *wild])))
    assert came_back == Contact.objects.get(phone=phone(2)).custom
    assert came_back["=H0"] == "=1+1"


def test_rejected_rows_can_be_downloaded_for_seven_days(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    finished = Upload.objects.get().finished
    assert finished
    with time_machine.travel(finished + timedelta(days=7) - timedelta(minutes=1), tick=False):
        client.force_login(group_admin)
        assert len(table(rejected_file(client, group, upload))) == 2
    with time_machine.travel(finished + timedelta(days=7, minutes=1), tick=False):
        client.force_login(group_admin)
        assert RejectedRow.objects.exists()
        page = client.get(address(group, "upload_result", upload))
        assert "Download" not in said(page)
        assert "They were kept for 7 days and are gone." in said(page)
        answer = client.get(address(group, "upload_rejected", upload))
        assert "There are no rejected rows to download." in told(client, answer)


def test_a_file_without_rejected_rows_offers_none(group: Group, client: Client) -> None:
    upload = waiting(client, group, text(["phone"], [phone(1)]))
    words = told(client, press_save(client, group, upload))
    assert "Every row could be read." in words
    assert "Download" not in words


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1", "'=1"),
        ("\t=1", "'=1"),
        ("\n@x", "'@x"),
        (" -1", "'-1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("", ""),
        (" a", " a"),
    ],
)
def test_a_cell_is_guarded_only_if_a_spreadsheet_would_run_it(cell: str, expected: str) -> None:
    assert guarded(cell) == expected


# Twice, in two tabs, cancelled.


def test_a_second_save_changes_nothing(group: Group, client: Client) -> None:
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    before = database()
    answer = client.post(address(group, "upload_save", upload), {"columns": "phone,first_name,custom"})
    words = told(client, client.get(answer["Location"]))
    assert "This upload was saved already. Nothing was changed a second time." in words
    assert "Upload result" in words
    assert database() == before


def test_two_files_in_two_tabs_are_saved_each_for_itself(group: Group, client: Client) -> None:
    one = waiting(client, group, text(["phone"], [phone(1)], [phone(2)]))
    other = waiting(client, group, text(["phone"], [phone(2)], [phone(3)]))
    assert client.get(address(group, "upload_preview", one)).context["counts"]["created"] == 2
    press_save(client, group, other)
    press_save(client, group, one)
    one.refresh_from_db()
    assert some(one.counts) == {"created": 1, "unchanged": 1}
    assert Contact.objects.count() == 3


def test_columns_that_were_changed_in_another_tab_are_looked_at_before_they_are_saved(
    group: Group, client: Client
) -> None:
    upload = waiting(client, group, FILE)
    shown = client.get(address(group, "upload_preview", upload))
    columns = re.search(r'name="columns" value="([^"]*)"', shown.content.decode())
    assert columns
    client.post(
        address(group, "upload_preview", upload), {"column-0": "phone", "column-1": "ignore", "column-2": "ignore"}
    )
    answer = client.post(address(group, "upload_save", upload), {"columns": columns[1]})
    assert "Nothing saved: the columns were changed in another window." in told(client, answer)
    assert not Contact.objects.exists()


@pytest.mark.parametrize("columns", ["", "phone", "phone,phone,phone", "nonsense,custom,custom", "x" * 5000])
def test_columns_that_no_preview_showed_are_refused(group: Group, client: Client, columns: str) -> None:
    upload = waiting(client, group, FILE)
    answer = client.post(address(group, "upload_save", upload), {"columns": columns})
    assert answer["Location"] == address(group, "upload_preview", upload)
    assert not Contact.objects.exists()


def test_a_cancelled_upload_is_gone_with_its_file(group: Group, client: Client) -> None:
    before = database()
    upload = waiting(client, group, FILE)
    assert "Upload cancelled. Nothing was saved." in told(client, client.post(address(group, "upload_cancel", upload)))
    assert database() == before
    for screen in ("upload_preview", "upload_result", "upload_rejected"):
        assert client.get(address(group, screen, upload)).status_code == 404
    for screen in ("upload_save", "upload_cancel"):
        assert client.post(address(group, screen, upload)).status_code == 404


def test_a_saved_upload_cannot_be_cancelled(group: Group, client: Client) -> None:
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    before = database()
    answer = client.post(address(group, "upload_cancel", upload))
    assert "saved already, so there is nothing to cancel" in told(client, client.get(answer["Location"]))
    assert database() == before


def test_the_mapping_of_a_saved_upload_cannot_be_changed(group: Group, client: Client) -> None:
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    before = database()
    fields = {"column-0": "phone", "column-1": "ignore", "column-2": "ignore"}
    answer = client.post(address(group, "upload_preview", upload), fields)
    assert answer["Location"] == address(group, "upload_result", upload)
    actions.remap(upload, ["phone", "ignore", "ignore"])
    assert database() == before


# Who may.

SCREENS = ("upload_preview", "upload_result", "upload_rejected")
CHANGES = ("upload_save", "upload_cancel")


def test_somebody_elses_waiting_file_is_not_there(group: Group, client: Client, organization_admin: User) -> None:
    upload, other = waiting(client, group, FILE), client_of(organization_admin)
    before = database()
    assert other.get(address(group, "upload_preview", upload)).status_code == 404
    for screen in ("upload_preview", *CHANGES):
        assert other.post(address(group, screen, upload)).status_code == 404
    assert list(other.get(address(group)).context["waiting"]) == []
    assert database() == before


def test_the_result_of_somebody_else_can_be_looked_at(group: Group, client: Client, organization_admin: User) -> None:
    upload = waiting(client, group, FILE)
    press_save(client, group, upload)
    other = client_of(organization_admin)
    for screen in ("upload_result", "upload_rejected"):
        assert other.get(address(group, screen, upload)).status_code == 200
    assert other.post(address(group, "upload_save", upload)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("outsider", 404), ("support", 404)])
def test_whoever_may_not_upload_neither_sees_nor_changes_anything(
    group: Group, client: Client, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    kept = waiting(client, group, FILE)
    done = waiting(client, group, FILE)
    press_save(client, group, done)
    other = client_of(request.getfixturevalue(who))
    before = database()
    assert other.get(address(group)).status_code == status
    assert send(other, group, FILE).status_code == status
    for upload in (kept, done):
        for screen in SCREENS:
            assert other.get(address(group, screen, upload)).status_code == status
        for screen in ("upload_preview", *CHANGES):
            assert other.post(address(group, screen, upload), {"status_answer": "opt-out"}).status_code == status
    assert database() == before


def test_an_upload_of_another_group_is_not_there(group: Group, other_group: Group, organization_admin: User) -> None:
    client = client_of(organization_admin)
    kept, done = waiting(client, group, FILE), waiting(client, group, FILE)
    press_save(client, group, done)
    before = database()
    for upload in (kept, done):
        for screen in SCREENS:
            assert client.get(address(other_group, screen, upload)).status_code == 404
        for screen in ("upload_preview", *CHANGES):
            assert client.post(address(other_group, screen, upload)).status_code == 404
    assert database() == before


def test_what_changes_something_takes_a_post_only(group: Group, client: Client) -> None:
    upload = waiting(client, group, FILE)
    for screen in CHANGES:
        for method in ("get", "head", "put", "delete"):
            assert getattr(client, method)(address(group, screen, upload)).status_code == 405
    press_save(client, group, upload)
    for screen in ("upload_result", "upload_rejected"):
        assert client.post(address(group, screen, upload)).status_code == 405
    assert client.put(address(group)).status_code == 405


def test_whoever_lost_the_right_since_the_preview_saves_nothing(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    upload = waiting(client, group, FILE)
    group_admin.roles.update(ended=timezone.now())
    assert client.post(address(group, "upload_save", upload)).status_code == 404
    assert not Contact.objects.exists()


# Secrets (R5.11).


@pytest.mark.parametrize("secrets", [[], ["2:" + "2b" * 32], ["1:" + "2b" * 32]])
def test_while_the_secrets_are_not_in_order_one_page_says_so_and_nothing_is_written(
    group: Group, client: Client, settings: Any, secrets: list[str]
) -> None:
    arrive(group, phone(9))
    upload = waiting(client, group, OUT)
    before, right = database(), settings.DIGEST_SECRETS
    settings.DIGEST_SECRETS = secrets
    answer = press_save(client, group, upload, status_answer="opt-out")
    assert answer.status_code == 503
    assert "Nothing was saved." in said(answer)
    assert database() == before

    settings.DIGEST_SECRETS = right
    assert "4 created" in told(client, press_save(client, group, upload, status_answer="opt-out"))


# Names of files, and forms that were not sent by our page.


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Grüße ✨ & <b>.csv", "Grüße ✨ & <b>.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\lists\\east.csv", "east.csv"),
        ("\u202egnp.csv", "gnp.csv"),
        ("no ending", "no ending"),
        ("=cmd.csv", "=cmd.csv"),
        ("'; DROP TABLE--.csv", "'; DROP TABLE--.csv"),
        (f"{'x' * 300}.csv", f"{'x' * 251}.csv"),
    ],
)
def test_a_file_may_have_any_name(group: Group, client: Client, name: str, kept: str) -> None:
    upload = waiting(client, group, FILE, name)
    assert upload.file_name == kept
    page = client.get(address(group, "upload_preview", upload))
    assert "<b>.csv" not in page.content.decode()
    press_save(client, group, upload)
    assert client.get(address(group, "upload_result", upload)).status_code == 200


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({}, "Choose a file first."),
        ({"file": "no file"}, "Choose a file first."),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("list.pdf", b"%PDF-1.7")}, "This is a PDF, named .pdf."),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field(
    group: Group, client: Client, fields: dict[str, Any], problem: str
) -> None:
    before = database()
    answer = client.post(address(group), fields)
    assert answer.status_code == 200
    assert problem in answer.context["form"].errors["file"][0]
    assert problem in said(answer)
    assert database() == before


def test_a_workbook_goes_the_same_way(group: Group, client: Client) -> None:
    content = workbook(["Cell", "First"], ["<c><v>2065550001</v></c>", "Ann"])
    upload = waiting(client, group, content, "east.xlsx")
    assert "east.xlsx · 1 row · Excel" in said(client.get(address(group, "upload_preview", upload)))
    press_save(client, group, upload)
    assert Contact.objects.get().first_name == "Ann"


def test_words_of_a_file_are_shown_as_words(group: Group, client: Client) -> None:
    content = text(
        ["phone", "<script>alert(1)</script>", "status"],
        ["<img src=x>", "<b>1</b>", ""],
        [phone(1), "<i>", "<u>odd</u>"],
    )
    upload = waiting(client, group, content, "<h1>.csv")
    for page in (
        client.get(address(group, "upload_preview", upload)),
        client.get(press_save(client, group, upload)["Location"]),
    ):
        html = page.content.decode()
        for mark in ("<script>alert", "<img src=x", "<b>1", "<i>", "<u>odd", "<h1>.csv"):
            assert mark not in html


def test_a_whole_large_file_is_saved_exactly(group: Group, other_group: Group, group_admin: User) -> None:
    bring_in(
        group,
        [Person(number, {"first_name": f"Old {n}"}, tags=("kept",)) for n, number in enumerate(phones(900))],
        by=None,
        came_by=Contact.Source.UPLOAD,
    )
    rows = [[number, f"New {n}" if n % 2 else "", "kept; x"] for n, number in enumerate(phones(1800))]
    upload = saved(group, text(["phone", "first name", "tags"], *rows), by=group_admin)
    assert some(upload.counts) == {"created": 900, "updated": 900}
    names = dict(Contact.objects.values_list("phone", "first_name"))
    assert names == {
        number: f"New {n}" if n % 2 else (f"Old {n}" if n < 900 else "") for n, number in enumerate(phones(1800))
    }
    assert list(verify.differences()) == []
    assert Membership.objects.count() == 1800
