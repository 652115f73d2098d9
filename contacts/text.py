"""Text that people, files and spreadsheets give, as it is kept: without what nobody sees, in one spelling."""

import re
import unicodedata


def visible(text: str) -> str:
    """Return ``text`` without what can't be seen: zero-width and control characters, marks of direction, fillers.

    Each kind of space becomes a plain one, each kind of line break a line feed.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_seen(character) for character in "\n".join(text.splitlines()))


_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}


def _seen(character: str) -> str:
    if character == "\n":
        return character
    if character.isspace():
        return " "
    hidden = character in _FILLERS or unicodedata.category(character) in {"Cc", "Cf", "Cs"}
    return "" if hidden else character


def clean(text: str, *, lines: bool = False) -> str:
    """Return a cell as it is kept: nothing invisible, no spaces around it, and composed letters (NFC).

    Runs of space are one space; line breaks too, unless ``lines``. The ' that keeps a spreadsheet from running a cell
    goes, before = + - @ (R6.7).
    """
    kept = visible(text).splitlines() if lines else [visible(text)]
    text = unicodedata.normalize("NFC", "\n".join(" ".join(line.split()) for line in kept).strip())
    return text[1:] if text[:1] == "'" and text[1:2] in {"=", "+", "-", "@"} else text


_QUOTED = re.compile(r'"([^"]*)"')


def split_tags(text: str) -> tuple[str, ...]:
    """Split at comma, semicolon and pipe; each tag once, as first spelled. Some mailing tools put each into quotes."""
    tags = (clean(tag) for tag in re.split(r"[,;|]", _QUOTED.sub(r"\1", clean(text))))
    return tuple({tag.casefold(): tag for tag in reversed([tag for tag in tags if tag])}.values())[::-1]
