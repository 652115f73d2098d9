"""What an inbound text asks for (R8.1 to R8.4), in every spelling that asks for the same."""

import json
import unicodedata
from dataclasses import dataclass
from io import BytesIO, StringIO, TextIOWrapper
from pathlib import Path
from typing import Literal

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from contacts.conversations.classify import Verdict, classify, cut, doubts, is_reaction, normal, phrases, romance, words
from contacts.conversations.classify.cut import own_words, shorten

CASES = [
    json.loads(line) for line in (Path(__file__).parents[1] / "cases/inbound_texts.jsonl").read_text().splitlines()
]
MILLION = 10**6
type Form = Literal["NFC", "NFD", "NFKC", "NFKD"]


def texts(verdict: str) -> list[str]:
    return [case["text"] for case in CASES if case["verdict"] == verdict]


OUT = texts("OUT")
PLAIN_OUT = [text for text in OUT if own_words(shorten(text)).strip() == text.strip() and "\n" not in text.strip()]
"""Those that end with the sender's own words, so that something may be written behind them."""
KEYWORDS = f"{words.STRONG}|{words.WEAK}".split("|")


@pytest.mark.parametrize("why", sorted({case["why"] for case in CASES}))
def test_a_text_is_read_as_a_reasonable_person_would(why: str) -> None:
    expected = {case["text"]: case["verdict"] for case in CASES if case["why"] == why}
    assert {text: str(classify(text)) for text in expected} == expected


def test_there_is_a_case_for_every_keyword_of_the_rule() -> None:
    assert set(KEYWORDS) <= {text.casefold() for text in OUT} | {"opt out"}


# Every certain stop stays one, however it is written.


def in_full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def in_bold(text: str) -> str:
    """Mathematical letters, which phones offer as a font."""
    return "".join(
        chr(0x1D400 + ord(char) - 65)
        if "A" <= char <= "Z"
        else chr(0x1D41A + ord(char) - 97)
        if "a" <= char <= "z"
        else char
        for char in text
    )


def curled(text: str) -> str:
    return text.replace("'", "’")


