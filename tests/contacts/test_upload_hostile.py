"""Files that are no contact files, or want to do harm: a clear error or rejected rows, by page and by command."""

import io
import json
import random
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from contacts import verify
from contacts.models import Contact
from contacts.upload.limits import MOST_BYTES, MOST_ROWS
from groups.models import Group, User
from tests.contacts.exporting import body
from tests.contacts.factories import member, phone
from tests.contacts.uploading import address, database, press_save, saved, send, some, table, text, waiting, workbook
from tests.people import client_of

ONE = text(["phone", "name"], [phone(1), "Ann Carter"])
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"


@dataclass(frozen=True)
class Hostile:
    """A file, and either the start of the words that refuse it or its outcomes that are not 0."""

    content: bytes
    refusal: str = ""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    name: str = "contacts.csv"


def refused(content: str | bytes, words: str, name: str = "contacts.csv") -> Hostile:
    return Hostile(_bytes(content), refusal=words, name=name)


def taken(content: str | bytes, name: str = "contacts.csv", **outcomes: int) -> Hostile:
    return Hostile(_bytes(content), outcomes=outcomes, name=name)


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def bomb() -> bytes:
    """A workbook of a few hundred kilobytes with a sheet of 300 million."""
    file = io.BytesIO(workbook(["phone"], [phone(1)]))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(300):
            part.write(b"<row/>" * 166_000)
    return file.getvalue()


