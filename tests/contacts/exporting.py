"""Exports, as a person takes them and as a spreadsheet reads them."""

from collections.abc import Iterable
from typing import Any, cast

from django.urls import reverse

from groups.models import Group, User
from tests.contacts.uploading import table
from tests.people import client_of


def body(answer: Any) -> str:
    """The text of a file that was sent, whole."""
    assert answer.status_code == 200, answer
    return b"".join(cast("Iterable[bytes]", answer.streaming_content)).decode()


def post(user: User, name: str, *keys: int, query: dict[str, object] | None = None, **fields: object) -> Any:
    """The answer to a press of an ``Export`` button."""
    return client_of(user).post(reverse(name, args=keys, query=query), fields)


def contacts_file(user: User, group: Group, query: dict[str, object] | None = None, **fields: object) -> str:
    """The file of contacts; of the whole group, unless fields say otherwise."""
    return body(post(user, "contacts:export", group.pk, query=query, **(fields or {"select": "everybody"})))


def rows(content: str) -> list[dict[str, str]]:
    """Each row of a file by its headers."""
    headers, *lines = table(content)
    return [dict(zip(headers, line, strict=True)) for line in lines]
