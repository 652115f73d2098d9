"""What Twilio posts to us: believed when it is signed for our public address, and never a reason to break (R8.5)."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings
from twilio.request_validator import RequestValidator

from contacts.conversations.providers.base import BadSignature, Fault, Inbound, Malformed, Report, Stage
from contacts.conversations.providers.twilio import Twilio
from tests.conversations.twilio_server import NUMBER, PHONE, TOKEN, TwilioServer, signature

PUBLIC = "https://texts.example.org"
TEXTS = "/texts/twilio/"
REPORTS = "/texts/twilio/reports/k-7_Q/"
SID = "SM" + "0" * 32
FORM = "application/x-www-form-urlencoded"
SMALL = {"MessageSid": SID, "From": PHONE, "To": NUMBER, "Body": "Hello", "NumMedia": "0"}
DONE = {"MessageSid": SID, "MessageStatus": "delivered"}


@pytest.fixture(autouse=True)
def of_a_site(settings: Settings) -> None:
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKENS, settings.BASE_URL = "AC1", [TOKEN], PUBLIC


def posted(form: dict[str, str], path: str = TEXTS, *, token: str = TOKEN, **more: Any) -> WSGIRequest:
    """A form as it reaches us, signed with a token for the public address."""
    signed = signature(token, PUBLIC + path, form)
    return RequestFactory().post(path, urlencode(form), FORM, headers={"X-Twilio-Signature": signed}, **more)


def without(form: dict[str, str], name: str) -> dict[str, str]:
    return {key: value for key, value in form.items() if key != name}


# What is believed.


def test_the_signature_of_these_tests_is_the_one_in_twilios_documents() -> None:
    form = {"CallSid": "CA1234567890ABCDE", "Caller": "+14158675309", "Digits": "1234", "From": "+14158675309"}
    form["To"] = "+18005551212"
    signed = signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form)
    assert signed == "RSOYDt4T1cUTdK1PDd93/VVr8B8="


@pytest.mark.parametrize("token", ["old", "new"])
def test_while_a_token_is_changed_both_are_believed(settings: Settings, token: str) -> None:
    settings.TWILIO_AUTH_TOKENS = ["new", "old"]
    assert Twilio().read_text(posted(SMALL, token=token)).body == "Hello"


def test_a_token_that_was_taken_out_is_not_believed_any_more(settings: Settings) -> None:
    settings.TWILIO_AUTH_TOKENS = ["new"]
    with pytest.raises(BadSignature):
        Twilio().read_text(posted(SMALL, token="old"))


def test_without_a_token_nothing_is_believed(settings: Settings) -> None:
    settings.TWILIO_AUTH_TOKENS = []
    for token in ("", TOKEN):
        with pytest.raises(BadSignature, match="TWILIO_AUTH_TOKEN"):
            Twilio().read_text(posted(SMALL, token=token))


@pytest.mark.parametrize(
    "address",
    [
        "https://texts.example.net" + TEXTS,
        "http://texts.example.org" + TEXTS,
        PUBLIC + REPORTS,
        PUBLIC + TEXTS + "?a=1",
    ],
)
def test_what_was_signed_for_another_address_is_refused(address: str) -> None:
    signed = signature(TOKEN, address, SMALL)
    request = RequestFactory().post(TEXTS, urlencode(SMALL), FORM, headers={"X-Twilio-Signature": signed})
    with pytest.raises(BadSignature):
        Twilio().read_text(request)


def test_an_address_may_have_a_query_and_it_is_signed_too() -> None:
    assert Twilio().read_text(posted(SMALL, TEXTS + "?from=twilio&x=%C3%A9")).body == "Hello"


@pytest.mark.parametrize("read", [Twilio().read_text, Twilio().read_report])
@pytest.mark.parametrize("signed", ["", "x", "é", "a" * 28, "x" * 100_000, None])
def test_whatever_is_not_signed_is_refused(read: Callable[[WSGIRequest], object], signed: str | None) -> None:
    request = RequestFactory().post(TEXTS, urlencode({**SMALL, **DONE}), FORM)
    if signed is not None:
        request.META["HTTP_X_TWILIO_SIGNATURE"] = signed
    with pytest.raises(BadSignature):
        read(request)


@pytest.mark.parametrize("name", SMALL)
def test_a_field_that_was_changed_on_the_way_is_noticed(name: str) -> None:
    signed = posted(SMALL).headers["X-Twilio-Signature"]
    changed = urlencode({**SMALL, name: SMALL[name] + "1"})
    with pytest.raises(BadSignature):
        Twilio().read_text(RequestFactory().post(TEXTS, changed, FORM, headers={"X-Twilio-Signature": signed}))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"Body": "Hello"}', "application/json"),
        (b"", "multipart/form-data"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"Body=Hello", "text/plain"),
        (b"Body=Hello", ""),
        (b"Body=Hello", f"{FORM}; charset=utf-16"),
        (b"&".join(b"a%d=1" % n for n in range(2000)), FORM),
        (b"Body=" + b"a" * 3_000_000, FORM),
    ],
)
def test_what_is_no_form_or_more_than_one_is_refused_unread(body: bytes, content_type: str) -> None:
    request = RequestFactory().post(TEXTS, body, content_type, headers={"X-Twilio-Signature": "x"})
    with pytest.raises(BadSignature):
        Twilio().read_text(request)


# Over HTTP.


@dataclass
class Site:
    """A small site that reads texts and remembers them, at an address of its own."""

    address: str = ""
    texts: list[Inbound] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        try:
            self.texts.append(Twilio().read_text(WSGIRequest(environ)))
            answer, status = Twilio().answer(), "200 OK"
        except (BadSignature, Malformed):
            answer, status = None, "403 Forbidden"
        start_response(status, list(answer.items()) if answer else [])
        return [answer.content if answer else b""]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    with make_server("127.0.0.1", 0, site, handler_class=Quiet) as server:
        site.address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield site
        server.shutdown()


PROXIES = {
    "Host": "internal:8000",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "54.172.60.1, 10.0.0.3",
    "X-Forwarded-Host": "somewhere.example.com",
    "X-Forwarded-Port": "8443",
    "Forwarded": "for=54.172.60.1;proto=http;host=somewhere.example.com",
}


@pytest.mark.parametrize("headers", [{}, PROXIES, {**PROXIES, "X-Forwarded-Proto": "http"}])
def test_a_text_is_believed_behind_a_proxy_whatever_that_says_of_itself(
    twilio_server: TwilioServer, site: Site, headers: dict[str, str]
) -> None:
    """What counts is the address that was entered at Twilio, which begins as ``BASE_URL`` does."""
    sent = twilio_server.send_text(site.address + TEXTS, "Hé 👋 + & =", public=PUBLIC + TEXTS, headers=headers)
    assert sent == 200
    assert [text.body for text in site.texts] == ["Hé 👋 + & ="]


def test_a_proxys_headers_make_no_signature_right(twilio_server: TwilioServer, site: Site) -> None:
    """Signed for the address that those headers name: whoever sends them chose it."""
    for public in ("http://internal:8000", "https://internal:8000", "https://somewhere.example.com", site.address):
        assert twilio_server.send_text(site.address + TEXTS, public=public + TEXTS, headers=PROXIES) == 403
    assert site.texts == []


# What is read.


def test_a_text_is_read_with_its_files_and_twilios_own_reading() -> None:
    form = SMALL | {"NumMedia": "2", "OptOutType": "STOP", "Body": "Stop", "FromCity": "SAN FRANCISCO"}
    form |= {f"MediaUrl{n}": f"https://api.twilio.com/2010-04-01/Media/ME{n}" for n in range(2)}
    form |= {"MediaContentType0": "image/jpeg", "MediaContentType1": "image/png"}
    text = Twilio().read_text(posted(form))
    files = ("https://api.twilio.com/2010-04-01/Media/ME0", "https://api.twilio.com/2010-04-01/Media/ME1")
    assert text == Inbound(SID, NUMBER, PHONE, "Stop", None, files, "STOP")


@pytest.mark.parametrize("name", ["MessageSid", "From", "To", "Body"])
def test_a_field_that_is_missing_is_named(name: str) -> None:
    with pytest.raises(Malformed, match=f"^{name} is missing"):
        Twilio().read_text(posted(without(SMALL, name)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("From", ""),
        ("From", "22395"),
        ("From", "BRAND"),
        ("From", "4155550100"),
        ("From", "whatsapp:+14155550100"),
        ("From", "+1415555010\x00"),
        ("From", "+14155550100\n"),
        ("From", "+١٤١٥٥٥٥٠١٠٠"),
        ("From", "+" + "1" * 100_000),
        ("To", "MG" + "0" * 32),
        ("MessageSid", ""),
        ("MessageSid", "SM\x00"),
        ("MessageSid", "S" * 65),
    ],
)
def test_a_field_that_is_wrong_is_named_and_its_value_is_not(name: str, value: str) -> None:
    with pytest.raises(Malformed, match=f"^{name} is not what it should be") as malformed:
        Twilio().read_text(posted({**SMALL, name: value}))
    assert len(value) < 5 or value not in str(malformed.value)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", ""),
        ("S\x00TOP\x00", "STOP"),
        ("long " * 2000, "long " * 2000),
        ("one\r\ntwo", "one\r\ntwo"),
        ("\u202etop\ufffd", "\u202etop\ufffd"),
    ],
)
def test_a_body_is_kept_as_it_is_but_for_what_no_database_takes(sent: str, kept: str) -> None:
    assert Twilio().read_text(posted({**SMALL, "Body": sent})).body == kept


@pytest.mark.parametrize("number", ["", "abc", "-1", "99999999999999999999", "5"])
def test_a_text_is_not_refused_over_the_number_of_its_files(number: str) -> None:
    address = "https://api.twilio.com/2010-04-01/Media/ME0"
    for form in (
        {**SMALL, "NumMedia": number, "MediaUrl0": address},
        {**without(SMALL, "NumMedia"), "MediaUrl0": address},
    ):
        assert Twilio().read_text(posted(form)).media == (address,)


def test_only_addresses_of_files_are_kept_and_only_so_many() -> None:
    form = SMALL | {f"MediaUrl{n}": f"https://api.twilio.com/ME{n}" for n in range(40)}
    form |= {
        "MediaUrl0": "javascript:alert(1)",
        "MediaUrl1": "https://x.example/" + "a" * 2000,
        "MediaUrl2": "http://\x00",
    }
    assert Twilio().read_text(posted(form)).media == tuple(f"https://api.twilio.com/ME{n}" for n in range(3, 10))


def test_a_reading_that_twilio_does_not_have_is_none() -> None:
    assert Twilio().read_text(posted({**SMALL, "OptOutType": "stop\x00"})).opt_out_type == ""


@pytest.mark.parametrize(
    ("status", "code", "stage", "fault"),
    [
        ("accepted", "", None, None),
        ("queued", "", None, None),
        ("sending", "", None, None),
        ("partially_delivered", "", None, None),
        ("sent", "", Stage.SENT, None),
        ("delivered", "", Stage.DELIVERED, None),
        ("delivered", "30006", Stage.DELIVERED, None),
        ("read", "", Stage.DELIVERED, None),
        ("undelivered", "30006", Stage.FAILED, Fault.CANNOT_RECEIVE),
        ("undelivered", "30005", Stage.FAILED, Fault.CANNOT_RECEIVE),
        ("undelivered", "30003", Stage.FAILED, Fault.OTHER),  # switched off, for now
        ("undelivered", "30007", Stage.FAILED, Fault.OTHER),  # filtered
        ("failed", "21610", Stage.FAILED, Fault.OPTED_OUT),
        ("failed", "21614", Stage.FAILED, Fault.CANNOT_RECEIVE),
        ("failed", "", Stage.FAILED, Fault.OTHER),
        ("canceled", "", Stage.FAILED, Fault.OTHER),
    ],
)
def test_a_report_says_how_far_a_text_got_and_why_not_further(
    status: str, code: str, stage: Stage | None, fault: Fault | None
) -> None:
    form = {"MessageSid": SID, "MessageStatus": status} | ({"ErrorCode": code} if code else {})
    report = Twilio().read_report(posted(form, REPORTS))
    assert report == Report(SID, stage, fault, code if fault else "")


@pytest.mark.parametrize("name", DONE)
def test_a_report_without_what_it_is_about_says_what_is_missing(name: str) -> None:
    with pytest.raises(Malformed, match=f"^{name} is missing"):
        Twilio().read_report(posted(without(DONE, name), REPORTS))


def test_a_code_that_is_none_is_left_out() -> None:
    form = {"MessageSid": SID, "MessageStatus": "failed", "ErrorCode": "\x00' OR 1=1"}
    assert Twilio().read_report(posted(form, REPORTS)) == Report(SID, Stage.FAILED, Fault.OTHER, "")


def test_nothing_is_sent_back() -> None:
    answer = Twilio().answer()
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/xml")
    assert answer.content == b'<?xml version="1.0" encoding="UTF-8"?><Response/>'


# Anything at all.

NAMES = st.sampled_from([*SMALL, "MediaUrl0", "OptOutType", "MessageStatus", "ErrorCode", "bodySHA256", "SmsSid"])
VALUES = st.text() | st.sampled_from([*SMALL.values(), "failed", "30006", "STOP", "\x00", "https://api.twilio.com/ME1"])
FORMS = st.dictionaries(NAMES | st.text(), VALUES).map(lambda form: urlencode(form).encode())
NEAR = st.dictionaries(NAMES, VALUES).map(lambda form: urlencode({**SMALL, **DONE, **form}).encode())
RAW = st.binary() | st.lists(
    st.sampled_from([b"Body=", b"From=", b"&", b"%00", b"%ED%A0%BD", b"%", b"\xff", b"=", b"+"])
)
BODIES = FORMS | NEAR | RAW.map(lambda raw: raw if isinstance(raw, bytes) else b"".join(raw))


@given(BODIES, st.sampled_from([TEXTS, TEXTS + "?bodySHA256=x", TEXTS + "?a=%00&b=[", REPORTS]), st.booleans())
@override_settings(TWILIO_AUTH_TOKENS=[TOKEN], BASE_URL=PUBLIC)
def test_any_form_is_a_text_or_malformed_or_not_signed_and_nothing_else(
    body: bytes, path: str, is_signed: bool
) -> None:
    for read in (Twilio().read_text, Twilio().read_report):
        request = RequestFactory().post(path, body, FORM, CONTENT_TYPE=FORM)
        right = RequestValidator(TOKEN).compute_signature(PUBLIC + request.get_full_path(), QueryDict(body))
        request.META["HTTP_X_TWILIO_SIGNATURE"] = right if is_signed else right[::-1]
        found = outcome(read, request)
        assert isinstance(found, BadSignature) is not is_signed
        assert isinstance(found, BadSignature) or well_said(found)


def outcome(read: Callable[[WSGIRequest], Inbound | Report], request: WSGIRequest) -> Inbound | Report | Exception:
    try:
        return read(request)
    except (BadSignature, Malformed) as refused:
        return refused


def well_said(found: Inbound | Report | Exception) -> bool:
    """Whether a database can hold it; or, of a malformed one, whether it names a field."""
    if isinstance(found, Exception):
        return bool(re.match(r"(MessageSid|From|To|Body|MessageStatus) is ", str(found)))
    return storable(found)


def storable(found: Inbound | Report) -> bool:
    words = [value for value in vars(found).values() if isinstance(value, str)]
    return all("\x00" not in word and word.encode().decode() == word for word in words) and len(found.provider_id) <= 64
