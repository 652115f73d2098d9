"""``manage.py classify_texts``: what texts ask for, from standard input to standard output (R8.1 to R8.4)."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand

from contacts.conversations.classify import classify
from groups.management.arguments import refused


class BrokenLine(Exception):
    """Why a line is not answered."""


class Command(BaseCommand):
    help = (
        'Read a JSON object a line, {"text": "…"}, and print the same with its "verdict": OUT, HOLD, IN, HELP or NONE. '
        "Lines that can't be read are named on standard error, the others answered; it then exits 2."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for number, line in enumerate(sys.stdin.buffer, start=1):
            try:
                self._answer(line)
            except BrokenLine as problem:
                broken += 1
                self.stderr.write(f"Line {number}: {problem}")
        if broken:
            raise refused(f"Lines that were not answered: {broken}. Mend and send them again.")

    def _answer(self, line: bytes) -> None:
        """Blank lines are passed over."""
        if line.strip():
            case = _read(line)
            self.stdout.write(json.dumps(case | {"verdict": classify(case["text"])}))
            self.stdout.flush()


def _read(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BrokenLine("not UTF-8.")
    except (ValueError, RecursionError) as problem:
        raise BrokenLine(f"not JSON ({problem}).")
    if not isinstance(case, dict):
        raise BrokenLine('not a JSON object; write {"text": "…"}.')
    if not isinstance(case.get("text"), str):
        raise BrokenLine('no "text" that is a string.')
    return case
