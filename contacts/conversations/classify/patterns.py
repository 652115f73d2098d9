"""The tables of phrases as regular expressions."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

from contacts.conversations.classify import around, doubts, names, otherwise, phrases, romance, words


class Pattern:
    """An expression that is compiled when it is first asked: all of them take half a second."""

    def __init__(self, source: str) -> None:
        self._source = source

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._source)

    @cached_property
    def match(self) -> Callable[[str], re.Match[str] | None]:
        return self._compiled.match

    @cached_property
    def fullmatch(self) -> Callable[[str], re.Match[str] | None]:
        return self._compiled.fullmatch

    @cached_property
    def search(self) -> Callable[[str], re.Match[str] | None]:
        return self._compiled.search

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        return self._compiled.finditer

    def sub(self, replacement: str, text: str) -> str:
        return self._compiled.sub(replacement, text)

    def subn(self, replacement: str, text: str) -> tuple[str, int]:
        return self._compiled.subn(replacement, text)


_OPTIONAL = re.compile(r"\[([^\]]* )\]")
_PART = re.compile(r"\{([a-z]+)\}")


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with its parts put in."""
    return _PART.sub(lambda found: parts[found[1]], _OPTIONAL.sub(r"(?:\1)?", pattern))


def _any_word(every: list[str]) -> str:
    """One of many words, by their letters one after the other, so that it costs no more than their length."""
    ends = "" in every
    firsts: dict[str, list[str]] = {}
    for word in filter(None, every):
        firsts.setdefault(word[0], []).append(word[1:])
    branches = "|".join(first + _any_word(rests) for first, rests in firsts.items())
    return f"(?:{branches}){'?' if ends else ''}" if branches else ""


def _parts() -> dict[str, str]:
    parts = {"names": _any_word(names.NAMES.split("|"))}
    for name, pattern in (phrases.PARTS | romance.PARTS).items():
        parts[name] = _filled(pattern, parts)
    return parts


_PARTS = _parts()


def _any_of(*tables: str) -> str:
    lines = (line for table in tables for line in table.strip().splitlines())
    return f"(?:{'|'.join(_filled(line, _PARTS) for line in lines)})(?!\\S)"


def _key(*tables: str) -> str:
    """One of these words, the longest first."""
    every = sorted("|".join(tables).split("|"), key=len, reverse=True)
    return f"(?:{'|'.join(every)})(?!\\S)"


_LEADS = _any_of(phrases.LEADS, romance.LEADS)
_FRAME = _key(words.FRAMES, words.HELP)
_LEAD = rf"(?:{_LEADS}|{_FRAME}|you(?!\S))"
_STRONG = _key(words.STRONG)
_EVERY = _key(words.STRONG, words.WEAK, words.FURTHER)


def _framed(key: str) -> Pattern:
    """Keywords and what may stand around them, nothing else."""
    more = rf"(?:(?:2|to|two|or|and|4|for) )?{key}|and (?:delete|block|report)(?!\S)|{_FRAME}|you|\d+"
    return Pattern(rf"(?:{_FRAME} )*?{key}(?: (?:{more}))*+")


