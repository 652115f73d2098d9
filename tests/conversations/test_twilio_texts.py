"""What Twilio has of the last days: texts, their times, their files, over real HTTP (R8.5)."""

import socket
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import Settings

from contacts.conversations.providers.base import File, Inbound, NoAnswer, Outgoing
from contacts.conversations.providers.twilio import Twilio, media
from tests.conversations.twilio_http import Behaviour, answers, drops, refuses, trickles, waits
from tests.conversations.twilio_server import NUMBER, PHONE, PICTURE, TwilioServer

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


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
