"""What the speed of these tests stands on: each begins with an empty database, or can't tell which one there is."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DatabaseError, connection

from groups import audit
from groups.models import Account, AuditEntry, User
from tests.emptying import empty_tables


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_leaves_no_rows_but_those_of_migrations(account: Account, account_admin: User) -> None:
    kept = ContentType.objects.count()
    audit.record("create_account", on=account, by=account_admin)
    cache.set("left", "over")

    empty_tables()

    assert (Account.objects.count(), User.objects.count(), AuditEntry.objects.count()) == (0, 0, 0)
    assert cache.get("left") is None
    assert ContentType.objects.count() == kept > 0


@pytest.mark.django_db(transaction=True)
def test_what_may_only_be_added_is_so_again_after_it(account: Account, account_admin: User) -> None:
    audit.record("create_account", on=account, by=account_admin)
    empty_tables()

    audit.record("create_account", on=Account.objects.create(name="Another"), by=None)

    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()


def test_a_test_without_the_database_can_not_tell_its_engine() -> None:
    with pytest.raises(pytest.fail.Exception, match="looked at connection"):
        assert connection.vendor
