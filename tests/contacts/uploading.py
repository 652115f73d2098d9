"""Files to upload, the way of a file through the page, and the whole database to compare before and after."""

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from contacts.actions import upload as actions
from contacts.models import Upload
from contacts.upload import columns
from contacts.upload.plan import Plan, plan
from contacts.upload.reading import read
from groups.models import Group, User

NOT_DATA = {"cache", "django_session"}
"""Tables that any request may write."""


def text(*rows: Sequence[str]) -> str:
    """A CSV file of these rows, the first of which holds the headers."""
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def table(content: str) -> list[list[str]]:
    """The rows of a CSV file, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(content.removeprefix("\ufeff"), newline="")))


def workbook(*rows: Sequence[str], before: str = "") -> bytes:
    """An XLSX file; a cell is text, or the XML of one. ``before``: XML of the rows of a hidden sheet before it."""
    shown = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    hidden = '<sheet name="Notes" sheetId="1" state="hidden" r:id="r1"/>' if before else ""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in {
            "_rels/.rels": _links(("r0", "officeDocument", "xl/workbook.xml")),
            "xl/_rels/workbook.xml.rels": _links(
                ("r1", "worksheet", "worksheets/hidden.xml"),
                ("r2", "worksheet", "worksheets/shown.xml"),
                ("r3", "styles", "styles.xml"),
            ),
            "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}/officeDocument/2006/relationships">'
            f'<sheets>{hidden}<sheet name="Contacts" sheetId="2" r:id="r2"/></sheets></workbook>',
            "xl/worksheets/hidden.xml": f"<worksheet {_MAIN}><sheetData>{before}</sheetData></worksheet>",
            "xl/worksheets/shown.xml": f"<worksheet {_MAIN}><sheetData>{shown}</sheetData></worksheet>",
            "xl/styles.xml": f'<styleSheet {_MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
            "</styleSheet>",
        }.items():
            archive.writestr(name, part)
    return packed.getvalue()


_OFFICE = "http://schemas.openxmlformats.org"
_MAIN = f'xmlns="{_OFFICE}/spreadsheetml/2006/main"'


def _links(*links: tuple[str, str, str]) -> str:
    each = (
        f'<Relationship Id="{key}" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{"".join(each)}</Relationships>'


def _cell(cell: str) -> str:
    return cell if cell.startswith("<c") else f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>'


# Without a page.


def planned(content: str, region: str = "US") -> Plan:
    """The plan of a CSV file under the mapping that is suggested."""
    sheet = read(content.encode(), "contacts.csv")
    return plan(sheet, columns.suggest(sheet.headers), region)


def saved(group: Group, content: str | bytes, *, by: User, answer: str = "", name: str = "contacts.csv") -> Upload:
    """A file saved into a group under the mapping that is suggested."""
    file = content.encode() if isinstance(content, str) else content
    return actions.save(actions.keep(group, name=name, content=file, by=by), by=by, answer=answer)


def some(counts: Mapping[str, int]) -> dict[str, int]:
    """Those counts that are not 0, without their sum."""
    return {name: many for name, many in counts.items() if many and name != "rows"}


# Through the page.


def address(group: Group, screen: str = "upload", upload: Upload | None = None) -> str:
    """The address of a screen of the upload."""
    return reverse(f"contacts:{screen}", args=[group.pk, upload.pk] if upload else [group.pk])


def send(client: Client, group: Group, content: str | bytes, name: str = "contacts.csv") -> Any:
    """The answer to a file that is chosen and sent."""
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post(address(group), {"file": file})


def waiting(client: Client, group: Group, content: str | bytes, name: str = "contacts.csv") -> Upload:
    """A file that was sent and waits at its preview."""
    answer = send(client, group, content, name)
    assert answer.status_code == 302, answer.context["form"].errors
    return group.uploads.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def press_save(client: Client, group: Group, upload: Upload, **fields: str) -> Any:
    """The answer to ``Save`` on a preview that was just loaded."""
    shown = client.get(address(group, "upload_preview", upload))
    return client.post(
        address(group, "upload_save", upload), {"columns": ",".join(shown.context["upload"].mapping), **fields}
    )


# The whole database.


def database(*besides: str) -> dict[str, list[str]]:
    """Every row of every table, but for those that any request may write and those named."""
    tables = sorted(set(connection.introspection.table_names()) - NOT_DATA - set(besides))
    with connection.cursor() as cursor:
        return {name: sorted(map(_row, _rows(cursor, name))) for name in tables}


def _rows(cursor: Any, name: str) -> Iterable[Sequence[object]]:
    cursor.execute(f'SELECT * FROM "{name}"')
    return cursor.fetchall()


def _row(row: Sequence[object]) -> str:
    return repr([bytes(cell) if isinstance(cell, memoryview) else cell for cell in row])
