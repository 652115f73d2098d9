"""Who stops or resumes a goal waits for whoever changes its contacts: neither takes a text from the other (R3.7)."""

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine

from contacts.actions import membership
from contacts.conversations import receivers
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions import initial
from contacts.conversations.actions.send import send_now
from contacts.conversations.models import Goal, Message
from groups.models import Group, User
from tests.contacts.factories import members, phone
from tests.contacts.racing import overlap, raised
from tests.conversations.factories import Carrier, give_number
from tests.conversations.test_goals import drafted, tap

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(datetime(2026, 11, 18, 18, tzinfo=UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def goal(group: Group, group_admin: User, agent: User, carrier: Carrier) -> Goal:
    """Each of three contacts has a text that waits, since the goal was paused."""
    give_number(group)
    members(group, *map(phone, range(1, 4)))
    goal = drafted(group, group_admin)
    goals.launch(goal, by=group_admin)
    texts = [tap(goal, agent) for _ in range(3)]
    goals.pause(goal, by=group_admin)
    for text in texts:
        assert text
        send_now(text.pk)
    goal.refresh_from_db()
    return goal


def after[T](act: Callable[[], T]) -> Callable[[], float]:
    """The act; when it was committed."""

    def timed() -> float:
        act()
        return time.perf_counter()

    return timed


@pytest.mark.parametrize("act", [goals.stop, goals.resume])
def test_it_waits_for_a_bulk_change_that_cancels_texts_of_the_same_people(
    goal: Goal, group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch, act: Callable[..., bool]
) -> None:
    two = group.memberships.filter(phone__in=[phone(1), phone(2)])

    results = overlap(
        monkeypatch,
        after(lambda: membership.make_inactive(group, two, by=group_admin)),
        after(lambda: act(goal, by=group_admin)),
        at=(receivers, "cancel_waiting"),
    )

    assert not raised(results)
    deactivated, moved = results
    assert deactivated < moved
    refusals = Message.objects.filter(goal=goal).order_by("pk").values_list("refusal", flat=True)
    assert list(refusals) == ["inactive", "inactive", "stopped" if act is goals.stop else ""]


def test_a_text_that_is_queued_while_a_goal_is_stopped_never_leaves(
    goal: Goal, agent: User, group_admin: User, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    goals.resume(goal, by=group_admin)
    members(goal.group, phone(4))
    late = drafted(goal.group, group_admin)
    goals.launch(late, by=group_admin)
    late.refresh_from_db()
    first = late.recipients.get(membership__phone=phone(4))

    results = overlap(
        monkeypatch,
        lambda: initial.send_first(late, first.pk, by=agent),
        lambda: goals.stop(late, by=group_admin),
        at=(initial, "queue"),
    )

    assert not raised(results)
    send_now(Message.objects.get(goal=late).pk)
    assert not carrier.texts
    assert Message.objects.get(goal=late).state == Message.State.CANCELLED
