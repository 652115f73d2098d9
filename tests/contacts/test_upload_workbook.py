"""Uploaded workbooks: what their cells say, and what hostile ones come to."""

import io
import random
import re
import subprocess
import time
import zipfile
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

from contacts.upload import workbook as reader
from contacts.upload.reading import MOST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet, UnreadableFile, read

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PACKAGE = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DAMAGED = "This XLSX file is damaged. Open it in a spreadsheet, save it anew and upload that file."
TOO_MUCH = "This XLSX file holds too much, or cells far from the others. Copy the contacts to a new one and upload it."
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Phone</t></is></c></row>'


def workbook(
    *sheets: str, states: tuple[str, ...] = (), properties: str = "", styles: str = "", strings: str = ""
) -> dict[str, str]:
    """The parts of a workbook; each sheet is given by its rows."""
    links = {f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(len(sheets))}
    named = "".join(
        f'<sheet name="{key}" sheetId="{number}" {state} r:id="{key}"/>'
        for number, (key, state) in enumerate(zip(links, states or [""] * len(sheets), strict=True))
    )
    shared = {"x2": ("sharedStrings", "sharedStrings.xml")} if strings else {}
    return {
        "_rels/.rels": relationships({"w1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINK}">{properties}<sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships({**links, "x1": ("styles", "/xl/styles.xml"), **shared}),
        "xl/styles.xml": styles or f"<styleSheet {MAIN}/>",
        **({"xl/sharedStrings.xml": strings} if strings else {}),
        **{
            f"xl/{target}": f'<?xml version="1.0"?><worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>'
            for (_kind, target), rows in zip(links.values(), sheets, strict=True)
        },
    }


def relationships(links: Mapping[str, tuple[str, str]]) -> str:
    each = (f'<Relationship Id="{key}" Type="{LINK}/{kind}" Target="{to}"/>' for key, (kind, to) in links.items())
    return f"<Relationships {PACKAGE}>{''.join(each)}</Relationships>"


def packed(parts: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return file.getvalue()


def sheet(parts: Mapping[str, str | bytes]) -> Sheet:
    return read(packed(parts), "contacts.xlsx")


def refusal(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(content, "contacts.xlsx")
    return str(refused.value)


def value(cell: str, styles: str = "", strings: str = "", properties: str = "") -> str:
    """What one cell of a workbook is read as."""
    row = f'<row r="2"><c r="A2" t="str"><v>4155550100</v></c>{cell}</row>'
    header = '<row r="1"><c r="A1" t="str"><v>Phone</v></c><c r="B1" t="str"><v>B</v></c></row>'
    return sheet(workbook(header + row, styles=styles, strings=strings, properties=properties)).rows[0][1][1]


STYLES = f"""<styleSheet {MAIN}>
<numFmts><numFmt numFmtId="164" formatCode="[$-409]d\\-mmm\\-yyyy;@"/><numFmt numFmtId="166" formatCode="[h]:mm"/>
<numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;days&quot;_d"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>
</styleSheet>"""
STRINGS = (
    f'<sst {MAIN} count="3" uniqueCount="3"><si><t>Phone</t></si>'
    "<si><r><t>An</t></r><r><t>n</t></r><rPh><t>reading</t></rPh></si><si><t>a_x000D_\nb_x005F_c_xD800_</t></si></sst>"
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<v>14155550100</v>", "14155550100"),
        ("<v>14155550100.0</v>", "14155550100"),
        ("<v>1.4155550101E10</v>", "14155550101"),
        ("<v>0.30000000000000004</v>", "0.30000000000000004"),
        ("<v>0.10000000000000001</v>", "0.1"),
        ("<v>-3</v>", "-3"),
        ("<v>9007199254740993</v>", "9007199254740992"),  # more digits than a spreadsheet's number holds
        ("<v>1E400</v>", ""),
        ("<f>1+1</f><v>2</v>", "2"),
        ("<v></v>", ""),
        ("", ""),
    ],
)
def test_numbers_come_as_a_person_would_type_them(cell: str, expected: str) -> None:
    assert value(f'<c r="B2">{cell}</c>') == expected


@pytest.mark.parametrize(
    ("style", "number", "expected"),
    [
        (1, "45000", "2023-03-15"),
        (2, "45000.5", "2023-03-15 12:00:00"),
        (2, "59", "1900-02-28"),
        (2, "61", "1900-03-01"),
        (1, "0.3958333333", "09:30:00"),
        (2, "45000.3333333333", "2023-03-15 08:00:00"),
        (4, "0.5", "12:00:00"),
        (4, "1.5", "1 day, 12:00:00"),
        (1, "99999999", "99999999"),
        (3, "45000", "45000"),
        (0, "45000", "45000"),
        (9, "45000", "45000"),
    ],
)
def test_dates_come_in_iso_form_where_the_cell_shows_a_date(style: int, number: str, expected: str) -> None:
    assert value(f'<c r="B2" s="{style}"><v>{number}</v></c>', styles=STYLES) == expected


def test_dates_of_a_workbook_that_counts_from_1904_are_right() -> None:
    for serial, day in (("43538", "2023-03-15"), ("10", "1904-01-11")):
        cell = f'<c r="B2" s="1"><v>{serial}</v></c>'
        assert value(cell, styles=STYLES, properties='<workbookPr date1904="1"/>') == day


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B2" t="b"><v>1</v></c>', "true"),
        ('<c r="B2" t="b"><v>0</v></c>', "false"),
        ('<c r="B2" t="e"><v>#N/A</v></c>', ""),
        ('<c r="B2" t="str"><f>A1</f><v>é &amp; _x000A_ö</v></c>', "é & \nö"),
        ('<c r="B2" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>', "a b"),
        ('<c r="B2" t="d"><v>2026-11-22T00:00:00</v></c>', "2026-11-22"),
        ('<c r="B2" t="d"><v>2026-11-22T10:30:00</v></c>', "2026-11-22 10:30:00"),
        ('<c r="B2" t="s"><v>1</v></c>', "Ann"),
        ('<c r="B2" t="s"><v>2</v></c>', "a\r\nb_c_xD800_"),
        ("<c><v>7</v></c>", "7"),
        ("<x:c r='b2' t='str'><x:v>Ann</x:v></x:c>", "Ann"),
    ],
)
def test_each_kind_of_cell_is_read(cell: str, expected: str) -> None:
    assert value(cell, strings=STRINGS) == expected


def test_rows_keep_the_numbers_that_the_spreadsheet_shows() -> None:
    rows = '<row r="3"><c r="B3" t="str"><v>Phone</v></c></row><row r="5"/><row r="7"><c r="B7"><v>1</v></c></row>'
    read_sheet = sheet(workbook(rows + "<row><c/><c><v>2</v></c><c t='str'><v> </v></c></row>"))
    assert (read_sheet.headers, read_sheet.rows) == (("Column 1", "Phone"), ((7, ("", "1")), (8, ("", "2"))))
    assert (read_sheet.encoding, read_sheet.delimiter) == ("Excel", "")


def test_the_first_visible_sheet_with_content_is_read() -> None:
    filled = HEADER + '<row r="2"><c r="A2"><v>{}</v></c></row>'
    states = ('state="hidden"', 'state="veryHidden"', "", 'state="visible"', "")
    sheets = [
        filled.format(1),
        filled.format(2),
        '<row r="1"><c r="A1" s="1"/></row>',
        filled.format(3),
        filled.format(4),
    ]
    assert sheet(workbook(*sheets, states=states)).rows == ((2, ("3",)),)


def test_an_empty_workbook_is_refused() -> None:
    expected = "The file is empty. Export the contacts again and upload that file."
    unlisted = workbook(HEADER)
    del unlisted["xl/workbook.xml"]
    for parts in (workbook(""), workbook(), unlisted):
        assert refusal(packed(parts)) == expected


def test_more_rows_than_the_limit_are_refused() -> None:
    rows = "".join(f"<row><c><v>{number}</v></c></row>" for number in range(MOST_ROWS + 2))
    assert refusal(packed(workbook(rows))) == "The file has more than 10,000 rows. Split it and upload the parts."


def test_rows_that_nobody_sees_do_not_hide_those_after_them() -> None:
    unseen = '<row><c t="str"><v>\u200b</v></c></row>' * (MOST_ROWS + 5)
    assert len(sheet(workbook(HEADER + unseen + "<row><c><v>1</v></c></row>")).rows) == 1


def test_a_cell_far_down_takes_no_room() -> None:
    far = HEADER + '<row r="1048576"><c r="A1048576"><v>4155550100</v></c></row>'
    assert sheet(workbook(far)).rows == ((1_048_576, ("4155550100",)),)
    formatted = (
        HEADER + '<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="9"><c r="XFD9" s="1"/></row>'
    )
    assert sheet(workbook(formatted)).rows == ((2, ("1",)),)


def test_a_cell_far_to_the_right_is_refused_with_its_row() -> None:
    for column in ("XFD", "IR"):
        wide = HEADER + f'<row r="2"><c r="A2"><v>1</v></c><c r="{column}2"><v>1</v></c></row>'
        assert refusal(packed(workbook(wide))).startswith(f"Row 2 has a cell beyond column {MOST_COLUMNS}: ")
    alone = HEADER.replace("A1", "XFD1") + '<row r="2"><c r="XFD2"><v>1</v></c></row>'
    assert refusal(packed(workbook(alone))).startswith(f"Row 1 has a cell beyond column {MOST_COLUMNS}: ")
    last = HEADER + '<row r="1"><c r="IP1"><v>1</v></c></row><row r="2"><c r="IP2"><v>1</v></c></row>'
    assert len(sheet(workbook(last)).headers) == MOST_COLUMNS


KILLERS = {
    "a corner of a sheet as large as sheets get": HEADER + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "more cells between two than memory may hold": HEADER + '<row r="1048576"><c r="CV1048576"><v>1</v></c></row>',
    "a row that no sheet has": HEADER + '<row r="99999999999999"><c><v>1</v></c></row>',
    "a column that no sheet has": HEADER + '<row r="2"><c r="ZZZZZZZZZZZZ2"><v>1</v></c></row>',
}


@pytest.mark.parametrize("rows", KILLERS.values(), ids=KILLERS.keys())
def test_a_workbook_that_ends_its_reader_is_refused_and_the_next_one_read(rows: str) -> None:
    started = time.monotonic()
    assert refusal(packed(workbook(rows))) == TOO_MUCH
    assert time.monotonic() - started < 10
    assert value("<c><v>7</v></c>") == "7"


def test_a_number_of_texts_that_memory_can_not_hold_is_refused() -> None:
    strings = STRINGS.replace('uniqueCount="3"', 'uniqueCount="4294967296"')
    assert refusal(packed(workbook(HEADER, strings=strings))) == TOO_MUCH


@pytest.mark.parametrize("elapsed", ["1E300", "-1E300", "1E15"])
def test_a_time_that_no_clock_shows_is_refused(elapsed: str) -> None:
    row = f'<row r="2"><c r="A2" s="4"><v>{elapsed}</v></c></row>'
    assert refusal(packed(workbook(HEADER + row, styles=STYLES))) == DAMAGED


@pytest.mark.parametrize(
    "row",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="2"><c r="2"><v>1</v></c></row>',
        '<row r="2"><c r="Ä2"><v>1</v></c></row>',
        '<row r="2"><c t="s"><v>9</v></c></row>',
        '<row r="2"><c t="s"><v>one</v></c></row>',
        '<row r="2"><c t="e"><v>#MADE UP</v></c></row>',
        '<row r="2"><c t="str"><v>&bomb;</v></c></row>',
        '<row r="2"><c',
    ],
)
def test_a_damaged_sheet_is_refused(row: str) -> None:
    assert refusal(packed(workbook(HEADER + row))) == DAMAGED


