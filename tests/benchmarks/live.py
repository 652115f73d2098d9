"""What 200 open pages cost that ask whether something changed (R3.4), in cores: processor seconds a second.

``script/with_postgresql .venv/bin/python -m tests.benchmarks.live`` starts a server as docs/running.md tells, and asks
it as often as pages do. The aim is less than a tenth of one core. Told besides: the same server while nobody asks, how
long an answer takes, and how long after a change's commit a page has met its number.
"""

import argparse
import asyncio
import contextlib
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

# Other benchmarks that start a server by this one have set theirs before.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustle.settings")
os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(50))
os.environ["DEMO"] = "1"

import django

django.setup()

from django.core.management import call_command
from django.db import connection

from groups import live
from groups.models import Account, Organization

TOP = Path(__file__).parents[2]
EVERY = int(re.findall(r"const EVERY = (\d+)", (TOP / "static/js/live.js").read_text())[0]) / 1000
"""Seconds between two questions of one page, as the page has them."""

TICK = os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Ask, and print what it cost the server and the database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=25)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    account = Account.objects.create(name="Large")
    organization = Organization.objects.create(account=account, name="Large")
    live.changed([organization.pk])
    with server() as (port, process):
        roots = {"server": process.pid, "database": postmaster()}
        print(f"{options.pages} pages, each every {EVERY} s: {options.pages / EVERY:.0f} questions a second")
        told("nobody asks", roots, time.sleep, 10)
        pages = Pages(port, organization, options.pages)
        told("they ask", roots, lambda seconds: asyncio.run(pages.ask(seconds)), options.seconds)
        print(f"answers: {len(pages.took):,}, {spread(pages.took)}")
        print(f"a change reaches a page: {spread(pages.reached)}")


@contextlib.contextmanager
def server() -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Granian with two workers on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = [
        "--interface",
        "wsgi",
        "--workers",
        "2",
        "--blocking-threads",
        "4",
        "--no-access-log",
        "--port",
        str(port),
    ]
    granian = Path(sys.executable).with_name("granian")
    process = subprocess.Popen([granian, *options, "--log-level", "warning", "hustle.wsgi:application"], cwd=TOP)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.1)
        time.sleep(3)
        yield port, process
    finally:
        process.terminate()
        process.wait()


def postmaster() -> int:
    """The process above that of our connection; the throw-away server runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return parent(cursor.fetchone()[0])


def parent(process: int) -> int:
    return int(stat(process)[1])


def stat(process: int) -> list[str]:
    """The fields of /proc/…/stat after the name, which may hold spaces."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()


def family(process: int) -> list[int]:
    """A process and those below it."""
    known = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    children = []
    for other in known:
        with contextlib.suppress(OSError):
            if parent(other) == process:
                children += family(other)
    return [process, *children]


def used(root: int) -> float:
    """Processor seconds so far of a process and those below it, ended ones included."""
    total = 0
    for process in family(root):
        with contextlib.suppress(OSError):
            total += sum(map(int, stat(process)[11:13]))
    return (total + sum(map(int, stat(root)[13:15]))) / TICK


def told(name: str, roots: dict[str, int], act: Callable[[int], object], seconds: int) -> None:
    """Print how many cores these families of processes kept busy while ``act`` went on."""
    before, start = {kind: used(root) for kind, root in roots.items()}, time.perf_counter()
    act(seconds)
    wall = time.perf_counter() - start
    cores = {kind: (used(root) - before[kind]) / wall for kind, root in roots.items()}
    each = ", ".join(f"{kind} {many:.4f}" for kind, many in cores.items())
    print(f"{name}: {sum(cores.values()):.4f} cores ({each}) over {wall:.0f} s")


def spread(took: list[float]) -> str:
    cuts = quantiles(took, n=100)
    return f"median {cuts[49] * 1000:.1f} ms, 99 % {cuts[98] * 1000:.1f} ms, longest {max(took) * 1000:.1f} ms"


class Pages:
    """So many open pages, each with a connection of its own that stays open, as a browser keeps it."""

    def __init__(self, port: int, organization: Organization, many: int) -> None:
        self.port, self.organization, self.many = port, organization, many
        self.took: list[float] = []
        self.reached: list[float] = []
        self.committed = 0.0
        head = f"GET {live.address(organization.pk)} HTTP/1.1\r\nHost: localhost:{port}\r\n"
        # What Chromium sends along with it.
        head += "Accept: */*\r\nAccept-Encoding: gzip, deflate, br, zstd\r\nAccept-Language: en-US,en;q=0.9\r\n"
        head += "Cache-Control: no-cache\r\nPragma: no-cache\r\nConnection: keep-alive\r\nUser-Agent: "
        head += (
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36\r\n"
        )
        self.request = f"{head}Referer: http://localhost:{port}/groups/1/contacts/\r\n\r\n".encode()

    async def ask(self, seconds: float) -> None:
        self.until = time.perf_counter() + seconds
        await asyncio.gather(self._change(), *(self._page(number) for number in range(self.many)))

    async def _change(self) -> None:
        """A change every 5 seconds, each once the last is known everywhere."""
        while (left := self.until - time.perf_counter()) > 0:
            await asyncio.sleep(min(5, left))
            await asyncio.to_thread(live._renew, [self.organization.pk])
            self.committed = time.perf_counter()

    async def _page(self, number: int) -> None:
        await asyncio.sleep(EVERY * number / self.many)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        known = b""
        while time.perf_counter() < self.until:
            start = time.perf_counter()
            writer.write(self.request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200"), head
            length = re.search(rb"content-length: (\d+)", head.lower())
            assert length
            body = await reader.readexactly(int(length[1]))
            end = time.perf_counter()
            self.took.append(end - start)
            if known and body != known and self.committed:
                self.reached.append(end - self.committed)
            known = body
            await asyncio.sleep(EVERY)
        writer.close()


if __name__ == "__main__":
    main()
