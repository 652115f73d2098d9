"""Phones: from whatever a person, a file or a spreadsheet wrote to E.164, and from there to what a page shows."""

import re
from collections.abc import Iterable

import phonenumbers
from phonenumbers import PhoneMetadata, PhoneNumber, PhoneNumberFormat, PhoneNumberType, ValidationResult

from contacts.text import visible

LONGEST = 250
"""Characters: the most that libphonenumber reads, and the bound on the time that a hostile text can take."""


class InvalidPhone(ValueError):
    """A text that is no phone one can text; its words say why, for the person who wrote it."""


def normalise(text: str, region: str = "US") -> str:
    """Return the phone that ``text`` spells, as E.164 ("+14155550100").

    ``region`` is the two capital letters of the country that a number without its own belongs to. What is valid is what
    libphonenumber calls valid; beyond that, extensions, letters and short codes raise ``InvalidPhone``, a spreadsheet's
    exponent form is written out when no digit of it is lost, and a leading ' and invisible characters go (R4.7, R6.4).
    """
    if len(text) > LONGEST:
        raise InvalidPhone("Too long for a phone.")
    return _plain_north_american(text, region) or _any(text, region)


def readings(text: str, regions: Iterable[str]) -> set[str]:
    """Return the phones (E.164) that ``text`` may spell: without a country of its own it is read by each region.

    For asking about numbers, not for taking new ones in: with + and its country's code it may be one that no plan
    knows, since a carrier may have delivered a text from it, and whoever is kept under it has to be found (R5.3).
    Raises ``InvalidPhone`` if it is none in any of them.
    """
    phones, problem = set(), InvalidPhone("Enter a phone.")
    for region in sorted(set(regions)):
        try:
            phones.add(normalise(text, region))
        except InvalidPhone as found:
            problem = found
    if phones:
        return phones
    digits = visible(text).translate(_PUNCTUATION)
    if not _DELIVERED.fullmatch(digits):
        raise problem
    return {digits}


_DELIVERED = re.compile(r"\+[1-9][0-9]{6,14}")
"""What a provider may give as the phone that a text came from."""


def doubt(phone: str) -> str:
    """Why a phone is none that ``normalise`` would return; "" if it is one."""
    try:
        normalise(phone)
    except InvalidPhone as problem:
        return str(problem)
    return ""


def written(phone: str) -> str:
    """Return an E.164 phone as people read it: "+1 415-555-0100", "+44 7531 669965"; any other text as it is."""
    if _NORTH_AMERICAN_E164.fullmatch(phone):
        return f"{phone[:2]} {phone[2:5]}-{phone[5:8]}-{phone[8:]}"
    number = _of_a_plan(phone)
    return phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL) if number else phone


def parts(phone: str) -> tuple[str, str]:
    """Return the country code and the national number of an E.164 phone: "1" and "4155550100".

    Of one that no numbering plan knows, no code and all of its digits.
    """
    number = _of_a_plan(phone)
    if number is None:
        return "", re.sub(r"[^0-9]", "", phone)
    return str(number.country_code), phonenumbers.national_significant_number(number)


def carries_texts(phone: str) -> bool:
    """Whether texts can be sent from an E.164 phone, as far as its digits tell: from no landline or premium number."""
    number = _of_a_plan(phone)
    return number is not None and phonenumbers.number_type(number) in _TEXTING


def _of_a_plan(phone: str) -> PhoneNumber | None:
    """The number, if its country's plan leaves every digit of it: none is taken for a zero that people dial besides."""
    number = _parsed(phone, None)
    return number if number and phonenumbers.format_number(number, PhoneNumberFormat.E164) == phone else None


_TEXTING = {
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.VOIP,
    PhoneNumberType.PERSONAL_NUMBER,
}


# The fast path. Most phones are North American ones in plain spelling, and libphonenumber takes twenty times as long to
# say so. It takes what libphonenumber's own patterns call an ordinary number of the regions below, and nothing else.

_NORTH_AMERICAN_E164 = re.compile(r"\+1[2-9][0-9]{9}")
_PUNCTUATION = str.maketrans("", "", " ().-/")
_FAST_REGIONS = ("US", "CA")


def _plain_pattern() -> re.Pattern[str]:
    national = "|".join(_ordinary_numbers(region) for region in _FAST_REGIONS)
    return re.compile(rf"(?:\+?1)?(?=\d{{10}}$)({national})", re.ASCII)


