"""Personal data is taken out of everything that is logged (R5.3, R6.1)."""

import re
from typing import Any

from structlog.typing import EventDict

# Written by us alone and never from a request's text; a chance run of digits in them is no phone.
OURS = frozenset({"timestamp", "level", "logger", "code", "request_id", "user_id"})

DATABASE_DETAIL = re.compile(r"\b(DETAIL|CONTEXT):[^\n]*")
QUERY = re.compile(r"(?<=\S)\?[^\s?\"'<>]*=[^\s\"'<>]*")
KEY_IN_PATH = re.compile(r"(?<=/)[\w:=-]{24,}(?=[/?\s\"'<>]|$)")
EMAIL = re.compile(r"[^\s@\"'<>()\[\],;:=&?/]+(?:@|%40)[^\s@\"'<>()\[\],;:=&?/]+\.\w{2,}", re.IGNORECASE)

# Digits with anything between them that people, spreadsheets and URLs put into a phone.
INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
BETWEEN = rf"(?:[\s().\-/+_\u00b7\u2010-\u2015{INVISIBLE}]|%(?:2[089BDEF]|C2%A0)){{0,4}}"
DIGITS = re.compile(rf"(?:%2B|\+)?(?:%28|\()?\d(?:{BETWEEN}\d){{6,}}", re.IGNORECASE)
SEVEN_IN_A_ROW = re.compile(r"\d{7}")


def scrub(text: str) -> str:
    """Return ``text`` without phones, e-mail addresses, query strings, one-time keys and rows quoted by a database.

    A phone is 8 digits or more in any spelling, or 7 with something between them (7 in a row may be a row's id).
    Names are not recognised: nothing of ours puts one into a message.
    """
    text = DATABASE_DETAIL.sub(r"\1: [scrubbed]", text)
    text = QUERY.sub("?[scrubbed]", text)
    text = KEY_IN_PATH.sub("[key]", text)
    text = EMAIL.sub("[e-mail]", text)
    return DIGITS.sub(lambda run: run[0] if SEVEN_IN_A_ROW.fullmatch(run[0]) else "[phone]", text)


def scrub_event(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Scrub every value of a log line; the last step before it is written, so that nothing can be added after it."""
    return {key: value if key in OURS else _scrubbed(value) for key, value in event.items()}


def _scrubbed(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, dict):
        return {scrub(str(key)): _scrubbed(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(item) for item in value]
    text = value.decode(errors="replace") if isinstance(value, bytes) else str(value)
    clean = scrub(text)
    return value if isinstance(value, int) and clean == text else clean
