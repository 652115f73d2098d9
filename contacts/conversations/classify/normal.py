"""One spelling for all: a text as clauses of plain words (R8.1).

``plain`` evens out how it is written; ``canonical`` reads contractions and abbreviations as what they stand for.
"""

import re
import unicodedata
from collections.abc import Iterator

from contacts.conversations.classify import words

type Sentence = tuple[str, ...]
"""The clauses between two commas, in plain words."""

_DASHES = dict.fromkeys(map(ord, "–—―⸺−"), " - ")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’‘ʼ`´](?=[^\W\d_])")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\b[\w.@-]{1,80}\.(?:com|org|net|gov|edu|info|io|ly|vote|us|co)\b\S*")
_STRETCHED = re.compile(r"\b\w*?([^\W\d_])\1\1\w*")
_RUN = re.compile(r"([^\W\d_])\1\1+")
_SPELLED = re.compile(r"(?<!\w)[^\W\d_](?:[ .,\-_*/~+\n]{1,3}[^\W\d_]){2,}(?!\w)")
_ABBREVIATED = re.compile(rf"\b({words.ABBREVIATIONS})\.(?=\s)")
_LAUGHING = re.compile(f"[{words.LAUGHING}]+")
_DICTATED = re.compile(
    rf"\b(?P<before>\w+) (?:(?P<comma>{words.DICTATED_COMMA})|(?:{words.DICTATED_END}))"
    rf"(?=\s*(?:[^\w\s]|$)|\s(?:{words.AFTER_A_MARK})\b)",
    re.MULTILINE,
)
_NO_MARK_AFTER = frozenset(words.NO_MARK_AFTER.split("|"))
_AND = re.compile(r"[&+](?=.*\w)")
_EITHER = re.compile(r"(?<=[a-z])/(?=[a-z])")
_CENSORED = re.compile(r"(?<=[^\W\d_])\*+(?=[^\W\d_])")
_NUMBER_SIGN = re.compile(r"\b(my|this|dis|the|wrong|rong|your) ?#(?!\w)")
_KEYWORD_WITH_NUMBER = re.compile(rf"\b({words.STRONG}|{words.WEAK})(?=\d)")
_IN_A_NUMBER = re.compile(r"(?<=\d)[.,\-/](?=\d)")
_SENTENCE_END = re.compile(r"[.!?;\n…|•]+|(?<!\S)-+|--+|-+(?!\S)")
_COMMA = re.compile(r"\s*[,:]+\s*")
_LIMITED = re.compile(
    r",(?=(?:unless|until|till|before|after|except|only if|if"
    r"|(?:but |just |please )?text me(?!,? ?(?:or|and|nor|e ?mail|again|ever)\b)"
    r"|(?:but )?(?:just |only )?text(?:s|ing)?(?: only| instead)?$|(?:but )?text(?:s|ing)? (?:is|are|works|would)"
    r"|(?:but )?just text|(?:but |just )?keep (?:the|those|sending)"
    r"|(?:mejor )?(?:mande|escriba|envie|texte)\w{0,2}me|(?:plutot )?(?:ecrivez|textez|envoyez) moi)\b)",
    re.MULTILINE,
)
_OTHER = re.compile(r"[^\w\n,]+|_+")
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(words.PHRASES, key=len, reverse=True))})\b")
_WELL_WISHES = re.compile(rf"\b(?:{words.WELL_WISHES})(?!\S)")
_FILLER = frozenset(words.FILLERS.split("|"))
_SPELLABLE = frozenset(f"{words.STRONG}|{words.WEAK}|{words.START}".replace(" ", "").split("|"))
_TOGETHER = re.compile(words.RUN_TOGETHER)
_ONLY_TOGETHER = re.compile(rf"(?:{words.RUN_TOGETHER})+")
_LONGEST_WORD = 40


def plain(text: str) -> str:
    """Lower case, no accents, no apostrophes, no emoji; a line for each sentence, a comma between its clauses."""
    text = _LAUGHING.sub(", lol,", _ADDRESS.sub(" ", _folded(text).translate(_DASHES)))
    text = _DICTATED.sub(_marked, _ABBREVIATED.sub(r"\1", text))
    text = _SPELLED.sub(_joined, _STRETCHED.sub(_drawn_together, _APOSTROPHE.sub("", text)))
    text = _EITHER.sub(" or ", _CENSORED.sub("", text))
    text = _KEYWORD_WITH_NUMBER.sub(r"\1 ", _NUMBER_SIGN.sub(r"\1 number", text))
    text = _SENTENCE_END.sub("\n", _IN_A_NUMBER.sub(" ", _AND.sub(" and ", text)))
    return _LIMITED.sub(" ", _OTHER.sub(" ", _COMMA.sub(",", text)))


def sentences(text: str) -> list[Sentence]:
    """The sentences of a plain text, each as its clauses, in canonical words; empty ones are left out."""
    lines = (tuple(filter(None, map(canonical, line.split(",")))) for line in text.split("\n"))
    return [clauses for clauses in lines if clauses]


def canonical(clause: str) -> str:
    """Plain words as ``words`` reads them, without those that may be left out."""
    spaced = " ".join(_apart(" ".join(clause.split())))
    read = " ".join(words.WORDS.get(word, word) for word in _PHRASE.sub(_meant, spaced).split())
    again = _WELL_WISHES.sub("thanks", _PHRASE.sub(_meant, read))
    return " ".join(word for word in again.split() if word not in _FILLER)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


def _marked(found: re.Match[str]) -> str:
    """ "stop period" is "stop." where it was dictated."""
    if found["before"] in _NO_MARK_AFTER:
        return found[0]
    return found["before"] + ("," if found["comma"] else "\n")


def _drawn_together(found: re.Match[str]) -> str:
    """ "stooop" is "stop"."""
    word = _RUN.sub(r"\1", found[0])
    return words.STRETCHED.get(word, word)


def _joined(found: re.Match[str]) -> str:
    """ "s.t.o.p" is "stop"; other single letters are left as they are."""
    word = re.sub(r"\W|_", "", found[0])
    return word if word in _SPELLABLE or _ONLY_TOGETHER.fullmatch(word) else found[0]


def _apart(clause: str) -> Iterator[str]:
    """ "stopplease" is "stop please", "stopstopstop" is "stop"."""
    for word in clause.split():
        if len(word) <= _LONGEST_WORD and _ONLY_TOGETHER.fullmatch(word):
            yield from _TOGETHER.findall(word)
        else:
            yield next((key for key in _SPELLABLE if key * (len(word) // len(key)) == word), word)


def _meant(found: re.Match[str]) -> str:
    return words.PHRASES[found[0]]
