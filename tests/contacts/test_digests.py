"""Keyed digests of phones and the proof that their secrets are the right ones (R5.4, R5.11)."""

from typing import Any

import pytest

from contacts import digests
from contacts.models import DigestKey
from tests.contacts.factories import phone

pytestmark = pytest.mark.django_db

ONE, OTHER_ONE, TWO = "1:" + "1a" * 32, "1:" + "9c" * 32, "2:" + "2b" * 32


@pytest.fixture(autouse=True)
def secrets(settings: Any) -> Any:
    settings.DIGEST_SECRETS = [ONE]
    return settings


def test_the_first_use_registers_the_secret_and_later_ones_agree() -> None:
    digests.require()
    digests.require()
    assert list(DigestKey.objects.values_list("key_id", flat=True)) == ["1"]


def test_a_missing_list_is_a_problem(secrets: Any) -> None:
    secrets.DIGEST_SECRETS = []
    with pytest.raises(digests.KeyProblem, match="not set"):
        digests.require()


def test_a_secret_that_is_missing_is_named(secrets: Any) -> None:
    digests.require()
    secrets.DIGEST_SECRETS = [TWO]
    with pytest.raises(digests.KeyProblem, match="lacks the secret “1”"):
        digests.require()
    assert not DigestKey.objects.filter(key_id="2").exists()


def test_another_secret_under_the_same_id_is_noticed(secrets: Any) -> None:
    digests.require()
    secrets.DIGEST_SECRETS = [OTHER_ONE]
    with pytest.raises(digests.KeyProblem, match="is not the one"):
        digests.require()


def test_a_new_secret_before_the_old_one_rotates_the_key(secrets: Any) -> None:
    digests.require()
    secrets.DIGEST_SECRETS = [TWO, ONE]
    digests.require()
    assert digests.current_key_id() == "2"
    assert digests.key_ids() == ["2", "1"]
    assert set(DigestKey.objects.values_list("key_id", flat=True)) == {"1", "2"}
    secrets.DIGEST_SECRETS = [ONE, TWO]
    digests.require()


def test_the_check_value_is_no_secret() -> None:
    digests.require()
    value = bytes(DigestKey.objects.get().check_value)
    assert len(value) == 32
    assert value not in (bytes.fromhex("1a" * 32), b"1a" * 32)


def test_digests_differ_by_account_kind_phone_and_key(secrets: Any) -> None:
    secrets.DIGEST_SECRETS = [TWO, ONE]
    made = {
        digests.digest(account, kind, number, key_id)
        for account in (1, 2)
        for kind in ("suppression", "receipt")
        for number in (phone(1), phone(2))
        for key_id in ("1", "2")
    }
    assert len(made) == 16
    assert {len(digest) for digest in made} == {32}


def test_a_digest_is_the_same_every_time_and_changes_with_the_secret(secrets: Any) -> None:
    made = digests.digest(1, "suppression", phone(1), "1")
    assert digests.digest(1, "suppression", phone(1), "1") == made
    secrets.DIGEST_SECRETS = [OTHER_ONE]
    assert digests.digest(1, "suppression", phone(1), "1") != made


def test_a_problem_never_tells_a_secret(secrets: Any) -> None:
    digests.require()
    for pairs in ([], [TWO], [OTHER_ONE]):
        secrets.DIGEST_SECRETS = pairs
        with pytest.raises(digests.KeyProblem) as problem:
            digests.require()
        assert not any(secret[2:] in str(problem.value) for secret in (ONE, OTHER_ONE, TWO))
