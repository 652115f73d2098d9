"""The stand-in for a carrier: it signs what it posts, is believed only then, and breaks nothing whatever it says."""

import json
from collections.abc import Callable
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from time import time
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from contacts.conversations.models import InboundText, Message
from contacts.conversations.providers import simulator
from contacts.conversations.providers.base import (
    BadSignature,
    Inbound,
    Malformed,
    NoAnswer,
    NotTaken,
    Outgoing,
    Refused,
)
from contacts.conversations.tasks.inbound import take_in_waiting
from contacts.models import Contact, OptOut
from groups.models import Group
from tests.contacts.factories import members, phone
from tests.conversations.factories import OUR_NUMBER, give_number

NUMBER = phone(1)
PATH = "/texts/simulator/"


def told(**changes: Any) -> dict[str, Any]:
    now = timezone.now().isoformat()
    return {"id": "S1", "number": OUR_NUMBER, "phone": NUMBER, "body": "Hello", "written": now} | changes


def headers(content: bytes, *, at: float | None = None) -> dict[str, str]:
    return simulator.signature(content, int(at or time()))


def posted(content: bytes, signed: dict[str, str] | None = None) -> WSGIRequest:
    how = headers(content) if signed is None else signed
    return RequestFactory().post(PATH, content, "application/json", headers=how)


def read(content: bytes, signed: dict[str, str] | None = None) -> Inbound:
    return simulator.Simulator().read_text(posted(content, signed))


def told_as_json(**changes: Any) -> bytes:
    return json.dumps(told(**changes)).encode()


# What is believed.


def test_what_it_signed_is_read() -> None:
    content = told_as_json()
    found = read(content)

    assert (found.provider_id, found.number, found.phone, found.body) == ("S1", OUR_NUMBER, NUMBER, "Hello")
    assert found.written
    assert found.written.isoformat() == json.loads(content)["written"]


@pytest.mark.parametrize("seconds", [-1, 1])
def test_a_signature_is_good_for_five_minutes_before_and_after(seconds: int) -> None:
    content, edge = told_as_json(), seconds * simulator.FRESH
    assert read(content, headers(content, at=time() + edge - seconds * 5))
    with pytest.raises(BadSignature):
        read(content, headers(content, at=time() + edge + seconds * 5))


def wrong_signatures() -> list[Callable[[bytes], dict[str, str]]]:
    return [
        lambda _: {},
        lambda content: headers(content + b" "),
        lambda content: headers(content) | {"X-Simulator-Time": str(int(time()) - 1)},
        lambda content: headers(content) | {"X-Simulator-Time": ""},
        lambda content: headers(content) | {"X-Simulator-Time": "-1"},
        lambda content: headers(content) | {"X-Simulator-Time": "1" * 5000},
        lambda content: headers(content) | {"X-Simulator-Time": "\u0661"},
        lambda content: headers(content) | {"X-Simulator-Signature": ""},
        lambda content: headers(content) | {"X-Simulator-Signature": "ä"},
        lambda content: headers(content) | {"X-Simulator-Signature": "0" * 64},
    ]


@pytest.mark.parametrize("signed", wrong_signatures())
def test_whatever_else_is_not_believed(signed: Callable[[bytes], dict[str, str]]) -> None:
    content = told_as_json()
    with pytest.raises(BadSignature):
        read(content, signed(content))


def test_another_secret_of_the_site_signs_nothing(settings: Settings) -> None:
    content = told_as_json()
    signed = headers(content)
    settings.SECRET_KEY = "another-" + "k" * 50
    with pytest.raises(BadSignature):
        read(content, signed)


# What is malformed.


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no JSON"),
        (b"{", "no JSON"),
        (b"\xff", "no JSON"),
        (b"[" * 100_000, "no JSON"),
        (b"1" * 5000, "no JSON"),
        (b"[]", "no JSON object"),
        (b"null", "no JSON object"),
        (told_as_json(id=""), "“id” has from 1 to 64"),
        (told_as_json(id="x" * 65), "“id” has from 1 to 64"),
        (told_as_json(id="a\x00"), "“id” has from 1 to 64"),
        (told_as_json(id="\ud83d"), "“id” has from 1 to 64"),
        (told_as_json(id=1), "“id” is missing"),
        (told_as_json(number=None), "“number” is missing"),
        (told_as_json(phone=["+1"]), "“phone” is missing"),
        (told_as_json(phone="+1206555" * 3), "“phone” has from 1 to 20"),
        (told_as_json(body={}), "“body” is missing"),
        (told_as_json(written="soon"), "“written” is no time"),
        (told_as_json(written="2026-02-30T10:00:00Z"), "“written” is no time"),
        (told_as_json(written="2026-02-03T10:00:00"), "“written” is no time"),
        (told_as_json(written="0001-01-01T00:00:00+23:59"), "before the year 2000"),
        (told_as_json(written="9999-12-31T23:59:59-23:59"), "still to come"),
    ],
)
def test_what_is_missing_or_wrong_is_named(content: bytes, says: str) -> None:
    with pytest.raises(Malformed, match=says):
        read(content)