def archive(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return file.getvalue()


WIDE = [f"Field {number}" for number in range(199)]
FILES = {
    "empty": refused("", "The file is empty."),
    "a mark alone": refused(b"\xef\xbb\xbf", "The file is empty."),
    "blank lines": refused("\n\r\n , ,\n", "The file is empty."),
    "headers alone": refused("phone,name\n", "The file has headers and no rows under them."),
    "noise": refused(random.Random(7).randbytes(20_000), "This is not a CSV or XLSX file."),
    "NULs": refused(f"phone\n{phone(1)}\0\n", "This is not a CSV or XLSX file."),
    "a picture": refused(PNG + bytes(500), "This is not a CSV or XLSX file.", "photo.csv"),
    "a PDF": refused(b"%PDF-1.7\n%\xe2\xe3", "This is a PDF, named .pdf.", "list.pdf"),
    "a web page": refused("<html><table><tr><td>phone", "This is a web page or XML, named .xls.", "list.xls"),
    "an old workbook": refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "This is a workbook of the old kind"),
    "an encrypted workbook": refused(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900) + "EncryptedPackage".encode("utf-16-le"),
        "This workbook is protected by a password.",
        "secret.xlsx",
    ),
    "an archive": refused(archive(readme="phone"), "This is a zip archive.", "list.zip"),
    "half a workbook": refused(workbook(["phone"], [phone(1)])[:300], "This XLSX file is damaged.", "half.xlsx"),
    "a zip bomb": refused(bomb(), "This XLSX file holds too much", "bomb.xlsx"),
    "an open quote": refused('phone,name\n2065550001,"Ann\n2065550002,Bo\n', "The quotes in row 2 are broken"),
    "text after a quote": refused('phone,name\n2065550001,"Ann" C\n', "The quotes in row 2 are broken"),
    "a quote over rows": taken(
        f'phone,name\n{phone(1)},"Ann\n{phone(2)},Bo\n{phone(3)},Cy"\n{phone(4)},Di\n', created=1, rejected=1
    ),
    "contacts where headers belong": refused(f"{phone(1)},Ann\n{phone(2)},Bo\n", "The first row looks like a contact."),
    "a row too many": refused("phone\n" + "555\n" * (MOST_ROWS + 1), "The file has more than 10,000 rows."),
    "a byte too many": refused(b"x" * (MOST_BYTES + 1), "The file is larger than 20 MB."),
    "a header of a megabyte": refused("x" * 10**6 + "\n1\n", "A header is longer than 100 characters."),
    "300 columns": refused(",".join(map(str, range(300))) + "\n1\n", "The file has more than 250 columns."),
    "half of UTF-16": refused(ONE.encode("utf-16")[:-1], "This UTF-16 file is cut off or damaged."),
    "200 columns": taken(text(["phone", *WIDE], [phone(1), *WIDE]), created=1),
    "a cell of 10 megabytes": taken(f"phone,notes\n{phone(1)},{'x' * 10**7}\n{phone(2)},x\n", created=1, rejected=1),
    "a phone of 10 megabytes": taken(f"phone,notes\n{'1' * 10**7},x\n{phone(2)},x\n", created=1, rejected=1),
    "more cells than headers": taken(f"phone,name\n{phone(1)},Carter,Ann\n{phone(2)},Bo\n", created=1, rejected=1),
    "formulas": taken(
        text(["phone", "name", "=H"], ["=1+1", "@x", "-1"], [phone(1), "=cmd|'/c'!A0", "+1"]), created=1, rejected=1
    ),
    "marks of direction": taken(text(["phone", "name"], [f"\u202d{phone(1)}\u202c", "\u202eevil\u2066"]), created=1),
    "marks alone": taken(
        text(["phone", "name"], ["\u200b", "\u202e"], ["\u2066", "Ann"], [phone(1), "\u3164"]), created=1, rejected=1
    ),
    "headers twice": taken(text(["phone", "Phone", "name", "name"], [phone(1), phone(2), "Ann", "Bo"]), created=1),
    "headers missing": taken(f",phone,\nx,{phone(1)},y\n", created=1),
    "JSON in cells": taken(text(["phone", '{"a": 1}'], [phone(1), '["\\u0000"]']), created=1),
    "markup": taken(
        text(["phone", "<script>"], [phone(1), "<script>alert(1)</script>"], ["<b>", "&amp;"]), created=1, rejected=1
    ),
    "templates": taken(
        text(["phone", "{{ x }}"], [phone(1), "{% now 'Y' %}{{ request }}"], ["%s", "{0}"]), created=1, rejected=1
    ),
    "SQL": taken(text(["phone", "x'); --"], [phone(1), "'; DROP TABLE contacts_contact; --"]), created=1),
    "far planes": taken(
        text(["phone", "name", "\U0001f600"], [phone(1), "\U0001f9d1\u200d\U0001f33e", "\U0010ffff"]), created=1
    ),
    "digits of other scripts": taken(text(["phone"], ["٢٠٦٥٥٥٠٠٠١"], ["２０６５５５０００２"]), created=2),
    "UTF-16": taken(ONE.encode("utf-16"), created=1),
    "UTF-16 without its mark": taken(ONE.encode("utf-16-le"), created=1),
    "Latin-1": taken(f"phone;name\n{phone(1)};José\n".encode("latin-1"), created=1),
    "a broken byte": taken(f"phone;name\n{phone(1)};José\n{phone(2)};".encode() + b"\xff\x81\n", created=2),
    "semicolons": taken(ONE.replace(",", ";"), created=1),
    "tabs": taken(ONE.replace(",", "\t"), "contacts.tsv", created=1),
    "carriage returns": taken(ONE.replace("\r\n", "\r"), created=1),
    "a workbook": taken(
        workbook(
            ["phone", "Born", "name"],
            ["<c><v>2.065550001E9</v></c>", '<c s="1"><v>32874</v></c>', "Ann_x0000_"],
            ['<c t="e"><v>#N/A</v></c>', "", "Bo_x0000_"],
            ["555_x0000_", "", "\u202eCy"],
            before=f'<row><c t="inlineStr"><is><t>phone</t></is></c></row><row><c><v>{phone(9)[1:]}</v></c></row>',
        ),
        "contacts.xlsx",
        created=1,
        rejected=2,
    ),
    "a workbook named CSV": taken(workbook(["phone"], [phone(1)]), created=1),
    "a CSV named workbook": taken(ONE, "contacts.xlsx", created=1),
    "an unnamed file": taken(ONE, "x", created=1),
}
EACH = pytest.mark.parametrize("file", FILES.values(), ids=FILES.keys())