@pytest.mark.parametrize("entity", ["&b;", "&c;"])
def test_entities_neither_swell_nor_bring_files_in(entity: str) -> None:
    entities = '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">'
    parts = workbook(HEADER + f'<row r="2"><c r="A2" t="str"><v>{entity}</v></c></row>')
    name = "xl/worksheets/sheet0.xml"
    parts[name] = parts[name].replace("<worksheet", f"<!DOCTYPE worksheet [{entities}]><worksheet", 1)
    assert refusal(packed(parts)) == DAMAGED


def test_a_small_file_that_unpacks_to_too_much_is_refused() -> None:
    swollen = packed(workbook(HEADER + " " * 101_000_000))
    assert len(swollen) < 200_000
    assert refusal(swollen) == TOO_MUCH
    assert refusal(understated(swollen, 101_000_000)) in {TOO_MUCH, DAMAGED}


def understated(archive: bytes, most: int) -> bytes:
    """The archive, with a lower size in the headers of each part that unpacks to so much."""
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        sizes = {part.file_size for part in parts.infolist() if part.file_size >= most}
    for size in sizes:
        archive = archive.replace(size.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    return archive


def test_an_archive_of_countless_parts_is_refused() -> None:
    crowded = packed({**workbook(HEADER), **{f"xl/{number}": "" for number in range(10_001)}})
    assert refusal(crowded) == TOO_MUCH


def test_an_archive_with_a_password_is_refused() -> None:
    content = bytearray(packed(workbook(HEADER)))
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        for found in re.finditer(re.escape(sign), bytes(content)):
            content[found.start() + flags] |= 1
    assert refusal(bytes(content)) == DAMAGED


def test_a_long_text_that_many_cells_repeat_is_refused() -> None:
    strings = f"<sst><si><t>{'x' * MOST_CELL}</t></si></sst>"
    row = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    headers = "<row>" + "".join(f"<c><v>{number}</v></c>" for number in range(100)) + "</row>"
    expected = "The file holds too much text. Split it and upload the parts."
    assert refusal(packed(workbook(headers + row * 51, strings=strings))) == expected


def test_an_overlong_text_is_a_problem_of_its_row() -> None:
    strings = f"<sst><si><t>{'x' * (MOST_CELL + 1)}</t></si></sst>"
    read_sheet = sheet(workbook(HEADER + '<row r="4"><c t="s"><v>0</v></c></row>', strings=strings))
    assert read_sheet.problems == {4: "Phone is longer than 10,000 characters."}


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("xl/workbook.bin", "an XLSB workbook"),
        ("content.xml", "an OpenDocument file"),
        ("Index/Document.iwa", "a Numbers file"),
        ("contacts.csv", "a zip archive"),
    ],
)
def test_other_archives_are_named(part: str, kind: str) -> None:
    expected = f"This is {kind}. Save the contacts as CSV or XLSX and upload that file."
    assert refusal(packed({part: "x"})) == expected


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet0.xml"])
def test_a_workbook_that_lacks_a_part_is_refused(part: str) -> None:
    parts = workbook(HEADER)
    del parts[part]
    assert refusal(packed(parts)) == DAMAGED


