"""What a text would say with other letters: look-alikes, signs for words, slips of the pen (R8.1, R8.2)."""

import re
from collections.abc import Iterator
from functools import cache

from contacts.conversations.classify import words

_LOOKALIKES = {ord(other): letter for letter, others in words.LOOKALIKES.items() for other in others}
_SQUARED = {first + number: chr(ord("a") + number) for first in (0x1F150, 0x1F170, 0x1F1E6) for number in range(26)}
_FIRST_SIGN = re.compile(rf"^\s*[{words.SIGNS_FOR_A_WORD}]+")
_SIGNS = dict.fromkeys(map(ord, words.SIGNS), " stop ")
_LEET = re.compile(rf"(?<=[a-z])[{''.join(words.LEET)}]+(?=[a-z])|(?<=[a-z])[0-9]+|[0-9]+(?=[a-z])")
_BROKEN = re.compile(r"(?<!\S)[a-z]+(?:[-+~^_.*/][a-z]+)+(?!\S)")
_WORD = re.compile(r"[a-z]{3,16}")
_ORDINARY = frozenset(words.ORDINARY.split("|"))
_NEAR = frozenset(words.TYPOS.split("|"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_TWICE = {"unsubscribe": re.compile(r"[iu]n?\w{7,12}"), "optout": re.compile(r"op\w{3,6}")}
"""Keywords in which two slips are common, and what such a word begins with."""
_LONGEST = 14


def alike(text: str) -> str:
    """The text with letters of ours for those that look like them; a text of signs alone, with "stop" for one."""
    text = text.casefold().translate(_LOOKALIKES | _SQUARED)
    if not re.search(r"\w", text):
        return text.translate(_SIGNS)
    text = _BROKEN.sub(_mended_together, _FIRST_SIGN.sub(" stop ", text))
    return _LEET.sub(lambda found: "".join(words.LEET.get(char, char) for char in found[0]), text)


def mended(text: str) -> str:
    """A plain text with keywords for the words that are a slip away from one, or for all of it."""
    whole = "".join(re.findall(r"\w+", text))
    if len(whole) <= _LONGEST and (key := whole if whole in _NEAR else _meant(whole)):
        return key
    return _WORD.sub(lambda found: _meant(found[0]) or found[0], text)


def _mended_together(found: re.Match[str]) -> str:
    """ "s+op" is a keyword with a slip; other words with signs in them are left as they are."""
    word = re.sub(r"\W|_", "", found[0])
    return word if word in _NEAR else _meant(word) or found[0]


def _meant(word: str) -> str | None:
    if word in _ORDINARY or word in _NEAR:
        return None
    if word in _slips():
        return _slips()[word]
    twice = (key for key, begins in _TWICE.items() if begins.fullmatch(word) and _is_near(word, key))
    return next(twice, None)


def _is_near(word: str, key: str) -> bool:
    """Whether two slips lie between a word and a keyword."""
    return any(_slips().get(slip) == key for slip in _slips_of(word))


@cache
def _slips() -> dict[str, str]:
    """Each word that is one slip away from a keyword, and which: the first of them."""
    return {slip: key for key in reversed(words.TYPOS.split("|")) for slip in _slips_of(key)} | words.MISSPELT


def _slips_of(word: str) -> Iterator[str]:
    """The word with a letter left out, put in or mistaken, or two of them swapped."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in _LETTERS)
        yield from (before + letter + after[1:] for letter in _LETTERS)
        yield before + after[1:]
        yield before + after[1:2] + after[:1] + after[2:]
