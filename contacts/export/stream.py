"""CSV as it is sent: a few rows at a time, so that a file of any length takes the same little memory (R6.7)."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from django.db.models import Model, QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

from contacts.spreadsheet import guarded

CHUNK = 1000
"""Rows that are read at once."""
BLOCK = 1 << 16
"""Characters that are sent at once."""
MARK = "\ufeff"
"""Tells a spreadsheet that the file is UTF-8."""

type Line = Sequence[str]


def download(place: str, what: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    """The answer that sends these lines as a file named after a place, what is in it, and the day."""
    return attached("-".join(filter(None, [slugify(place)[:60], what, f"{timezone.localdate():%Y-%m-%d}"])), lines)


def attached(name: str, lines: Iterable[Line]) -> StreamingHttpResponse:
    """The answer that sends these lines as ``name``.csv; no browser and no proxy keeps it."""
    response = StreamingHttpResponse(_blocks(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "no-store"
    return response


def _blocks(lines: Iterable[Line]) -> Iterator[bytes]:
    """Everything in quotes: a spreadsheet that splits at semicolons must not find a formula behind one."""
    block = io.StringIO(newline="")
    block.write(MARK)
    writer = csv.writer(block, quoting=csv.QUOTE_ALL)
    for line in lines:
        writer.writerow(map(guarded, line))
        if block.tell() > BLOCK:
            yield _taken(block)
    yield _taken(block)


def _taken(block: io.StringIO) -> bytes:
    text = block.getvalue()
    block.seek(0)
    block.truncate()
    return text.encode()


def chunks[M: Model](rows: QuerySet[M], key: str, size: int = CHUNK) -> Iterator[list[M]]:
    """The rows in the order of ``key``, which none of them shares, some at a time.

    Each time is a query of its own, not a cursor held open for as long as the browser takes: what a redaction erases
    meanwhile is not sent any more, and nothing keeps a database from cleaning up.
    """
    ordered = rows.order_by(key)
    found = list(ordered[:size])
    while found:
        yield found
        found = list(ordered.filter(**{f"{key}__gt": getattr(found[-1], key)})[:size])


def exact(time: datetime | None, zone: tzinfo) -> str:
    """A time of the zone with its offset, such as "2026-11-22T14:09:31-05:00", which means the same anywhere."""
    return time.astimezone(zone).isoformat(timespec="seconds") if time else ""
