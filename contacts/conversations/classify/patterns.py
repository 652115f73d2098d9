"""The tables of phrases as regular expressions."""

import re

from contacts.conversations.classify import phrases, romance, words

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
    parts = {"names": _any_word(words.NAMES.split("|"))}
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
    more = rf"(?:(?:2|to|two|or|and|4|for) )?{key}|and (?:delete|block|report)(?!\S)|{_FRAME}|you|\d+"
    return re.compile(rf"(?:{_FRAME} )*?{key}(?: (?:{more}))*+")


KEYWORDS = _framed(_EVERY)
STRONG = _framed(_STRONG)
_START = _key(words.START)
BOTH_WAYS = re.compile(rf"(?=.*{_START})(?=.*(?<!\S){_EVERY})(?:(?:{_FRAME}|{_EVERY}|{_START})(?: |$))+")
_COMPLAINTS = _filled(phrases.COMPLAINTS, _PARTS)
_FRAMES = rf"(?: {_FRAME})*"
_GOES_ON = rf" {phrases.AFTER_KEYWORD}(?!\S).*"
STRONG_WITH_MORE = re.compile(
    rf"(?:(?:{_FRAME} ){{0,6}}{_STRONG}{_FRAMES}(?: \d+)?{_GOES_ON}"  # stop i never signed up
    rf"|(?:{_LEAD} ){{1,6}}{_STRONG}(?:{_GOES_ON})?"  # can you stop
    rf"|(?:{_LEAD} ){{0,5}}{_COMPLAINTS}(?<! to)(?<! not)(?<! saying)(?<! asking)"
    rf" (?:{_FRAME} ){{0,5}}(?:{_EVERY}|delete(?!\S)){_FRAMES}"  # wrong number stop
    rf"|(?:{_FRAME} ){{0,3}}{_STRONG} .* {_STRONG}{_FRAMES})"  # stop he is a crook stop
)
_LIMIT = rf"(?:{phrases.LIMITS}(?!\S))"
_ENOUGH = rf"(?=(?: {_FRAME})*$| {phrases.AFTER_REQUEST}(?!\S)| {_LIMIT})"
REQUEST = re.compile(
    rf"(?<!\S)(?:{_any_of(phrases.REQUESTS, romance.REQUESTS)}"
    rf"|{_any_of(phrases.SHORT_REQUESTS, romance.SHORT_REQUESTS)}{_ENOUGH})"
)
WISH = re.compile(rf"(?<!\S)(?:{_any_of(phrases.WISHES)}|{_any_of(phrases.SHORT_WISHES)}{_ENOUGH})")
SUBJECT = re.compile(rf"(?:^|(?<= )){phrases.SUBJECT}$")
ELSEWHERE = re.compile(rf"(?<!\S){_any_of(phrases.ABOUT_OTHER_LISTS)}")
_OF_OTHERS = (phrases.OF_OTHERS, romance.OF_OTHERS)
_WHOLE_DOUBTS = _any_of(phrases.WHOLE_DOUBTS, romance.WHOLE_DOUBTS)
_INTO = rf"(?:.* (?:and|but|so|because) )?(?:{_LEAD} ){{0,5}}?"
DOUBT = re.compile(rf"{_INTO}{_any_of(phrases.DOUBTS, romance.DOUBTS, *_OF_OTHERS)}")
REFERRING = re.compile(rf"{_INTO}{_any_of(phrases.PRONOUNS, *_OF_OTHERS)}")
REFERENT = re.compile(rf"(?<!\S){_any_of(phrases.REFERENTS, romance.REFERENTS)}")
PLAYFUL = re.compile(rf"(?<!\S){_any_of(phrases.PLAYFUL)}")
WHOLE_DOUBT = re.compile(rf"(?!.*\b(?:we|let us|lets)\b)(?:{_LEAD} ){{0,5}}?{_WHOLE_DOUBTS}(?: {_FRAME})*")
LONE = re.compile(rf"(?:{_FRAME} )*?{_key(words.LONE, words.FOREIGN)}(?: (?:{_FRAME}|{_key(words.LONE)}|and))*+")
COMPLAINT = re.compile(rf"(?:{_LEAD} ){{0,5}}?{_COMPLAINTS}(?!\S)")
JOKE = re.compile(rf"(?<!\S)(?:{words.JOKES})(?!\S)")

COURTESY = re.compile(rf"(?:hello|hi|hey|dear) \w+|{_FRAME}(?: {_FRAME})*+")
LED = re.compile(rf"(?:{_LEAD}(?: |$)){{0,8}}")
PREVENTED = re.compile(rf"(?:^|.* ){phrases.PREVENTED}")
REPROACH = re.compile(rf"(?:^|.* ){phrases.REPROACH}(?: (?:\w+ ){{0,3}}to| ever)?")
PAST = re.compile(rf"(?:^|.* ){phrases.PAST}")
ASKING = re.compile(rf"(?:^|.* )(?:{phrases.ASKING})")
OTHERS = re.compile(rf"(?:^|.* )(?:{phrases.OTHERS})")
OF_THEMSELVES = re.compile(rf"(?:^|.* )(?:{phrases.SELVES})")
SELF = re.compile(phrases.SELF)
THREAT = re.compile(rf"(?:^|.* ){phrases.THREAT}")
CONTINUED = re.compile(phrases.CONTINUED)
LIMIT = re.compile(_LIMIT)
FORBIDDEN = re.compile(phrases.FORBIDDEN)
SUBJECT_BEFORE = re.compile(rf"(?:^|.* ){phrases.SUBJECTS}")
FIGURE = re.compile(phrases.FIGURES)
NOUN = re.compile(phrases.NOUNS)
BEFORE_A_NOUN = re.compile(rf"(?:^|.* ){phrases.BEFORE_A_NOUN}")
CONDITION = re.compile(phrases.CONDITIONS)
AFTER_KEYWORD = re.compile(rf"(?!stop|unsubscribe|quit|opt out){phrases.AFTER_KEYWORD}(?!\S)")
REPORT = re.compile(rf"{phrases.REPORTS}\b")
