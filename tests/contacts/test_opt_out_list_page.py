"""Pasting and uploading opt-outs: numbers that need be no contacts, with the former dates (R4.5, R4.10, R5.5)."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts import gate, verify
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership, OptOut, OptOutEvidence, Suppression
from contacts.upload import opt_out_list
from contacts.upload.limits import MOST_ROWS
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.exporting import body
from tests.contacts.factories import arrive, member, phone, phones, suppress
from tests.contacts.uploading import workbook
from tests.people import client_of

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def url(organization: Organization) -> str:
    return reverse("contacts:opt_out_list", args=[organization.pk])


def paste(client: Client, organization: Organization, *lines: str) -> Any:
    return client.post(url(organization), {"numbers": "\n".join(lines)})


def upload(client: Client, organization: Organization, content: bytes | str, name: str = "list.csv") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(url(organization), {"numbers": "", "file": SimpleUploadedFile(name, raw)})


def carried(page: Any) -> str:
    """What the page's own form sends with Save."""
    found = re.search(r'<textarea name="lines" hidden>(.*?)</textarea>', page.text, re.DOTALL)
    assert found
    return unescape(found[1].removeprefix("\n"))


def save(client: Client, organization: Organization, page: Any) -> Any:
    return client.post(url(organization), {"step": "save", "lines": carried(page)})


def told(page: Any) -> dict[str, int]:
    counts: dict[str, int] = page.context["counts"]
    assert sum(many for name, many in counts.items() if name != "rows") == counts["rows"]
    return {name: many for name, many in counts.items() if many}


def causes(page: Any) -> dict[int, str]:
    return {line.number: line.cause for line in page.context["rejected"]}


def since() -> dict[str | None, str]:
    return {phone: f"{started:%Y-%m-%d}" for phone, started in OptOut.objects.open().values_list("phone", "started")}


@pytest.fixture
def client(organization_admin: User) -> Client:
    return client_of(organization_admin)


def test_a_paste_is_previewed_saved_and_told(
    client: Client, group: Group, organization: Organization, organization_admin: User
) -> None:
    arrive(group, phone(1), phone(4))
    opt_out(organization, [phone(4)], by=None, source="keyword", text="STOP")
    lines = ["206-555-0001 2024-05-06", "", "+1 206 555 0002", "(206) 555-0001", "12", "206.555.0004"]
    preview = paste(client, organization, *lines)
    assert told(preview) == {"rows": 5, "opted_out": 2, "already": 1, "duplicate": 1, "rejected": 1}
    assert causes(preview) == {5: "Too short: a US number has 10 digits."}
    assert [(row.number, row.key) for row in preview.context["rows"]] == [
        (1, "opted_out"),
        (3, "opted_out"),
        (4, "duplicate"),
        (6, "already"),
    ]
    assert OptOut.objects.count() == 1

    result = save(client, organization, preview)

    assert told(result) == told(preview)
    assert causes(result) == causes(preview)
    assert since() == {phone(1): "2024-05-06", phone(2): "2026-11-22", phone(4): "2026-11-22"}
    assert gate.may_text(group, phone(1)).cause == gate.Cause.OPTED_OUT
    assert [member(group, number).opted_out for number in (phone(1), phone(4))] == [True, True]
    assert Contact.objects.count() == 2
    entry = AuditEntry.objects.filter(action="opt_out").latest("pk")
    assert (entry.organization, entry.group, entry.actor, entry.source) == (
        organization,
        None,
        organization_admin,
        "upload",
    )
    assert entry.counts == {"changed": 2, "already": 1, "evidence": 1}
    assert list(verify.differences()) == []


def test_nothing_is_written_before_save_and_nothing_is_kept_between(
    client: Client, organization: Organization, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as captured:
        preview = paste(client, organization, *phones(5))
    wrote = [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert wrote == []
    assert "Nothing is saved yet." in preview.text


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("206-555-0001", None),
        ("206-555-0001 2024-05-06", "2024-05-06"),
        ("206 555 0001\t5/6/2024", "2024-05-06"),
        ("(206) 555-0001, 6 May 2024", "2024-05-06"),
        ("(206) 555-0001 May 6, 2024", "2024-05-06"),
        ("(206) 555-0001, May 6, 2024", "2024-05-06"),
        ("2065550001;2024-05-06T10:11:12Z", "2024-05-06"),
        ("  +12065550001  ,  2024-05-06 10:11  ", "2024-05-06"),
        ("2065550001,45418", "2024-05-06"),
        ("'+12065550001\t", None),
        ("\u202a+1 206-555-0001\u202c", None),
    ],
)
def test_a_line_is_a_number_and_perhaps_a_date(
    client: Client, organization: Organization, line: str, read: str | None
) -> None:
    save(client, organization, paste(client, organization, line))
    assert since() == {phone(1): read or "2026-11-22"}


