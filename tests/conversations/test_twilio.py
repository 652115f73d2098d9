"""Handing texts over to Twilio, over real HTTP to a server that answers as it does (R4.9, R7.5, R8.6)."""

import json
import socket
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Any
from unittest.mock import Mock

import hypothesis
import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from contacts.conversations.providers.base import (
    TIMEOUT,
    Fault,
    NoAnswer,
    NotTaken,
    Outgoing,
    Provider,
    Refused,
)
from contacts.conversations.providers.twilio import Twilio, transport
from tests.conversations.twilio_http import Behaviour, answers, drops, refuses, trickles, waits
from tests.conversations.twilio_server import NUMBER, PHONE, TwilioServer

TEXT = Outgoing(NUMBER, PHONE, "Hi Jo, it's Ana 👋", key="k-7_Q")
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


# Handing over.


def test_a_text_is_handed_over_once_with_the_address_for_its_report(twilio_server: TwilioServer) -> None:
    provider: Provider = Twilio()
    handed = provider.hand_over(TEXT)

    [asked] = twilio_server.asked
    assert asked.form == {
        "To": PHONE,
        "From": NUMBER,
        "Body": TEXT.body,
        "StatusCallback": "https://texts.example.org/texts/twilio/reports/k-7_Q/",
    }
    assert asked.authorization == f"{twilio_server.sid}:{twilio_server.token}"
    assert twilio_server.texts[handed.provider_id]["body"] == TEXT.body
    assert handed.delivered is False


def test_it_has_ten_seconds_in_all() -> None:
    assert Twilio().timeout == TIMEOUT == 10


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        (21610, Fault.OPTED_OUT),
        (21211, Fault.CANNOT_RECEIVE),
        (21217, Fault.CANNOT_RECEIVE),
        (21265, Fault.CANNOT_RECEIVE),
        (21614, Fault.CANNOT_RECEIVE),
        (21635, Fault.CANNOT_RECEIVE),
        (21612, Fault.OTHER),  # no route from this number to that phone: another one may do
        (21408, Fault.OTHER),  # their country isn't switched on
        (21617, Fault.OTHER),  # too long
    ],
)
def test_what_twilio_refuses_is_refused_for_good(twilio_server: TwilioServer, code: int, fault: Fault) -> None:
    twilio_server.next(refuses(code))
    with pytest.raises(Refused) as refused:
        Twilio().hand_over(TEXT)
    assert (refused.value.fault, refused.value.code) == (fault, str(code))
    assert len(twilio_server.asked) == 1


@pytest.mark.parametrize(
    "refusal",
    [
        refuses(20429, 429),  # too many requests
        refuses(21611),  # too many texts of this number are queued
        refuses(20003, 401),  # a token that was changed
        refuses(20003, 403),
        refuses(20005, 403),  # the account was closed
        refuses(20404, 404),  # no such account
        answers(429, b"<h1>Slow down</h1>"),
        answers(407, b"<h1>Who are you?</h1>"),
    ],
)
def test_a_fault_of_ours_or_of_the_hour_costs_no_text(twilio_server: TwilioServer, refusal: Behaviour) -> None:
    twilio_server.next(refusal)
    with pytest.raises(NotTaken):
        Twilio().hand_over(TEXT)
    assert twilio_server.texts == {}

    assert Twilio().hand_over(TEXT).provider_id in twilio_server.texts


@pytest.mark.parametrize(
    "half",
    [
        drops,
        refuses(20500, 500),
        refuses(20503, 503),
        refuses(21610, 502),  # a code counts only in an answer that is Twilio's last word
        answers(504, b"<h1>Gateway timeout</h1>"),
        answers(201, b"<h1>Welcome</h1>"),
        answers(201, b'{"sid": '),
        answers(201, b"[]"),
        answers(201, b"{}"),
        answers(201, b'{"sid": "a sid with spaces"}'),
        answers(201, b'{"sid": 7}'),
        answers(201, b'{"sid": "SM1", "date_created": 7}'),
        answers(201, b'{"sid": "SM1", "date_created": "Thu, 24 Aug 99999999999999999999 05:01:45 +0000"}'),
        answers(201, b"[" * 100_000),
        answers(400, b'{"code": "a word", "message": "", "status": 400}'),
        answers(400, b'{"code": [], "type": {}, "title": 1, "status": []}'),
        answers(204),
        answers(302, Location="https://example.org/"),
        answers(307, Location="https://example.org/"),
        answers(403, b"<h1>Blocked</h1>"),
        answers(400, b"{}"),
        answers(400, b"[]"),
        answers(201, b"not gzip", Content_Encoding="gzip"),
        answers(201, b"{}", Content_Length="5000000000"),
    ],
)
def test_without_a_clear_answer_nobody_knows_and_it_is_asked_once(twilio_server: TwilioServer, half: Behaviour) -> None:
    twilio_server.next(half)
    with pytest.raises(NoAnswer):
        Twilio(timeout=1).hand_over(TEXT)
    assert len(twilio_server.asked) == 1


def test_no_answer_in_time_is_none_although_the_text_may_have_left(twilio_server: TwilioServer) -> None:
    twilio_server.next(waits(2))
    begun = monotonic()
    with pytest.raises(NoAnswer):
        Twilio(timeout=0.2).hand_over(TEXT)
    assert monotonic() - begun < 1


