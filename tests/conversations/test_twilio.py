"""Twilio over real HTTP, against a server that answers as it does (R4.9, R7.5, R8.5, R8.6)."""

import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any
from unittest.mock import Mock

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from contacts.conversations.actions.message import File
from contacts.conversations.providers.base import (
    TIMEOUT,
    Fault,
    Inbound,
    NoAnswer,
    NotTaken,
    Outgoing,
    Provider,
    Refused,
)
from contacts.conversations.providers.twilio import Twilio, media, offered, transport
from tests.conversations.twilio_server import (
    NUMBER,
    PHONE,
    PICTURE,
    Behaviour,
    TwilioServer,
    answers,
    drops,
    refuses,
    trickles,
    waits,
)

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
    assert offered()
    setattr(settings, setting, value)
    assert offered() is (setting == "TWILIO_API")
    with pytest.raises(ImproperlyConfigured, match=variable):
        Twilio().hand_over(TEXT)
    assert twilio_server.asked == []


def test_without_an_account_it_is_not_offered() -> None:
    assert not offered()


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


# What came to us.


def test_a_text_was_written_when_twilio_received_it_not_when_it_called_us(twilio_server: TwilioServer) -> None:
    sid = twilio_server.receive("STOP", at=NOON, sent=NOON + timedelta(minutes=5))
    assert Twilio().written(sid) == NOON


def test_a_text_that_twilio_does_not_know_has_no_time(twilio_server: TwilioServer) -> None:
    assert Twilio().written("SM" + "0" * 32) is None


@pytest.mark.parametrize(
    "half", [drops, refuses(20003, 401), refuses(20429, 429), refuses(20500, 500), answers(200, b"[]"), waits(2)]
)
def test_whoever_asks_for_a_time_or_a_list_learns_that_there_was_no_answer(
    twilio_server: TwilioServer, half: Behaviour
) -> None:
    sid = twilio_server.receive()
    twilio_server.next(half)
    with pytest.raises(NoAnswer):
        Twilio(timeout=0.5).written(sid)
    twilio_server.next(half)
    with pytest.raises(NoAnswer):
        list(Twilio(timeout=0.5).texts_since(NUMBER, NOON))


def test_nobody_there_is_no_answer_either(twilio_server: TwilioServer, settings: Settings) -> None:
    settings.TWILIO_API = "https://no-such-host.invalid"
    for ask in (lambda: Twilio().written("SM1"), lambda: list(Twilio().texts_since(NUMBER, NOON))):
        with pytest.raises(NoAnswer):
            ask()


def test_the_list_has_every_text_to_the_number_since_then_on_all_pages(twilio_server: TwilioServer) -> None:
    twilio_server.page_size = 3
    sids = {twilio_server.receive(f"Text {n}", at=NOON + timedelta(minutes=n)) for n in range(8)}
    twilio_server.receive("Too old", at=NOON - timedelta(seconds=1))
    twilio_server.receive("To another number", number="+14155550124", at=NOON)
    Twilio().hand_over(Outgoing(PHONE, NUMBER, "Ours, to that number", "k"))

    found = list(Twilio().texts_since(NUMBER, NOON))

    assert {text.provider_id for text in found} == sids
    assert sum(asked.method == "GET" for asked in twilio_server.asked) == 3 + (len(found) + 1) % 3 // 3


def test_a_listed_text_is_like_the_one_of_the_webhook_and_tells_its_time(twilio_server: TwilioServer) -> None:
    sid = twilio_server.receive("Look", at=NOON, files=(("image/jpeg", PICTURE), ("image/png", b"png")))
    [text] = Twilio().texts_since(NUMBER, NOON.astimezone())
    addresses = tuple(twilio_server.media_address(sid, which) for which in range(2))
    assert text == Inbound(sid, NUMBER, PHONE, "Look", written=NOON, media=addresses)


def test_what_a_database_could_not_hold_is_taken_out_of_a_listed_text(twilio_server: TwilioServer) -> None:
    twilio_server.receive("S\x00TOP \ud83d")
    assert [text.body for text in Twilio().texts_since(NUMBER, NOON)] == ["STOP ?"]


def test_short_codes_and_names_are_left_out_of_the_list(twilio_server: TwilioServer) -> None:
    twilio_server.receive("Your code is 1", phone="22395")
    twilio_server.receive("Offers", phone="BRAND")
    sid = twilio_server.receive("Hello")
    assert [text.provider_id for text in Twilio().texts_since(NUMBER, NOON)] == [sid]


def test_a_list_that_breaks_off_says_so_after_what_it_had(twilio_server: TwilioServer) -> None:
    twilio_server.page_size = 1
    twilio_server.receive()
    twilio_server.receive()
    texts = Twilio().texts_since(NUMBER, NOON)
    assert next(texts).body == "Hello"
    twilio_server.next(drops)
    with pytest.raises(NoAnswer):
        next(texts)


