"""Reading the environment: what must be there, and what the demo keeps for itself."""

import os
import re
import secrets
from collections.abc import Callable, Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

DIGEST_SECRET = re.compile(r"([1-9][0-9]{0,4}):([0-9a-f]{64,})")


def required(name: str, why: str) -> str:
    """Return the variable ``name``, or stop with one sentence that names it."""
    value = os.environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why} (To try the project out, set DEMO=1 instead.)")
    return value


def required_list(name: str, why: str) -> list[str]:
    return [item.strip() for item in required(name, why).split(",") if item.strip()]


def kept(path: Path, make: Callable[[], str]) -> str:
    """Return what ``path`` holds; the first call makes it, readable by its owner only."""
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.touch(mode=0o600, exist_ok=False)
    fresh.write_text(make() + "\n")
    _publish(fresh, path)
    return path.read_text().strip()


def _publish(fresh: Path, path: Path) -> None:
    """Put a complete file in place without replacing the one that another process was quicker to make."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()


def new_digest_secret() -> str:
    return f"1:{secrets.token_hex(32)}"


def digest_secrets(pairs: Sequence[str]) -> list[str]:
    """Return the ``id:secret`` pairs, the current one first (R5.4).

    There may be none. An id is a whole number from 1 to 32767, a secret 64 or more lower-case hexadecimal digits.
    """
    matches = [DIGEST_SECRET.fullmatch(pair) for pair in pairs]
    ids = [int(match[1]) for match in matches if match]
    if len(ids) < len(pairs) or len(set(ids)) < len(ids) or max(ids, default=1) > 32767:
        raise ImproperlyConfigured(
            "DIGEST_SECRETS must be a comma-separated list of id:secret, the current one first; each id a number "
            "of its own from 1 to 32767, each secret at least 64 hexadecimal digits, as in 1:$(openssl rand -hex 32)."
        )
    return list(pairs)
