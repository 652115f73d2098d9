"""What a signed webhook costs beside an empty view of the same server, and whether 300 a second lose nothing (R8.5).

``script/with_postgresql .venv/bin/python -m tests.benchmarks.webhooks``: granian with two workers and PostgreSQL. The
aim is 2.5 times the empty view. Costs are processor seconds of the server, and of server and database together, a
request; a few connections ask one request after the other, the two kinds by turns.
"""

import argparse
import asyncio
import json
import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from statistics import median

os.environ.update(DJANGO_SETTINGS_MODULE="tests.benchmarks.settings", DEMO="1", SECRET_KEY=secrets.token_urlsafe(50))

import django

django.setup()

from django.core.management import call_command

from contacts import digests
from contacts.actions.arrival import bring_in
from contacts.conversations.actions import number as numbers
from contacts.conversations.models import InboundText, Message
from contacts.conversations.providers.simulator import signature
from contacts.conversations.tasks import inbound
from contacts.models import Contact
from contacts.person import Person
from groups.models import Account, Group, Organization
from tests.benchmarks.live import postmaster, server, spread, used

NUMBER = "+12065550100"
PHONES = [f"+1206{700_0000 + number}" for number in range(2000)]
CONNECTIONS = 6
ROUNDS = 5
WORDS = {"ordinary text": "Sure, see you there", "STOP": "STOP"}


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--rate", type=int, default=300)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    make()
    with server() as (port, process):
        roots = [process.pid, postmaster()]
        costs(Client(port), roots)
        print(f"\n{options.rate} ordinary texts a second for {options.seconds} s:")
        asyncio.run(steadily(Client(port), options.rate, options.seconds))
    read()


def make() -> None:
    """A group of two thousand, with a number."""
    organization = Organization.objects.create(account=Account.objects.create(name="Large"), name="Large")
    group = Group.objects.create(account=organization.account, organization=organization, name="Large")
    digests.require()
    numbers.give(group, NUMBER, provider="simulator", answers_stop="us", by=None)
    bring_in(group, [Person(phone) for phone in PHONES], by=None, came_by=Contact.Source.UPLOAD)


class Client:
    """Posts to the server over connections that stay open."""

    def __init__(self, port: int) -> None:
        self.port, self.sent, self.refused = port, 0, 0
        self.took: list[float] = []

    def request(self, path: str, words: str) -> bytes:
        """A signed text, posted to the webhook or, as it is, to the empty view."""
        self.sent += 1
        told = {
            "id": f"B{secrets.token_hex(8)}",
            "number": NUMBER,
            "phone": PHONES[self.sent % len(PHONES)],
            "body": words,
            "written": datetime.now(UTC).isoformat(),
        }
        body = json.dumps(told).encode()
        signed = "".join(f"{name}: {value}\r\n" for name, value in signature(body, int(time.time())).items())
        head = f"POST {path} HTTP/1.1\r\nHost: localhost:{self.port}\r\nContent-Type: application/json\r\n{signed}"
        return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body

    async def ask(self, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter], request: bytes) -> None:
        reader, writer = streams
        start = time.perf_counter()
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        if b"content-length:" in head:
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
        self.took.append(time.perf_counter() - start)
        self.refused += not head.startswith(b"http/1.1 204")

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def hurry(self, path: str, words: str, seconds: float) -> None:
        """One request after the other, on a few connections."""

        async def one() -> None:
            streams = await self.open()
            until = time.perf_counter() + seconds
            while time.perf_counter() < until:
                await self.ask(streams, self.request(path, words))
            streams[1].close()

        await asyncio.gather(*(one() for _ in range(CONNECTIONS)))


def costs(client: Client, roots: list[int]) -> None:
    """Print what each kind costs, in processor time a request, and its ratios to the empty view of the same round."""
    kinds: dict[str, Callable[[], object]] = {"empty view": partial(run, client, "/empty", "-")}
    kinds |= {name: partial(run, client, "/texts/simulator/", words) for name, words in WORDS.items()}
    figures: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for _ in range(ROUNDS):
        for name, act in kinds.items():
            figures[name].append(cost(client, roots, act))
    for name, some in figures.items():
        each = [median(column) * 1000 for column in zip(*some, strict=True)]
        ratios = [
            median(mine[part] / empty[part] for mine, empty in zip(some, figures["empty view"], strict=True))
            for part in range(2)
        ]
        alone, both = (f"{took:.2f} ms ({ratio:.2f} ×)" for took, ratio in zip(each, ratios, strict=True))
        print(f"{name}: server {alone}, with the database {both}")
    print(f"not answered with 204: {client.refused}")


def run(client: Client, path: str, words: str) -> None:
    asyncio.run(client.hurry(path, words, 3))


def cost(client: Client, roots: list[int], act: Callable[[], object]) -> tuple[float, float]:
    before, sent = [used(root) for root in roots], client.sent
    act()
    spent = [used(root) - was for root, was in zip(roots, before, strict=True)]
    many = client.sent - sent
    return spent[0] / many, sum(spent) / many


async def steadily(client: Client, rate: int, seconds: int) -> None:
    """As many texts a second, whether or not the earlier ones were answered; print how many were kept."""
    before = await asyncio.to_thread(InboundText.objects.count)
    queue: asyncio.Queue[bytes | None] = asyncio.Queue()

    async def one() -> None:
        streams = await client.open()
        while request := await queue.get():
            await client.ask(streams, request)
        streams[1].close()

    senders = [asyncio.create_task(one()) for _ in range(32)]
    start = time.perf_counter()
    for number in range(rate * seconds):
        await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
        queue.put_nowait(client.request("/texts/simulator/", WORDS["ordinary text"]))
    for _ in senders:
        queue.put_nowait(None)
    await asyncio.gather(*senders)
    wall = time.perf_counter() - start
    kept = await asyncio.to_thread(InboundText.objects.count) - before
    print(f"{client.sent:,} sent in {wall:.1f} s, {kept:,} kept, {client.refused} refused; {spread(client.took)}")


def read() -> None:
    """Take in what was kept, as the worker does, and print how fast."""
    waiting, start = InboundText.objects.waiting().count(), time.perf_counter()
    while InboundText.objects.waiting().exists():
        inbound.take_in_waiting.func()
    wall = time.perf_counter() - start
    print(f"{waiting:,} taken in after that in {wall:.1f} s ({waiting / wall:.0f} a second)")
    print(f"texts in threads: {Message.objects.filter(direction='in').count():,}")


if __name__ == "__main__":
    main()
