"""Uploaded text files: whatever encodes and delimits them, and what is refused with which words."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.upload.reading import MOST_BYTES, MOST_CELL, MOST_COLUMNS, MOST_ROWS, Sheet, UnreadableFile, read

CONTACTS = "Phone,Name\n4155550100,José\n4155550101,Zoë\n"
HEADERS = ("Phone", "Name")
ROWS = ((2, ("4155550100", "José")), (3, ("4155550101", "Zoë")))


def refusal(content: bytes | str, name: str = "contacts.csv") -> str:
    with pytest.raises(UnreadableFile) as refused:
        read(content.encode() if isinstance(content, str) else content, name)
    assert "\n" not in str(refused.value)
    return str(refused.value)


def sheet(text: str) -> Sheet:
    return read(text.encode(), "contacts.csv")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (CONTACTS.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + CONTACTS.encode(), "UTF-8"),
        (CONTACTS.encode("utf-16"), "UTF-16"),
        (codecs.BOM_UTF16_BE + CONTACTS.encode("utf-16-be"), "UTF-16"),
        (CONTACTS.encode("utf-16-le"), "UTF-16"),
        (CONTACTS.encode("utf-16-be"), "UTF-16"),
        (CONTACTS.encode("latin-1"), "Latin-1"),
        (CONTACTS.encode("cp1252"), "Latin-1"),
    ],
)
def test_every_usual_encoding_is_read(content: bytes, encoding: str) -> None:
    read_sheet = read(content, "contacts.csv")
    assert (read_sheet.headers, read_sheet.rows, read_sheet.encoding) == (HEADERS, ROWS, encoding)


def test_one_line_of_another_encoding_spoils_no_other_line() -> None:
    content = CONTACTS.encode() + "4155550102,Chloé €\n".encode("cp1252") + b"4155550103,\x81\n"
    names = [name for _number, (_phone, name) in read(content, "contacts.csv").rows]
    assert names == ["José", "Zoë", "Chloé €", "\x81"]


@pytest.mark.parametrize(("sign", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_delimiter_and_line_end_is_read(sign: str, name: str, end: str) -> None:
    read_sheet = sheet(CONTACTS.replace(",", sign).replace("\n", end))
    assert (read_sheet.headers, read_sheet.rows, read_sheet.delimiter) == (HEADERS, ROWS, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('Phone;"Name, first"\n1;"a, b"\n2;"c, d, e"\n', "semicolon"),
        ("Phone;Name, first;Zip\n1;a;2\n3;b;4\n", "semicolon"),
        ("Phone\tName (last, first, middle)\n1\ta, b, c\n2\td, e\n", "tab"),
        ("Phone,Tags\n1,a;b;c\n2,d;e\n", "comma"),
        ("Phone,Name,Notes\n1,a\n2,b,c; d\n3,e,f\n", "comma"),
        ("Phone\n4155550100\n", "comma"),
    ],
)
def test_the_delimiter_is_the_one_by_which_rows_have_the_columns_of_the_headers(text: str, name: str) -> None:
    assert sheet(text).delimiter == name


@pytest.mark.parametrize("line", ["sep=;\r\n", "SEP=;\n", '"sep=;"\n'])
def test_the_line_by_which_excel_names_the_delimiter_is_no_row(line: str) -> None:
    read_sheet = sheet(f"{line}Phone;A,B,C\n4155550100;1\n")
    assert read_sheet.headers == ("Phone", "A,B,C")
    assert read_sheet.rows == ((2, ("4155550100", "1")),)
    assert refusal("sep=|\nPhone|Name\n") == (
        "The first line names a delimiter that is not read. Use comma, semicolon or tab."
    )


def test_quoted_cells_hold_delimiters_quotes_and_lines_and_count_as_one_row() -> None:
    read_sheet = sheet('Phone,Notes\n1,"a, ""b""\nc"\n2,6\' 2" tall\n')
    assert read_sheet.rows == ((2, ("1", 'a, "b"\nc')), (3, ("2", "6' 2\" tall")))


def test_blank_rows_are_left_out_and_still_counted() -> None:
    assert sheet("\n\nPhone,Name\n\n , \n1,a\n,,,\n\u200b,\n2,b\n\x1a").rows == ((6, ("1", "a")), (9, ("2", "b")))


def test_short_rows_are_filled_and_empty_cells_beyond_the_headers_cut() -> None:
    assert sheet("Phone,Name,Zip\n1\n2,b,c,,\n").rows == ((2, ("1", "", "")), (3, ("2", "b", "c")))


def test_a_row_with_more_cells_than_headers_is_a_problem_of_that_row_alone() -> None:
    read_sheet = sheet("Phone;Name\n1;a;b\n2;c\n")
    cause = "More cells than headers: 3 for 2. A cell with a semicolon in it needs quotes."
    assert read_sheet.problems == {2: cause}
    assert read_sheet.rows == ((2, ("1", "a")), (3, ("2", "c")))


def test_an_overlong_cell_is_a_problem_that_names_its_column() -> None:
    read_sheet = sheet(f"Phone,Notes\n1,{'x' * 10_000_000}\n2,{'x' * MOST_CELL}\n")
    assert read_sheet.problems == {2: "Notes is longer than 10,000 characters."}
    assert [len(notes) for _number, (_phone, notes) in read_sheet.rows] == [MOST_CELL, MOST_CELL]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('Phone,Name\n1,a\n2,"b\n3,c\n', 3),
        ('Phone,Name\n1,"Bob" Smith\n', 2),
        ('Phone,Name\n\n1,a\n2,"b\n3,"c"\n', 4),
        ('"Phone,Name\n1,a\n', 1),
        ('Phone,Name\n1,"say \\"hi\\""\n', 2),
    ],
)
def test_broken_quotes_refuse_the_file_and_name_the_row(text: str, row: int) -> None:
    assert refusal(text).startswith(f"The quotes in row {row} are broken: ")


def test_rows_swallowed_between_two_broken_quotes_are_not_lost_in_silence() -> None:
    read_sheet = sheet('Phone,Name\n4155550100,"Ann\n4155550101,Bob\n4155550102,Cy"\n4155550103,Di\n')
    assert read_sheet.problems == {2: "Name holds further rows: a quote is left open in it."}
    assert sheet('Phone,Notes,Zip\n1,"Two kids\n415-555-0101 at work, or so",x\n').problems == {}


@pytest.mark.parametrize("content", [b"", b"\n\n", b" \r\n ,,\n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\x1a"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert refusal(content) == "The file is empty. Export the contacts again and upload that file."


def test_headers_without_rows_are_refused() -> None:
    expected = "The file has headers and no rows under them. Export the contacts again and upload that."
    assert refusal("Phone,Name\n\n,\n") == expected


@pytest.mark.parametrize(
    "text",
    [
        "4155550100,Ann\n4155550101,Bob\n",
        "Ann,(415) 555-0100\n",
        "+447531669965\n+447531669966\n",
        "Ann;07531 669965\n\nBob;07531 669966\n",
    ],
)
def test_a_contact_where_the_headers_belong_is_refused(text: str) -> None:
    expected = "The first row looks like a contact. Put headers above it, such as phone, first name, last name."
    assert refusal(text) == expected


def test_a_header_may_be_a_day_or_a_long_number() -> None:
    headers = ("Phone", "2024-11-05", "11/05/2024", "1234567890")
    assert sheet(",".join(headers) + "\n4155550100,A,,yes\n").headers == headers


def test_every_column_gets_a_name_of_its_own() -> None:
    read_sheet = sheet("Phone, ,phone,PHONE,Name \u200b,,\n1,2,3,4,5\n")
    assert read_sheet.headers == ("Phone", "Column 2", "phone (2)", "PHONE (3)", "Name")


def test_a_column_without_header_is_kept_if_it_holds_anything() -> None:
    assert sheet("Phone,,\n1,,\n2,x,\n").headers == ("Phone", "Column 2")


def test_as_many_columns_as_the_limit_are_read_and_no_more() -> None:
    headers = [f"H{number}" for number in range(MOST_COLUMNS)]
    assert len(sheet(",".join(headers) + "\n" + "1," * 200 + "\n").headers) == MOST_COLUMNS >= 200
    expected = f"The file has more than {MOST_COLUMNS} columns. Upload it without those you don't need."
    assert refusal(",".join([*headers, "one more"]) + "\n1\n") == expected


def test_as_many_rows_as_the_limit_are_read_and_no_more() -> None:
    text = "Phone\n" + "4155550100\n\n" * MOST_ROWS
    assert len(sheet(text).rows) == MOST_ROWS
    assert refusal(text + "4155550100") == "The file has more than 10,000 rows. Split it and upload the parts."


def test_a_header_as_long_as_a_page_is_refused() -> None:
    expected = "A header is longer than 100 characters. The first row must hold headers."
    assert refusal("x" * 10_000_000 + "\n1\n") == refusal("Phone," + "x" * 101 + "\n1,2\n") == expected


def test_a_file_beyond_the_limit_is_refused() -> None:
    assert refusal(b"x" * (MOST_BYTES + 1)) == "The file is larger than 20 MB. Split it and upload the parts."


@pytest.mark.parametrize(
    "content",
    [
        b"Phone\n\x00\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        bytes(range(256)) * 10,
        random.Random(1).randbytes(5000),
        b"\x01\x02\x03\x04",
    ],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    expected = "This is not a CSV or XLSX file. Save the contacts as one of these and upload that file."
    assert refusal(content, "photo.png") == expected


def test_a_broken_utf_16_file_is_refused() -> None:
    expected = "This UTF-16 file is cut off or damaged. Save it anew as CSV UTF-8 and upload that file."
    assert refusal(CONTACTS.encode("utf-16")[:-1]) == expected


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"%PDF-1.7\n", "list.pdf", "a PDF, named .pdf"),
        (b"\x1f\x8b\x08\x00", "list.csv.gz", "a compressed file, named .gz"),
        (b"<html><table>", "export.xls", "a web page or XML, named .xls"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>", "list", "a web page or XML"),
        (b"{\\rtf1", "list.rtf", "an RTF document, named .rtf"),
    ],
)
def test_other_kinds_of_file_are_named(content: bytes, name: str, kind: str) -> None:
    assert refusal(content, name) == f"This is {kind}. Save the contacts as CSV or XLSX and upload that file."


def test_old_and_protected_workbooks_are_named() -> None:
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    assert refusal(old) == "This is a workbook of the old kind (XLS). Save it as XLSX or CSV and upload that file."
    protected = old + "EncryptedPackage".encode("utf-16-le")
    assert refusal(protected) == "This workbook is protected by a password. Save it without one and upload that file."


def test_formulas_and_marks_of_direction_are_read_as_they_are_written() -> None:
    assert sheet("Phone,Name\n1,=HYPERLINK(1)\n2,\u202eevil\n").rows == (
        (2, ("1", "=HYPERLINK(1)")),
        (3, ("2", "\u202eevil")),
    )


def assert_whole(read_sheet: Sheet) -> None:
    assert read_sheet.rows
    assert len({header.casefold() for header in read_sheet.headers}) == len(read_sheet.headers)
    assert {len(cells) for _number, cells in read_sheet.rows} == {len(read_sheet.headers)}
    numbers = [number for number, _cells in read_sheet.rows]
    assert numbers == sorted(set(numbers))
    assert read_sheet.problems.keys() <= set(numbers)


def outcome(content: bytes) -> Sheet | str:
    try:
        return read(content, "contacts.csv")
    except UnreadableFile as refused:
        return str(refused)


@given(st.binary() | st.text(st.sampled_from('a1,;\t"\n\r\0 é=') | st.characters(codec="utf-8")).map(str.encode))
def test_any_bytes_are_read_whole_or_refused(content: bytes) -> None:
    for start in (b"", b"Phone,Name\n"):
        came = outcome(start + content)
        if isinstance(came, Sheet):
            assert_whole(came)
        else:
            assert came.endswith(".")
