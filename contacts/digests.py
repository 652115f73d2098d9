"""Keyed digests of phones (R5.4) and the proof that their secrets are the right ones (R5.11).

HMAC-SHA-256 under a key per account, derived from a secret that stands outside the database (``DIGEST_SECRETS``, a list
of ``id:secret``, the current one first). Pseudonymous, not anonymous: whoever has the secret can try every phone.
"""

import hmac
import time
from functools import cache

from django.conf import settings

from contacts.models import DigestKey


class KeyProblem(Exception):
    """The secrets that digests were made with are missing or others; says which, and what to do."""


def digest(account_id: int, kind: str, phone: str, key_id: str) -> bytes:
    """The digest of a phone for one purpose (``"suppression"``, …) under an account's key: 32 bytes."""
    return _hmac(_account_key(account_id, key_id), f"{kind}:{phone}")


def current_key_id() -> str:
    """The id of the secret that new digests are made with."""
    return next(iter(_secrets()))


def key_ids() -> list[str]:
    """The ids of every secret that we hold; a look-up computes one digest for each (R5.4)."""
    return list(_secrets())


def require() -> None:
    """Raise ``KeyProblem`` unless every secret that digests were made with is here and unchanged (R5.11).

    A new secret whose predecessors are all right is registered: that is how keys are rotated. Others who register it
    wait for this transaction, so it comes before any lock (``contacts.locks``).
    """
    known = {key.key_id: bytes(key.check_value) for key in DigestKey.objects.all()}
    held = _secrets()
    if not held:
        raise KeyProblem("DIGEST_SECRETS is not set: give it a list of id:secret pairs.")
    for key_id, check_value in known.items():
        if key_id not in held:
            raise KeyProblem(
                f"DIGEST_SECRETS lacks the secret “{key_id}”, which digests in this database were made with."
            )
        if not hmac.compare_digest(_check_value(key_id), check_value):
            raise KeyProblem(
                f"The secret “{key_id}” in DIGEST_SECRETS is not the one that this database was made with."
            )
    _register(held.keys() - known.keys())


_SEEN: dict[tuple[str, ...], float] = {}
TRUSTED = 1.0
"""Seconds for which ``in_order`` believes what it last found."""


def in_order() -> bool:
    """Whether ``require`` found nothing wrong within the last second, else whether it finds nothing wrong now.

    For what is asked at every text that comes in; whoever acts on it requires the secrets again.
    """
    secrets = tuple(settings.DIGEST_SECRETS)
    if time.monotonic() - _SEEN.get(secrets, float("-inf")) < TRUSTED:
        return True
    try:
        require()
    except KeyProblem:
        return False
    _SEEN.clear()
    _SEEN[secrets] = time.monotonic()
    return True


def _register(key_ids: set[str]) -> None:
    DigestKey.objects.bulk_create(
        [DigestKey(key_id=key_id, check_value=_check_value(key_id)) for key_id in sorted(key_ids)],
        ignore_conflicts=True,
    )


def _secrets() -> dict[str, str]:
    pairs = (pair.partition(":") for pair in settings.DIGEST_SECRETS)
    return {key_id: secret for key_id, _, secret in pairs}


def _check_value(key_id: str) -> bytes:
    return _hmac(_secrets()[key_id].encode(), "check value")


def _account_key(account_id: int, key_id: str) -> bytes:
    return _derived(_secrets()[key_id], account_id)


@cache
def _derived(secret: str, account_id: int) -> bytes:
    return _hmac(secret.encode(), f"account:{account_id}")


def _hmac(key: bytes, message: str) -> bytes:
    return hmac.digest(key, message.encode(), "sha256")