def _ordinary_numbers(region: str) -> str:
    metadata = PhoneMetadata.metadata_for_region(region)
    assert metadata
    assert metadata.fixed_line
    assert metadata.fixed_line.national_number_pattern
    return metadata.fixed_line.national_number_pattern


_PLAIN = _plain_pattern()


def _plain_north_american(text: str, region: str) -> str | None:
    """The phone, when ``text`` is ten digits, perhaps after 1 or +1, with the usual punctuation anywhere."""
    digits = text.translate(_PUNCTUATION)
    match = _PLAIN.fullmatch(digits)
    if match and (region in _FAST_REGIONS or digits[0] == "+"):
        return f"+1{match[1]}"
    return None


# The long way.


def _any(text: str, region: str) -> str:
    text = visible(text).strip().lstrip("'").strip()
    digits = _written_out(text)
    number = _parsed(digits, region)
    if number is None or not _acceptable(digits, number):
        raise InvalidPhone(_cause(digits, region, number))
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


_EXPONENT = re.compile(r"([0-9]+)(?:[.,]([0-9]+))?[eE]\+?([0-9]{1,2})")


def _written_out(text: str) -> str:
    """Undo a spreadsheet's exponent form, when its mantissa still holds every digit of the number."""
    match = _EXPONENT.fullmatch(text)
    if match is None or len(match[2] or "") != int(match[3]):
        return text
    return match[1] + (match[2] or "")


def _parsed(text: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None


def _acceptable(text: str, number: PhoneNumber) -> bool:
    return not number.extension and _letter(text) is None and phonenumbers.is_valid_number(number)


def _letter(text: str) -> str | None:
    return next((character for character in text if character.isalpha()), None)


# Why not, in words. Only refused texts come here.


def _cause(text: str, region: str, number: PhoneNumber | None) -> str:
    return _shape(text, number) or (_misfit(text, region, number) if number else _unreadable(text, region))


def _shape(text: str, number: PhoneNumber | None) -> str | None:
    """What is wrong with the text before one counts its digits."""
    if not text:
        return "No phone. Only the phone is required."
    if not _digits(text):
        return "Not a phone: there is no digit in it."
    if _EXPONENT.fullmatch(text) or _DECIMAL.fullmatch(text):
        return "Changed by a spreadsheet: make the column a text column and write the number again."
    if _is_two(text):
        return "Two numbers in one cell: keep one, and give the other a row of its own."
    if number and number.extension:
        return "Has an extension: give the number without it."
    letter = _letter(text)
    return f"A letter among the digits: {letter}." if letter else None


_DECIMAL = re.compile(r"[0-9]{7,}[.,]0")


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


_BETWEEN_NUMBERS = re.compile(r"[/,;|&\n]|\b(?:or|and)\b|\s+(?=[+(])|(?<=\d{4})\s+", re.IGNORECASE)


def _is_two(text: str) -> bool:
    """Whether the text falls into parts, two of which have as many digits as a phone."""
    return sum(_digits(part) >= 7 for part in _BETWEEN_NUMBERS.split(text)) >= 2


def _unreadable(text: str, region: str) -> str:
    """What is wrong with a text in which libphonenumber sees no number at all."""
    count = _digits(text)
    if count > 15:
        return "Too long for a phone."
    if text.startswith("+"):
        return "No country has this code, or too few digits follow it."
    if count < 7:
        return _wrong_length("Too short", region)
    return "Not a phone: give the digits, with + and the country code if it is from abroad."


def _misfit(text: str, region: str, number: PhoneNumber) -> str:
    """What is wrong with a number that no phone of its country can have."""
    if text.isdigit() and phonenumbers.is_valid_short_number_for_region(number, region):
        return "A short code, not the number of a person."
    home = region if phonenumbers.country_code_for_region(region) == number.country_code else f"+{number.country_code}"
    wrong = _WRONG_LENGTHS.get(phonenumbers.is_possible_number_with_reason(number))
    return _wrong_length(wrong, home) if wrong else f"No number of {home} looks like this: check the digits."


_WRONG_LENGTHS = {
    ValidationResult.TOO_SHORT: "Too short",
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: "Too short",
    ValidationResult.TOO_LONG: "Too long",
}


def _wrong_length(wrong: str, home: str) -> str:
    if home in _FAST_REGIONS:
        return f"{wrong}: a {home} number has 10 digits."
    return f"{wrong} for a number of {home}."
