"""What answers open pages that ask for the number of changes, before sessions and everything else (R3.4)."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import RequestFactory
from pytest_django import DjangoAssertNumQueries

from groups import live
from groups.models import ChangeNumber, Organization
from hustle.live import answering_first

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process remembers numbers for a moment: each test begins without, and keeps its connection."""
    live.forget()
    monkeypatch.setattr("hustle.live.close_old_connections", lambda: None)


def ask(path: str, method: str = "GET") -> tuple[str, bytes, dict[str, str]]:
    """Status, content and headers of the answer; what is handed on comes back as "handed on"."""
    begun: list[Any] = []

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("handed on", [])
        return []

    environ = RequestFactory().generic(method, "/").environ | {"PATH_INFO": path}
    content = b"".join(answering_first(site)(environ, lambda *head: begun.extend(head)))
    return begun[0], content, dict(begun[1])


def test_the_address_tells_the_number_and_nothing_else(organization: Organization) -> None:
    ChangeNumber.objects.create(organization=organization, number=71)
    status, content, headers = ask(live.address(organization.pk))
    assert (status, content) == ("200 OK", b"71")
    assert headers == {
        "Content-Type": "text/plain",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Length": "2",
    }


def test_before_the_first_change_it_is_nought(organization: Organization) -> None:
    assert ask(live.address(organization.pk))[1] == b"0"


def test_the_address_of_accounts_tells_the_number_of_all_their_organizations(
    organization: Organization, other_organization: Organization, foreign_organization: Organization
) -> None:
    for one, number in ((organization, 71), (other_organization, 5), (foreign_organization, 300)):
        ChangeNumber.objects.create(organization=one, number=number)
    ours, theirs = organization.account_id, foreign_organization.account_id
    assert ask(live.address((ours,)))[:2] == ("200 OK", b"76")
    assert ask(live.address((ours, theirs)))[:2] == ("200 OK", b"376")
    assert live.address((theirs, ours)) == live.address((ours, theirs))
    mine = live.address((ours,)).rpartition("/")[2]
    for key in (str(ours), f"a{theirs}", f"a{ours}-{theirs}", "a"):
        assert ask(f"{live.PATH}{key}/{mine}")[0] == "404 Not Found"


def test_it_can_not_be_guessed_from_ones_own(organization: Organization, foreign_organization: Organization) -> None:
    mine = live.address(organization.pk).rpartition("/")[2]
    for key in (str(foreign_organization.pk), f"0{organization.pk}", "", "x", "9" * 30, f"{organization.pk}/"):
        assert ask(f"{live.PATH}{key}/{mine}")[:2] == ("404 Not Found", b"")
    for signature in ("", mine[:-1], mine.upper(), "\xc3\xa9", mine + "0", mine + "/"):
        assert ask(f"{live.PATH}{organization.pk}/{signature}")[0] == "404 Not Found"


def test_a_wrong_one_asks_the_database_nothing(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        ask(f"{live.PATH}{organization.pk}/{'0' * 32}")


def test_hundreds_ask_the_database_once(
    organization: Organization, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with patch.object(live, "KEPT", 60), django_assert_num_queries(1):
        for _ in range(200):
            ask(live.address(organization.pk))


def test_a_process_remembers_it_for_a_moment_only(organization: Organization) -> None:
    row = ChangeNumber.objects.create(organization=organization, number=1)
    with patch.object(live, "KEPT", -1):
        assert live.recent_number(organization.pk) == 1
        row.number = 2
        row.save()
        assert live.recent_number(organization.pk) == 2


def test_while_one_thread_reads_the_others_answer_with_what_they_know(organization: Organization) -> None:
    row = ChangeNumber.objects.create(organization=organization, number=1)
    with patch.object(live, "KEPT", -1):
        live.recent_number(organization.pk)
        row.number = 2
        row.save()
        with live._reading:
            assert live.recent_number(organization.pk) == 1


def test_a_database_that_is_away_is_no_error_of_the_page(organization: Organization) -> None:
    with patch.object(live, "number", side_effect=OperationalError("away")):
        assert ask(live.address(organization.pk))[0] == "503 Service Unavailable"
    assert ask(live.address(organization.pk))[0] == "200 OK"


@pytest.mark.parametrize("path", ["/", "/live", "/lives/1/2", "/groups/1/contacts/"])
def test_everything_else_is_handed_on(path: str) -> None:
    assert ask(path)[0] == "handed on"


def test_nothing_can_be_posted_to_it(organization: Organization) -> None:
    assert ask(live.address(organization.pk), "POST")[0] == "handed on"


def test_a_server_loads_it_before_anything_is_set_up() -> None:
    code = "from hustle.wsgi import application; print(application.__qualname__)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("answering_first.<locals>.answering", 0), done.stderr
