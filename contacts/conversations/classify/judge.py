"""What a text asks for (R8.1 to R8.4): its own words, evened out, against the tables; what is left in doubt is held."""

from collections.abc import Callable, Iterator

from contacts.conversations.classify import near, patterns, words
from contacts.conversations.classify.asked import asked
from contacts.conversations.classify.cut import own_words, shorten
from contacts.conversations.classify.normal import Sentence, plain, sentences
from contacts.conversations.classify.verdict import Verdict, strictest

type Rule = Callable[[list[Sentence]], Verdict]

_ALONE = {Verdict.IN: frozenset(words.START.split("|")), Verdict.HELP: frozenset(words.HELP.split("|"))}
BESIDE = (
    (patterns.AUTOMATED, patterns.INSTRUCTION),  # "thanks for texting Rosita's … reply stop to cancel"
    (patterns.PREFERS_TEXTS, patterns.CALLS),  # "don't call … texting is better"
)
"""If one of the clauses holds the first, those that are the second ask for nothing."""
_WORDS_IN_FULL = 3
"""From so many words on a request is certain though letters of it are mistaken."""
_COURTESIES = frozenset(words.COURTESIES.replace("|", " ").split())


def classify(text: str) -> Verdict:
    """What a text asks for. Pure, and bounded for any length."""
    own = own_words(shorten(text))
    as_written = plain(own)
    verdict = _read(as_written)
    if verdict not in {Verdict.NONE, Verdict.HOLD}:
        return verdict
    as_meant = near.mended(as_written)
    if as_meant != as_written and _asks_in_full(as_meant):
        return Verdict.OUT
    others = {as_meant, *_as_it_looks(own)} - {as_written}
    doubtful = verdict is Verdict.NONE and strictest(map(_read, others)) is not Verdict.NONE
    return Verdict.HOLD if doubtful else verdict


def _as_it_looks(own: str) -> Iterator[str]:
    """The text as it looks, and as it was meant then."""
    as_it_looks = plain(near.alike(own))
    yield as_it_looks
    yield near.mended(as_it_looks)


def _asks_in_full(text: str) -> bool:
    """Whether a plain text asks for a stop in so many words that a slip of the pen leaves no doubt."""
    clauses = [clause for clause in _clauses(_said(text)) if clause.count(" ") + 1 >= _WORDS_IN_FULL]
    return strictest(verdict for clause in clauses for verdict in asked(clause)) is Verdict.OUT


def _read(text: str) -> Verdict:
    """The verdict on a plain text: what is alone in it, else the strictest of what the rules say."""
    if alone := _alone(text):
        return alone
    said = _said(text)
    whole = " ".join(_clauses(said))
    if patterns.BOTH_WAYS.fullmatch(whole) or patterns.CALLS.fullmatch(whole):
        return Verdict.HOLD
    return strictest(rule(said) for rule in RULES)


def _said(text: str) -> list[Sentence]:
    """The sentences of a plain text, with "elsewhere" for what only looks like a request."""
    said = [tuple(patterns.ELSEWHERE.sub("elsewhere", clause) for clause in clauses) for clauses in sentences(text)]
    for sign, meant_otherwise in BESIDE:
        if any(map(sign.search, _clauses(said))):
            said = [tuple(clause for clause in clauses if not meant_otherwise.fullmatch(clause)) for clauses in said]
    return said


def _alone(text: str) -> Verdict | None:
    """START or HELP with nothing but courtesies (R8.4)."""
    left = {word for word in text.replace(",", " ").split() if word not in _COURTESIES}
    return next((verdict for verdict, keywords in _ALONE.items() if left and left <= keywords), None)


def _clauses(said: list[Sentence]) -> list[str]:
    return [clause for sentence in said for clause in sentence]


def _whole(said: list[Sentence]) -> Verdict:
    """A keyword is all there is."""
    text = " ".join(_clauses(said))
    if patterns.KEYWORDS.fullmatch(text):
        return Verdict.OUT
    return Verdict.HOLD if patterns.LONE.fullmatch(text) else Verdict.NONE


def _requests(said: list[Sentence]) -> Verdict:
    """A clause asks for a stop in words of its own."""
    return strictest(verdict for clause in _clauses(said) for verdict in asked(clause))


def _among_others(said: list[Sentence]) -> Verdict:
    """A keyword that means nothing else is one of the sentences, or goes on as a request would."""
    clauses = [clause for clause in _clauses(said) if not patterns.COURTESY.fullmatch(clause)]
    if any(map(patterns.PLAYFUL.search, clauses)):
        return Verdict.NONE
    goes_on = any(map(patterns.STRONG_WITH_MORE.fullmatch, clauses))
    if goes_on or any(patterns.STRONG.fullmatch(" ".join(sentence)) for sentence in said):
        return _unless_joking(clauses)
    return _first_or_last(clauses)


def _first_or_last(clauses: list[str]) -> Verdict:
    """A keyword begins or ends the text, parted by a comma, or is an ordinary word: the rest tells."""
    if not any(map(patterns.KEYWORDS.fullmatch, clauses[:1] + clauses[-1:])):
        return Verdict.NONE
    others = [clause for clause in clauses if not patterns.KEYWORDS.fullmatch(clause)]
    return _unless_joking(clauses) if _certain(clauses, others) else Verdict.HOLD


def _certain(clauses: list[str], others: list[str]) -> bool:
    """Whether the other clauses are no more than a complaint or a courtesy, or a plain keyword ends the text."""
    if any(patterns.COMPLAINT.match(clause) or patterns.DOUBT.match(clause) for clause in others):
        return True
    if all(map(patterns.LED.fullmatch, others)):
        return True
    strong = [clause for clause in clauses if patterns.STRONG.fullmatch(clause)]
    ends = clauses[-1:] == strong[-1:] and not any(map(patterns.CONDITION.match, clauses))
    return bool(strong) and (ends or any(map(patterns.AFTER_KEYWORD.match, clauses)))


def _unless_joking(clauses: list[str]) -> Verdict:
    return Verdict.HOLD if any(map(patterns.JOKE.search, clauses)) else Verdict.OUT


def _referring(said: list[Sentence]) -> Verdict:
    """A clause asks it for "her" or "it", and the text names the phone or the texts."""
    clauses = _clauses(said)
    names, refers = patterns.REFERENT.search, patterns.REFERRING.match
    return Verdict.OUT if any(map(names, clauses)) and any(map(refers, clauses)) else Verdict.NONE


def _doubts(said: list[Sentence]) -> Verdict:
    """A clause may mean a stop, or says that the phone is somebody else's (R8.2)."""
    clauses = _clauses(said)
    doubtful = any(map(patterns.DOUBT.match, clauses))
    wholly = any(patterns.WHOLE_DOUBT.fullmatch(part) for part in (*clauses, *map(" ".join, said)))
    return Verdict.HOLD if doubtful or wholly else Verdict.NONE


RULES: tuple[Rule, ...] = (_whole, _requests, _among_others, _referring, _doubts)
