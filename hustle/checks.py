"""What `check --deploy` says besides Django's own findings."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import connections

from groups.models import User
from hustle.sign_in import DEMO_DOMAIN


@checks.register(checks.Tags.security, deploy=True)
def demo_is_off(**_: Any) -> list[checks.CheckMessage]:
    if not settings.DEMO:
        return []
    return [
        checks.Error(
            "DEMO is set: anybody may read the mail, and the demo people's password is no secret.",
            hint="Start without DEMO.",
            id="hustle.E001",
        )
    ]


@checks.register(checks.Tags.security, deploy=True)
def digests_have_a_key(**_: Any) -> list[checks.CheckMessage]:
    if settings.DIGEST_SECRETS:
        return []
    return [
        checks.Error(
            "DIGEST_SECRETS is not set: nothing may be sent or redacted and no contact may be created (R5.11).",
            hint='Set DIGEST_SECRETS="1:$(openssl rand -hex 32)" and keep it outside the database and its backups.',
            id="hustle.E002",
        )
    ]


@checks.register(checks.Tags.database, deploy=True)
def no_demo_people(databases: Sequence[str] | None = None, **_: Any) -> list[checks.CheckMessage]:
    """Runs with ``--database default`` only, as all checks that ask a database do."""
    return [
        checks.Warning(
            f"The database {alias} holds people of the demo. They can't sign in, but their data is made up.",
            hint="Start production on a database of its own.",
            id="hustle.W001",
        )
        for alias in databases or []
        if not settings.DEMO and _has_demo_people(alias)
    ]


def _has_demo_people(alias: str) -> bool:
    if User._meta.db_table not in connections[alias].introspection.table_names():
        return False
    return User.objects.using(alias).filter(email__iendswith=DEMO_DOMAIN).exists()
