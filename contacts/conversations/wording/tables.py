"""What the rules of an organization's wordings look for, apart from the code that looks (R4.9).

Patterns are matched against text without accents, invisible characters and widths (``rules.plain``), in any capitals.
English, Spanish, French and Portuguese.
"""

import re
from collections.abc import Sequence


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def _words(words: str) -> str:
    """A pattern of whole words; a line each, an underscore for the space inside one."""
    return rf"\b(?:{'|'.join(word.replace('_', r'\s+') for word in words.split())})\b"


_ENDS = "com org net edu gov info biz io co us me ly gl gd be app link site shop store online vote uk ca mx es fr br"
_TLD = "|".join(_ENDS.split())

LINK = _any(
    [
        r"\bh[tx]{2}ps?\b",
        r"\w+://\S*",
        r"\bwww\b",
        r"[\w-]+\.[^\W\d_]{2,}(?:/\S*)?",  # any ending: what a phone makes a link of is not ours to list
        r"\w+\s*[(\[{<]?\s*\b(?:dot|punto|point|ponto)\b\s*[)\]}>]?\s*(?:" + _TLD + r")\b",
        r"\w+\s*[(\[{<]\s*\.\s*[)\]}>]\s*\w+",
        r"\w+\s+\.\s*(?:" + _TLD + r")\b",
        r"\w+\.\s+(?:com|org|net|edu|gov|io|ly)\b",
        r"\bbit\s*\.?\s*ly\b|\btinyurl\b",
        r"\b\d{1,3}(?:\.\d{1,3}){3}\b",
    ]
)
ADDRESS = re.compile(r"\S*@\S*|\b\w+ ?[(\[]at[)\]] ?\w+", re.IGNORECASE)
NUMBER = re.compile(r"\+?\d(?:[\s().+/-]{0,3}\d){4,}")
"""Five digits or more: a phone, or a short code."""

MONEY = _any(
    [
        r"[$€£¥¢₹₱₩₿]\s*\d[\d.,]*|\d[\d.,]*\s*[$€£¥¢₹₱₩₿]|[$€£¥¢₹₱₩₿]",
        r"\d[\d.,]*\s*(?:usd|eur|gbp|cad|mxn|brl|dollars?|bucks?|euros?|cents?|pounds?|pesos?|dolares|reais)\b",
        r"\b(?:usd|eur|gbp|cad|mxn|brl)\s*\d[\d.,]*",
        r"\d[\d.,]*\s*%|%",
        r"\bper\s?cent\b|\bpor\s?ciento\b|\bpour\s?cent\b|\bpor\s?cento\b",
        r"\b(?:one|two|five|ten|twenty|fifty|hundred|thousand)\s+(?:dollars?|bucks?|euros?|pounds?)\b",
    ]
)

MARKETING = _any(
    [
        _words(
            """free discounts? sales? deals? offers? coupons? vouchers? promos? promotions? promotional bargains?
            rebates? donate donates donations? donating donors? contribute contributions? chip_in pitch_in fundraisers?
            give_now buy purchases? shop shopping order_now save_big save_now win winner prizes? gifts? bonus rewards?
            raffles? giveaways? exclusive limited_time last_chance hurry cheap sign_up signup join follow_us like_us
            share visit click tap_here download check_out learn_more find_out_more vote volunteer volunteers petitions?
            rsvp attend our_event support_us""",
        ),
        _words(
            """gratis descuentos? ofertas? rebajas? promocion promociones venta compra compre comprar donar dona
            donaciones donacion donativos? regalos? premios? gana gane ganar sorteo aproveche aprovecha visite visita
            haz_clic haga_clic unete unase siguenos siganos vota vote_por voluntarios?""",
        ),
        _words(
            """gratuit gratuite rabais soldes? cadeaux? achetez acheter un_don vos_dons donnez gagnez visitez cliquez
            rejoignez suivez-nous votez benevoles?""",
        ),
        _words(
            """descontos? promocao doe doar doacao doacoes ganhe brindes? participe junte-se siga-nos
            clique""",
        ),
    ]
)

_VERB = (
    r"(?:reply|replies|respond|text|txt|send|answer|type|write|message|enter|"
    r"responda|responde|conteste|contesta|envie|envia|mande|manda|escriba|escribe|"
    r"repondez|reponds|envoyez|ecrivez|escreva|digite)"
)
_FILLERS = (
    r"(?:\s+(?:back|us|me|with|the|a|an|word|keyword|letter|code|number|just|now|con|la|el|palabra|"
    r"avec|le|mot|com|palavra|nos)\b){0,5}"
)
_QUOTES = r"[\"'“”‘’«»]"

START = re.compile(
    rf"(?:\b(?:unless|until|hasta\s+que|a\s+menos\s+que)\s+(?:you\s+)?)?"
    rf"\b{_VERB}{_FILLERS}\s+{_QUOTES}?(?-i:START){_QUOTES}?(?![\w/])",
    re.IGNORECASE,
)
"""How consent comes back (R4.8): the one keyword that may be named."""
STOP = re.compile(rf"\b{_VERB}{_FILLERS}\s+{_QUOTES}?(?-i:STOP){_QUOTES}?(?![\w/])", re.IGNORECASE)
"""How to opt out, which a help reply says."""

