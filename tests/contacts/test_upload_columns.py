"""Which column of an uploaded file is what, and what its cells say."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.upload.columns import EXPORT_HEADERS, Target, check, says_out, split_name, suggest

CASES = Path(__file__).parents[1] / "cases/upload_headers.jsonl"
FILES = [json.loads(line) for line in CASES.read_text().splitlines()]

ALIASES = {
    Target.PHONE: (
        "cell, cell phone, cellphone, mobile, mobile number, mobile phone, phone, phone number, phonenumber, number, "
        "tel, telephone, urn:tel, optinphone"
    ),
    Target.FIRST_NAME: "first name, firstname, first, fn, fname, given name, f name, preferred name",
    Target.LAST_NAME: "last name, lastname, last, ln, lname, surname, family name",
    Target.NAME: "name, full name",
    Target.EMAIL: "email, email address, e-mail",
    Target.POSTAL_CODE: "zip, zip code, zipcode, postal code, postalcode, zip or postal, ziporpostal, postcode",
    Target.TAGS: "tags, tag, labels",
    Target.NOTES: "notes, note",
    Target.EXTERNAL_ID: "id, external id, externalid, vanid, van id, uuid, contact uuid, identifier",
    Target.STATUS: "status, opted_in, opt_in, globalOptedOut, optedOut, OptInStatus",
}
EACH_ALIAS = [(alias, target) for target, aliases in ALIASES.items() for alias in aliases.split(", ")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file["from"])
def test_the_columns_of_real_files_are_recognised(file: dict[str, list[list[str]]]) -> None:
    headers = [header for header, _target in file["columns"]]
    assert list(zip(headers, suggest(headers), strict=True)) == [tuple(column) for column in file["columns"]]


@pytest.mark.parametrize(("alias", "target"), EACH_ALIAS)
def test_case_spaces_dots_dashes_and_underscores_do_not_matter(alias: str, target: Target) -> None:
    spellings = (alias, alias.upper(), alias.title(), alias.replace(" ", "_"), f"\ufeff{alias.replace(' ', '-')}. ")
    assert {suggest([spelling]) for spelling in spellings} == {(target,)}


@pytest.mark.parametrize("target", [target for target in ALIASES if target != Target.STATUS])
def test_an_earlier_alias_beats_a_later_one_wherever_it_stands(target: Target) -> None:
    aliases = list(dict.fromkeys(alias.translate({32: "", 45: ""}) for alias in ALIASES[target].split(", ")))
    for earlier, later in pairwise(aliases):
        assert suggest([later, earlier]) == (Target.CUSTOM, target)


def test_of_two_columns_with_the_same_header_the_first_wins() -> None:
    assert suggest(["Phone", "phone"]) == (Target.PHONE, Target.CUSTOM)


def test_a_whole_name_is_used_unless_both_of_its_parts_are_there() -> None:
    assert suggest(["Name", "First", "Last"]) == (Target.CUSTOM, Target.FIRST_NAME, Target.LAST_NAME)
    assert suggest(["Name", "Preferred name"]) == (Target.NAME, Target.FIRST_NAME)


def test_a_mapping_needs_one_phone() -> None:
    assert check(["custom", "name"], ["A", "B"]) == ["No column goes to Phone. Choose the one that holds the phones."]
    assert check(["phone", "phone"], ["A", "B"]) == ["A and B go to Phone. Choose one of them."]
    assert check(["phone", "custom"], ["A", "B"]) == []


def test_a_mapping_takes_no_field_twice_but_many_statuses_custom_fields_and_ignored_columns() -> None:
    several = ["phone", *["status", "custom", "ignore"] * 2]
    assert check(several, [f"Column {number}" for number in range(7)]) == []
    assert check(["phone", "email", "email"], ["A", "B", "C"]) == ["B and C go to Email. Choose one of them."]


@pytest.mark.parametrize("mapping", [[], ["phone"], ["phone", "nonsense"], ["phone", "custom", "custom"]])
def test_a_mapping_of_another_file_is_refused(mapping: list[str]) -> None:
    assert check(mapping, ["A", "B"]) == ["The columns don't fit this file. Upload it again."]


@pytest.mark.parametrize("header", ["Status", "OptInStatus", "opt_in_status"])
@pytest.mark.parametrize("value", ["opted out", "Opted-Out", "OPTOUT", "opt-out", "Unsubscribed", "stopped", " out "])
def test_a_status_that_says_out_is_out(header: str, value: str) -> None:
    assert says_out(header, value) is True


@pytest.mark.parametrize("value", ["Opted out", "Opted out · Inactive", "Inactive · Opted out", "Opted out · On hold"])
def test_our_own_words_for_opted_out_are_out(value: str) -> None:
    assert says_out("Status", value) is True


@pytest.mark.parametrize(
    "value",
    ["Active", "Inactive", "On hold", "Inactive · On hold", "opted in", "Opt-In", "subscribed", "", "[redacted]"],
)
def test_inactive_and_on_hold_and_whatever_says_in_are_not_out(value: str) -> None:
    assert says_out("Status", value) is False


@pytest.mark.parametrize("header", ["opted_in", "Opt In", "OPT_IN"])
def test_not_opted_in_is_out(header: str) -> None:
    assert [says_out(header, value) for value in ("false", "No", "N", "0")] == [True] * 4
    assert [says_out(header, value) for value in ("true", "Yes", "y", "1", "2024-05-01", "", " ")] == [False] * 7


@pytest.mark.parametrize("header", ["optedOut", "globalOptedOut", "opted_out"])
def test_opted_out_is_out(header: str) -> None:
    assert [says_out(header, value) for value in ("TRUE", "yes", "Y", "t", "1")] == [True] * 5
    assert [says_out(header, value) for value in ("false", "No", "n", "0", "", "\u200b")] == [False] * 6


@pytest.mark.parametrize(
    "value",
    [
        *("2024-05-01", "2024-05-01T10:00:00Z", "2024/5/1 10:00", "5/1/2024", "5/1/24, 10:00 AM", "31.12.2024"),
        *("1 May 2024", "01-May-2024", "May 1, 2024", "December 31 2024 10:00"),
    ],
)
def test_the_date_of_an_opt_out_is_out(value: str) -> None:
    assert says_out("optedOut", value) is True


@pytest.mark.parametrize(
    ("header", "value"),
    [
        *(("optedOut", value) for value in ("maybe", "0000-00-00", "2024-13-45", "5/1", "1 Foo 2024", "2")),
        *(("opt_in", value) for value in ("maybe", "f", "opted out")),
        *(("status", value) for value in ("true", "no", "Registered", "opted out in May", "Active · Registered")),
    ],
)
def test_any_other_value_is_not_known(header: str, value: str) -> None:
    assert says_out(header, value) is None


def test_a_column_that_a_person_chose_as_status_is_read_in_words() -> None:
    assert says_out("SMS", "unsubscribed") is True
    assert says_out("SMS", "yes") is None


def test_every_header_of_our_export_is_known() -> None:
    assert Target.CUSTOM not in suggest(EXPORT_HEADERS)
    assert check(suggest(EXPORT_HEADERS), EXPORT_HEADERS) == []


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann B. Carter", ("Ann B.", "Carter")),
        ("Ann", ("Ann", "")),
        ("  Ann\u00a0 Carter\u200b ", ("Ann", "Carter")),
        ("", ("", "")),
    ],
)
def test_a_whole_name_is_split_at_its_last_space(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@given(st.text(), st.text())
def test_no_header_and_no_value_is_an_error(header: str, value: str) -> None:
    assert says_out(header, value) in (True, False, None)
    assert check(suggest([header, "cell"]), [header, "cell"]) == []
    split_name(value)
