"""What an organization's wordings may say: pure, so that a form, a page and whatever sends can all ask (R4.3, R4.9).

A confirmation and a closing text say that texts stop and nothing else; a help reply sells nothing either. The name of
the organization is exempt: one that is called Free Meals or Vote.org may say who it is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from contacts.conversations.wording import tables
from contacts.conversations.wording.segments import PLAINER, Length, measure, named
from contacts.text import visible

LONGEST = 400
"""Characters that a wording may have before its placeholders are filled in: more is not even read."""


class Kind(StrEnum):
    """What a wording is for."""

    CONFIRMATION = "confirmation"
    HELP = "help"
    CLOSING = "closing"


SEGMENTS = {Kind.CONFIRMATION: 1, Kind.HELP: 2, Kind.CLOSING: 1}
"""Parts that a text may be cut into on the air; a help reply has an address to tell."""
KNOWN = {
    Kind.CONFIRMATION: ("organization",),
    Kind.HELP: ("organization", "contact"),
    Kind.CLOSING: ("organization",),
}
"""The placeholders of each."""
OURS, THERE = "thisorganization", "thisaddress"
"""What the name and the address are read as: words that no rule looks for and nobody writes."""


@dataclass(frozen=True)
class Values:
    """What the placeholders stand for: the organization's name, and where its people are reached ("" for nowhere)."""

    organization: str
    contact: str = ""


@dataclass(frozen=True)
class _Read:
    """A wording as the rules read it, whole and without what is allowed to stand in it."""

    text: str
    kind: Kind
    values: Values
    plain: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plain", _anonymous(self.text, self.values.organization))


def problems(text: str, *, kind: Kind, values: Values) -> list[str]:
    """What is wrong with a wording, a sentence each that says how to mend it; empty if it may be sent.

    Whatever the text: never raises, in time bounded by ``LONGEST``.
    """
    if not plain(text).strip():
        return ["Nothing in this text can be seen. Write what it says."]
    if len(text) > LONGEST:
        return [f"Write {LONGEST} characters at most, placeholders included; this has {len(text):,}."]
    read = _Read(text, kind, values)
    rules = [
        _placeholders,
        _name,
        _contact,
        _links,
        _money,
        _marketing,
        _replies,
        _questions,
        _stops,
        _letters,
        _length,
    ]
    return [problem for rule in rules for problem in rule(read)]


def fill(text: str, values: Values) -> str:
    """The wording as it is sent: each known placeholder once, so that no value is read as one."""
    known = {"organization": values.organization, "contact": values.contact}
    return re.sub(r"\{(organization|contact)\}", lambda found: known[found[1]], text)


