"""Whether a clause asks for a stop: what stands before and after a request decides what it is (R8.1 to R8.3)."""

from collections.abc import Iterator

from contacts.conversations.classify import patterns
from contacts.conversations.classify.patterns import Pattern
from contacts.conversations.classify.verdict import Verdict

BEFORE: tuple[tuple[Pattern, Verdict], ...] = (
    (patterns.LED, Verdict.OUT),  # "can you …"
    (patterns.THREAT, Verdict.OUT),  # "if you don't …"
    (patterns.CONTINUED, Verdict.OUT),  # "thanks for everything but …"
    (patterns.NEEDLESS, Verdict.NONE),  # "you don't have to …"
    (patterns.REPROACH, Verdict.HOLD),  # "you won't …"
    (patterns.PREVENTED, Verdict.NONE),  # "don't …"
    (patterns.PAST, Verdict.NONE),  # "why did you …"
    (patterns.ASKING, Verdict.OUT),  # "... so I need you to ..."
    (patterns.OTHERS, Verdict.HOLD),  # "she asked me to …"
    (patterns.COMPLAINT, Verdict.OUT),  # "wrong number …"
)
"""What a request is when all of what stands before it is this; the first that fits."""


def asked(clause: str) -> Iterator[Verdict]:
    """What each request in a clause is."""
    for found in patterns.REQUEST.finditer(clause):
        yield _weighed(clause[: found.start()].strip(), found[0], clause[found.end() :].strip())
    for found in patterns.WISH.finditer(clause):
        before, subjects = patterns.SUBJECT.subn("", clause[: found.start()].strip())
        if subjects or not _is_somebody_elses(before.strip(), found[0]):
            yield _weighed(before.strip(), found[0], clause[found.end() :].strip())


def _weighed(before: str, request: str, after: str) -> Verdict:
    verdict = Verdict.NONE if _is_told(before, request) else _led(before, request)
    return Verdict.HOLD if verdict is Verdict.OUT and _is_limited(request, after) else verdict


def _is_limited(request: str, after: str) -> bool:
    """Whether it is asked for less than a stop; whoever wants to be off a list today wants no less."""
    soon = patterns.REMOVAL.match(request) and patterns.SOON.fullmatch(after)
    return bool(patterns.LIMIT.match(after)) and not soon


def _is_told(before: str, request: str) -> bool:
    """Whether somebody's own doing is told: "I must stop texting", "you don't text me"."""
    own = patterns.SELF.fullmatch(request) and patterns.OF_THEMSELVES.fullmatch(before)
    facts = patterns.FORBIDDEN.match(request) and patterns.SUBJECT_BEFORE.fullmatch(before)
    return bool(own or facts)


def _is_somebody_elses(before: str, request: str) -> bool:
    """Whether it is told that somebody else said it: "she said stop"."""
    return bool(patterns.REPORT.match(request) and not patterns.LED.fullmatch(before))


def _led(before: str, request: str) -> Verdict:
    found = (verdict for pattern, verdict in BEFORE if pattern.fullmatch(before))
    return next(found, None) or _beside_other_words(before, request)


def _beside_other_words(before: str, request: str) -> Verdict:
    """After words that say nothing about it a request is one, unless it may be a noun or a figure."""
    if patterns.FIGURE.match(request):
        return Verdict.NONE
    if patterns.NOUN.match(request):
        return Verdict.NONE if patterns.BEFORE_A_NOUN.fullmatch(before) else Verdict.HOLD
    return Verdict.OUT
