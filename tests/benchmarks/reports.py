"""What the report on goals costs after many texts, beside the bare aggregate of the same texts.

``python -m tests.benchmarks.reports`` on an empty database.
"""

import argparse
import os
from datetime import datetime, timedelta
from statistics import median

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection
from django.utils import timezone

from compliance.reports import goals as report
from contacts.actions.opt_out import opt_out
from contacts.conversations.models import Conversation, Goal, Message
from groups.sets import insert_from
from tests.benchmarks.goals import ROUNDS, drafted, timed
from tests.benchmarks.redaction import make

BARE = """
    SELECT goal_id, COUNT(*), COUNT(*) FILTER (WHERE state = 'delivered'), COUNT(DISTINCT conversation_id)
    FROM conversations_message WHERE goal_id IS NOT NULL GROUP BY goal_id
"""


def main() -> None:
    """Every member is texted by each goal, one in ten answers each, one in a hundred opts out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--goals", type=int, default=6)
    given = parser.parse_args()
    group, admin = make(given.members)
    insert_from(
        Conversation,
        group.memberships.values_list("account_id", "group_id", "contact_id", "added"),
        ("account_id", "group_id", "contact_id", "last_message_at"),
    )
    begin = timezone.now() - timedelta(days=given.goals + 1)
    for day in range(given.goals):
        at = begin + timedelta(days=day)
        goal = drafted(group, admin)
        Goal.objects.filter(pk=goal.pk).update(launched=at)
        texts(group.pk, goal.pk, "out", "delivered", at)
        texts(group.pk, None, "in", "received", at + timedelta(hours=1), one_in=10)
    opt_out(
        group.organization,
        [str(member.phone) for member in group.memberships.filter(position__lte=given.members // 100)],
        by=admin,
        source="admin",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    launched = list(report.launched(group.organization, None))
    bare, ours = [], []
    for _ in range(ROUNDS):
        bare.append(timed(aggregate))
        ours.append(timed(lambda: report.report(group.organization, launched)))
    ratio = median(mine / theirs for mine, theirs in zip(ours, bare, strict=True))
    print(f"{connection.vendor}, {Message.objects.count():,} texts of {given.goals} goals and answers")
    print(f"bare aggregate {median(bare):.2f} s, report {median(ours):.2f} s: {ratio:.2f} ×")


def texts(group: int, goal: int | None, direction: str, state: str, at: datetime, one_in: int = 1) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_message (account_id, conversation_id, goal_id, direction, state, body, time,"
            " provider_id, verdict, refusal, fault, tries, by_provider_clock)"
            " SELECT account_id, id, %s, %s, %s, 'Hello there, how are you?', %s, '', '', '', '', 0, false"
            " FROM conversations_conversation WHERE group_id = %s AND id %% %s = 0",
            [goal, direction, state, str(at), group, one_in],
        )


def aggregate() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE)
        cursor.fetchall()


if __name__ == "__main__":
    main()