def test_a_foreign_number_that_looks_like_a_date_at_its_end_is_a_number(
    client: Client, organization: Organization
) -> None:
    Organization.objects.update(country="FR")
    save(client, organization, paste(client, organization, "+33 1 42-11-2010", "+33 1 42 11 20 11 2024-05-06"))
    assert since() == {"+33142112010": "2026-11-22", "+33142112011": "2024-05-06"}


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("206-555-0001, 2125550199", "Not a date: “2125550199”"),
        ("206-555-0001 2026-11-24", "In the future"),
        ("206-555-0001, 2026-02-30", "There is no such day"),
        ("206-555-0001, soon", "Not a date: “soon”"),
        ("[redacted]", "Redacted: the number was erased"),
        ("Phone", "Not a phone"),
        ("206-555-0001 ext 5", "Has an extension"),
        ("2" * 400, "Too long for a phone."),
        ("<b>1</b>", "Too short|A letter|Not a phone"),
    ],
)
def test_what_cannot_be_read_is_rejected_with_line_and_cause(
    client: Client, organization: Organization, line: str, cause: str
) -> None:
    preview = paste(client, organization, "206-555-0009", line)
    [(number, said)] = causes(preview).items()
    assert number == 2
    assert re.match(cause, said)
    result = save(client, organization, preview)
    assert causes(result) == causes(preview)
    assert set(since()) == {phone(9)}


def test_an_ambiguous_date_goes_by_the_organizations_country(client: Client, organization: Organization) -> None:
    for number, country in enumerate(("US", "GB"), start=1):
        Organization.objects.filter(pk=organization.pk).update(country=country)
        save(client, organization, paste(client, organization, f"{phone(number)} 3/4/2026"))
    assert since() == {phone(1): "2026-03-04", phone(2): "2026-04-03"}


def test_the_earliest_date_of_a_number_counts(client: Client, organization: Organization) -> None:
    lines = [f"{phone(1)} 2025-01-02", phone(1), f"{phone(1)} 2024-01-02", f"{phone(1)} 2026-01-02"]
    assert told(save(client, organization, paste(client, organization, *lines)))["duplicate"] == 3
    assert since() == {phone(1): "2024-01-02"}


def test_an_open_episode_keeps_its_first_date_and_takes_an_earlier_one(
    client: Client, organization: Organization
) -> None:
    for number, days in ((1, 10), (2, 1000)):
        opt_out(organization, [phone(number)], by=None, source="keyword", text="STOP", at=NOW - timedelta(days=days))
    first = since()
    preview = paste(client, organization, *(f"{number} 2025-01-02" for number in phones(2)))
    assert preview.context["earlier"] == 1
    save(client, organization, preview)
    assert since() == first | {phone(1): "2025-01-02"}
    assert set(OptOut.objects.values_list("source", flat=True)) == {"keyword"}
    assert OptOutEvidence.objects.filter(source="upload").count() == 2


def test_save_pressed_twice_changes_nothing_the_second_time(client: Client, organization: Organization) -> None:
    preview = paste(client, organization, f"{phone(1)} 2025-01-02", phone(2))
    save(client, organization, preview)
    entries, evidence = AuditEntry.objects.count(), OptOutEvidence.objects.count()
    assert told(save(client, organization, preview)) == {"rows": 2, "already": 2}
    assert (AuditEntry.objects.count(), OptOutEvidence.objects.count()) == (entries, evidence)


def test_save_judges_anew_what_happened_since_the_preview(client: Client, organization: Organization) -> None:
    preview = paste(client, organization, *phones(3))
    opt_out(organization, [phone(2)], by=None, source="keyword", text="STOP")
    assert told(save(client, organization, preview)) == {"rows": 3, "opted_out": 2, "already": 1}


def test_a_suppressed_number_is_open_again_and_not_counted_twice(
    client: Client, group: Group, organization: Organization
) -> None:
    suppress(organization, phone(1))
    preview = paste(client, organization, phone(1), phone(2))
    assert told(preview) == {"rows": 2, "opted_out": 1, "already": 1}
    assert told(save(client, organization, preview)) == told(preview)
    assert since() == {phone(1): "2026-03-01", phone(2): "2026-11-22"}
    assert not Suppression.objects.exists()
    arrive(group, phone(1))
    assert member(group, phone(1)).opted_out
    assert OptOut.objects.filter(phone=phone(1)).count() == 1


