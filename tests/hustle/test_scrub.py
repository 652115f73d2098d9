"""Personal data stays out of the logs, whatever put it there."""

import io
import json
import logging
from collections.abc import Iterator

import phonenumbers
import pytest
import structlog
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from hypothesis import given
from hypothesis import strategies as st

from hustle import logs
from hustle.scrub import scrub

SPELLINGS = [
    "4155550143",
    "+14155550143",
    "+1 415-555-0143",
    "(415) 555-0143",
    "415.555.0143",
    "1/415/555/0143",
    "415_555_0143",
    "555-0143",
    "%2B1%20415-555-0143",
    "%28415%29+555-0143",
    "%28415%29%20555%2D0143",
    "+44 20 7946 0018",
    "\u202a+1\u00a0415\u2011555\u20110143\u202c",
    "415\u200b5550143",
    "4 1 5 5 5 5 0 1 4 3",
    "４１５５５５０１４３",
    "4.155550143E9",
    "tel:4155550143",
]


@pytest.mark.parametrize("phone", SPELLINGS)
@pytest.mark.parametrize(
    "around", ["{}", "no contact {} here", "q={}&page=2", "(1, {}, 'x')", '{{"phone": "{}"}}', "x{}y"]
)
def test_a_phone_is_taken_out_in_any_spelling(phone: str, around: str) -> None:
    clean = scrub(around.format(phone))
    assert "[phone]" in clean
    assert not any(part in clean for part in ("0143", "0018", "５５"))


@given(st.sampled_from(["US", "GB", "DE", "MX", "NZ"]), st.integers(0, 3))
def test_every_way_in_which_the_library_writes_a_number_is_known(region: str, form: int) -> None:
    number = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    assert number is not None
    written = phonenumbers.format_number(number, form)
    assert str(number.national_number)[-4:] not in "".join(filter(str.isdigit, scrub(f"sent to {written} now")))


@pytest.mark.parametrize(
    "text",
    [
        "1243 rows in 120 ms",
        "/groups/3/contacts/1234567/",
        "group 17, page 4 of 97",
        'File "hustle/health.py", line 31, in _problem',
        "6,200,000 of 10,000,000",
        "127.0.0.1:8000",
    ],
)
def test_what_is_no_personal_data_stays_readable(text: str) -> None:
    assert scrub(text) == text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mail to dana.lopez+x@example.org failed", "mail to [e-mail] failed"),
        ("<dana%40example.org>", "<[e-mail]>"),
        ("GET /contacts/?q=Dana+Lopez&page=2", "GET /contacts/?[scrubbed]"),
        (
            "Forbidden: /auth/password/reset/key/1-d3k5f2-3c0a9b7f64c2d1e0/",
            "Forbidden: /auth/password/reset/key/[key]/",
        ),
        ("DETAIL:  Failing row contains (7, Dana, Lopez).\nnext", "DETAIL: [scrubbed]\nnext"),
        ('CONTEXT:  COPY contact, line 3, column name: "Dana"', "CONTEXT: [scrubbed]"),
    ],
)
def test_other_personal_data_and_keys_are_taken_out(text: str, clean: str) -> None:
    assert scrub(text) == clean


@pytest.fixture(params=[True, False], ids=["readable", "JSON"])
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """All that is logged, in the form that the handler gives it."""
    stream = io.StringIO()
    formatter = logs.configured(readable=request.param)["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@login_not_required
def failing(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"no contact {request.GET['q']} for dana@example.org")


urlpatterns = [path("failing", failing)]


@pytest.mark.django_db
def test_a_search_for_a_phone_leaves_none_in_the_log(client: Client, written: io.StringIO) -> None:
    client.get("/nowhere?q=4155550143", headers={"referer": "https://example.org/?q=4155550143"})
    assert "/nowhere" in written.getvalue()
    assert "5550143" not in written.getvalue().replace("-", "")


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_the_message_of_an_error_is_scrubbed_and_its_traceback_kept(written: io.StringIO) -> None:
    Client(raise_request_exception=False).get("/failing?q=4155550143")
    log = written.getvalue()
    assert "ValueError: no contact [phone] for [e-mail]" in log
    assert "in failing" in log
    assert "5550143" not in log.replace("-", "")
    assert log.count("Traceback") == 1


def test_lines_of_libraries_are_scrubbed_too(written: io.StringIO) -> None:
    logging.getLogger("some.library").warning("sent to %s", "+1 415-555-0143", extra={"ignored": 1})
    structlog.get_logger("ours").info(
        "texted", phone=4155550143, people=[{"email": "dana@example.org"}], raw=b"4155550143"
    )
    log = written.getvalue()
    assert "sent to [phone]" in log
    assert "texted" in log
    assert "5550143" not in log.replace("-", "")
    assert "dana" not in log


def test_production_writes_one_json_object_a_line() -> None:
    stream = io.StringIO()
    formatter = logs.configured(readable=False)["formatters"]["line"]
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter.pop("()")(**formatter))
    record = logging.LogRecord("a", logging.INFO, "", 1, "two\nlines", None, None)
    handler.emit(record)
    line = json.loads(stream.getvalue())
    assert (line["event"], line["level"], line["logger"]) == ("two\nlines", "info", "a")