NO_REPLY = _any(
    [
        r"\bno\s+(?:reply|response|answer|further\s+reply)\b",
        r"\b(?:do\s+not|don'?t|cannot|can'?t|need\s+not|no\s+need\s+to|don'?t\s+need\s+to)\s+(?:reply|respond|answer)\b",
        r"\bno\s+(?:responda|responde|conteste|contesta)\b",
        r"\bne\s+repondez\s+pas\b",
        r"\bnao\s+responda\b",
    ]
)
"""That none is wanted."""
_CAPITALS = r"(?!(?:you|us|any|more|again|messages?|from|to|now)\b)(?-i:[A-Z][A-Z0-9]+)\b"
_KEYWORDS = (
    r"(?:yes|yep|yeah|y|no|n|si|s|oui|sim|join|start|unstop|stop|ok|okay|in|info|help|subscribe|continue|resume|vote|"
    r"\d{1,4})\b(?!\s+(?:more|further|longer|texts?|messages?)\b)"
)
KEYWORD = re.compile(rf"\b{_VERB}{_FILLERS}\s*:?\s+(?:{_QUOTES}\w+{_QUOTES}|{_CAPITALS}|{_KEYWORDS})", re.IGNORECASE)
"""A word to answer with: quoted, in capitals, or one that is used so."""
REPLY = _any(
    [
        r"\b(?:reply|respond|replying|responding)\b",
        r"\b(?:text|write|message|call|contact|tell|email|e-mail|ask)\s+(?:to\s+)?us\b|\b(?:text|write|call)\s+back\b",
        r"\blet\s+us\s+know\b",
        r"\b(?:responda|responde|conteste|contesta|repondez|reponds|llamenos|llame|appelez|ligue)\b",
    ]
)
"""An answer that is asked for without a word to answer with."""

TAKES_BACK = _any(
    [
        r"\b(?:not|never|n'?t)\s+(?:yet\s+|been\s+|be\s+){0,2}(?:opted|unsubscribed|removed)",
        r"\bnever\s+stop",
        _words(
            """unless except excepting for_now for_the_moment temporarily until paused pausing other_than other_texts
            next_week next_month this_week this_month ultimately however still_(?:get|receive|hear|send|text|be)
            por_ahora excepto salvo hasta_que sauf pour_l'instant por_enquanto exceto"""
        ),
        r"\b(?:for|in)\s+\d+\s+(?:hours?|days?|weeks?|months?)\b",
    ]
)

_TEXTS = r"(?:texts?|texting|messages?|messaging|sms|hear|contact|mensajes?|textos?|mensagens)"
SAYS_STOP = _any(
    [
        r"\bopted[\s-]?out\b",
        r"\bopt[\s-]?out\s+(?:request\s+)?(?:is|was|has\s+been)\s+(?:recorded|confirmed|done|received|noted|complete)",
        r"\bunsubscribed\b",
        rf"\bno\s+(?:more|further)\s+(?:\w+\s+){{0,2}}{_TEXTS}\b",
        rf"\bno\s+longer\s+(?:\w+\s+){{0,3}}{_TEXTS}\b",
        rf"\b(?:wo?n'?t|will\s+not|shall\s+not|will\s+never|not\s+going\s+to)\s+(?:\w+\s+){{0,3}}{_TEXTS}\b",
        rf"\bwe(?:'?ve|'?ll|\s+have|\s+will|\s+are)?\s+(?:now\s+)?stop(?:ped)?\s+(?:\w+\s+){{0,2}}{_TEXTS}\b",
        r"\b(?:texts|messages)\s+(?:from\s+us\s+|to\s+you\s+)?(?:will\s+|have\s+|now\s+){0,2}(?:stop|stopped|end|ended)\b",
        r"\b(?:removed|taken|took|take)\s+(?:\w+\s+){0,2}(?:from|off)\s+(?:\w+\s+){0,2}lists?\b",
        r"\b(?:ya\s+)?no\s+(?:le\s+|te\s+|les\s+|os\s+)?(?:enviaremos|mandaremos|escribiremos|contactaremos|recibiras?)\b",
        r"\bdad[oa]s?\s+de\s+baja\b",
        r"\bne\s+recevrez\s+plus\b|\bdesabonnee?s?\b|\bdesinscrite?s?\b",
        r"\bnao\s+(?:recebera|enviaremos)\s+mais\b|\bdescadastrad[oa]\b",
    ]
)
"""That texts stop, said of now and for good."""

SHORTENERS = frozenset(
    ["bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "shorturl.at", "t.co", "t.ly", "tinyurl.com"]
)
"""Hosts of shortened links: they hide where they lead."""

PLACEHOLDER = re.compile(
    r"[$#%]?\{+\s*([^{}]{0,40}?)\s*\}+|\[([^\]]{1,40})\]|<([^>]{1,40})>|%(\w{2,40})%|\*\|(\w{1,40})\|\*"
)
