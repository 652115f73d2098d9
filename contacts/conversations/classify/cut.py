"""What of a text are the sender's own words: reactions, quoted texts and signatures are cut off (R8.1, R8.3).

A text is shortened first, so that the work is bounded whatever is sent; every pattern below runs over a short text.
"""

import re
import unicodedata

LONGEST = 2000
"""Characters that are read of a text from its beginning; a carrier's longest is 1,600."""
ENDING = 400
"""Characters that are read of the end of a longer one."""

_UNSEEN = {"Cf", "Cc", "Cs", "Co", "Cn"}
_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
_EMBLEMS = "ℹ™℠"
"""Emoji that would become letters."""
_RUN = re.compile(r"(.)\1{3,}", re.DOTALL)
_SPACE = re.compile(r"\s+")

_OPEN = '["“”„‟«「『″]'
_CLOSE = '["”“»」』″]'
_SIGN = r"[^\w\s]{1,12}"
_ENGLISH = (
    r"(?:liked|loved|disliked|laughed at|emphasi[sz]ed|questioned|hearted|removed an? [\w ]{1,20} from"
    rf"|(?:\w{{1,20}} ){{0,2}}reacted (?:with )?(?:{_SIGN} )?to|removed {_SIGN} from|{_SIGN} (?:to|removed from))"
)
_SPANISH = (
    r"(?:(?:no )?le (?:gust[oó]|encant[oó]|dio risa|ha (?:gustado|encantado|dado risa))|se r[ií][oó] (?:de|con|por)"
    r"|exclam[oó] (?:por|en)|enfatiz[oó]|destac[oó]|resalt[oó]|pregunt[oó] por|cuestion[oó]|dud[oó] (?:de|sobre)"
    rf"|(?:ha )?reaccion(?:[oó]|ado) (?:con )?{_SIGN} (?:a|en)|(?:elimin[oó]|quit[oó]|borr[oó]) [\w ]{{1,40}} (?:de|a)"
    r"|dio (?:un )?[\w ]{1,20} a)"
)
_FRENCH = (
    r"(?:a (?:bien )?(?:aim[eé]|ador[eé]|ri (?:de|[aà])|soulign[eé]|mis en [eé]vidence|mis l.accent sur|insist[eé] sur"
    r"|interrog[eé]|questionn[eé])|n.a pas aim[eé]|s.est interrog[eé] sur"
    rf"|a r[eé]agi (?:avec|par) {_SIGN} [aà]|a (?:retir[eé]|supprim[eé]) [\w’' ]{{1,40}} de)"
)
_PORTUGUESE = (
    r"(?:(?:n[aã]o )?(?:curtiu|gostou de|gostou|amou|adorou)|riu (?:de|com)|enfatizou|destacou|questionou"
    rf"|reagiu (?:com )?{_SIGN} (?:a|[aà]|ao)|removeu [\w ]{{1,40}} de)"
)
_DONE = rf"(?:{_ENGLISH}|{_SPANISH}|{_FRENCH}|{_PORTUGUESE})"
_QUOTING = re.compile(rf"[\s\"“*(]*{_DONE}:?\s*(?:{_OPEN}(?P<rest>.*)|['‘].*['’]\W*$)", re.IGNORECASE | re.DOTALL)
_THING = (
    r"(?:an?|one|the|una?|un|une|uma?) (?:image|photo|picture|movie|video|attachment|audio message|sticker|gif|link"
    r"|location|imagen|foto|v[ií]deo|mensaje|pi[eè]ce jointe|imagem|mensagem)"
)
_OF_A_THING = re.compile(rf"\s*{_DONE}\s+{_THING}\W*", re.IGNORECASE)
_OUTER = re.compile(r"^\W+|\W+$")
_LAST_QUOTE = re.compile(rf".*{_CLOSE}", re.DOTALL)

_QUOTED_LINE = re.compile(r"^[ \t]*>(?!.*<\s*$).*$", re.MULTILINE)
_WROTE = re.compile(
    r"(?<!\S)(?:on|le|el|em|am)\s(?=[^\n]{0,150}\d)[^\n]{4,150}"
    r"\b(?:wrote|a [eé]crit|escribi[oó]|escreveu|schrieb)\s?:.*"
    r"|-{3,} ?(?:original message|forwarded message|mensaje original|message d'origine|mensagem original) ?-{3,}.*"
    r"|^_{8,}.*|^from: [^\n]{1,150}\n(?:sent|date|to): .*",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
_SIGNATURE = re.compile(
    r"(?<=\n)[-–—]{1,3} ?\n.*"
    r"|^[-—~( ]*(?:(?:sent|texted|typed) (?:from|via|by|with|using)"
    r"|(?:get|download) (?:outlook|textnow|yahoo mail|bluemail)"
    r"|enviado (?:desde|do|da|por|via)|mandado desde|envoy[eé] (?:de|depuis|[aà] partir|par|via)"
    r"|(?:obtener|obtenir|obter|t[eé]l[eé]charger) outlook|yahoo mail:)\b[^\n]*"
    r"|\b(?:sent from my|get outlook for|enviado desde mi|enviado do meu|envoy[eé] de mon)\b[^\n]*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)


def shorten(text: str) -> str:
    """A text in common forms of letters, without invisible characters and long runs; of a long one, both ends."""
    text = _ends(text, 10 * LONGEST, 10 * ENDING)
    unseen = {ord(char): None for char in set(text) if _is_unseen(char)} | dict.fromkeys(
        map(ord, _BLANK + _EMBLEMS), " "
    )
    seen = unicodedata.normalize("NFKC", text.translate(unseen))
    return _ends(_SPACE.sub(_one_space, _RUN.sub(r"\1\1\1", seen)), LONGEST, ENDING)


def is_reaction(text: str) -> bool:
    """Whether a text is what a phone sends for a reaction, which quotes the text reacted to (R3.5, R8.3)."""
    short = shorten(text)
    return bool(_OF_A_THING.fullmatch(short)) or _beside_a_reaction(short) == ""


def own_words(text: str) -> str:
    """What the sender wrote, of a shortened text. A text that is nothing but a quoted line is their own after all."""
    beside = _beside_a_reaction(text)
    if beside is not None or _OF_A_THING.fullmatch(text):
        return beside or ""
    own = _SIGNATURE.sub(" ", _WROTE.sub(" ", text))
    return own if "\n" not in own.strip() else _QUOTED_LINE.sub(" ", own)


def _beside_a_reaction(text: str) -> str | None:
    """What stands after the quotation of a reaction; None if the text is no reaction."""
    found = _QUOTING.match(text)
    if found is None:
        return None
    rest = found["rest"] or ""
    after = _LAST_QUOTE.sub("", rest, count=1) if _LAST_QUOTE.match(rest) else ""
    return _OUTER.sub("", after)


def _ends(text: str, beginning: int, ending: int) -> str:
    """So many characters of the beginning and of the end, cut where words do."""
    if len(text) <= beginning + ending:
        return text
    return f"{text[:beginning].rpartition(' ')[0] or text[:beginning]}\n{text[-ending:].partition(' ')[2]}"


def _is_unseen(char: str) -> bool:
    return char not in "\n\r\t" and (unicodedata.category(char) in _UNSEEN or char in "\u034f\ufe0e\ufe0f")


def _one_space(found: re.Match[str]) -> str:
    return "\n" if "\n" in found[0] or "\r" in found[0] or "\u2028" in found[0] else " "
