"""A server that answers as Twilio's REST API does, and that posts signed webhooks as Twilio does.

    def test_…(twilio_server: TwilioServer) -> None:
        twilio_server.next(refuses(21610))
        …
        twilio_server.send_text(address_of_ours, "STOP")

Shapes are those of https://www.twilio.com/docs/messaging/api/message-resource and …/media-resource. What it was asked
stands in ``asked``, the texts that it took or received in ``texts``.
"""

import base64
import hashlib
import hmac
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import count
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from pytest_django import Settings

from tests.conversations.twilio_http import Asked, Behaviour, Handler, Listener

NUMBER = "+14155550123"
PHONE = "+14155550100"
SID = "AC" + "a1" * 16
TOKEN = "its-token"
PICTURE = b"\xff\xd8\xff\xe0 a picture"
VERSION = "/2010-04-01"


@dataclass
class TwilioServer:
    """The server: its API and, on another port, the storage of files that the API sends one on to."""

    sid: str = SID
    token: str = TOKEN
    page_size: int = 50
    asked: list[Asked] = field(default_factory=list)
    texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    behaviours: deque[Behaviour] = field(default_factory=deque)
    closing: Event = field(default_factory=Event)
    _sent: dict[str, datetime] = field(default_factory=dict)
    _files_of: dict[str, list[str]] = field(default_factory=dict)
    _serial: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self._listeners = [Listener(("127.0.0.1", 0), Handler) for _ in range(2)]
        self.address, self.storage = [f"http://127.0.0.1:{listener.server_port}" for listener in self._listeners]
        for listener in self._listeners:
            listener.twilio = self
            Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.closing.set()
        for listener in self._listeners:
            listener.shutdown()
            listener.server_close()

    def next(self, *behaviours: Behaviour) -> None:
        """What it does with the next requests, one each, instead of answering as usual."""
        self.behaviours.extend(behaviours)

    # What it answers.

    def answer(self, handler: Handler, asked: Asked) -> None:
        """As Twilio does, when nothing is wrong with it."""
        if asked.path.startswith("/storage/"):
            content_type, content = self.files[asked.path.removeprefix("/storage/")]
            return handler.send(200, content, Content_Type=content_type)
        if asked.authorization != f"{self.sid}:{self.token}":
            return handler.refuse(20003, 401)
        account = re.escape(f"{VERSION}/Accounts/{self.sid}/Messages")
        found = re.fullmatch(rf"{account}(?:/(\w+)(/Media(?:/(\w+))?)?)?(\.json)?", asked.path)
        if not found:
            return handler.refuse(20404, 404)
        return self._answer_about(handler, asked, *found.group(1, 2, 3))

    def _answer_about(
        self, handler: Handler, asked: Asked, sid: str | None, media: str | None, file: str | None
    ) -> None:
        if file:
            address = f"{self.storage}/storage/{file}?signature=its-own"
            return handler.send(307, b"", Location=address)
        if sid and sid not in self.texts:
            return handler.refuse(20404, 404)
        if sid and media:
            return handler.send_json(200, self._paged(asked, "media_list", self._media_of(sid)))
        if sid:
            return handler.send_json(200, self.texts[sid])
        if asked.method == "POST":
            return handler.send_json(201, self._taken(asked))
        return handler.send_json(200, self._paged(asked, "messages", self._listed(asked)))

    def _taken(self, asked: Asked) -> dict[str, Any]:
        return self._keep("outbound-api", asked.form["From"], asked.form["To"], asked.form["Body"], status="queued")

    def _listed(self, asked: Asked) -> list[dict[str, Any]]:
        """Newest first, narrowed as Twilio narrows."""
        found = [text for text in self.texts.values() if text["to"] == asked.query.get("To", text["to"])]
        since = asked.query.get("DateSent>")
        if since:
            first = datetime.fromisoformat(since)
            found = [text for text in found if self._sent[text["sid"]] >= first]
        return sorted(found, key=lambda text: self._sent[text["sid"]], reverse=True)

    def _paged(self, asked: Asked, name: str, records: list[dict[str, Any]]) -> dict[str, Any]:
        size = min(int(asked.query.get("PageSize", 50)), self.page_size)
        page = int(asked.query.get("Page", 0))
        following = urlencode({**asked.query, "PageSize": size, "Page": page + 1})
        shown = records[page * size : (page + 1) * size]
        more = (page + 1) * size < len(records)
        return {
            "end": page * size + len(shown) - 1,
            "first_page_uri": f"{asked.path}?PageSize={size}&Page=0",
            "next_page_uri": f"{asked.path}?{following}" if more else None,
            "page": page,
            "page_size": size,
            "previous_page_uri": None,
            name: shown,
            "start": page * size,
            "uri": f"{asked.path}?PageSize={size}&Page={page}",
        }

    def _media_of(self, sid: str) -> list[dict[str, Any]]:
        return [
            {
                "account_sid": self.sid,
                "content_type": self.files[file][0],
                "parent_sid": sid,
                "sid": file,
                "uri": f"{self._path(sid)}/Media/{file}.json",
            }
            for file in self._files_of[sid]
        ]

    # What it holds.

    def receive(
        self,
        body: str = "Hello",
        *,
        phone: str = PHONE,
        number: str = NUMBER,
        at: datetime | None = None,
        sent: datetime | None = None,
        files: tuple[tuple[str, bytes], ...] = (),
    ) -> str:
        """Somebody texted one of our numbers at a time; it called us about it, or tried to, then or ``sent``."""
        at = at or datetime.now(UTC)
        text = self._keep("inbound", phone, number, body, status="received", at=at, sent=sent or at)
        for content_type, content in files:
            name = f"ME{next(self._serial):032x}"
            self.files[name] = (content_type, content)
            self._files_of.setdefault(text["sid"], []).append(name)
        text["num_media"] = str(len(files))
        return text["sid"]

    def media_address(self, sid: str, which: int = 0) -> str:
        """Where a text's file is, as its webhook tells it."""
        return f"{self.address}{self._path(sid)}/Media/{self._files_of[sid][which]}"

    def _path(self, sid: str) -> str:
        return f"{VERSION}/Accounts/{self.sid}/Messages/{sid}"

    def _keep(self, direction: str, sender: str, to: str, body: str, **more: Any) -> dict[str, Any]:
        sid = f"SM{next(self._serial):032x}"
        now = datetime.now(UTC)
        self._sent[sid] = more.get("sent", now)
        self.texts[sid] = {
            "account_sid": self.sid,
            "api_version": VERSION.strip("/"),
            "body": body,
            "date_created": format_datetime(more.get("at", now)),
            "date_sent": format_datetime(self._sent[sid]) if direction == "inbound" else None,
            "date_updated": format_datetime(now),
            "direction": direction,
            "error_code": None,
            "error_message": None,
            "from": sender,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": None,
            "sid": sid,
            "status": more["status"],
            "subresource_uris": {"media": f"{self._path(sid)}/Media.json"},
            "to": to,
            "uri": f"{self._path(sid)}.json",
        }
        return self.texts[sid]

    # What it posts.

    def send_text(
        self,
        address: str,
        body: str = "Hello",
        *,
        public: str = "",
        headers: dict[str, str] | None = None,
        **fields: str,
    ) -> HTTPStatus:
        """Post a text to ``address``; ``fields`` replace its form's or add to them. ``post`` says the rest."""
        sid = fields.get("MessageSid") or self.receive(body)
        form = {
            "MessageSid": sid,
            "SmsSid": sid,
            "SmsMessageSid": sid,
            "AccountSid": self.sid,
            "From": PHONE,
            "To": NUMBER,
        }
        form |= {"Body": body, "NumMedia": "0", "NumSegments": "1", "SmsStatus": "received", "ApiVersion": "2010-04-01"}
        return self.post(address, form | fields, public=public, headers=headers)

    def send_report(
        self,
        address: str,
        sid: str,
        status: str,
        code: str = "",
        *,
        public: str = "",
        headers: dict[str, str] | None = None,
    ) -> HTTPStatus:
        """Post what became of a text of ours."""
        form = {"MessageSid": sid, "SmsSid": sid, "AccountSid": self.sid, "From": NUMBER, "To": PHONE}
        form |= {"MessageStatus": status, "SmsStatus": status, "ApiVersion": "2010-04-01"}
        return self.post(address, form | ({"ErrorCode": code} if code else {}), public=public, headers=headers)

    def post(
        self, address: str, form: dict[str, str], *, public: str = "", headers: dict[str, str] | None = None
    ) -> HTTPStatus:
        """Post a form, signed, and return the status of the answer.

        ``public`` is the address that was entered at Twilio, if it reaches us by another, with the ``headers`` that
        proxies add.
        """
        parts = urlsplit(address)
        signed = signature(self.token, public or address, form)
        sent = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signed, **(headers or {})}
        assert parts.hostname
        connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=20)
        try:
            connection.request("POST", address.partition(parts.netloc)[2], urlencode(form), sent)
            return HTTPStatus(connection.getresponse().status)
        finally:
            connection.close()


def signature(token: str, address: str, form: dict[str, str]) -> str:
    """Twilio's signature: HMAC-SHA1 of the address and of all names with their values, sorted."""
    signed = address + "".join(name + form[name] for name in sorted(form))
    return base64.b64encode(hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()).decode()


@pytest.fixture
def twilio_server(settings: Settings) -> Iterator[TwilioServer]:
    """The server, with the settings of a site that has its account there."""
    server = TwilioServer()
    settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKENS = server.sid, [server.token]
    settings.TWILIO_API = server.address
    settings.BASE_URL = "https://texts.example.org"
    yield server
    server.close()
