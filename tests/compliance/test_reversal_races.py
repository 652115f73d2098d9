"""Decisions that meet a STOP, an arrival or one another: whoever comes first, a STOP is never lost (R4.8)."""

from functools import partial
from typing import Any

import pytest

from compliance.actions import reversal as requests
from compliance.actions.reversal import CannotDecide, CannotFile, approve, decline, file_reversal
from compliance.models import ReversalRequest
from contacts import digests, verify
from contacts.actions import arrival, opt_out, reversal
from contacts.models import Contact, OptOut, Suppression
from contacts.person import Person
from groups.models import AuditEntry, Group, User
from tests.compliance.asking import NUMBER, WORDS, asked, asked_about_bulk, by_text
from tests.contacts.factories import arrive, member, phones, suppress
from tests.contacts.racing import RACES, overlap, raised, together
from tests.people import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    digests.require()
    yield
    assert list(verify.differences()) == []


@pytest.fixture
def request_(group: Group, account_admin: User) -> ReversalRequest:
    arrive(group, NUMBER)
    return asked(group, account_admin)


def decided(request: ReversalRequest, by: User) -> Any:
    return approve(ReversalRequest.objects.get(pk=request.pk), by=by, answer=WORDS)


def ends_opted_out(group: Group) -> None:
    assert OptOut.objects.open().filter(phone=NUMBER).count() == 1
    assert member(group, NUMBER).opted_out


def test_a_stop_that_comes_while_an_approval_runs_opens_a_new_episode(
    group: Group, request_: ReversalRequest, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    approved, stopped = overlap(
        monkeypatch, lambda: decided(request_, support), lambda: by_text(group), at=(reversal, "_write")
    )
    assert (approved.changed, stopped.changed) == (1, 1)
    ends_opted_out(group)


def test_an_approval_that_comes_while_a_stop_runs_leaves_the_opt_out(
    group: Group, request_: ReversalRequest, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, approved = overlap(
        monkeypatch, lambda: by_text(group), lambda: decided(request_, support), at=(opt_out, "_add_evidence")
    )
    assert (stopped.already, approved.changed, approved.besides["asked_since"]) == (1, 0, 1)
    ends_opted_out(group)


def test_stops_and_approvals_let_loose_end_opted_out(group: Group, account_admin: User, support: User) -> None:
    for number in phones(RACES):
        arrive(group, number)
        request = asked(group, account_admin, number)
        results = together(partial(decided, request, support), partial(by_text, group, number))
        assert not raised(results)
        assert member(group, number).opted_out
    assert OptOut.objects.open().count() == RACES


def test_a_stop_of_a_phone_that_is_no_contact_is_not_lost_either(
    group: Group, account_admin: User, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked(group, account_admin)
    results = overlap(monkeypatch, lambda: decided(request, support), lambda: by_text(group), at=(reversal, "_write"))
    assert not raised(results)
    assert OptOut.objects.open().filter(phone=NUMBER).count() == 1


def test_of_two_decisions_one_counts(
    group: Group, request_: ReversalRequest, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = UserFactory.create(is_support=True)
    approved, declined = overlap(
        monkeypatch,
        lambda: decided(request_, support),
        lambda: decline(ReversalRequest.objects.get(pk=request_.pk), by=other, answer="No"),
        at=(requests, "_decide"),
    )
    assert approved.changed == 1
    assert isinstance(declined, CannotDecide)
    assert not AuditEntry.objects.filter(action="decline_reversal").exists()
    request_.refresh_from_db()
    assert (request_.state, request_.decided_by) == ("approved", support)


def test_of_two_requests_about_a_phone_one_is_filed(
    group: Group, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_text(group)

    def ask() -> Any:
        return file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)

    filed, refused = overlap(monkeypatch, ask, ask, at=(requests, "_contact"))
    assert isinstance(filed, ReversalRequest)
    assert isinstance(refused, CannotFile)
    assert ReversalRequest.objects.count() == 1


def test_a_bulk_request_spares_whoever_asks_to_stop_meanwhile(
    group: Group, account_admin: User, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = asked_about_bulk(group, account_admin, *phones(3))
    stopped, approved = overlap(
        monkeypatch, lambda: by_text(group), lambda: decided(request, support), at=(opt_out, "_add_evidence")
    )
    assert not raised([stopped, approved])
    assert [member(group, number).opted_out for number in phones(3)] == [True, False, False]


def upload(group: Group) -> Any:
    return arrival.bring_in(group, [Person(NUMBER)], by=None, came_by=Contact.Source.UPLOAD)


def test_a_suppressed_phone_that_arrives_while_its_reversal_is_approved_ends_opted_in(
    group: Group, account_admin: User, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    suppress(group.organization, NUMBER)
    request = file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    results = overlap(monkeypatch, lambda: decided(request, support), lambda: upload(group), at=(reversal, "_write"))
    assert not raised(results)
    assert not member(group, NUMBER).opted_out
    assert not Suppression.objects.exists()


def test_the_reversal_of_a_suppressed_phone_that_has_just_arrived_ends_its_episode(
    group: Group, account_admin: User, support: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    suppress(group.organization, NUMBER)
    request = file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    results = overlap(
        monkeypatch, lambda: upload(group), lambda: decided(request, support), at=(arrival.counts, "kept")
    )
    assert not raised(results)
    assert not member(group, NUMBER).opted_out
    assert OptOut.objects.get().ended
