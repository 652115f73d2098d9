"""Speaking HTTP with Twilio: once each time, within a time, and knowing whether it may have heard us (R4.9)."""

import logging
from collections.abc import Iterator, Mapping
from time import monotonic
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from twilio.http import HttpClient
from twilio.http.response import Response
from urllib3 import Timeout
from urllib3.exceptions import HTTPError

from contacts.conversations.providers.base import NoAnswer, NotTaken

LARGEST_ANSWER = 10 * 1024 * 1024
PIECE = 64 * 1024


class TooLate(requests.RequestException):
    """It took longer than it may."""


class TooLarge(requests.RequestException):
    """It is more than it may be."""


class Form:
    """What is posted. It is asked for when the connection stands and the headers are sent: what was not asked for by
    then was certainly not sent, and it isn't given after its time.
    """

    def __init__(self, fields: Mapping[str, Any], deadline: float) -> None:
        self.content = urlencode(fields, doseq=True).encode()
        self.deadline = deadline
        self.asked_for = False

    def __len__(self) -> int:
        return len(self.content)

    def __iter__(self) -> Iterator[bytes]:
        if monotonic() > self.deadline:
            raise TooLate("There was no time left to send it.")
        self.asked_for = True
        yield self.content


class Transport(HttpClient):
    """The library's way out: to ``api`` wherever it means to go, no connection kept, nothing repeated, nothing logged.

    A connection that is kept may turn out to be closed only when a text has been sent through it, and then nobody knows
    whether it was taken. Answers of 5xx and redirections say as little; the library gets the others.
    """

    def __init__(self, api: str, timeout: float) -> None:
        super().__init__(logging.getLogger(__name__), is_async=False, timeout=timeout)
        self.api, self.seconds = api, timeout

    def request(
        self,
        method: str,
        uri: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request. Raises ``NotTaken`` if it certainly was not sent in full, else ``NoAnswer``."""
        deadline = monotonic() + self.seconds
        form = Form(data or {}, deadline)
        sent: dict[str, Any] = {"params": params, "headers": headers, "auth": auth, "data": form if data else None}
        try:
            response = _once(method, self._here(uri), deadline, sent)
        except requests.RequestException as problem:
            unsure = form.asked_for or not data
            raise (NoAnswer if unsure else NotTaken)(type(problem).__name__) from problem
        if response.status_code >= 500 or 300 <= response.status_code < 400:
            raise NoAnswer(str(response.status_code))
        return response

    def _here(self, address: str) -> str:
        parts = urlsplit(address)
        return f"{self.api}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _once(method: str, address: str, deadline: float, sent: dict[str, Any]) -> Response:
    timeout = time_left(deadline)
    with (
        requests.Session() as session,
        session.request(method, address, timeout=timeout, stream=True, allow_redirects=False, **sent) as response,
    ):
        content = read(response, LARGEST_ANSWER, deadline)
        return Response(response.status_code, content.decode(errors="replace"), response.headers)


def time_left(deadline: float) -> Any:
    """Until then for connecting and each wait for an answer together, as ``requests`` takes it."""
    return Timeout(total=max(deadline - monotonic(), 0.001))


def read(response: requests.Response, most: int, deadline: float) -> bytes:
    """The body, up to ``most`` bytes. Raises ``TooLarge`` beyond them, ``TooLate`` when the time is up."""
    content = bytearray()
    while piece := _next(response):
        content += piece
        if len(content) > most:
            raise TooLarge(f"More than {most} bytes.")
        if monotonic() > deadline:
            raise TooLate("It was not all there in time.")
    return bytes(content)


def _next(response: requests.Response) -> bytes:
    """What has come by now, so that nobody can draw the reading out by sending little at a time."""
    try:
        return response.raw.read1(PIECE, decode_content=True)
    except HTTPError as problem:
        raise requests.ConnectionError(problem) from problem
