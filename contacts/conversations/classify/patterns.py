"""The tables of phrases as regular expressions."""

import re

from contacts.conversations.classify import phrases, romance, words

_OPTIONAL = re.compile(r"\[([^\]]* )\]")
_PART = re.compile(r"\{([a-z]+)\}")


def _filled(pattern: str, parts: dict[str, str]) -> str:
    """The pattern with its parts put in."""
    return _PART.sub(lambda found: parts[found[1]], _OPTIONAL.sub(r"(?:\1)?", pattern))


def _parts() -> dict[str, str]:
    parts = {"names": f"(?:{words.NAMES})"}
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


def _framed(key: str) -> re.Pattern[str]:
    """Keywords and what may stand around them, nothing else."""
    return re.compile(rf"(?:{_FRAME} )*?{key}(?: (?:(?:(?:2|to|two|or|and|4|for) )?{key}|{_FRAME}|you|\d+))*+")


KEYWORDS = _framed(_EVERY)
STRONG = _framed(_STRONG)
_START = _key(words.START)
BOTH_WAYS = re.compile(rf"(?=.*{_START})(?=.*(?<!\S){_EVERY})(?:(?:{_FRAME}|{_EVERY}|{_START})(?: |$))+")
STRONG_WITH_MORE = re.compile(
    rf"(?:(?:{_FRAME} ){{0,6}}{_STRONG}(?: {_FRAME})*(?: \d+)? {phrases.AFTER_KEYWORD}(?!\S).*|(?:{_LEAD} ){{1,6}}{_STRONG}(?: {phrases.AFTER_KEYWORD}(?!\S).*)?"
    rf"|(?:{_LEAD} ){{0,5}}{phrases.COMPLAINTS}(?<! to)(?<! not) (?:{_FRAME} ){{0,5}}{_EVERY}(?: {_FRAME})*)"
)
_LIMIT = rf"(?:{phrases.LIMITS}(?!\S))"
_ENOUGH = rf"(?=$| {phrases.AFTER_REQUEST}(?!\S)| {_LIMIT})"
REQUEST = re.compile(
    rf"(?<!\S)(?:{_any_of(phrases.REQUESTS, romance.REQUESTS)}"
    rf"|{_any_of(phrases.SHORT_REQUESTS, romance.SHORT_REQUESTS)}{_ENOUGH})"
)
WISH = re.compile(rf"(?<!\S)(?:{_any_of(phrases.WISHES)}|{_any_of(phrases.SHORT_WISHES)}{_ENOUGH})")
SUBJECT = re.compile(rf"(?:^|(?<= )){phrases.SUBJECT}$")
ELSEWHERE = re.compile(rf"(?<!\S){_any_of(phrases.ABOUT_OTHER_LISTS)}")
DOUBT = re.compile(rf"(?:{_LEAD} ){{0,5}}?{_any_of(phrases.DOUBTS, romance.DOUBTS)}")
WHOLE_DOUBT = re.compile(rf"(?:{_LEAD} ){{0,5}}?{_any_of(phrases.WHOLE_DOUBTS)}(?: {_FRAME})*")
LONE = re.compile(rf"(?:{_FRAME} )*?(?:{words.LONE}|{words.FOREIGN})(?: {_FRAME})*")
COMPLAINT = re.compile(rf"(?:{_LEAD} ){{0,5}}?{phrases.COMPLAINTS}(?!\S)")
JOKE = re.compile(rf"(?<!\S)(?:{words.JOKES})(?!\S)")

COURTESY = re.compile(rf"(?:hello|hi|hey|dear) \w+|{_FRAME}(?: {_FRAME})*+")
LED = re.compile(rf"(?:{_LEAD}(?: |$)){{0,8}}")
PREVENTED = re.compile(rf"(?:^|.* ){phrases.PREVENTED}")
REPROACH = re.compile(rf"(?:^|.* ){phrases.REPROACH}(?: (?:\w+ ){{0,3}}to| ever)?")
PAST = re.compile(rf"(?:^|.* ){phrases.PAST}")
OTHERS = re.compile(rf"(?:^|.* )(?:{phrases.OTHERS})")
OF_THEMSELVES = re.compile(rf"(?:^|.* )(?:{phrases.SELVES})")
SELF = re.compile(phrases.SELF)
UNCLEAR = re.compile(r"(?:opt|unsub\w*)\b")
AMOUNT = re.compile(r"(?:no|enough|not another|not one)\b")
THING = re.compile(r"(?:^|.* )(?:a|an|the|this|that|your|my|our|what|which|is|from|for|of|on|no)")
THREAT = re.compile(r"(?:^|.* )(?:if you (?:do|will|can|would) not|unless you|until you|till you)")
CONTINUED = re.compile(r".* (?:and|so|but)")
LIMIT = re.compile(_LIMIT)
AFTER_KEYWORD = re.compile(rf"(?!stop|unsubscribe|quit|opt out){phrases.AFTER_KEYWORD}(?!\S)")
FORBIDDEN = re.compile(r"(?:do not|never) (?!have|consent|agree|give|grant|authorize|want|wish|care|need|like)")
SUBJECT_BEFORE = re.compile(r"(?:^|.* )(?:i|we|you|they|he|she|people|who|they all)(?<!that you)(?<!if you)")
