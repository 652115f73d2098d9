"""Texts as they are kept: what cannot be seen goes, spaces become plain, tags are split (R6.4, R6.7)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.text import clean, split_tags, visible


def test_what_cannot_be_seen_goes_and_spaces_and_lines_become_plain() -> None:
    assert visible("\ufeffA\u200bn\u00adn\u202e\u3164\0\ud800\u00a0B\u2028C\r\nD") == "Ann B\nC\nD"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("moved, volunteer;donor|Ward 3", ("moved", "volunteer", "donor", "Ward 3")),
        ("Moved,moved , MOVED,a", ("Moved", "a")),
        (" ,;| ", ()),
        ("", ()),
    ],
)
def test_tags_are_split_and_each_taken_once(text: str, tags: tuple[str, ...]) -> None:
    assert split_tags(text) == tags


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Ann \t Carter ", "Ann Carter"),
        ("\u202eAnn\u202c\u2066\u200f", "Ann"),
        ("A\0n\x07n\ud800", "Ann"),
        ("Jose\u0301", "José"),
        ("line\r\nline", "line line"),
        ("'=1+1", "=1+1"),
        ("'+1 415", "+1 415"),
        ("'-", "-"),
        (" '@sum", "@sum"),
        ("'tis", "'tis"),
        ("''=1", "''=1"),
        ("\u3164", ""),
    ],
)
def test_a_cell_is_kept_without_what_cannot_be_seen(text: str, kept: str) -> None:
    assert clean(text) == kept


def test_notes_keep_their_lines() -> None:
    assert clean(" one \r\n\r\n  two\u2028three\n", lines=True) == "one\n\ntwo\nthree"


@given(st.text() | st.text(st.sampled_from("'=+-@ \n\u200b\u202e\u0301ea")))
def test_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once).strip()
    assert clean(clean(text, lines=True), lines=True) == clean(text, lines=True)


@given(st.text() | st.text(st.sampled_from('",;| \na')))
def test_no_tag_is_blank_or_put_on_twice(text: str) -> None:
    tags = split_tags(text)
    assert all(tags)
    assert len({tag.casefold() for tag in tags}) == len(tags)
