"""What a goal costs in a large group: its launch beside the bare INSERT … SELECT, its preview, a tap, an agent's page.

``python -m tests.benchmarks.goals`` on an empty database. Launch and bare insertion by turns, as ratios.
"""

import argparse
import os
import time
from collections.abc import Callable
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from contacts.conversations.actions import goal as goals
from contacts.conversations.actions import initial
from contacts.conversations.actions import number as numbers
from contacts.conversations.audience import preview
from contacts.conversations.models import Goal
from contacts.conversations.recipients import progress, texted_of_each, work_of
from groups.models import Group, Role, RoleKind, User
from tests.benchmarks.redaction import make

ROUNDS = 5
BARE = """
    INSERT INTO conversations_recipient (account_id, goal_id, membership_id, turn, result)
    SELECT account_id, %s, id, 0, '' FROM contacts_membership
    WHERE group_id = %s AND NOT inactive AND NOT opted_out AND NOT on_hold AND phone IS NOT NULL ORDER BY position
"""


def main() -> None:
    """Launch one goal after the other, then work the last."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    members = parser.parse_args().members
    group, admin = make(members)
    numbers.give(group, "+12065550100", provider="simulator", answers_stop="us", by=None)
    agent = User.objects.create_user("agent@example.com", name="Tess Lindqvist")
    Role.objects.create(
        user=agent, kind=RoleKind.AGENT, account=group.account, organization=group.organization, group=group
    )
    print(f"{connection.vendor}, {members:,} members")
    bare, launch = [], []
    for _ in range(ROUNDS):
        bare.append(timed(lambda: insert(drafted(group, admin))))
        launch.append(timed(lambda: goals.launch(drafted(group, admin), by=admin)))
    ratio = median(mine / theirs for mine, theirs in zip(launch, bare, strict=True))
    goal = drafted(group, admin)
    with CaptureQueriesContext(connection) as asked:
        goals.launch(goal, by=admin)
    print(f"bare insertion {median(bare):.2f} s, launch {median(launch):.2f} s: {ratio:.2f} ×, {len(asked)} statements")
    goal = Goal.objects.select_related("group__organization").get(pk=goal.pk)
    told("preview", lambda: preview(goal))
    told("progress", lambda: progress(goal))
    told("the list of goals", lambda: texted_of_each(group))
    told("an agent's goals", lambda: work_of(group, agent))
    Goal.objects.exclude(pk=goal.pk).filter(launched__isnull=False).update(stopped=goal.launched)
    told("the next contact", lambda: initial.take(goal, by=agent, many=2), 50)
    told("a tap", lambda: tap(goal, agent), 50)


def drafted(group: Group, by: User) -> Goal:
    return goals.draft(group, name="Ward meeting", script="Hi {first_name}, {organization} here", by=by)


@transaction.atomic
def insert(goal: Goal) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [goal.pk, goal.group_id])


def tap(goal: Goal, agent: User) -> None:
    found, *_ = initial.take(goal, by=agent, many=2)
    initial.send_first(goal, found.pk, by=agent)


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def told(name: str, act: Callable[[], object], times: int = ROUNDS) -> None:
    print(f"{name}: {median(timed(act) for _ in range(times)) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