def plain(text: str) -> str:
    """A text without widths, accents and what can't be seen, for the patterns of ``tables``."""
    bare = visible(unicodedata.normalize("NFKD", text.replace("\N{SOFT HYPHEN}", "")))
    kept = "".join(one for one in bare if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", kept).translate(_LOOKS)


_LOOKS = str.maketrans({"。": ".", "‘": "'", "’": "'", "“": '"', "”": '"', "⁄": "/", "∕": "/", "٪": "%"})


def _anonymous(text: str, name: str) -> str:
    """The plain text, in which the organization's name is a word like any other."""
    read = fill(plain(text), Values(OURS, THERE))
    pattern = rf"(?<![\w/@.-]){re.escape(plain(name))}(?![\w/@-]|\.\w)"
    return re.sub(pattern, OURS, read) if plain(name).strip() else read


def _placeholders(read: _Read) -> Iterator[str]:
    known = KNOWN[read.kind]
    for found in tables.PLACEHOLDER.finditer(read.text):
        if found[0] not in {f"{{{name}}}" for name in known}:
            yield f"“{found[0]}” would be sent as it stands. {_may_be_filled(known)}"
            return
    if set("{}") & set(re.sub(r"\{\w+\}", "", read.text)):
        yield f"A brace stands alone. {_may_be_filled(known)}"


def _may_be_filled(known: tuple[str, ...]) -> str:
    return f"Only {' and '.join(f'{{{name}}}' for name in known)} can be filled in."


def _name(read: _Read) -> Iterator[str]:
    if read.kind is not Kind.CLOSING and not re.search(rf"\b{OURS}\b", read.plain):
        yield "Say who it is from: write {organization} where your name belongs."


def _contact(read: _Read) -> Iterator[str]:
    if read.kind is Kind.HELP:
        if read.values.contact and "{contact}" not in read.text:
            yield "Write {contact} where people are to read how to reach you."
        if not read.values.contact and "{contact}" in read.text:
            yield "Fill in how to reach a person, or leave {contact} out."
        if not tables.STOP.search(read.plain):
            yield "Say how to stop: add “Reply STOP to opt out”."


def _links(read: _Read) -> Iterator[str]:
    mend = "write {contact} instead" if read.kind is Kind.HELP else "leave it out"
    if found := tables.ADDRESS.search(read.plain):
        yield f"“{_short(found)}” is an address: {mend}."
    elif found := tables.LINK.search(read.plain):
        yield f"“{_short(found)}” reads as a link: {mend}. Put a space after a full stop."
    if found := tables.NUMBER.search(read.plain):
        yield f"“{_short(found)}” reads as a phone number: {mend}."


def _money(read: _Read) -> Iterator[str]:
    if found := tables.MONEY.search(read.plain):
        yield f"“{_short(found)}” reads as a price: leave it out."


def _marketing(read: _Read) -> Iterator[str]:
    found = list(dict.fromkeys(_short(one) for one in tables.MARKETING.finditer(read.plain)))
    if found:
        words = "”, “".join(found)
        yield f"“{words}” {'reads' if len(found) == 1 else 'read'} as marketing: leave it out."


def _replies(read: _Read) -> Iterator[str]:
    rest = tables.NO_REPLY.sub(" ", tables.START.sub(" ", read.plain))
    if read.kind is Kind.HELP:
        found = tables.KEYWORD.search(tables.STOP.sub(" ", rest))
    else:
        found = tables.KEYWORD.search(rest) or tables.REPLY.search(rest)
    if found:
        may = "START and STOP" if read.kind is Kind.HELP else "START"
        yield f"“{_short(found)}” asks for an answer. Leave it out: {may} in capitals may be named, and no other word."


def _questions(read: _Read) -> Iterator[str]:
    if read.kind is not Kind.HELP and set("?¿؟") & set(read.plain):
        yield "A question asks for an answer: make it a statement."


def _stops(read: _Read) -> Iterator[str]:
    if read.kind is Kind.HELP:
        return
    rest = tables.START.sub(" ", read.plain)
    if found := tables.TAKES_BACK.search(rest):
        yield f"“{_short(found)}” takes back that texts stop, or puts it off. Say that they stop now and for good."
    elif not tables.SAYS_STOP.search(rest):
        yield (
            "It has to say that texts stop, such as “You will get no more texts from us.” That is recognized in "
            "English, Spanish, French and Portuguese."
        )


def _letters(read: _Read) -> Iterator[str]:
    """A word out of two alphabets: what looks like one word may be another."""
    for word in re.findall(r"[^\W\d_]+", read.plain):
        if len({_alphabet(letter) for letter in word}) > 1:
            yield f"“{word}” has letters of two alphabets. Type it anew."
            return


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _length(read: _Read) -> Iterator[str]:
    length, most = measure(fill(read.text, read.values)), SEGMENTS[read.kind]
    if length.segments <= most:
        return
    where = "one text" if most == 1 else f"{most} texts"
    room = length.room if most == 1 else most * (67 if length.wide else 153)
    yield f"This has {length.places:,} characters as it is sent; {where} can hold {room}. {_shorter(length)}"


def _shorter(length: Length) -> str:
    if not length.wide:
        return "Shorten it."
    instead = PLAINER.get(length.wide, "")
    other = f"write {instead} instead" if instead else "do without it"
    return f"It is {named(length.wide)} that makes room for fewer: {other}, or shorten it."


def _short(found: re.Match[str]) -> str:
    words = " ".join(found[0].split())
    return words if len(words) <= 40 else f"{words[:39]}…"
