"""What a text asks for (R8.1 to R8.4): its own words, evened out, against the tables; what is left in doubt goes to somebody."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from contacts.conversations.classify import near, patterns, words
from contacts.conversations.classify.cut import own_words, shorten
from contacts.conversations.classify.normal import Sentence, plain, sentences


class Verdict(StrEnum):
    """What an inbound text asks for."""

    OUT = "OUT"
    """A stop, certainly (R8.1)."""
    HOLD = "HOLD"
    """Perhaps a stop, or somebody else's number: somebody decides (R8.2)."""
    IN = "IN"
    """To be texted again (R8.4)."""
    HELP = "HELP"
    """To be told who texts (R8.4)."""
    NONE = "NONE"
    """Anything else (R8.3)."""


type Rule = Callable[[list[Sentence]], Verdict | None]

_ALONE = (
    (Verdict.IN, frozenset(words.START.split("|"))),
    (Verdict.HELP, frozenset(words.HELP.split("|"))),
)
_COURTESIES = frozenset(words.COURTESIES.replace("|", " ").split())


def classify(text: str) -> Verdict:
    """What a text asks for. Pure, and bounded for any length."""
    own = own_words(shorten(text))
    verdict = _read(plain(own))
    if verdict is Verdict.NONE and any(
        _read(other) in (Verdict.OUT, Verdict.HOLD) for other in _with_other_letters(own)
    ):
        return Verdict.HOLD
    return verdict


def _with_other_letters(own: str) -> Iterator[str]:
    as_seen = plain(near.alike(own))
    yield as_seen
    yield near.mended(plain(own))
    yield near.mended(as_seen)


def _read(text: str) -> Verdict:
    """The verdict on a plain text: what is alone in it, else the strictest of what its sentences say."""
    if alone := _alone(text):
        return alone
    said = [tuple(map(_without_other_lists, clauses)) for clauses in sentences(text)]
    if patterns.BOTH_WAYS.fullmatch(_joined(said)):
        return Verdict.HOLD
    found = {rule(said) for rule in RULES}
    return next((verdict for verdict in (Verdict.OUT, Verdict.HOLD) if verdict in found), Verdict.NONE)


def _joined(said: list[Sentence]) -> str:
    return " ".join(clause for clauses in said for clause in clauses)


def _without_other_lists(clause: str) -> str:
    return patterns.ELSEWHERE.sub("elsewhere", clause)


def _alone(text: str) -> Verdict | None:
    """START or HELP with nothing but courtesies (R8.4)."""
    left = {word for word in text.replace(",", " ").split() if word not in _COURTESIES}
    return next((verdict for verdict, keywords in _ALONE if left and left <= keywords), None)


def _whole(said: list[Sentence]) -> Verdict | None:
    """A keyword is all there is; beside a START it is in doubt."""
    text = _joined(said)
    if patterns.KEYWORDS.fullmatch(text):
        return Verdict.OUT
    return Verdict.HOLD if patterns.LONE.fullmatch(text) else None


def _requests(said: list[Sentence]) -> Verdict | None:
    """A clause asks for a stop in a sentence of its own."""
    found = {verdict for clauses in said for clause in clauses for verdict in _asked(clause)}
    return next((verdict for verdict in (Verdict.OUT, Verdict.HOLD) if verdict in found), None)


def _asked(clause: str) -> Iterator[Verdict | None]:
    for found in patterns.REQUEST.finditer(clause):
        yield _before(clause[found.end() :], _after(clause[: found.start()].strip(), found[0]))
    for found in patterns.WISH.finditer(clause):
        head = patterns.SUBJECT.sub("", clause[: found.start()].strip()).strip()
        yield _before(clause[found.end() :], _after(head, found[0]))


def _after(head: str, asked: str) -> Verdict | None:
    """What a request is after these words: negated, somebody else's, or still one."""
    if patterns.SELF.fullmatch(asked) and patterns.OF_THEMSELVES.fullmatch(head):
        return None
    if patterns.FORBIDDEN.match(asked) and patterns.SUBJECT_BEFORE.fullmatch(head):
        return None
    if patterns.LED.fullmatch(head):
        return Verdict.OUT
    if patterns.THREAT.fullmatch(head):
        return Verdict.OUT
    if patterns.REPROACH.fullmatch(head):
        return Verdict.HOLD
    if patterns.PREVENTED.fullmatch(head) or patterns.PAST.fullmatch(head):
        return None
    return Verdict.HOLD if patterns.OTHERS.fullmatch(head) else _after_more(head, asked)


def _after_more(head: str, asked: str) -> Verdict | None:
    """What a request is after other words that say nothing about it: a noun may only look like one."""
    if patterns.COMPLAINT.fullmatch(head) or patterns.CONTINUED.fullmatch(head):
        return Verdict.OUT
    if patterns.AMOUNT.match(asked) or (patterns.UNCLEAR.match(asked) and patterns.THING.fullmatch(head)):
        return None
    return Verdict.HOLD if patterns.UNCLEAR.match(asked) else Verdict.OUT


def _before(tail: str, verdict: Verdict | None) -> Verdict | None:
    """What it is before these words: one for less is in doubt."""
    return verdict and (Verdict.HOLD if patterns.LIMIT.match(tail.strip()) else verdict)


def _among_others(said: list[Sentence]) -> Verdict | None:
    """A keyword stands as a sentence or clause among others."""
    clauses = [clause for sentence in said for clause in sentence if not patterns.COURTESY.fullmatch(clause)]
    if any(patterns.STRONG_WITH_MORE.fullmatch(clause) for clause in clauses):
        return _unless_joking(clauses)
    if any(patterns.STRONG.fullmatch(" ".join(sentence)) for sentence in said):
        return _unless_joking(clauses)
    others = [clause for clause in clauses if not patterns.KEYWORDS.fullmatch(clause)]
    if clauses[:1] + clauses[-1:] == [clause for clause in clauses[:1] + clauses[-1:] if clause in others]:
        return None
    certain = _goes_on(clauses) or any(map(_confirms, others)) or all(map(patterns.LED.fullmatch, others))
    return _unless_joking(clauses) if certain else Verdict.HOLD


def _confirms(clause: str) -> bool:
    return bool(patterns.COMPLAINT.match(clause) or patterns.DOUBT.match(clause))


def _goes_on(clauses: list[str]) -> bool:
    """Whether a keyword that means nothing else is followed or preceded by what goes well with it."""
    key = any(patterns.STRONG.fullmatch(clause) for clause in clauses)
    return key and any(map(patterns.AFTER_KEYWORD.match, clauses))


def _unless_joking(clauses: list[str]) -> Verdict:
    return Verdict.HOLD if any(map(patterns.JOKE.search, clauses)) else Verdict.OUT


def _doubts(said: list[Sentence]) -> Verdict | None:
    """A clause may mean a stop, or says that the phone is somebody else's (R8.2)."""
    clauses = [clause for sentence in said for clause in sentence]
    doubtful = any(patterns.DOUBT.match(clause) for clause in clauses)
    wholly = any(patterns.WHOLE_DOUBT.fullmatch(part) for part in (*clauses, *map(" ".join, said)))
    return Verdict.HOLD if doubtful or wholly else None


RULES: tuple[Rule, ...] = (_whole, _requests, _among_others, _doubts)
