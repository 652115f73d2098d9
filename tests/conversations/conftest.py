"""What tests of texts stand on."""

import pytest

from contacts.conversations import providers
from tests.conversations.factories import Carrier


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    """Whatever leaves is handed to it."""
    made = Carrier()
    monkeypatch.setattr(providers, "at", lambda _: made)
    return made