# Pictures and files.


def with_a_file(server: TwilioServer, content: bytes = PICTURE, content_type: str = "image/jpeg") -> str:
    return server.media_address(server.receive("Look", files=((content_type, content),)))


def test_a_picture_comes_from_the_storage_which_never_sees_our_token(twilio_server: TwilioServer) -> None:
    address = with_a_file(twilio_server)
    assert Twilio().media(address) == File("image/jpeg", PICTURE)

    api, storage = twilio_server.asked
    assert api.authorization == f"{twilio_server.sid}:{twilio_server.token}"
    assert storage.path.startswith("/storage/")
    assert "Authorization" not in storage.headers


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("image/PNG; charset=binary", "image/png"),
        ("application/vnd.ms-excel", "application/vnd.ms-excel"),
        ("", "application/octet-stream"),
        ("picture", "application/octet-stream"),
        (f"image/{'x' * 200}", "application/octet-stream"),
    ],
)
def test_a_file_is_what_the_storage_says_that_it_is(twilio_server: TwilioServer, sent: str, kept: str) -> None:
    assert Twilio().media(with_a_file(twilio_server, content_type=sent)) == File(kept, PICTURE)


def test_a_file_as_large_as_may_be_is_kept_and_a_larger_one_is_not(
    twilio_server: TwilioServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert media.LARGEST == 5 * 1024 * 1024
    monkeypatch.setattr(media, "LARGEST", 1000)
    fits = Twilio().media(with_a_file(twilio_server, b"x" * 1000))
    assert fits
    assert len(fits.content) == 1000
    assert Twilio().media(with_a_file(twilio_server, b"x" * 1001)) is None


@pytest.mark.parametrize("status", [404, 410])
def test_a_file_that_is_gone_is_none(twilio_server: TwilioServer, status: int) -> None:
    address = with_a_file(twilio_server)
    twilio_server.next(answers(status))
    assert Twilio().media(address) is None


@pytest.mark.parametrize(
    "half",
    [
        drops,
        waits(3),
        trickles(9),
        refuses(20003, 401),
        answers(500),
        answers(302),
        answers(302, Location="http://["),
    ],
)
def test_a_file_that_can_not_be_had_now_may_be_asked_for_again(twilio_server: TwilioServer, half: Behaviour) -> None:
    address = with_a_file(twilio_server)
    twilio_server.next(half, half, half, half)
    with pytest.raises(NoAnswer):
        Twilio(timeout=0.1).media(address)


ELSEWHERE = [
    "http://169.254.169.254/latest/meta-data/",
    "https://example.org/picture.jpg",
    "https://api.twilio.com.example.org/picture.jpg",
    "https://eviltwilio.com/picture.jpg",
    "https://api.twilio.com@example.org/picture.jpg",
    "https://example.org\\@api.twilio.com/picture.jpg",
    "https://api.twilio.com:22/",
    "http://api.twilio.com/in-the-clear",
    "https://s3-external-1.amazonaws.com/another-bucket/picture",
    "https://s3-external-1.amazonaws.com/media.twiliocdn.com/../another-bucket/picture",
    "file:///etc/passwd",
]


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The hosts that anything here asked for."""
    hosts: list[str] = []
    real = socket.getaddrinfo

    def noted(host: str, *rest: Any, **more: Any) -> Any:
        hosts.append(host)
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", noted)
    return hosts


@pytest.mark.parametrize("elsewhere", [*ELSEWHERE, "http://[", ""])
def test_an_address_that_is_not_twilios_is_never_fetched(
    twilio_server: TwilioServer, looked_up: list[str], elsewhere: str
) -> None:
    assert not media.is_twilios(elsewhere, "https://api.twilio.com")
    assert Twilio().media(elsewhere) is None
    assert (twilio_server.asked, looked_up) == ([], [])


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_nor_is_one_that_twilio_leads_to(twilio_server: TwilioServer, looked_up: list[str], elsewhere: str) -> None:
    address = with_a_file(twilio_server)
    twilio_server.next(answers(302, Location=elsewhere))
    assert Twilio().media(address) is None
    assert len(twilio_server.asked) == 1
    assert set(looked_up) == {"127.0.0.1"}


@pytest.mark.parametrize(
    "address",
    [
        "https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
        "https://api.dublin.ie1.twilio.com/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1",
        "https://media.twiliocdn.com/AC1/75a?x-amz-security-token=a%2Fb",
        "https://mms.twiliocdn.com/AC1/75a?Expires=1&Signature=a~b_",
        "https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/75a?AWSAccessKeyId=a",
    ],
)
def test_twilios_own_addresses_are_known(address: str) -> None:
    assert media.is_twilios(address, "https://api.twilio.com")