def test_a_text_is_kept_as_a_database_can_hold_it() -> None:
    assert read(told_as_json(body="S\x00TOP \ud83d")).body == "STOP ?"
    assert len(read(told_as_json(body="x" * 5000)).body) == simulator.MOST_CHARACTERS


# Anything at all, signed, over the whole of the webhook.

WORDS = st.text() | st.sampled_from(["STOP", OUR_NUMBER, NUMBER, "\x00", "\ud83d", "2026-01-01T00:00:00Z"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
    max_leaves=8,
)
NEAR = st.dictionaries(st.sampled_from(sorted(told())), JSON).map(lambda changes: told_as_json(**changes))
ANYTHING = st.binary() | JSON.map(lambda value: json.dumps(value).encode()) | NEAR


@pytest.mark.django_db
@given(ANYTHING, st.booleans())
@example(told_as_json(id="S2", body="STOP", phone="HUSTLE"), True)
@example(told_as_json(id="S3", phone="12345"), True)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_anything_gets_an_answer_and_never_breaks_the_webhook(group: Group, content: bytes, is_signed: bool) -> None:
    give_number(group)
    signed = headers(content if is_signed else content + b"x")
    status = Client().post(PATH, content, "application/json", headers=signed).status_code

    assert status in ((204, 400, 404) if is_signed else (403,))


# There and back.


@pytest.mark.django_db(transaction=True)
def test_a_text_from_a_phone_comes_in_over_http(group: Group, live_server: LiveServer, settings: Settings) -> None:
    settings.BASE_URL = live_server.url
    give_number(group)
    members(group, NUMBER)

    assert simulator.text_in(OUR_NUMBER, NUMBER, "Hello ☀️") == 204
    waiting = InboundText.objects.get()
    assert (waiting.phone, waiting.body, waiting.taken) == (NUMBER, "Hello ☀️", None)
    assert simulator.text_in(OUR_NUMBER, NUMBER, "STOP") == 204
    take_in_waiting.func()
    assert OptOut.objects.open().get().phone == NUMBER
    assert list(Message.objects.filter(direction="in").order_by("time").values_list("body", flat=True)) == [
        "Hello ☀️",
        "STOP",
    ]


@pytest.mark.django_db(transaction=True)
def test_a_number_that_no_group_has_is_told(live_server: LiveServer, settings: Settings) -> None:
    settings.BASE_URL = live_server.url
    assert simulator.text_in(OUR_NUMBER, NUMBER, "STOP") == 404
    assert not Contact.objects.exists()


def test_a_site_that_is_not_there_is_told(settings: Settings) -> None:
    settings.BASE_URL = "http://127.0.0.1:9"
    assert simulator.text_in(OUR_NUMBER, NUMBER, "STOP") is None


def test_a_site_that_hangs_up_is_told(settings: Settings) -> None:
    class HangsUp(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.close_connection = True

    with HTTPServer(("127.0.0.1", 0), HangsUp) as server:
        Thread(target=server.handle_request, daemon=True).start()
        settings.BASE_URL = f"http://127.0.0.1:{server.server_port}"
        assert simulator.text_in(OUR_NUMBER, NUMBER, "STOP") is None


def test_no_proxy_of_the_machine_stands_between(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[str]()

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.send_error(502)

    with HTTPServer(("127.0.0.1", 0), Proxy) as server:
        server.timeout = 0.5
        listening = Thread(target=server.handle_request)
        listening.start()
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        settings.BASE_URL = "http://127.0.0.1:9"
        assert simulator.text_in(OUR_NUMBER, NUMBER, "STOP") is None
        listening.join()
    assert asked == []


# What the phones do.


def test_a_text_is_delivered_at_once() -> None:
    handed = simulator.Simulator().hand_over(Outgoing(OUR_NUMBER, NUMBER, "Hi", "1"))
    assert handed.delivered
    assert handed.provider_id.startswith("SIM")


@pytest.mark.parametrize(
    ("last", "raises"), [("0191", Refused), ("0192", Refused), ("0193", NotTaken), ("0194", NoAnswer)]
)
def test_four_phones_behave_as_phones_can(last: str, raises: type[Exception]) -> None:
    with pytest.raises(raises):
        simulator.Simulator().hand_over(Outgoing(OUR_NUMBER, f"+1907555{last}", "Hi", "1"))


def test_it_keeps_nothing_that_could_be_listed() -> None:
    assert list(simulator.Simulator().texts_since(OUR_NUMBER, timezone.now() - timedelta(days=3))) == []