SPELLINGS = {
    "upper case": str.upper,
    "lower case": str.lower,
    "title case": str.title,
    "swapped case": str.swapcase,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "curled apostrophes": curled,
    "no apostrophes": lambda text: text.replace("'", "").replace("’", ""),
    "full width": in_full_width,
    "bold": in_bold,
    "zero-width spaces": lambda text: "\u200b".join(text),
    "soft hyphens": lambda text: "\u00ad".join(text),
    "left-to-right marks": lambda text: f"\u200e{text}\u200f",
    "variation selectors": lambda text: f"{text}\ufe0f",
    "two spaces": lambda text: text.replace(" ", "  "),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "outer spaces": lambda text: f" \t{text} \n ",
}
ENDS = {
    "full stop": "{}.",
    "exclamation marks": "{}!!!",
    "question mark": "{}?",
    "ellipsis": "{}…",
    "quotes": '"{}"',
    "curled quotes": "“{}”",
    "low quotes": "„{}“",
    "guillemets": "« {} »",
    "single quotes": "‘{}’",
    "brackets": "[{}]",
    "asterisks": "*{}*",
    "emoji behind": "{} 🙏🏽",
    "emoji before": "😡😡 {}",
    "a heart": "{} ❤️",
    "please behind": "{} please",
    "please before": "Please {}",
    "pls": "pls {}",
    "thanks": "{}, thanks",
    "thank you": "{}. Thank you!",
    "a greeting": "Hello, {}",
    "a day": "{}. Have a nice day",
    "okay": "ok {}",
    "twice": "{0}. {0}",
    "twice in lines": "{0}\n{0}",
    "iPhone": "{}\n\nSent from my iPhone",
    "Outlook": "{}\nGet Outlook for Android",
    "a dashed signature": "{}\n-- \nMary Miller\n555-0100",
    "Spanish phone": "{}\nEnviado desde mi iPhone",
    "French phone": "{}\nEnvoyé de mon iPhone",
    "our text quoted": "{}\n> Hi! Reply START to hear more",
    "our text below": "{}\n\nOn Tue, Nov 3, 2026 at 4:30 PM 12345 <a@b.example> wrote:\n> Hi there",
    "help": "{}\nHELP",
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_stop_stays_one_in_another_spelling(spelling: str) -> None:
    assert [text for text in OUT if classify(SPELLINGS[spelling](text)) != Verdict.OUT] == []


@pytest.mark.parametrize("end", ENDS)
def test_a_stop_stays_one_with_courtesies_and_signatures_around_it(end: str) -> None:
    assert [text for text in PLAIN_OUT if classify(ENDS[end].format(text)) != Verdict.OUT] == []


@pytest.mark.parametrize("end", ["{} period", "{} exclamation point", "{} period thank you period", "{} comma thanks"])
def test_a_stop_stays_one_with_marks_that_were_dictated(end: str) -> None:
    spoken = [text for text in PLAIN_OUT if text[-1].isalnum() and not text.endswith(("period", "mark"))]
    assert [text for text in spoken if classify(end.format(text)) != Verdict.OUT] == []


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("separator", [" ", ".", "-", "_", " . ", "*", ", "])
def test_a_keyword_may_be_spelled_out(keyword: str, separator: str) -> None:
    assert classify(separator.join(keyword.replace(" ", ""))) == Verdict.OUT


@pytest.mark.parametrize("keyword", KEYWORDS)
@pytest.mark.parametrize("said", ["{0} {0} {0}", "{0}{0}", "{0} 12345", "{0}, {0}", "{0} 2 {0}", "{0}\n1"])
def test_a_keyword_may_be_repeated_or_followed_by_a_number(keyword: str, said: str) -> None:
    assert classify(said.format(keyword.replace(" ", "") if said == "{0}{0}" else keyword)) == Verdict.OUT


@pytest.mark.parametrize("keyword", KEYWORDS)
def test_letters_that_only_look_alike_leave_a_keyword_in_doubt(keyword: str) -> None:
    disguised = keyword.replace("a", "а").replace("e", "е").replace("o", "о").replace("i", "і").replace("u", "υ")
    assert disguised != keyword
    assert classify(disguised) == Verdict.HOLD


@pytest.mark.parametrize("keyword", ["stop", "unsubscribe", "optout", "remove", "cancel"])
def test_two_letters_changed_about_leave_a_keyword_in_doubt(keyword: str) -> None:
    swapped = {keyword[:at] + keyword[at + 1] + keyword[at] + keyword[at + 2 :] for at in range(len(keyword) - 1)} - {
        keyword
    }
    assert {slip: classify(slip) for slip in swapped} == dict.fromkeys(swapped, Verdict.HOLD)


def slips(word: str) -> set[str]:
    """The word with two letters changed about, or without one."""
    places = range(1, len(word) - 1)
    swapped = {word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in places}
    return (swapped | {word[:at] + word[at + 1 :] for at in places}) - {word}


@pytest.mark.parametrize("word", ["please", "remove", "number"])
def test_a_slip_of_the_pen_in_a_request_of_many_words_leaves_no_doubt(word: str) -> None:
    said = {slip: "please remove my number from your list".replace(word, slip) for slip in slips(word)}
    assert {slip: classify(text) for slip, text in said.items()} == dict.fromkeys(said, Verdict.OUT)


@pytest.mark.parametrize("text", ["stop", "remove me", "leave me alone"])
def test_a_laughing_face_is_read_like_the_word(text: str) -> None:
    assert classify(f"{text} 😂") == classify(f"{text} lol")


# What is none stays none.


@pytest.mark.parametrize(
    "spelling", ["upper case", "lower case", "title case", "decomposed", "full width", "zero-width spaces"]
)
def test_an_ordinary_text_stays_one_in_another_spelling(spelling: str) -> None:
    assert [text for text in texts("NONE") if classify(SPELLINGS[spelling](text)) != Verdict.NONE] == []


@pytest.mark.parametrize("end", ["{}.", "{}!!!", "{}?", "“{}”", "{} 🙂", "*{}*", "{}\n\nSent from my iPhone"])
def test_an_ordinary_text_stays_one_with_other_marks_around_it(end: str) -> None:
    assert [text for text in texts("NONE") if "\n" not in text and classify(end.format(text)) != Verdict.NONE] == []


@pytest.mark.parametrize("verdict", ["IN", "HELP"])
@pytest.mark.parametrize("spelling", SPELLINGS)
def test_start_and_help_are_known_in_another_spelling(verdict: str, spelling: str) -> None:
    assert [text for text in texts(verdict) if classify(SPELLINGS[spelling](text)) != verdict] == []


@pytest.mark.parametrize("word", ["start", "unstop"])
@pytest.mark.parametrize("said", ["{} over", "yes {}", "{} texting me", "{} 12345", "un{}", "don't {}", "5{}"])
def test_nothing_but_start_alone_reverses(word: str, said: str) -> None:
    assert classify(said.format(word)) != Verdict.IN


# Reactions and quotations.


def test_a_reaction_is_known() -> None:
    reactions = [case["text"] for case in CASES if case["why"] == "a reaction that quotes us"]
    assert [text for text in reactions if not is_reaction(text) or not is_reaction(f"\u200b{text} ")] == []


@pytest.mark.parametrize(
    "text",
    [
        "Liked it",
        "I loved the “STOP” sign",
        "STOP",
        "Loved it. “STOP”",
        "",
        "Liked “Hi” STOP",
        "Removed",
        "Questioned by the police",
    ],
)
def test_what_only_begins_like_a_reaction_is_none(text: str) -> None:
    assert not is_reaction(text)


def test_no_stop_is_a_reaction() -> None:
    assert [text for text in OUT if is_reaction(text)] == []


def test_a_reaction_that_quotes_a_stop_asks_for_nothing() -> None:
    assert [text for text in OUT if classify(f"Liked “{text}”") != Verdict.NONE] == []


# Bounded for any length: what is done later sees only so much of a text.


PIECES = [
    *(
        "a",
        " ",
        "\n",
        "\u200b",
        "\u0301",
        "\ufdfa",
        "😀",
        "1",
        "'",
        "“",
        "- ",
        "a.",
        "x@",
        "> ",
        "s\u200b",
        "s ",
        "not ",
        "hi ",
    ),
    *("stop", "STOP ", "stop,", "no,", "please ", "i want to ", "i told you to ", "do not ", "remove me from your "),
    *(
        "who is this ",
        "the wrong ",
        "Liked “",
        "on 1 ",
        "sent from my ",
        "5t0p ",
        "ЅТОР ",
        "unsubscrib ",
        "text and call ",
    ),
]
HOSTILE = [
    *(piece * (MILLION // len(piece)) for piece in PIECES),
    "\u200b" * MILLION + "stop",
    "remove me from " + "your " * MILLION,
    "do not want to receive " + "any " * MILLION + "money",
    "Reacted " + "😀" * MILLION + " to “",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:20]))
def test_of_a_megabyte_only_so_much_is_read(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever follows is done with what is normalised, so its length bounds the work."""
    read: list[int] = []
    normalise = unicodedata.normalize

    def measured(form: Form, part: str) -> str:
        read.append(len(part))
        return normalise(form, part)

    monkeypatch.setattr(unicodedata, "normalize", measured)
    assert classify(text) in Verdict
    assert max(read) <= 10 * (cut.LONGEST + cut.ENDING) + 1
    assert len(shorten(text)) <= cut.LONGEST + cut.ENDING + 1
    assert len(normal.plain(shorten(text))) <= 2 * (cut.LONGEST + cut.ENDING)


def test_a_stop_at_either_end_of_a_megabyte_is_found() -> None:
    assert classify("Stop texting me. " + "bla " * MILLION) == Verdict.OUT
    assert classify("bla " * MILLION + ". Stop texting me.") == Verdict.OUT
    assert classify("STOP " * MILLION) == Verdict.OUT


@given(st.text())
def test_any_text_has_a_verdict(text: str) -> None:
    assert classify(text) in Verdict


VOCABULARY = sorted(
    {
        word
        for table in (phrases.LEADS, phrases.REQUESTS, doubts.DOUBTS, romance.REQUESTS)
        for word in table.split()
        if word.isalpha()
    }
)


@given(
    st.lists(st.sampled_from([*VOCABULARY, *KEYWORDS, *words.FRAMES.split("|")]), max_size=60), st.sampled_from(" ,\n")
)
def test_any_mixture_of_the_words_of_the_tables_has_a_verdict(mixture: list[str], separator: str) -> None:
    assert classify(separator.join(mixture)) in Verdict


@given(st.text(alphabet=st.characters(categories=["Cf"]), max_size=5), st.sampled_from(OUT))
def test_no_invisible_character_hides_a_stop(invisible: str, text: str) -> None:
    assert classify(invisible + invisible.join(text) + invisible) == Verdict.OUT


# The command.


@dataclass
class Ran:
    answers: list[dict[str, object]]
    problems: list[str]
    code: int


def classify_texts(lines: bytes, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """Run it as the shell would."""
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(lines)))
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("classify_texts", stdout=out, stderr=err)
    except CommandError as error:
        code = error.returncode
    return Ran([json.loads(line) for line in out.getvalue().splitlines()], err.getvalue().splitlines(), code)


def test_the_command_answers_each_line_with_the_same_object(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = classify_texts(b'{"text": "STOP", "id": 7}\n\n{"verdict": "?", "text": "Arr\xc3\xaat\\ud83d"}', monkeypatch)
    assert ran.answers == [
        {"text": "STOP", "id": 7, "verdict": "OUT"},
        {"text": "Arrêt\ud83d", "verdict": "OUT"},
    ]
    assert (ran.problems, ran.code) == ([], 0)


def test_a_broken_line_is_named_and_the_others_are_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        b'{"text": "quit"}',
        b"STOP",
        b"[1]",
        b'{"body": "x"}',
        b'{"text": null}',
        b"\xff",
        b"[" * 100_000,
        b'{"text": "hi"}',
    ]
    ran = classify_texts(b"\n".join(lines), monkeypatch)
    assert [answer["verdict"] for answer in ran.answers] == ["OUT", "NONE"]
    assert [problem.partition(":")[0] for problem in ran.problems] == [f"Line {number}" for number in range(2, 8)]
    assert "not JSON" in ran.problems[0]
    assert 'no "text"' in ran.problems[2]
    assert ran.code == 2


def test_the_command_reads_lines_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = classify_texts(json.dumps({"text": "leave me alone"}).encode() + b"\r\n", monkeypatch)
    assert ran.answers == [{"text": "leave me alone", "verdict": "HOLD"}]
