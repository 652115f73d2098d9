"""The first text of a goal: whom it names, how to stop, and what replies it asks for (R7.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.conversations import script
from contacts.conversations.script import HOW_TO_STOP, Values, text_for

DANA = Values("Dana", "Whitfield", "Tess", "Riverside Neighbors", "Eastside")


def test_placeholders_are_filled_in() -> None:
    assert text_for("Hi {first_name} {last_name}, {agent} of {organization}, {group}. Stop? STOP ends it", DANA) == (
        "Hi Dana Whitfield, Tess of Riverside Neighbors, Eastside. Stop? STOP ends it"
    )


def test_somebody_without_a_first_name_is_greeted_all_the_same() -> None:
    assert text_for("Hi {first_name}, …", Values("", "", "Tess", "R", "E")).startswith("Hi there, …")


def test_a_name_that_looks_like_a_placeholder_stays_a_name() -> None:
    assert text_for("{first_name}", Values("{agent}", "", "Tess", "R", "E")).startswith("{agent} ")


@pytest.mark.parametrize(
    "told",
    [
        "Reply STOP to opt out",
        "Text STOP to end.",
        "reply stop to unsubscribe",
        "STOP to quit",
        "Send STOP = no more texts",
    ],
)
def test_how_to_stop_is_added_unless_it_is_told(told: str) -> None:
    assert text_for(f"Hi. {told}", DANA) == f"Hi. {told}"
    assert text_for("Hi.", DANA) == f"Hi. {HOW_TO_STOP}"


@pytest.mark.parametrize("words", ["The bus stop is closed.", "We must STOP this bill", "Don't stop"])
def test_a_stop_that_tells_nothing_is_not_enough(words: str) -> None:
    assert text_for(words, DANA).endswith(HOW_TO_STOP)


@pytest.mark.parametrize("text", ["Hi from {organization}", "Hi from riverside neighbors"])
def test_a_script_has_to_name_who_texts(text: str) -> None:
    assert script.problems(text, "Riverside Neighbors") == []
    assert script.problems("Hi", "Riverside Neighbors") == [
        "Say who texts: write {organization}, which becomes “Riverside Neighbors”."
    ]


def test_an_unknown_placeholder_is_named() -> None:
    assert script.problems("{organization} {frist_name}", "R") == [
        "{frist_name} is no placeholder. There are: {first_name}, {last_name}, {agent}, {organization}, {group}."
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Reply END to vote",
        "text “cancel” for Saturday",
        "Answer QUIT if you smoke",
        "Please reply with REMOVE for the list",
    ],
)
def test_a_word_that_opts_out_and_is_meant_otherwise_is_warned_about(words: str) -> None:
    assert len(script.warnings(words)) == 1
    assert "is opted out" in script.warnings(words)[0]


@pytest.mark.parametrize(
    "words", ["Reply STOP to opt out", "Text END to end these texts", "Reply YES to join", "Stop by!"]
)
def test_what_means_what_it_says_is_not(words: str) -> None:
    assert script.warnings(words) == []


@given(st.text(), st.text(), st.text())
def test_whatever_the_words_the_text_tells_how_to_stop(words: str, first: str, last: str) -> None:
    assert script.tells_how_to_stop(text_for(words, Values(first, last, "Tess", "R", "E")))
    script.problems(words, "R")
    script.warnings(words)
