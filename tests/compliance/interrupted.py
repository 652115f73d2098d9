"""``manage.py redact_lead`` in a process of its own, stopped at a named step: ``python -m …interrupted kill STEP …``.

``kill``: it dies there as nothing can be prepared for. ``hold``: it says so, and goes on once a line comes.
"""

import os
import signal
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.core.files.storage import FileSystemStorage
from django.core.management import call_command

from compliance import database
from compliance.actions import clean_up, redact
from compliance.forms.redaction import SENTENCE
from compliance.models import DoomedFile
from contacts.stores import Episodes

STEPS: dict[str, tuple[Any, str, int]] = {
    "before anything is erased": (redact, "_erase", 1),
    "between two stores": (Episodes, "erase", 1),
    "before the receipt": (redact, "_receipt", 1),
    "right after the commit": (clean_up, "_clean", 1),
    "between two files": (FileSystemStorage, "delete", 2),
    "between a file and its name": (DoomedFile, "delete", 2),
    "before the vacuum": (database, "clear_dead_rows", 1),
    "before the index clean-up": (clean_up, "_rebuild", 1),
}
"""Before which call of which function."""


def interrupt(how: str, step: str) -> None:
    """Have this process stop at the step."""
    owner, name, turn = STEPS[step]
    original: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def interrupted(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == turn:
            {"kill": _die, "hold": _hold}[how]()
        return original(*args, **kwargs)

    setattr(owner, name, interrupted)


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _hold() -> None:
    sys.stdout.write("held\n")
    sys.stdout.flush()
    sys.__stdin__.readline()  # type: ignore[union-attr]


def main(how: str, step: str, account: str, by: str, phone: str) -> None:
    interrupt(how, step)
    sys.stdin = StringIO(phone)
    call_command("redact_lead", account=int(account), by=by, confirm=SENTENCE)


if __name__ == "__main__":
    main(*sys.argv[1:])