def test_a_packing_that_no_spreadsheet_uses_is_refused() -> None:
    for compression in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        assert refusal(packed(workbook(HEADER), compression)) == DAMAGED


NASTY = (
    "",
    "-1",
    "0",
    "4294967296",
    "9" * 30,
    "1E999",
    "nan",
    "<",
    "&",
    '"',
    "\0",
    "A1:XFD1048576",
    "s",
    "d",
    "yy",
    "é",
)


def test_a_workbook_with_anything_wrong_in_it_is_read_or_refused() -> None:
    whole = workbook(
        HEADER + '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="2"><v>45000.5</v></c><c t="b"><v>1</v></c></row>',
        styles=STYLES,
        strings=STRINGS,
    )
    rng = random.Random(4)
    for _ in range(100):
        parts = dict(whole)
        for name in rng.choices(list(parts), k=rng.choice((1, 1, 3))):
            spots = [spot.span() for spot in re.finditer(r'(?<=")[^"]*(?=")|(?<=>)[^<]*(?=<)|<[^>]*>', parts[name])]
            start, end = rng.choice(spots)
            parts[name] = parts[name][:start] + rng.choice(NASTY) + parts[name][end:]
        content = bytearray(packed(parts))
        for _ in range(rng.choice((0, 0, 3))):
            content[rng.randrange(4, len(content))] = rng.randrange(256)
        came = outcome(bytes(content[: rng.choice((None, None, None, -30))]))
        assert isinstance(came, Sheet) or came.endswith(".")