def test_a_number_added_again_after_a_redaction_is_a_new_contact_opted_out_by_the_list(
    client: Client, group: Group, organization: Organization
) -> None:
    arrive(group, phone(1))
    Contact.objects.update(phone=None, redacted_at=timezone.now())
    Membership.objects.update(phone=None)
    save(client, organization, paste(client, organization, f"{phone(1)} 2025-01-02"))
    arrive(group, phone(1))
    assert member(group, phone(1)).opted_out
    assert Contact.objects.get(redacted_at=None).contact_tags.count() == 0


# Files.


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ("Mobile;Opted out on\r\n206-555-0001;5/6/2024\r\n206-555-0002;\r\n", "list.csv"),
        ("Name,Cell,Date\nDana,2065550001,2024-05-06\nJo,2065550002,\n".encode("utf-16"), "list.txt"),
        (workbook(["Phone", "Date"], ["2065550001", '<c s="1"><v>45418</v></c>'], ["2065550002", ""]), "list.xlsx"),
        (workbook(["Phone", "Date"], ["2065550001", "<c><v>45418</v></c>"], ["2065550002", ""]), "list.xlsx"),
    ],
    ids=["CSV", "UTF-16", "XLSX with a date", "XLSX with a number"],
)
def test_a_file_is_read_by_its_phone_and_date_columns(
    client: Client, organization: Organization, content: bytes | str, name: str
) -> None:
    preview = upload(client, organization, content, name)
    assert told(preview) == {"rows": 2, "opted_out": 2}
    save(client, organization, preview)
    assert since() == {phone(1): "2024-05-06", phone(2): "2026-11-22"}


def test_the_preview_says_which_columns_it_reads(client: Client, organization: Organization) -> None:
    text = upload(client, organization, "Cell,Unsubscribed at\n2065550001,2024-05-06\n").text
    assert "phone from <bdi>Cell</bdi>, date from <bdi>Unsubscribed at</bdi>" in text
    text = upload(client, organization, "Cell,Joined\n2065550001,2024-05-06\n").text
    assert "No column is known to hold the dates" in text


def test_rows_keep_the_number_that_a_spreadsheet_shows(client: Client, organization: Organization) -> None:
    preview = upload(client, organization, "Phone\n\n12\n2065550001\nx\n")
    assert list(causes(preview)) == [3, 5]


def test_whoever_a_file_says_is_not_out_or_out_no_more_is_left_alone(
    client: Client, organization: Organization
) -> None:
    rows = ["1,yes,", "2,no,", "3,,", "4,yes,2025-01-02", "5,maybe,"]
    content = "\n".join(["Phone,Opted out,Ended", *(f"206-555-000{row}" for row in rows)])
    preview = upload(client, organization, content)
    assert causes(preview) == {3: "Opted out: “no” is not opted out.", 5: "Ended: this opt-out has ended."}
    save(client, organization, preview)
    assert set(since()) == {phone(1), phone(3), phone(5)}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        ("Name,Email\nDana,d@example.com\n", "list.csv", "No column is known to hold phones."),
        ("", "list.csv", "The file is empty."),
        (b"%PDF-1.7", "list.pdf", "This is a PDF"),
        (b"PK\x03\x04 nothing", "list.xlsx", "This XLSX file is damaged"),
        ("2065550001\n2065550002\n", "list.csv", "The first row looks like a contact"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_cause(
    client: Client, organization: Organization, content: bytes | str, name: str, said: str
) -> None:
    page = upload(client, organization, content, name)
    assert said in page.text
    assert "counts" not in page.context


# Limits and bad input.


def test_ten_thousand_lines_are_read_and_one_more_is_refused_by_name(
    client: Client, organization: Organization
) -> None:
    many = [f"+1206{number:07}" for number in range(2_000_000, 2_000_000 + MOST_ROWS)]
    preview = paste(client, organization, *many)
    assert told(preview)["rows"] == MOST_ROWS
    assert told(save(client, organization, preview)) == told(preview)
    assert OptOut.objects.open().count() == told(preview)["opted_out"]
    page = paste(client, organization, *many, phone(1))
    assert "The list has more than 10,000 numbers." in page.text


def test_a_list_of_anything_but_numbers_is_refused_before_it_grows_too_large_to_carry(
    client: Client, organization: Organization
) -> None:
    page = upload(client, organization, "Phone\n" + "ü💥é" * 20 + "\n" + ("💥" * 60 + "\n") * (MOST_ROWS - 1))
    assert "The list holds too much text." in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Paste numbers or choose a file first."),
        ({"numbers": " \n "}, "Paste numbers or choose a file first."),
        ({"numbers": "206-555-0001", "file": SimpleUploadedFile("a.csv", b"Phone\n1\n")}, "not both at once"),
        ({"numbers": "206-555-0001\0"}, "Null characters are not allowed."),
    ],
)
def test_what_is_missing_is_named(client: Client, organization: Organization, given: dict[str, Any], said: str) -> None:
    assert said in client.post(url(organization), given).text


