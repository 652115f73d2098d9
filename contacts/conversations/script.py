"""The first text of a goal: placeholders, who sends it, and how to stop (R7.1). Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

HOW_TO_STOP = "Reply STOP to opt out"
"""47 CFR 64.1200(a)(10) lets people revoke by any reasonable means; carriers want the first text to name one (CTIA
Messaging Principles, 5.1.3)."""
NOBODY = "there"
"""What stands for a first name that is not known: "Hi there"."""
KNOWN = ("first_name", "last_name", "agent", "organization", "group")

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_TELLS_HOW = re.compile(
    r"\bSTOP\b[^.!?\n]{0,40}\b(opt|stop|end|unsubscribe|quit|cancel|remove|no more|leave)", re.IGNORECASE
)
_ASKS_FOR = re.compile(
    r"\b(?:reply|text|send|answer|write|respond)\b(?:\s+\w+){0,2}?\s+[\"“‘']?"
    r"(stop|stopall|quit|end|revoke|cancel|unsubscribe|exit|remove|opt ?out|alto|pare|baja)\b"
    r"[\"”’']?(?P<for>[^.!?\n]{0,40})",
    re.IGNORECASE,
)
_TO_STOP = re.compile(r"\b(opt|stop|end|unsubscribe|no more|remove|leave|cancel|quit)", re.IGNORECASE)


@dataclass(frozen=True)
class Values:
    """What the placeholders stand for."""

    first_name: str
    last_name: str
    agent: str
    organization: str
    group: str


def text_for(script: str, values: Values) -> str:
    """The text as it is sent, in one pass: a name that looks like a placeholder stays a name."""
    filled = _PLACEHOLDER.sub(lambda found: _value(found, values), script).strip()
    return filled if tells_how_to_stop(filled) else f"{filled} {HOW_TO_STOP}"


def _value(found: re.Match[str], values: Values) -> str:
    if found[1] not in KNOWN:
        return found[0]
    value = " ".join(str(getattr(values, found[1])).split())
    return value or (NOBODY if found[1] == "first_name" else "")


def tells_how_to_stop(text: str) -> bool:
    """Whether a text says that STOP stops it."""
    return bool(_TELLS_HOW.search(text))


def problems(script: str, organization: str) -> list[str]:
    """Why a script can't be sent, a sentence each that says how to mend it."""
    return [*_unknown(script), *_nameless(script, organization)]


def _unknown(script: str) -> Iterator[str]:
    offered = ", ".join(f"{{{name}}}" for name in KNOWN)
    for found in dict.fromkeys(_PLACEHOLDER.findall(script)):
        if found not in KNOWN:
            yield f"{{{found}}} is no placeholder. There are: {offered}."


def _nameless(script: str, organization: str) -> Iterator[str]:
    if "{organization}" not in script and organization.casefold() not in script.casefold():
        yield f"Say who texts: write {{organization}}, which becomes “{organization}”."


def warnings(script: str) -> list[str]:
    """What a script does that may be meant otherwise: it can be sent all the same."""
    return [
        f"“{found[0].strip()}”: whoever replies {found[1].upper()} is opted out. Use another word."
        for found in _ASKS_FOR.finditer(script)
        if not _TO_STOP.search(found["for"])
    ]
