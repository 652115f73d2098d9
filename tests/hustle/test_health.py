"""`/healthz` tells a load balancer, and `script/demo`, whether this process can serve."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


@pytest.mark.django_db
def test_a_ready_site_answers_200_without_signing_in(client: Client) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_a_migration_that_is_not_applied_makes_it_503(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("hustle", "0001_cache_table")
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (503, b"1 migrations are not applied")


@pytest.mark.each_engine
def test_a_database_that_does_not_answer_makes_it_503(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr("hustle.health.MigrationExecutor", unreachable)
    assert client.get("/healthz").status_code == 503


@pytest.mark.each_engine
def test_it_is_only_read(client: Client) -> None:
    assert client.post("/healthz").status_code == 405
