"""Phones: what is read as which number, and what is refused with which words."""

import json
import random
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts import phone
from contacts.phone import LONGEST, InvalidPhone, normalise, written

CASES = [json.loads(line) for line in (Path(__file__).parents[1] / "cases/phones.jsonl").read_text().splitlines()]
REGIONS = ("US", "US", "US", "CA", "GB", "RW", "DE")
SPELLED_WITH = "0123456789+ ().-/"


def ours(text: str, region: str) -> str | None:
    try:
        return normalise(text, region)
    except InvalidPhone:
        return None


def theirs(text: str, region: str) -> str | None:
    """What libphonenumber makes of a text."""
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, 0) if phonenumbers.is_valid_number(number) else None


@pytest.mark.parametrize("case", [case for case in CASES if "e164" in case], ids=lambda case: case["text"])
def test_every_known_spelling_is_read(case: dict[str, str]) -> None:
    assert normalise(case["text"], case["region"]) == case["e164"]


@pytest.mark.parametrize("case", [case for case in CASES if "cause" in case], ids=lambda case: case["text"])
def test_a_refused_text_says_why(case: dict[str, str]) -> None:
    with pytest.raises(InvalidPhone) as refused:
        normalise(case["text"], case["region"])
    assert str(refused.value) == case["cause"]


def digits(rng: random.Random, how_many: int) -> str:
    return "".join(rng.choices("0123456789", k=how_many))


def nearly_valid(rng: random.Random, region: str, examples: dict[str, list[phonenumbers.PhoneNumber]]) -> str:
    """A number of the region in one of the usual formats, its end often changed; or digits of a likely length."""
    if rng.random() < 0.25:
        return rng.choice(("", "1", "310")) + digits(rng, rng.choice((3, 5, 6, 7, 9, 10, 10, 11, 12, 14)))
    text = phonenumbers.format_number(rng.choice(examples[region]), rng.choice((0, 1, 2)))
    return text[:-5] + digits(rng, 5) if rng.random() < 0.6 else text


def spelling(rng: random.Random, region: str, examples: dict[str, list[phonenumbers.PhoneNumber]]) -> str:
    if rng.random() < 0.05:
        return "".join(rng.choices(SPELLED_WITH, k=rng.randrange(20)))
    text = list(nearly_valid(rng, region, examples))
    if rng.random() < 0.2:
        text[:0] = rng.choice(("+", "+1", "1", "0", "00", "011", "++", " + ", "(+1)", "+1 1", "-", "/"))
    for _ in range(rng.choice((0, 0, 1, 2, 6))):
        text.insert(rng.randrange(len(text) + 1), rng.choice(" ().-/"))
    if rng.random() < 0.1:
        text[rng.randrange(len(text))] = rng.choice(SPELLED_WITH)
    return "".join(text)


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_thousand_spellings_are_valid_or_not_as_libphonenumber_has_it(seed: int) -> None:
    rng = random.Random(seed)
    kinds = range(11)
    examples = {
        region: [number for kind in kinds if (number := phonenumbers.example_number_for_type(region, kind))]
        for region in REGIONS
    }
    valid = 0
    for _ in range(25_000):
        region = rng.choice(REGIONS)
        text = spelling(rng, region, examples)
        expected = theirs(text, region)
        assert ours(text, region) == expected, (text, region)
        valid += expected is not None
    assert 8_000 < valid < 20_000


@pytest.mark.parametrize("region", ["US", "CA", "GB"])
def test_the_fast_path_takes_no_area_code_that_libphonenumber_refuses(region: str) -> None:
    for area in range(100, 1000):
        for rest in ("1555555", "2025555", "5550100", "9999999"):
            for text in (f"{area}{rest}", f"1{area}{rest}", f"+1{area}{rest}", f"+{area}{rest}"):
                assert phone._plain_north_american(text, region) in (None, theirs(text, region)), text


def test_the_fast_path_takes_the_usual_spellings() -> None:
    for text in ("4155550100", "(415) 555-0100", "+1 415.555.0100", "1/416/555/0100"):
        assert phone._plain_north_american(text, "US")
    assert phone._plain_north_american("+14155550100", "GB")
    assert not phone._plain_north_american("4155550100", "GB")


def test_a_phone_read_again_stays_the_same_whatever_the_country() -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in (0, 1, 3):
            number = phonenumbers.example_number_for_type(region, kind)
            if number and phonenumbers.is_valid_number(number):
                read = normalise(phonenumbers.format_number(number, 2), region)
                assert normalise(read, region) == normalise(read, "US") == normalise(written(read), "DE") == read


@given(st.text(st.sampled_from(SPELLED_WITH + "eEx#,;'*\u200b\u202e\uff10\u0660\u00b2aO\n\0"), max_size=30) | st.text())
def test_no_text_does_worse_than_being_refused(text: str) -> None:
    read = ours(text, "US")
    assert read is None or ours(read, "US") == read


@pytest.mark.parametrize("text", ["4" * 10_000_000, "4155550100" + " " * LONGEST, "+" * 251, "1,1" * 80])
def test_a_long_text_is_refused_at_once(text: str) -> None:
    with pytest.raises(InvalidPhone):
        normalise(text)


@pytest.mark.parametrize(
    ("e164", "shown"),
    [
        ("+14155550100", "+1 415-555-0100"),
        ("+447531669965", "+44 7531 669965"),
        ("+250788383383", "+250 788 383 383"),
        ("[redacted]", "[redacted]"),
        ("", ""),
    ],
)
def test_phones_are_written_as_people_read_them(e164: str, shown: str) -> None:
    assert written(e164) == shown


def test_north_american_phones_are_written_as_libphonenumber_writes_them() -> None:
    for area in range(200, 1000):
        number = phonenumbers.parse(f"+1{area}5550100")
        assert written(f"+1{area}5550100") == phonenumbers.format_number(number, 1)
