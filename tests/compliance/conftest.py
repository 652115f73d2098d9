"""A lead about whom every store holds something."""

import pytest

from groups.models import Account, User
from tests.compliance.planting import Lead


@pytest.fixture
def lead(account: Account, account_admin: User) -> Lead:
    return Lead(account, account_admin)
