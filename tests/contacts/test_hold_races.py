"""Two who decide about one held text, or a decision that meets an opt-out, START or the clock: one of them does it."""

from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from contacts import digests, locks, verify
from contacts.actions import hold, opt_out
from contacts.models import Hold, OptOut, OptOutEvidence
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, phone, phones
from tests.contacts.racing import RACES, overlap, raised, together

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = phone(1)


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    digests.require()
    yield
    assert list(verify.differences()) == []


@pytest.fixture
def held(group: Group) -> Hold:
    return on_hold(group, NUMBER)


def on_hold(group: Group, number: str) -> Hold:
    arrive(group, number)
    assert pause(group, number)
    return Hold.objects.open().get(phone=number)


def pause(group: Group, number: str = NUMBER, text: str = "leave me alone") -> bool:
    return hold.open_hold(group.organization, number, text=text, group=group)


def stop(group: Group, number: str = NUMBER) -> Any:
    return opt_out.opt_out(group.organization, [number], by=None, source="keyword", text="STOP")


def run_out() -> int:
    return hold.expire()


def decided_once(decision: str) -> bool:
    closed = Hold.objects.get()
    return closed.decided is not None and closed.decision == decision


def test_of_two_who_decide_at_once_the_second_finds_it_decided(
    held: Hold, group_admin: User, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = overlap(
        monkeypatch,
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        lambda: hold.decide(held, "opt_out", by=agent),
        at=(hold.held, "close"),
    )
    assert (first.changed, second.changed, second.already) == (1, 0, 1)
    assert decided_once("not_an_opt_out")
    assert not OptOut.objects.exists()


def test_a_stop_waits_for_a_decision_and_opts_out_nevertheless(
    held: Hold, group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        lambda: stop(group),
        at=(hold.held, "close"),
    )
    assert not raised(results)
    assert decided_once("not_an_opt_out")
    assert OptOut.objects.open().get().source == "keyword"
    assert member(group, NUMBER).opted_out


def test_a_decision_waits_for_a_stop_and_finds_it_decided(
    held: Hold, group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, decided = overlap(
        monkeypatch,
        lambda: stop(group),
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        at=(opt_out, "_open"),
    )
    assert decided.already == 1
    assert decided_once("opt_out")
    assert OptOut.objects.open().get().source == "keyword"


def test_the_clock_leaves_alone_what_is_being_decided(
    held: Hold, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hold.objects.update(due=timezone.now())
    decided, expired = overlap(
        monkeypatch,
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        run_out,
        at=(hold.held, "close"),
    )
    assert (decided.changed, expired) == (1, 0)
    assert decided_once("not_an_opt_out")
    assert not OptOut.objects.exists()


def test_a_decision_waits_for_the_clock_and_finds_it_decided(
    held: Hold, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hold.objects.update(due=timezone.now())
    expired, decided = overlap(
        monkeypatch,
        run_out,
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        at=(hold.held, "close"),
    )
    assert (expired, decided.already) == (1, 1)
    assert decided_once("expired")
    assert OptOut.objects.open().get().source == "hold_expired"


def test_the_clock_waits_for_no_bulk_change_of_their_memberships(
    held: Hold, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    Hold.objects.update(due=timezone.now())
    _, expired = overlap(monkeypatch, lambda: stop(group), run_out, at=(opt_out, "mark_opted_out"))
    assert expired == 0
    assert decided_once("opt_out")
    assert OptOut.objects.get().source == "keyword"


def test_a_further_text_while_it_is_decided_is_put_on_hold_anew(
    held: Hold, group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made = overlap(
        monkeypatch,
        lambda: hold.decide(held, "not_an_opt_out", by=group_admin),
        lambda: pause(group, text="stop it"),
        at=(hold.held, "close"),
    )
    assert made is True
    assert Hold.objects.open().get().text == "stop it"
    assert member(group, NUMBER).on_hold


def test_who_opts_out_while_they_are_put_on_hold_is_not_left_waiting(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(group, NUMBER)
    results = overlap(monkeypatch, lambda: pause(group), lambda: stop(group), at=(hold.audit, "record"))
    assert not raised(results)
    assert decided_once("opt_out")


def test_two_runs_of_the_clock_opt_out_once(held: Hold, monkeypatch: pytest.MonkeyPatch) -> None:
    Hold.objects.update(due=timezone.now())
    results = overlap(monkeypatch, run_out, run_out, at=(locks, "try_memberships_of"))
    assert sum(results) == 1
    assert OptOutEvidence.objects.count() == 1


def test_decisions_stops_and_the_clock_let_loose_decide_each_text_once(
    group: Group, group_admin: User, agent: User
) -> None:
    for number in phones(RACES):
        one = on_hold(group, number)
        Hold.objects.filter(pk=one.pk).update(due=timezone.now())
        results = together(
            partial(hold.decide, one, "opt_out", by=group_admin),
            partial(hold.decide, one, "wrong_person", by=agent),
            partial(stop, group, number),
            run_out,
        )
        assert not raised(results), results
    assert not Hold.objects.open().exists()
    assert OptOut.objects.open().count() == OptOut.objects.count() == RACES
    assert AuditEntry.objects.filter(action="hold").count() == RACES
