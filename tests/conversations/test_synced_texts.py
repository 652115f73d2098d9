"""STOP and START of one person to two organizations of a synced account, in whatever order they come (R4.6, R8.5)."""

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from django.utils import timezone

from contacts import verify
from contacts.models import OptOut
from groups.models import Account, Group
from tests.contacts.factories import members, phone
from tests.conversations.factories import OUR_NUMBER, comes, give_number
from tests.people import GroupFactory

NUMBER, THEIR_NUMBER = phone(1), "+12065550199"


@pytest.fixture
def there(group: Group) -> Group:
    """A group of another organization of the account, which is one sender with the first."""
    Account.objects.filter(pk=group.account_id).update(sync_opt_outs=True)
    there = GroupFactory.create(organization__account=group.account)
    give_number(group)
    give_number(there, THEIR_NUMBER)
    members(group, NUMBER)
    members(there, NUMBER)
    return there


def out(*groups: Group) -> list[bool]:
    return [OptOut.objects.open().filter(organization=group.organization, phone=NUMBER).exists() for group in groups]


def minutes_ago(many: int) -> datetime:
    return timezone.now() - timedelta(minutes=many)


STOP_HERE = ("STOP", OUR_NUMBER, 30)
START_HERE = ("START", OUR_NUMBER, 20)
STOP_THERE = ("STOP", THEIR_NUMBER, 5)


@pytest.mark.parametrize("order", list(permutations([STOP_HERE, START_HERE, STOP_THERE])))
def test_the_last_word_counts_in_both_whichever_comes_first(
    group: Group, there: Group, order: list[tuple[str, str, int]]
) -> None:
    for body, to, ago in order:
        comes(NUMBER, body, to=to, at=minutes_ago(ago))
    assert out(group, there) == [True, True]
    assert list(verify.differences()) == []
