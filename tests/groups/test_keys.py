"""Keys as requests bring them."""

import pytest

from groups.keys import LARGEST, key_of, keys_of


@pytest.mark.parametrize(("text", "key"), [("0", 0), ("7", 7), (str(LARGEST), LARGEST)])
def test_plain_digits_are_a_key(text: str, key: int) -> None:
    assert key_of(text) == key


@pytest.mark.parametrize("text", ["", "x", "-1", "+1", " 1", "1.0", "1_0", "٣", "²", str(LARGEST + 1), "9" * 5000])
def test_whatever_no_row_can_have_is_no_key(text: str) -> None:
    assert key_of(text) is None


def test_one_that_is_no_key_spoils_all() -> None:
    assert keys_of(["1", "2"]) == [1, 2]
    assert keys_of([]) == []
    assert keys_of(["1", "9" * 30]) is None
