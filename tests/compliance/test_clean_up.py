"""After the clean-up no byte of an erased value is left in the database's own files (R5.7)."""

import time
from pathlib import Path

import pytest
from django.db import connection

from compliance.actions.clean_up import clean_up
from compliance.actions.redact import redact
from compliance.models import Redaction
from groups.models import Account, User
from tests.compliance.planting import PHONE, Lead, traces_in_files

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def lead(account: Account, account_admin: User) -> Lead:
    """Planted in files in which no earlier test left anything."""
    if connection.vendor == "postgresql":
        connection.cursor().execute("VACUUM FULL")
    return Lead(account, account_admin)


def database_files() -> dict[str, Path]:
    """The files in which this database's tables and indexes stand, written to disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            file = Path(str(connection.settings_dict["NAME"]))
            return {ending: file.with_name(file.name + ending) for ending in ("", "-wal", "-shm")}
        cursor.execute("CHECKPOINT")
        cursor.execute(
            "SELECT relname, current_setting('data_directory'), pg_relation_filepath(oid) FROM pg_class"
            " WHERE pg_relation_filepath(oid) IS NOT NULL"
        )
        return {name: Path(folder) / path for name, folder, path in cursor.fetchall()}


def until_final() -> None:
    """As the worker does: again and again, for something of the database's own may still read from before."""
    deadline = time.monotonic() + 60
    while not Redaction.objects.get().final:
        assert time.monotonic() < deadline, "the clean-up never got through"
        clean_up()


def test_no_byte_is_left_in_the_files_of_the_database(lead: Lead) -> None:
    if connection.vendor == "postgresql":
        connection.cursor().execute("ANALYZE")
    assert traces_in_files(database_files())

    redact(lead.account, [PHONE], by=lead.by)
    until_final()

    assert traces_in_files(database_files()) == {}
