"""What a provider's post is answered, over real HTTP; and what becomes of a text that could not be taken in (R8.5)."""

import json
from collections.abc import Iterator
from datetime import datetime
from time import time
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from django.db import InterfaceError, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import RequestFactory, override_settings
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from contacts.conversations import providers
from contacts.conversations.actions.reconcile import reconcile
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.models import InboundText, Message
from contacts.conversations.providers import simulator
from contacts.conversations.providers.base import Inbound
from contacts.conversations.tasks import inbound
from contacts.models import Contact, OptOut, OptOutEvidence
from groups.models import Group, User
from tests.contacts.factories import members, phone
from tests.contacts.racing import together
from tests.conversations.factories import OUR_NUMBER, give_number, talk, wrote

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = phone(1)


@pytest.fixture(autouse=True)
def texting(group: Group) -> None:
    give_number(group)
    members(group, NUMBER)


def text(body: str = "STOP", **changes: str) -> bytes:
    told = {"id": uuid4().hex, "number": OUR_NUMBER, "phone": NUMBER, "body": body}
    return json.dumps(told | {"written": timezone.now().isoformat()} | changes).encode()


def post(server: LiveServer, content: bytes, *, path: str = "/texts/simulator/", **changes: Any) -> int:
    """The status of the answer; ``changes`` are headers in the place of the right ones, or another method."""
    method = changes.pop("method", "POST")
    headers = simulator.signature(content, int(time())) | {"Content-Type": "application/json"} | changes
    request = Request(server.url + path, content, headers, method=method)  # noqa: S310  (our own address)
    try:
        with urlopen(request, timeout=30) as answer:  # noqa: S310
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def test_a_text_is_kept_before_the_answer_and_taken_in_by_the_worker(live_server: LiveServer) -> None:
    assert post(live_server, text("Sure, what time?")) == 204
    waiting = InboundText.objects.waiting().get()
    take_in(waiting.pk)
    assert Message.objects.get().body == "Sure, what time?"


def test_nothing_leaves_for_whoever_wrote_a_stop_that_nobody_has_read_yet(
    live_server: LiveServer, group: Group, agent: User
) -> None:
    written = wrote(talk(group, NUMBER, "Hi", agent=agent), "Are you coming?", agent)
    assert post(live_server, text()) == 204
    send_now(written.pk)
    written.refresh_from_db()
    assert written.state == Message.State.QUEUED

    inbound.take_in_waiting.func()
    written.refresh_from_db()
    assert (written.state, written.refusal) == (Message.State.CANCELLED, "opted_out")
    assert OptOut.objects.open().get().phone == NUMBER


def test_it_needs_no_sign_in_and_no_token_of_a_page_of_ours(live_server: LiveServer) -> None:
    assert post(live_server, text(), Cookie="sessionid=nobody", Origin="https://elsewhere.example") == 204


def refused() -> list[Any]:
    return [
        pytest.param(text(), {"X-Simulator-Signature": "0" * 64}, 403, id="not signed"),
        pytest.param(text(), {"X-Simulator-Time": "1"}, 403, id="too old"),
        pytest.param(b"{}", {}, 400, id="malformed"),
        pytest.param(text(number="+12065550199"), {}, 404, id="a number of nobody"),
        pytest.param(text(), {"path": "/texts/pigeon/"}, 404, id="an unknown provider"),
        pytest.param(text(), {"path": "/texts/twilio/"}, 404, id="a provider that is not set up here"),
        pytest.param(text(), {"method": "PUT"}, 405, id="PUT"),
        pytest.param(None, {"method": "GET"}, 405, id="GET"),
    ]


@pytest.mark.parametrize(("content", "how", "status"), refused())
@override_settings(PROVIDERS=["simulator"], LOGGING={})
def test_what_is_refused_changes_nothing(
    live_server: LiveServer, content: bytes | None, how: dict[str, str], status: int
) -> None:
    assert post(live_server, content or b"", **how) == status
    assert not InboundText.objects.exists()
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("key", [1, 10**30])
def test_a_report_on_a_text_that_is_not_there_is_taken_and_changes_nothing(live_server: LiveServer, key: int) -> None:
    path = f"/texts/simulator/reports/{key}/"
    assert post(live_server, b'{"id": "S1"}', path=path) == 204
    assert post(live_server, b'{"id": "S1"}', path=path, **{"X-Simulator-Signature": ""}) == 403
    assert post(live_server, b"{}", path=path) == 400
    assert not Message.objects.exists()


@pytest.mark.parametrize("body", ["STOP", "Hello"])
def test_three_deliveries_of_one_text_at_once_count_once(live_server: LiveServer, body: str) -> None:
    content = text(body)
    assert together(*[lambda: post(live_server, content)] * 3) == [204] * 3
    for waiting in InboundText.objects.waiting():
        take_in(waiting.pk)

    assert InboundText.objects.count() == Message.objects.filter(direction="in").count() == 1
    assert OptOutEvidence.objects.count() == Message.objects.filter(direction="out").count() == (body == "STOP")


# The database is away.


class Archive(simulator.Simulator):
    """A carrier that keeps what was texted, and lists it."""

    def __init__(self, *texts: Inbound) -> None:
        self.listed = texts

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        yield from (text for text in self.listed if text.number == number)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("body", ["STOP", "Hello"])
def test_a_text_that_comes_while_the_database_is_away_gets_an_error_and_is_taken_in_later(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, body: str, error: type[Exception]
) -> None:
    content = text(body)
    lost = simulator.Simulator().read_text(_request(content))

    def away(*args: object) -> None:
        raise error("server closed the connection unexpectedly")

    with monkeypatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", away)
        assert post(live_server, content) == 503
    assert not InboundText.objects.exists()

    archive = Archive(lost)
    monkeypatch.setattr(providers, "at", lambda _: archive)
    assert reconcile() == 1
    assert post(live_server, content) == 204
    for waiting in InboundText.objects.waiting():
        take_in(waiting.pk)
    assert Message.objects.get(direction="in").body == body
    assert OptOut.objects.open().count() == (body == "STOP")


def _request(content: bytes) -> Any:
    return RequestFactory().post("/", content, "application/json", headers=simulator.signature(content, int(time())))


@override_settings(DIGEST_SECRETS=[], LOGGING={})
def test_without_the_digest_secrets_a_stop_is_taken_in_and_a_stranger_s_text_gets_an_error(
    live_server: LiveServer,
) -> None:
    assert post(live_server, text()) == 204
    assert post(live_server, text("Hello", phone=phone(2))) == 503
    inbound.take_in_waiting.func()
    assert Contact.objects.count() == 1
    assert OptOut.objects.open().get().phone == NUMBER