def test_an_answer_that_trickles_in_gets_no_more_time_than_another(twilio_server: TwilioServer) -> None:
    twilio_server.next(trickles(5))
    begun = monotonic()
    with pytest.raises(NoAnswer):
        Twilio(timeout=0.4).hand_over(TEXT)
    assert monotonic() - begun < 2


def test_an_answer_without_end_is_not_read_to_it(twilio_server: TwilioServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 100)
    with pytest.raises(NoAnswer):
        Twilio().hand_over(TEXT)


def test_a_slow_answer_within_the_time_is_an_answer(twilio_server: TwilioServer) -> None:
    twilio_server.next(waits(0.2))
    assert Twilio(timeout=3).hand_over(TEXT).provider_id in twilio_server.texts


def test_refused_connections_and_unknown_hosts_took_nothing(twilio_server: TwilioServer, settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for address in (f"http://127.0.0.1:{port}", "https://no-such-host.invalid"):
        settings.TWILIO_API = address
        with pytest.raises(NotTaken):
            Twilio(timeout=2).hand_over(TEXT)


def test_a_connection_that_does_not_come_about_took_nothing(twilio_server: TwilioServer, settings: Settings) -> None:
    """TLS with something that never says a word: connected, and nothing sent."""
    with socket.create_server(("127.0.0.1", 0), backlog=1) as silent:
        settings.TWILIO_API = f"https://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(NotTaken):
            Twilio(timeout=0.2).hand_over(TEXT)


def test_a_server_that_is_not_twilio_gets_nothing(twilio_server: TwilioServer, settings: Settings) -> None:
    """It speaks no TLS; one with another's certificate ends at the same place."""
    settings.TWILIO_API = twilio_server.address.replace("http://", "https://")
    with pytest.raises(NotTaken):
        Twilio(timeout=2).hand_over(TEXT)
    assert twilio_server.asked == []


def test_a_text_is_not_sent_after_its_time_however_long_connecting_took(
    twilio_server: TwilioServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking a host up has no limit of its own."""
    real = socket.getaddrinfo
    slow = Mock(side_effect=lambda *args, **kwargs: twilio_server.closing.wait(0.4) or real(*args, **kwargs))
    monkeypatch.setattr(socket, "getaddrinfo", slow)
    with pytest.raises(NotTaken):
        Twilio(timeout=0.2).hand_over(TEXT)
    assert slow.called
    assert [asked.form for asked in twilio_server.asked] in ([], [{}])


WORDS = st.sampled_from(
    ["sid", "code", "status", "message", "type", "title", "messages", "date_created", "next_page_uri"]
)


def objects(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(WORDS | st.text(), values)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda more: st.lists(more) | objects(more))


def test_any_answer_at_all_is_one_that_the_interface_knows(twilio_server: TwilioServer) -> None:
    @given(
        st.sampled_from([200, 201, 400, 404, 429, 500]),
        JSON.map(lambda value: json.dumps(value).encode()) | st.binary(),
    )
    @hypothesis.settings(max_examples=200)
    def any_answer(status: int, body: bytes) -> None:
        twilio_server.next(*[answers(status, body)] * 3)
        with suppress(Refused, NotTaken, NoAnswer):
            assert Twilio().hand_over(TEXT).provider_id
        with suppress(NoAnswer):
            Twilio().written("SM1")
        with suppress(NoAnswer):
            list(Twilio().texts_since(NUMBER, NOON))
        twilio_server.behaviours.clear()

    any_answer()


# Whose account.


@pytest.mark.parametrize(
    ("variable", "setting", "value"),
    [
        ("TWILIO_ACCOUNT_SID", "TWILIO_ACCOUNT_SID", ""),
        ("TWILIO_AUTH_TOKEN", "TWILIO_AUTH_TOKENS", []),
        ("TWILIO_API", "TWILIO_API", "http://api.twilio.com"),
        ("TWILIO_API", "TWILIO_API", "https://user:word@api.twilio.com"),
        ("TWILIO_API", "TWILIO_API", ""),
    ],
)
def test_what_is_missing_is_named(
    twilio_server: TwilioServer, settings: Settings, variable: str, setting: str, value: object
) -> None:
    setattr(settings, setting, value)
    with pytest.raises(ImproperlyConfigured, match=variable):
        Twilio().hand_over(TEXT)
    assert twilio_server.asked == []


def test_the_first_token_is_used_for_sending(twilio_server: TwilioServer, settings: Settings) -> None:
    settings.TWILIO_AUTH_TOKENS = ["new", "old"]
    twilio_server.token = "new"
    assert Twilio().hand_over(TEXT).provider_id
    twilio_server.token = "old"
    with pytest.raises(NotTaken):
        Twilio().hand_over(TEXT)


def test_variables_of_the_library_lead_it_nowhere_else(
    twilio_server: TwilioServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWILIO_EDGE", "sydney")
    monkeypatch.setenv("TWILIO_REGION", "au1")
    assert Twilio().hand_over(TEXT).provider_id in twilio_server.texts


def test_its_slow_library_is_loaded_only_to_speak() -> None:
    code = (
        "import django; django.setup(); import sys; import contacts.conversations.providers.twilio;"
        "print([name for name in ('twilio.rest', 'requests') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
