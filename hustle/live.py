"""Answering open pages that ask whether something changed (R3.4), before Django makes a request of it.

Hundreds of pages ask every second and a half. In a middleware, even the first, each question would cost twice as much:
request and response, and the signals around them.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import Error, close_old_connections

from groups import live

type Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

HEADERS = [("Content-Type", "text/plain"), ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]


def answering_first(application: Application) -> Application:
    """The application behind one that answers these questions itself; all other requests it hands on."""

    def answering(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(live.PATH) or environ["REQUEST_METHOD"] != "GET":
            return application(environ, start_response)
        status, content = _answer(path)
        start_response(status, [*HEADERS, ("Content-Length", str(len(content)))])
        return [content]

    return answering


def _answer(path: str) -> tuple[str, bytes]:
    try:
        number = live.answer_to(path)
    except Error:
        return "503 Service Unavailable", b""  # The page asks again, later each time.
    finally:
        close_old_connections()  # As Django does around each request.
    return ("404 Not Found", b"") if number is None else ("200 OK", b"%d" % number)