def outcome(content: bytes) -> Sheet | str:
    try:
        return read(content, "contacts.xlsx")
    except UnreadableFile as refused:
        return str(refused)


# The process that reads.


def programs(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes started from here on."""
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *args: object, **kwargs: object) -> None:
            started.append(self)
            super().__init__(*args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(reader, "Popen", Noted)
    return started


def test_no_process_outlives_its_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    started = programs(monkeypatch)
    rows = reader.rows(packed(workbook(HEADER + f"<row><c t='str'><v>{'x' * 10_000}</v></c></row>" * 2000)))
    assert isinstance(rows, Generator)
    assert next(rows) == (1, ["Phone"])
    assert [process.poll() for process in started] == [None]
    rows.close()
    assert [process.returncode for process in started] == [-9]


def instead(monkeypatch: pytest.MonkeyPatch, folder: Path, program: str) -> str:
    """What comes of a workbook whose reader is this program."""
    path = folder / "reader.py"
    path.write_text(program)
    monkeypatch.setattr(reader, "_READER", path)
    came = outcome(packed(workbook(HEADER)))
    return came if isinstance(came, str) else repr(came.rows)


def test_a_reader_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(reader, "_SECONDS", 0.5)
    started = time.monotonic()
    assert instead(monkeypatch, tmp_path, "import time; print('ready', flush=True); time.sleep(60)") == TOO_MUCH
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("end", ["", "[3, ", "end"])
def test_rows_without_the_mark_that_nothing_is_missing_are_refused(
    end: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written = '[1, ["Phone"]]\n[2, ["4155550100"]]\n'
    program = "import sys; print('ready', flush=True); sys.stdin.read(); sys.stdout.write({!r})"
    assert instead(monkeypatch, tmp_path, program.format(written + end)) == DAMAGED
    assert instead(monkeypatch, tmp_path, program.format(written + "end\n")) == "((2, ('4155550100',)),)"


def test_a_reader_that_can_not_start_is_no_fault_of_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(RuntimeError, match="does not start"):
        instead(monkeypatch, tmp_path, "import no_such_module")
    assert "no_such_module" in capfd.readouterr().err


def test_what_calamine_says_of_a_file_stays_out_of_the_logs(capfd: pytest.CaptureFixture[str]) -> None:
    assert refusal(packed(workbook(HEADER + '<row r="2"><c t="str"><v>&Ann;</v></c></row>'))) == DAMAGED
    assert refusal(packed(workbook(KILLERS["a column that no sheet has"]))) == TOO_MUCH
    assert capfd.readouterr() == ("", "")


def test_the_reader_knows_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRET_KEY", "not to be known")
    row = "json.dumps([2, [repr(dict(os.environ))]])"
    program = f"""import json, os; print('ready\\n[1, ["Phone"]]', {row}, 'end', sep='\\n')"""
    came = instead(monkeypatch, tmp_path, program)
    assert "((2, " in came
    assert "not to be known" not in came


def test_the_reader_imports_nothing_from_beside_it_or_from_where_the_site_was_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert instead(monkeypatch, tmp_path, reader._READER.read_text()).startswith("The file has headers and no rows")