@EACH
def test_the_page_says_what_is_wrong_or_takes_what_is_right(group: Group, group_admin: User, file: Hostile) -> None:
    client = client_of(group_admin)
    before = database()
    if file.refusal:
        answer = send(client, group, file.content, file.name)
        assert answer.status_code == 200
        assert answer.context["form"].errors["file"][0].startswith(file.refusal)
        assert database() == before
        return
    upload = waiting(client, group, file.content, file.name)
    assert client.get(address(group, "upload_preview", upload)).status_code == 200
    assert {k: v for k, v in database().items() if k != "contacts_upload"} == {
        k: v for k, v in before.items() if k != "contacts_upload"
    }
    assert press_save(client, group, upload)["Location"] == address(group, "upload_result", upload)
    upload.refresh_from_db()
    assert some(upload.counts) == file.outcomes
    assert _looks_right(client, group)
    assert client.get(address(group, "upload_result", upload)).status_code == 200
    answer = client.get(address(group, "upload_rejected", upload), follow=True)
    assert answer.status_code == 200
    if "rejected" in file.outcomes:
        downloaded = table(body(answer))
        assert len(downloaded) == 1 + file.outcomes["rejected"]
        assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in downloaded for cell in row)
    assert list(verify.differences()) == []


def _looks_right(client: Client, group: Group) -> bool:
    """Whether the pages that show the contacts do so."""
    pages = [client.get(f"/groups/{group.pk}/contacts/")]
    pages += [client.get(f"/groups/{group.pk}/contacts/{row.contact_id}/") for row in group.memberships.all()[:3]]
    return all(page.status_code == 200 and b"<script>alert" not in page.content for page in pages)


@EACH
def test_the_command_says_what_is_wrong_or_takes_what_is_right(
    group: Group, group_admin: User, file: Hostile, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.content)
    before = database()
    arguments = ("upload_contacts", str(group.pk), str(path), "--by", group_admin.email, "--json")
    if file.refusal:
        with pytest.raises(CommandError) as error:
            call_command(*arguments)
        assert error.value.returncode == 2
        assert str(error.value).startswith(file.refusal)
        assert database() == before
        return
    call_command(*arguments, "--dry-run")
    assert database() == before
    call_command(*arguments)
    dry, real = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert dry == real
    assert some(real) == file.outcomes
    assert list(verify.differences()) == []


OF_A_CELL = {
    name: file
    for name, file in FILES.items()
    if "rejected" in file.outcomes and name not in ("a quote over rows", "more cells than headers")
}


@pytest.mark.parametrize("file", OF_A_CELL.values(), ids=OF_A_CELL.keys())
def test_rows_rejected_for_a_cell_are_rejected_again_as_they_were_downloaded(
    group: Group, group_admin: User, file: Hostile
) -> None:
    client = client_of(group_admin)
    upload = saved(group, file.content, by=group_admin, name=file.name)
    before = set(Contact.objects.values_list("phone", flat=True))
    downloaded = body(client.get(address(group, "upload_rejected", upload))).encode()
    again = saved(group, downloaded, by=group_admin)
    assert some(again.counts) == {"rejected": file.outcomes["rejected"]}
    assert set(Contact.objects.values_list("phone", flat=True)) == before


def test_values_are_kept_without_what_cannot_be_seen_or_stored(group: Group, group_admin: User) -> None:
    content = workbook(
        ["phone", "first name", "Ward", "tags", "x_x0000_y"],
        [phone(1), "A_x0000_n\u202en", "_x0007_7", "t_x0000_", "_x0000_"],
    )
    saved(group, content, by=group_admin, name="contacts.xlsx")
    contact = member(group, phone(1)).contact
    assert (contact.first_name, contact.custom) == ("Ann", {"Ward": "7"})
    assert contact.contact_tags.get().tag.name == "t"


def test_ten_thousand_rejected_rows_are_shown_and_downloaded(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    upload = waiting(client, group, "phone,name\n" + "=555,@x\n" * MOST_ROWS)
    press_save(client, group, upload)
    page = client.get(address(group, "upload_result", upload))
    assert "Download 10,000 rejected rows" in page.content.decode()
    assert len(page.content) < 100_000
    downloaded: Any = body(client.get(address(group, "upload_rejected", upload)))
    assert table(downloaded)[-1][2:] == ["'=555", "'@x"]
