"""How the stand-in for Twilio listens, and what it can be told to do instead of answering."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

if TYPE_CHECKING:
    from tests.conversations.twilio_server import TwilioServer


@dataclass(frozen=True)
class Asked:
    """A request that it got, ``form`` and ``query`` with the last value of each name."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]

    @property
    def authorization(self) -> str:
        """Name and password, as they were sent."""
        kind, _, value = self.headers.get("Authorization", "").partition(" ")
        return base64.b64decode(value).decode() if kind == "Basic" else ""


class Handler(BaseHTTPRequestHandler):
    """One request to it."""

    protocol_version = "HTTP/1.1"
    server: "Listener"

    def do_GET(self) -> None:
        self._take()

    def do_POST(self) -> None:
        self._take()

    def log_message(self, *args: Any) -> None:
        """Nothing: `asked` holds what there was."""

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def send_json(self, status: int, content: Any) -> None:
        self.send(status, json.dumps(content).encode(), Content_Type="application/json")

    def refuse(self, code: int, status: int = 400) -> None:
        more = f"https://www.twilio.com/docs/errors/{code}"
        self.send_json(status, {"code": code, "message": "Words about it", "more_info": more, "status": status})

    def _take(self) -> None:
        twilio, parts = self.server.twilio, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        form = dict(parse_qsl(body.decode(), keep_blank_values=True))
        asked = Asked(self.command, parts.path, dict(parse_qsl(parts.query)), form, dict(self.headers))
        twilio.asked.append(asked)
        behaviour = twilio.behaviours.popleft() if twilio.behaviours else None
        if behaviour is None or not behaviour(self):
            twilio.answer(self, asked)


Behaviour = Callable[[Handler], bool]
"""What it does with a request instead of answering; False: it answers after that."""


def refuses(code: int, status: int = 400) -> Behaviour:
    """An error of Twilio's, in its own words."""

    def behaviour(handler: Handler) -> bool:
        handler.refuse(code, status)
        return True

    return behaviour


def answers(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Something that Twilio wouldn't say: a proxy's page, half an answer."""

    def behaviour(handler: Handler) -> bool:
        handler.send(status, body, **headers)
        return True

    return behaviour


def drops(handler: Handler) -> bool:
    """The connection ends without an answer, after the request was read."""
    handler.close_connection = True
    return True


def waits(seconds: float, *, then_takes: bool = True) -> Behaviour:
    """It is slow to answer."""

    def behaviour(handler: Handler) -> bool:
        handler.server.twilio.closing.wait(seconds)
        return not then_takes

    return behaviour


def trickles(seconds: float) -> Behaviour:
    """Headers come at once, then a byte each tenth of a second."""

    def behaviour(handler: Handler) -> bool:
        handler.send_response(201)
        handler.send_header("Content-Length", str(int(seconds * 10)))
        handler.end_headers()
        for _ in range(int(seconds * 10)):
            if handler.server.twilio.closing.wait(0.1):
                break
            handler.wfile.write(b" ")
            handler.wfile.flush()
        handler.close_connection = True
        return True

    return behaviour


class Listener(ThreadingHTTPServer):
    daemon_threads = True
    twilio: "TwilioServer"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone away meanwhile, which is what some tests are about."""
