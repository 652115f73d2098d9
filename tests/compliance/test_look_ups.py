"""Looking a phone up is limited and recorded, and the record names no phone (R5.9)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from compliance import look_ups
from groups import audit_sentences
from groups.models import Account, AuditEntry, User

pytestmark = pytest.mark.django_db


def test_a_look_up_is_recorded_as_a_count(account: Account, account_admin: User) -> None:
    assert look_ups.take(account_admin, account, phones=3)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.account, entry.actor, entry.counts) == (
        "look_up",
        account,
        account_admin,
        {"phones": 3},
    )
    assert audit_sentences.what(entry) == "3 numbers looked up"


def test_over_the_limit_nothing_is_looked_up_or_recorded(account: Account, account_admin: User) -> None:
    assert look_ups.take(account_admin, account, phones=look_ups.MOST - 1)
    assert look_ups.take(account_admin, account)
    assert not look_ups.take(account_admin, account)
    assert AuditEntry.objects.count() == 2


def test_more_at_once_than_are_left_are_refused_as_a_whole(account: Account, account_admin: User) -> None:
    look_ups.take(account_admin, account, phones=look_ups.MOST - 2)
    assert not look_ups.take(account_admin, account, phones=3)
    assert look_ups.take(account_admin, account, phones=2)


def test_after_an_hour_one_may_look_up_again(account: Account, account_admin: User) -> None:
    look_ups.take(account_admin, account, phones=look_ups.MOST)
    with time_machine.travel(timezone.now() + look_ups.PERIOD - timedelta(seconds=5)):
        assert not look_ups.take(account_admin, account)
    with time_machine.travel(timezone.now() + look_ups.PERIOD + timedelta(seconds=5)):
        assert look_ups.take(account_admin, account)


def test_the_limit_is_a_persons_own(account: Account, account_admin: User, organization_admin: User) -> None:
    look_ups.take(account_admin, account, phones=look_ups.MOST)
    assert look_ups.take(organization_admin, account)


def test_what_support_looks_up_counts_for_support(account: Account, support: User) -> None:
    assert look_ups.take(support, None, phones=look_ups.MOST)
    assert not look_ups.take(support, None)
    assert AuditEntry.objects.get().account is None


def test_two_accounts_share_one_limit(
    account: Account, foreign_account: Account, account_admin: User, outsider: User
) -> None:
    outsider.roles.create(kind="account_admin", account=account)
    look_ups.take(outsider, foreign_account, phones=look_ups.MOST)
    assert not look_ups.take(outsider, account)
    assert look_ups.take(account_admin, account)
