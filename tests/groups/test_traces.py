"""What identifies somebody is found in a text however it is written, and nobody else's number is (R5.3)."""

import re

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.models import Contact
from contacts.phone import parts, written
from groups.models import Group
from groups.traces import SEPARATORS, Number, Traces
from tests.contacts.factories import arrive, phone

PHONES = ["+12065550143", "+442079460958", "+4930123456", "+33142685300", "+5511912345678", "+27821234567"]


def traces_of(number: str, *emails: str, names: tuple[str, ...] = ()) -> Traces:
    return Traces((Number(*parts(number)),), emails, names)


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str]:
    """A phone, and a way in which people write it: its digits with separators anywhere, with or without its code."""
    number = draw(st.sampled_from(PHONES))
    country, national = parts(number)
    code = draw(st.sampled_from(["", f"+{country} ", f"+{country}", f"00{country}-", f"{country} "]))
    between = st.text(st.sampled_from(SEPARATORS), max_size=2)
    return number, code + national[0] + "".join(draw(between) + digit for digit in national[1:])


@given(spellings(), st.text(st.characters(exclude_categories=["Nd", "Cs"], exclude_characters="+"), max_size=10))
@example(("+12065550143", "(206) 555-0143"), "call ")
def test_a_phone_is_hidden_however_it_is_written(spelled: tuple[str, str], around: str) -> None:
    number, text = spelled
    hidden = traces_of(number).hidden(f"{around}{text}{around}")

    assert "[redacted]" in hidden
    assert not re.search(r"\d{4}", hidden)


@given(st.integers(2000000000, 9999999999), spellings())
def test_another_number_is_left_as_it_is(other: int, spelled: tuple[str, str]) -> None:
    number, _ = spelled
    text = f"at {other} and +1{other} and {written(f'+1{other}')}"
    if str(other) == parts(number)[1]:
        return
    assert traces_of(number).hidden(text) == text


@pytest.mark.parametrize(
    "text",
    ["+44 206 555 0143", "+442065550143", "12065550143 4", "92065550143", "20655501439", "206555014", "555-0143"],
)
def test_a_longer_a_shorter_or_a_foreign_number_is_somebody_elses(text: str) -> None:
    expected = "[redacted] 4" if text == "12065550143 4" else text
    assert traces_of("+12065550143").hidden(text) == expected


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("mail DANA@Example.org, now", "mail [redacted], now"),
        ("<dana@example.org>", "<[redacted]>"),
        ("nodana@example.org", "nodana@example.org"),
        ("dana@example.organic", "dana@example.organic"),
        ("dana@example.org.", "[redacted]."),
    ],
)
def test_an_address_is_hidden_whole_and_no_part_of_another(text: str, hidden: str) -> None:
    assert traces_of(PHONES[0], "dana@example.org").hidden(text) == hidden


def test_names_are_hidden_as_words_and_only_where_that_is_asked_for() -> None:
    traces = traces_of(PHONES[0], names=("Ann Lee", "Ann", "Lee"))

    assert traces.hidden("Ann Lee and Anna left") == "Ann Lee and Anna left"
    assert traces.hidden("Ann Lee, ann and Anna Leeds left", names=True) == "[redacted], [redacted] and Anna Leeds left"


def test_lists_and_objects_are_searched_through_their_keys_too() -> None:
    value = {"x": ["2065550143", {"(206) 555-0143": 7}], "y": None}

    assert traces_of("+12065550143").hidden(value) == {"x": ["[redacted]", {"[redacted]": 7}], "y": None}


def test_the_database_offers_every_row_that_holds_one(group: Group) -> None:
    texts = ["206-555-0143", "x (206)555 0143 y", "2\u00a0065550143", "0143", "DANA@EXAMPLE.ORG", "nothing"]
    numbers = [phone(number) for number in range(1, len(texts) + 1)]
    arrive(group, *numbers)
    for number, text in zip(numbers, texts, strict=True):
        Contact.objects.filter(phone=number).update(notes=text, custom={"note": text})

    traces = traces_of("+12065550143", "dana@example.org")
    for column in ("notes", "custom"):
        found = Contact.objects.filter(traces.candidates(column)).order_by("phone")
        assert [row.notes for row in found if traces.found(getattr(row, column))] == [
            text for text in texts if text not in ("0143", "nothing")
        ]


@pytest.mark.django_db
def test_of_somebody_without_a_phone_only_the_address_is_looked_for(group: Group) -> None:
    arrive(group, "+12065550143", "+12065550144")
    Contact.objects.filter(phone="+12065550143").update(notes="Write to Dana@Example.org")
    Contact.objects.filter(phone="+12065550144").update(notes="206 555 0143, 43")

    found = Contact.objects.filter(Traces(emails=("dana@example.org",)).candidates("notes"))

    assert [row.phone for row in found] == ["+12065550143"]


def test_every_number_of_the_property_is_valid() -> None:
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(number)) for number in PHONES)
