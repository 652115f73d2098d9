"""What an organization's confirmation, help reply and closing texts may say (R4.3, R4.4, R4.9)."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contacts.conversations.wording import CONFIRMATION, HELP, HELP_WITH_CONTACT
from contacts.conversations.wording.contact import NoContact, read_contact
from contacts.conversations.wording.rules import LONGEST, Kind, Values, fill, problems
from contacts.conversations.wording.segments import measure

RIVERSIDE = Values("Riverside Neighbors", "help@riverside.example")
OUT = "{organization}: you are opted out."

SOUND = [
    CONFIRMATION,
    OUT,
    "Riverside Neighbors: You won't get texts from us any more. Text START to get texts again.",
    "{organization}: you've unsubscribed. No reply is needed.",
    "{organization}: you have been unsubscribed. Do not reply to this message.",
    "{organization}: We will not text you again unless you text START.",
    "{organization}: no further messages will be sent. Reply START to resubscribe.",
    "{organization}: You are unsubscribed. You will receive no more messages from this number.",
    '{organization}: we have stopped texting you. Send "START" to come back.',
    "{organization}: you are off our list, and texts have stopped.",
    "{organization}: WE WILL NOT TEXT YOU AGAIN.",
    "{organization}: ya no recibiras mensajes. Envia START para volver.",
    "{organization}: su numero fue dado de baja.",
    "{organization}: vous ne recevrez plus de SMS.",
    "{organization}: voce nao recebera mais SMS.",
    "{organization}: no more texts from the 24/7 team, and/or from its friends.",
]


@pytest.mark.parametrize("text", SOUND)
def test_a_text_that_says_that_texts_stop_is_sound(text: str) -> None:
    assert problems(text, kind=Kind.CONFIRMATION, values=RIVERSIDE) == []
    assert problems(text, kind=Kind.CLOSING, values=RIVERSIDE) == []


REFUSED = {
    "reads as a link": [
        "See http://riverside.example",
        "See hxxps://riverside",
        "See www.riverside",
        "See riverside.example",
        "See riverside.com/more",
        "See bit.ly/x",
        "See b i t.ly/x",
        "See riverside dot com",
        "See riverside (dot) org",
        "See riverside [.] org",
        "See riverside . org",
        "See riverside. com",
        "See rıverside。com",
        "See ｗｗｗ．riverside．ｃｏｍ",
        "See river\u200bside\u2060.c\u200dom",
        "See 192.168.10.1",
        "Vea riverside punto com",
    ],
    "is an address": ["Write to help@riverside.example", "We are @riverside", "help(at)riverside"],
    "reads as a phone number": ["Ring 202-555-0143", "Ring +1 (202) 555 0143", "Ring ２０２５５５０１４３", "On 12345"],
    "reads as a price": ["It is $5", "5 USD", "only 5 dollars", "20% off", "20 percent", "€ 5", "１０％", "5 ¥", "20٪"],
    "as marketing": [
        "It is free.",
        "It is fr\u200bee.",
        "It is ＦＲＥＥ.",
        "It is frée.",
        "A discount",
        "Our sale",
        "Donate",
        "Sign  up",
        "Es gratis",
        "Haz clic",
        "C'est gratuit",
        "Com desconto",
        "Vote on Tuesday",
    ],
    "asks for an answer": [
        "Reply YES to stay",
        "reply yes",
        "Reply with the word MAYBE",
        'Text "more"',
        "Respond with Y",
        "Text BACK2 to return",
        "Send 1 to stay",
        "Reply STOP to stop",
        "Responda SÍ",
        "Envíe la palabra SI",
        "Répondez OUI",
        "Reply if that is wrong.",
        "Text us if that is wrong.",
        "Let us know.",
        "Was that right?",
        "¿Seguro?",
        "Sure？",
        "Text start",
        "Reply STARTING",
    ],
    "takes back": [
        "It is for now.",
        "Unless it is important.",
        "We pause: texts are paused.",
        "You will still get news.",
        "It ends in 30 days.",
        "Until Monday.",
        "Excepto avisos.",
    ],
    "would be sent as it stands": ["{first_name}", "{{organization}}", "[Name]", "<name>", "%NAME%", "${organization}"],
    "stands alone": ["} and {"],
    "two alphabets": ["We are dоne", "Rеal"],
}


@pytest.mark.parametrize(("said", "more"), [(said, more) for said, all_of in REFUSED.items() for more in all_of])
@pytest.mark.parametrize("kind", [Kind.CONFIRMATION, Kind.CLOSING])
def test_anything_more_is_refused_and_named(said: str, more: str, kind: Kind) -> None:
    found = problems(f"{OUT} {more}", kind=kind, values=RIVERSIDE)
    assert [problem for problem in found if said in problem], found


@pytest.mark.parametrize(
    "text",
    [
        "{organization}: thank you.",
        "{organization}: we must stop this bill.",
        "{organization}: to opt out write it down.",
        "{organization}: you are not opted out.",
        "{organization}: you have not yet been unsubscribed.",
        "{organization}: we never stop texting you.",
        "{organization}: don't text and drive.",
        "{organization}: Text START",
    ],
)
def test_a_text_that_does_not_say_that_texts_stop_is_refused(text: str) -> None:
    found = problems(text, kind=Kind.CONFIRMATION, values=RIVERSIDE)
    assert [problem for problem in found if "that texts stop" in problem], found


def test_a_confirmation_and_a_help_reply_say_who_they_are_from() -> None:
    for kind in (Kind.CONFIRMATION, Kind.HELP):
        found = problems("You are opted out. Reply STOP {contact}", kind=kind, values=RIVERSIDE)
        assert "Say who it is from: write {organization} where your name belongs." in found
    assert problems("You are opted out.", kind=Kind.CLOSING, values=RIVERSIDE) == []


@pytest.mark.parametrize("name", ["Free Meals", "Vote.org", "50% Club", "Text YES Now", "A+B (C)", "?", "\\1"])
@pytest.mark.parametrize("own", [True, False], ids=["their words", "ours"])
def test_an_organization_may_say_its_name_whatever_it_is(name: str, own: bool) -> None:
    text = "{organization}: we will not text you again." if own else CONFIRMATION
    assert problems(text, kind=Kind.CONFIRMATION, values=Values(name)) == []
    assert problems(f"{name}: we will not text you again.", kind=Kind.CLOSING, values=Values(name)) == []


def test_a_name_is_never_read_as_a_placeholder() -> None:
    values = Values("{contact}", "help@riverside.example")
    assert fill("{organization} {contact}", values) == "{contact} help@riverside.example"


@pytest.mark.parametrize("more", ["Vote.org/donate", "www.Vote.org", "me@Vote.org", "Vote.organs", "vote"])
def test_the_name_exempts_nothing_around_it(more: str) -> None:
    assert problems(f"{OUT} {more}", kind=Kind.CONFIRMATION, values=Values("Vote.org"))


def test_a_help_reply_tells_how_to_reach_a_person_and_how_to_stop() -> None:
    def found(text: str, values: Values = RIVERSIDE) -> list[str]:
        return problems(text, kind=Kind.HELP, values=values)

    assert found(HELP_WITH_CONTACT) == []
    assert found(HELP, Values("Riverside Neighbors")) == []
    assert found("Need help? {organization}: write to us at {contact} Text STOP to quit, START to return.") == []
    assert found(HELP) == ["Write {contact} where people are to read how to reach you."]
    assert found(HELP_WITH_CONTACT, Values("R")) == ["Fill in how to reach a person, or leave {contact} out."]
    assert found("{organization}: {contact}") == ["Say how to stop: add “Reply STOP to opt out”."]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("riverside.example", "reads as a link"),
        ("help@riverside.example", "is an address: write {contact} instead."),
        ("202-555-0143", "reads as a phone number"),
        ("$5", "reads as a price"),
        ("Donate", "reads as marketing"),
        ("Reply YES", "asks for an answer"),
    ],
)
def test_a_help_reply_sells_nothing(more: str, said: str) -> None:
    (found,) = problems(f"{HELP_WITH_CONTACT} {more}", kind=Kind.HELP, values=RIVERSIDE)
    assert said in found


def test_a_text_has_room_in_one_part_and_says_how_much() -> None:
    taken = len(fill(f"{OUT} ", RIVERSIDE))
    fits = f"{OUT} {'x' * (160 - taken)}"
    assert problems(fits, kind=Kind.CLOSING, values=RIVERSIDE) == []
    (found,) = problems(f"{fits}x", kind=Kind.CLOSING, values=RIVERSIDE)
    assert found == "This has 161 characters as it is sent; one text can hold 160. Shorten it."


def test_a_character_that_makes_room_for_fewer_is_named_with_what_to_write_instead() -> None:
    (found,) = problems(f"{OUT} We won’t bother you, and we wish you well in all.", kind=Kind.CLOSING, values=RIVERSIDE)
    assert "one text can hold 70. It is “’” (right single quotation mark)" in found
    assert "write ' instead" in found


def test_what_has_no_letters_is_refused_and_what_is_too_long_is_not_read() -> None:
    for text in ("", "  \n", "\u200b\u2060"):
        assert problems(text, kind=Kind.CLOSING, values=RIVERSIDE) == [
            "Nothing in this text can be seen. Write what it says."
        ]
    (found,) = problems("x" * (LONGEST + 1), kind=Kind.CLOSING, values=RIVERSIDE)
    assert found == "Write 400 characters at most, placeholders included; this has 401."


@given(st.text(max_size=LONGEST + 5), st.sampled_from(Kind), st.text(max_size=120), st.text(max_size=80))
@example("reply" + " the" * 98, Kind.CLOSING, "", "")
@example("a." * 200, Kind.CONFIRMATION, "a", "")
@example("1 " * 200, Kind.HELP, "1", "")
@example("{" * 200, Kind.HELP, "{", "}")
@example("%a" * 200, Kind.HELP, "\\", "\\1")
@example("\ud800", Kind.CONFIRMATION, "\0", "")
def test_no_text_whatever_raises_or_is_found_wanting_without_a_word(
    text: str, kind: Kind, name: str, contact: str
) -> None:
    values = Values(name, contact)
    for problem in problems(text, kind=kind, values=values):
        assert problem.endswith((".", "”."))
    measure(fill(text, values))


@pytest.mark.parametrize(
    ("text", "places", "segments", "wide"),
    [
        ("", 0, 1, ""),
        ("x" * 160, 160, 1, ""),
        ("x" * 161, 161, 2, ""),
        ("x" * 306, 306, 2, ""),
        ("x" * 307, 307, 3, ""),
        ("€" * 80, 160, 1, ""),
        ("x" * 152 + "€" * 77, 306, 3, ""),
        ("é" * 160, 160, 1, ""),
        ("á" * 70, 70, 1, "á"),
        ("á" * 71, 71, 2, "á"),
        ("x" * 69 + "😀", 71, 2, "😀"),
        ("x" * 66 + "😀" + "x" * 66, 134, 3, "😀"),
    ],
)
def test_a_text_is_measured_as_carriers_do(text: str, places: int, segments: int, wide: str) -> None:
    found = measure(text)
    assert (found.places, found.segments, found.wide) == (places, segments, wide)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ""),
        (" help@riverside.example ", "help@riverside.example"),
        ("(202) 555-0143", "+1 202-555-0143"),
        ("https://Riverside.example/help/", "riverside.example/help"),
        ("riverside.example", "riverside.example"),
    ],
)
def test_a_person_is_reached_at_one_address(text: str, read: str) -> None:
    assert read_contact(text, "US") == read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("help@", "This is not an e-mail address."),
        ("a@b.example or c@d.example", "This is not an e-mail address."),
        ("12", "Too short"),
        ("call us", "Write one e-mail address, phone or web address"),
        ("riverside.example?x=1", "Write one e-mail address, phone or web address"),
        ("https://bit.ly/x", "bit.ly hides where it leads"),
        ("riverside.example/donate-now", "reads as marketing"),
        ("x" * 81, "Write 80 characters at most."),
    ],
)
def test_what_is_no_address_says_why(text: str, said: str) -> None:
    with pytest.raises(NoContact, match=said.replace(".", r"\.")):
        read_contact(text, "US")


@given(st.text(max_size=90))
def test_no_address_whatever_raises_anything_else(text: str) -> None:
    try:
        assert len(read_contact(text, "US")) <= 80
    except NoContact:
        return