@pytest.mark.parametrize("lines", ["", "nonsense", "1\t2065550001", "x\t1\t\t", "²\t1\t\t", "1\t1\t\t\n" * 10_001])
@pytest.mark.parametrize("step", ["save", "rejected"])
def test_a_list_that_does_not_arrive_whole_saves_nothing(
    client: Client, organization: Organization, lines: str, step: str
) -> None:
    page = client.post(url(organization), {"step": step, "lines": lines}, follow=True)
    assert "Nothing saved. The list did not arrive whole." in page.text
    assert not OptOut.objects.exists()


def test_what_somebody_writes_into_the_form_is_judged_like_a_paste(client: Client, organization: Organization) -> None:
    lines = "\n".join([f"1\t{phone(1)}\t2099-01-01\t", "2\t911\t\t", f"{'9' * 40}\t{phone(2)}\t\t"])
    result = client.post(url(organization), {"step": "save", "lines": lines})
    assert told(result) == {"rows": 3, "opted_out": 1, "rejected": 2}
    assert set(since()) == {phone(2)}


def test_a_list_without_a_readable_line_offers_no_save(client: Client, organization: Organization) -> None:
    page = paste(client, organization, "Dana", "Jo")
    assert "No line can be read." in page.text
    assert ">Save<" not in page.text


def test_rejected_lines_can_be_downloaded_and_are_guarded(client: Client, organization: Organization) -> None:
    preview = paste(client, organization, "=1+1", phone(1), "206-555-0002, soon")
    file = client.post(url(organization), {"step": "rejected", "lines": carried(preview)})
    assert file["Content-Disposition"] == 'attachment; filename="rejected-opt-outs.csv"'
    assert file["Cache-Control"] == "no-store"
    content = body(file)
    assert content.removeprefix("\ufeff").splitlines() == [
        '"Line","Cause","Phone"',
        '"1","Too short: a US number has 10 digits.","\'=1+1"',
        '"3","Not a date: “soon”. Write it as 2026-03-31, or leave it out.","206-555-0002 soon"',
    ]
    result = save(client, organization, preview)
    again = client.post(url(organization), {"step": "rejected", "lines": carried(result)})
    assert body(again) == content


def test_what_was_typed_stands_in_the_form_again_when_it_is_refused(client: Client, organization: Organization) -> None:
    page = client.post(
        url(organization), {"numbers": "206-555-0001", "file": SimpleUploadedFile("a.csv", b"Phone\n1\n")}
    )
    assert "206-555-0001" in page.text


def test_the_same_numbers_cost_the_same_queries_however_many(
    client: Client, organization: Organization, refuse_lazy_fetches: Callable[[], Any]
) -> None:
    def queries(many: int) -> tuple[int, int]:
        with CaptureQueriesContext(connection) as looking, refuse_lazy_fetches():
            preview = paste(client, organization, *(f"{number} 2025-01-02" for number in phones(many)))
        OptOut.objects.all().update(ended=timezone.now())
        with CaptureQueriesContext(connection) as saving, refuse_lazy_fetches():
            save(client, organization, preview)
        return len(looking), len(saving)

    assert queries(2) == queries(900)


# Who may.


@pytest.mark.parametrize(("who", "status"), [("group_admin", 403), ("agent", 403), ("outsider", 404), ("support", 404)])
def test_only_admins_of_the_organization_add_opt_outs(
    organization: Organization, group: Group, who: str, status: int, request: pytest.FixtureRequest
) -> None:
    theirs = client_of(request.getfixturevalue(who))
    lines = f"1\t{phone(1)}\t\t"
    assert theirs.get(url(organization)).status_code == status
    assert theirs.post(url(organization), {"step": "save", "lines": lines}).status_code == status
    assert not OptOut.objects.exists()


def test_another_organization_is_not_touched(
    client: Client, organization: Organization, other_organization: Organization, foreign_group: Group
) -> None:
    arrive(foreign_group, phone(1))
    save(client, organization, paste(client, organization, phone(1)))
    assert OptOut.objects.get().organization == organization
    assert not member(foreign_group, phone(1)).opted_out


def test_carrying_a_list_changes_nothing_of_it() -> None:
    lines = opt_out_list.pasted("206-555-0001 2024-05-06 10:11:12\n206-555-0002\n12\n206-555-0001", "US")
    made = opt_out_list.planned(lines, "US")
    again = opt_out_list.planned(opt_out_list.brought(opt_out_list.carried(made)), "US")
    assert again == made