KEYWORDS = _framed(_EVERY)
STRONG = _framed(_STRONG)
_START = _key(words.START)
BOTH_WAYS = Pattern(rf"(?=.*{_START})(?=.*(?<!\S){_EVERY})(?:(?:{_FRAME}|{_EVERY}|{_START})(?: |$))+")
_COMPLAINTS = _filled(around.COMPLAINTS, _PARTS)
_FRAMES = rf"(?: {_FRAME})*"
_GOES_ON = rf" {around.AFTER_KEYWORD}(?!\S).*"
STRONG_WITH_MORE = Pattern(
    rf"(?:(?:{_FRAME} ){{0,6}}{_STRONG}{_FRAMES}(?: \d+)?{_GOES_ON}"  # stop i never signed up
    rf"|(?:{_LEAD} ){{1,6}}{_STRONG}(?:{_GOES_ON})?"  # can you stop
    rf"|(?:{_LEAD} ){{0,5}}{_COMPLAINTS}(?<! to)(?<! not)(?<! saying)(?<! asking)"
    rf" (?:{_FRAME} ){{0,5}}(?:{_EVERY}|delete(?!\S)){_FRAMES}"  # wrong number stop
    rf"|(?:i|we|you|this|my) .* so {_STRONG}{_FRAMES}"  # i moved so stop
    rf"|(?:{_FRAME} ){{0,3}}{_STRONG} .* {_STRONG}{_FRAMES})"  # stop he is a crook stop
)
_LIMIT = rf"(?:{around.LIMITS}(?!\S))"
_ENOUGH = rf"(?=(?: {_FRAME})*$| {around.AFTER_REQUEST}(?!\S)| {_LIMIT})"
REQUEST = Pattern(
    rf"(?<!\S)(?:{_any_of(phrases.REQUESTS, romance.REQUESTS)}"
    rf"|{_any_of(phrases.SHORT_REQUESTS, romance.SHORT_REQUESTS)}{_ENOUGH})"
)
WISH = Pattern(rf"(?<!\S)(?:{_any_of(phrases.WISHES)}|{_any_of(phrases.SHORT_WISHES)}{_ENOUGH})")
SUBJECT = Pattern(rf"(?:^|(?<= )){around.SUBJECT}$")
ELSEWHERE = Pattern(rf"(?<!\S){_any_of(otherwise.ABOUT_OTHER_LISTS)}")
_OF_OTHERS = (doubts.OF_OTHERS, romance.OF_OTHERS)
_WHOLE_DOUBTS = _any_of(doubts.WHOLE_DOUBTS, romance.WHOLE_DOUBTS)
_INTO = rf"(?:.* (?:and|but|so|because) )?(?:{_LEAD} ){{0,5}}?"
DOUBT = Pattern(rf"{_INTO}{_any_of(doubts.DOUBTS, romance.DOUBTS, *_OF_OTHERS)}")
REFERRING = Pattern(rf"{_INTO}{_any_of(doubts.PRONOUNS, *_OF_OTHERS)}")
REFERENT = Pattern(rf"(?<!\S){_any_of(doubts.REFERENTS, romance.REFERENTS)}")
CALLS = Pattern(rf"(?:(?:{_LEAD} ){{0,5}}?{_any_of(doubts.CALLS, romance.CALLS)}(?: {_FRAME})*+(?: |$)){{1,3}}")
AUTOMATED = Pattern(rf"(?<!\S){_any_of(otherwise.AUTOMATED)}")
PREFERS_TEXTS = Pattern(rf"(?<!\S){_any_of(otherwise.PREFERS_TEXTS)}")
INSTRUCTION = Pattern(otherwise.INSTRUCTION)
PLAYFUL = Pattern(rf"(?<!\S){_any_of(otherwise.PLAYFUL)}")
WHOLE_DOUBT = Pattern(rf"(?!.*\b(?:we|let us|lets)\b)(?:{_LEAD} ){{0,5}}?{_WHOLE_DOUBTS}(?: {_FRAME})*")
LONE = Pattern(rf"(?:{_FRAME} )*?{_key(words.LONE, words.FOREIGN)}(?: (?:{_FRAME}|{_key(words.LONE)}|and))*+")
COMPLAINT = Pattern(rf"(?:{_LEAD} ){{0,5}}?{_COMPLAINTS}(?!\S)")
JOKE = Pattern(rf"(?<!\S)(?:{words.JOKES})(?!\S)")

COURTESY = Pattern(rf"(?:hello|hi|hey|dear) \w+|{_FRAME}(?: {_FRAME})*+")
LED = Pattern(rf"(?:{_LEAD}(?: |$)){{0,8}}")
NEEDLESS = Pattern(rf"(?:^|.* ){around.NEEDLESS}")
PREVENTED = Pattern(rf"(?:^|.* ){around.PREVENTED}")
REPROACH = Pattern(rf"(?:^|.* ){around.REPROACH}(?: (?:\w+ ){{0,3}}to| ever)?")
PAST = Pattern(rf"(?:^|.* ){around.PAST}")
ASKING = Pattern(rf"(?:^|.* )(?:{around.ASKING})")
OTHERS = Pattern(rf"(?:^|.* )(?:{around.OTHERS})")
OF_THEMSELVES = Pattern(rf"(?:^|.* )(?:{around.SELVES})")
SELF = Pattern(around.SELF)
THREAT = Pattern(rf"(?:^|.* ){around.THREAT}")
CONTINUED = Pattern(rf"{around.CONTINUED}(?: {_LEAD}){{0,5}}")
LIMIT = Pattern(_LIMIT)
REMOVAL = Pattern(rf"{phrases.PARTS['remove']} ")
SOON = Pattern(r"(?:today|tonight|tomorrow|this (?:week|minute|instant))(?: .*)?")
FORBIDDEN = Pattern(around.FORBIDDEN)
SUBJECT_BEFORE = Pattern(rf"(?:^|.* ){around.SUBJECTS}")
FIGURE = Pattern(around.FIGURES)
NOUN = Pattern(around.NOUNS)
BEFORE_A_NOUN = Pattern(rf"(?:^|.* ){around.BEFORE_A_NOUN}")
CONDITION = Pattern(around.CONDITIONS)
AFTER_KEYWORD = Pattern(rf"(?!stop|unsubscribe|quit|opt out){around.AFTER_KEYWORD}(?!\S)")
REPORT = Pattern(rf"{around.REPORTS}\b")
