"""A goal: who is in it, who is left out and why, launch, pause, stop (R3.1, R3.7, R4.1, R7.1)."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.actions.redact import redact as erase
from contacts.actions import hold, membership, opt_out
from contacts.actions.arrival import bring_in
from contacts.conversations import audience
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions import initial
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.write import CLAIM, CannotSend, NotTheirs, SomebodyWrites, claim
from contacts.conversations.models import Conversation, Goal, Message, Recipient
from contacts.conversations.recipients import in_turn, progress, to_text, unanswered, work_of
from contacts.conversations.tasks import outbound
from contacts.gate import Cause as Forbids
from contacts.models import Contact, ContactTag, Hold, Tag
from contacts.person import Person
from groups.actions.role import end_role
from groups.models import AuditEntry, Group, RoleKind, User
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import Carrier, comes, give_number, named, talk
from tests.people import person

NOON = datetime(2026, 11, 18, 18, tzinfo=UTC)
"""13:00 in New York, 10:00 in Seattle."""
SCRIPT = "Hi {first_name}, this is {agent} of {organization}. Can you come on Saturday?"


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


def drafted(group: Group, by: User, **more: object) -> Goal:
    return goals.draft(group, name="Ward meeting", script=SCRIPT, by=by, **more)  # type: ignore[arg-type]


@pytest.fixture
def goal(group: Group, group_admin: User) -> Goal:
    """Launched to five members, of whom nobody is anybody's."""
    give_number(group)
    members(group, *map(phone, range(1, 6)))
    made = drafted(group, group_admin)
    goals.launch(made, by=group_admin)
    made.refresh_from_db()
    return made


def recipient(goal: Goal, number: int) -> Recipient:
    return goal.recipients.get(membership__phone=phone(number))


def take_next(goal: Goal, *, by: User) -> Recipient | None:
    """Whom the agent has on the page."""
    return next(iter(initial.take(goal, by=by, many=1)), None)


def tap(goal: Goal, by: User) -> Message | None:
    found = take_next(goal, by=by)
    return initial.send_first(goal, found.pk, by=by) if found else None


# The audience.


def everybody_else(group: Group, account_admin: User, tag: Tag | None = None) -> None:
    """Somebody for each cause to be left out, and two who are reached."""
    members(group, *map(phone, range(1, 8)))
    bring_in(group, [Person(phone(8))], by=None, came_by=Contact.Source.TEXTED_IN)
    opt_out.opt_out(group.organization, [phone(3)], by=None, source="admin")
    membership.make_inactive(group, group.memberships.filter(phone__in=[phone(3), phone(4)]), by=account_admin)
    hold.open_hold(group.organization, phone(5), text="leave me alone", group=group, at=NOON)
    Contact.objects.filter(phone=phone(6)).update(cannot_receive_since=NOON)
    erase(group.account, [phone(7)], by=account_admin)


def test_the_preview_says_who_is_left_out_and_why_and_its_figures_sum_to_the_group(
    group: Group, group_admin: User, account_admin: User
) -> None:
    everybody_else(group, account_admin)
    found = audience.preview(drafted(group, group_admin))
    assert found.left_out == {
        "redacted": 1,
        "opted_out": 1,
        "on_hold": 1,
        "inactive": 1,
        "cannot_receive": 1,
        "texted_in": 1,
    }
    assert (found.reached, found.members) == (2, 8)


def test_who_came_by_texting_in_is_in_it_only_when_asked_for(
    group: Group, group_admin: User, account_admin: User
) -> None:
    everybody_else(group, account_admin)
    assert audience.preview(drafted(group, group_admin, texted_in=True)).reached == 3


def test_a_tag_narrows_the_audience(group: Group, group_admin: User, account_admin: User) -> None:
    everybody_else(group, account_admin)
    tag = Tag.objects.create(account=group.account, organization=group.organization, name="volunteer")
    for number in (1, 3):
        ContactTag.objects.create(account=group.account, contact=member(group, phone(number)).contact, tag=tag)
    found = audience.preview(drafted(group, group_admin, tag=tag))
    assert (found.reached, found.left_out) == (1, {"redacted": 1, "tag": 5, "opted_out": 1})


def test_the_launch_freezes_whom_the_preview_showed(group: Group, group_admin: User, account_admin: User) -> None:
    everybody_else(group, account_admin)
    made = drafted(group, group_admin)
    assert goals.launch(made, by=group_admin) == 2
    members(group, phone(20))
    membership.make_active(group, group.memberships.filter(phone=phone(4)), by=group_admin)

    assert set(made.recipients.values_list("membership__phone", flat=True)) == {phone(1), phone(2)}
    assert AuditEntry.objects.get(action="launch_goal").counts == {"goal": made.pk, "changed": 2}


def test_a_goal_is_launched_once(goal: Goal, group_admin: User) -> None:
    assert goals.launch(goal, by=group_admin) == 0
    assert goal.recipients.count() == 5
    with pytest.raises(goals.CannotLaunch):
        goals.change(goal, by=group_admin, name="Another")


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("", "Write the first text"),
        ("Hi {name} of {organization}", "{name} is no placeholder"),
        ("Hi", "Say who texts"),
    ],
)
def test_what_cannot_be_launched_says_why_and_stays_a_draft(
    group: Group, group_admin: User, script: str, says: str
) -> None:
    members(group, phone(1))
    made = goals.draft(group, name="Ward meeting", script=script, by=group_admin)
    with pytest.raises(goals.CannotLaunch, match=says):
        goals.launch(made, by=group_admin)
    assert not Goal.objects.get().launched
    assert not Recipient.objects.exists()


def test_a_goal_that_reaches_nobody_is_not_launched(group: Group, group_admin: User) -> None:
    with pytest.raises(goals.CannotLaunch, match="reach nobody"):
        goals.launch(drafted(group, group_admin), by=group_admin)


# One tap, one text.


def test_a_tap_sends_the_goal_s_text_which_names_the_sender_and_how_to_stop(
    goal: Goal, group: Group, agent: User, carrier: Carrier
) -> None:
    named(group, phone(1), "Dana", "Whitfield")
    sent = tap(goal, agent)
    assert sent
    send_now(sent.pk)
    first = agent.name.split()[0]
    assert [text.body for text in carrier.texts] == [
        f"Hi Dana, this is {first} of {group.organization}. Can you come on Saturday? Reply STOP to opt out"
    ]
    assert (sent.goal, sent.agent) == (goal, agent)


def test_each_contact_gets_one_text_however_often_it_is_tapped(goal: Goal, agent: User) -> None:
    found = take_next(goal, by=agent)
    assert found
    assert len({initial.send_first(goal, found.pk, by=agent).pk for _ in range(3)}) == 1
    while tap(goal, agent):
        pass
    texted = Message.objects.filter(goal=goal).values_list("conversation__contact__phone", flat=True)
    assert Counter(texted) == Counter(map(phone, range(1, 6)))


def test_whoever_is_texted_becomes_the_agent_s(goal: Goal, group: Group, agent: User) -> None:
    sent = tap(goal, agent)
    assert sent
    assert group.memberships.get(contact=sent.conversation.contact).agent == agent


def test_two_agents_never_see_the_same_contact(goal: Goal, group: Group, agent: User) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    mine, theirs = take_next(goal, by=agent), take_next(goal, by=other)
    assert mine
    assert theirs
    assert mine != theirs
    assert take_next(goal, by=agent) == mine
    with pytest.raises(SomebodyWrites):
        initial.send_first(goal, mine.pk, by=other)


def test_who_comes_next_is_kept_for_the_agent_who_reads_them_already(goal: Goal, group: Group, agent: User) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    mine, theirs = initial.take(goal, by=agent, many=2), initial.take(goal, by=other, many=2)
    assert len({recipient.pk for recipient in mine + theirs}) == 4
    assert initial.take(goal, by=agent, many=2) == mine
    initial.send_first(goal, mine[0].pk, by=agent)
    assert take_next(goal, by=agent) == mine[1]


def test_a_contact_that_an_agent_left_on_the_page_comes_to_the_next(
    goal: Goal, group: Group, agent: User, noon: time_machine.Traveller
) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    mine = take_next(goal, by=agent)
    noon.shift(301)
    assert take_next(goal, by=other) == mine


def in_thread(goal: Goal, number: int) -> Conversation:
    """The thread of one of the goal's contacts, who have written."""
    return talk(goal.group, phone(number), "Who is this?")


def test_whoever_another_agent_writes_to_is_out_of_turn_meanwhile(
    goal: Goal, group: Group, agent: User, noon: time_machine.Traveller
) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    first = recipient(goal, 1)
    claim(in_thread(goal, 1), by=other)
    assert take_next(goal, by=agent) == recipient(goal, 2)
    assert [work.left for work in work_of(group, agent)] == [4]
    assert take_next(goal, by=other) == first
    with pytest.raises(SomebodyWrites):
        initial.send_first(goal, first.pk, by=agent)
    assert not Message.objects.filter(goal=goal).exists()
    noon.shift(CLAIM.total_seconds() + 301)
    assert take_next(goal, by=agent) == first
    assert initial.send_first(goal, first.pk, by=agent).agent == agent


def test_somebody_who_begins_to_write_once_they_are_on_the_page_is_not_interrupted(
    goal: Goal, group: Group, agent: User
) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    mine = take_next(goal, by=agent)
    assert mine
    claim(in_thread(goal, 1), by=other)
    with pytest.raises(SomebodyWrites, match="Priya Raman is writing"):
        initial.send_first(goal, mine.pk, by=agent)
    assert group.memberships.get(phone=phone(1)).agent is None


def test_the_queue_is_read_in_its_order_from_the_index_and_nothing_is_sorted(goal: Goal, agent: User) -> None:
    claim(in_thread(goal, 1), by=agent)
    with CaptureQueriesContext(connection) as asked:
        assert list(in_turn(goal, agent)[:2])
    [sql] = [query["sql"] for query in asked]
    plan = plan_of(sql)
    assert "recipient_to_text" in plan
    assert not re.search(r"TEMP B-TREE|SCAN (?!CONSTANT)|Sort|Seq Scan|Hash", plan), plan


def plan_of(sql: str) -> str:
    """How the engine answers it; PostgreSQL, which would read a few rows whole, as it would answer for many."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{'EXPLAIN' if connection.vendor == 'postgresql' else 'EXPLAIN QUERY PLAN'} {sql}")
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def test_while_a_first_text_is_sent_nobody_else_writes_in_the_thread(goal: Goal, group: Group, agent: User) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    thread = in_thread(goal, 1)
    initial.send_first(goal, recipient(goal, 1).pk, by=agent)
    with pytest.raises(SomebodyWrites):
        claim(thread, by=other)


def test_an_agent_texts_their_own_and_nobody_s_and_never_a_colleague_s(goal: Goal, group: Group, agent: User) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    membership.assign(group, group.memberships.filter(phone=phone(4)), agent=agent, by=None)
    membership.assign(group, group.memberships.filter(phone=phone(1)), agent=other, by=None)
    found = take_next(goal, by=agent)
    assert found
    assert found.membership.phone == phone(2)
    with pytest.raises(NotTheirs):
        initial.send_first(goal, recipient(goal, 1).pk, by=agent)
    assert [work.left for work in work_of(group, agent)] == [4]


def test_a_skipped_contact_comes_after_the_others(goal: Goal, agent: User) -> None:
    first = take_next(goal, by=agent)
    assert first
    initial.skip(goal, first.pk, by=agent)
    texted = []
    while sent := tap(goal, agent):
        texted.append(sent.conversation.contact_id)
    assert texted[-1] == first.membership.contact_id
    assert len(texted) == 5


# Removed during the goal.


def remove(how: str, group: Group, by: User) -> None:
    rows = group.memberships.filter(phone=phone(1))
    match how:
        case "deactivated":
            membership.make_inactive(group, rows, by=by)
        case "opted out":
            opt_out.opt_out(group.organization, [phone(1)], by=by, source="admin")
        case "by text":
            comes(phone(1), "STOP")
        case "held":
            comes(phone(1), "leave me alone")
        case "redacted":
            erase(group.account, [phone(1)], by=by)


HOWS = ["deactivated", "opted out", "by text", "held", "redacted"]


@pytest.mark.parametrize("how", HOWS)
def test_whoever_is_removed_is_gone_from_the_queue_at_the_next_tap_and_nothing_leaves(
    goal: Goal, group: Group, agent: User, account_admin: User, carrier: Carrier, how: str
) -> None:
    shown = take_next(goal, by=agent)
    assert shown
    assert shown.membership.phone == phone(1)
    remove(how, group, account_admin)

    with pytest.raises(CannotSend):
        initial.send_first(goal, shown.pk, by=agent)
    after = take_next(goal, by=agent)
    assert after
    assert after.membership.phone == phone(2)
    assert to_text(goal).count() == 4
    assert not Message.objects.filter(goal=goal).exists()


@pytest.mark.parametrize("how", HOWS)
def test_a_text_that_waits_for_somebody_who_is_removed_never_leaves(
    goal: Goal, group: Group, agent: User, account_admin: User, carrier: Carrier, how: str
) -> None:
    sent = tap(goal, agent)
    assert sent
    remove(how, group, account_admin)
    send_now(sent.pk)
    assert sent.pk not in {int(text.key) for text in carrier.texts}
    membership.make_active(group, group.memberships.filter(phone=phone(1)), by=account_admin)
    outbound.send_waiting.func()
    assert sent.pk not in {int(text.key) for text in carrier.texts}


def test_a_text_that_waits_is_paused_by_a_hold_and_leaves_when_it_is_no_opt_out(
    goal: Goal, group: Group, agent: User, group_admin: User, carrier: Carrier
) -> None:
    sent = [tap(goal, agent) for _ in range(2)]
    first, second = (text for text in sent if text)
    held = [hold_of(group, text) for text in (first, second)]
    for text in (first, second):
        send_now(text.pk)
        text.refresh_from_db()
        assert (text.state, text.refusal) == (Message.State.QUEUED, Forbids.ON_HOLD)

    hold.decide(held[0], Hold.Decision.NOT_AN_OPT_OUT, by=group_admin)
    hold.decide(held[1], Hold.Decision.OPT_OUT, by=group_admin)
    with time_machine.travel(NOON + timedelta(minutes=2)):
        outbound.send_waiting.func()
    assert [int(text.key) for text in carrier.texts] == [first.pk]
    second.refresh_from_db()
    assert second.state == Message.State.CANCELLED


def hold_of(group: Group, text: Message) -> Hold:
    """A hold on whom the text goes to."""
    number = str(text.conversation.contact.phone)
    assert hold.open_hold(group.organization, number, text="stop it", group=group)
    return Hold.objects.get(phone=number)


def test_a_text_to_a_number_that_turns_out_to_receive_none_never_leaves(
    goal: Goal, agent: User, carrier: Carrier
) -> None:
    sent = tap(goal, agent)
    assert sent
    Contact.objects.update(cannot_receive_since=NOON)
    send_now(sent.pk)
    sent.refresh_from_db()
    assert not carrier.texts
    assert (sent.state, sent.refusal) == (Message.State.CANCELLED, Forbids.CANNOT_RECEIVE)


def test_whoever_is_reactivated_is_sent_it_if_eligible_then(
    goal: Goal, group: Group, agent: User, group_admin: User
) -> None:
    rows = group.memberships.filter(phone=phone(1))
    membership.make_inactive(group, rows, by=group_admin)
    assert to_text(goal).count() == 4
    membership.make_active(group, rows, by=group_admin)
    assert to_text(goal).count() == 5


# Hours.


@pytest.mark.parametrize(("utc", "leaves"), [(13, False), (15, False), (16, True), (0, True), (1, False), (4, False)])
def test_a_first_text_leaves_only_when_it_is_day_for_the_group_and_for_the_phone(
    goal: Goal, agent: User, carrier: Carrier, noon: time_machine.Traveller, utc: int, leaves: bool
) -> None:
    """New York's day is 13–1 UTC, Seattle's 16–4."""
    noon.move_to(datetime(2026, 11, 19, utc, 0, 1, tzinfo=UTC))
    sent = tap(goal, agent)
    assert sent
    send_now(sent.pk)
    assert bool(carrier.texts) == leaves


def test_a_text_that_waited_for_the_day_is_checked_again(
    goal: Goal, group: Group, agent: User, carrier: Carrier, noon: time_machine.Traveller
) -> None:
    noon.move_to(datetime(2026, 11, 19, 4, tzinfo=UTC))
    texts = [tap(goal, agent) for _ in range(2)]
    for text in texts:
        assert text
        send_now(text.pk)
        text.refresh_from_db()
        assert text.not_before == datetime(2026, 11, 19, 16, tzinfo=UTC)
    assert progress(goal).for_hours == 2
    opt_out.opt_out(group.organization, [phone(1)], by=None, source="admin")

    noon.move_to(datetime(2026, 11, 19, 16, 0, 1, tzinfo=UTC))
    outbound.send_waiting.func()
    assert [int(text.key) for text in carrier.texts] == [texts[1].pk]  # type: ignore[union-attr]


# Pause and stop.


def test_while_a_goal_is_paused_nothing_leaves_and_then_it_goes_on(
    goal: Goal, agent: User, group_admin: User, carrier: Carrier, noon: time_machine.Traveller
) -> None:
    sent = tap(goal, agent)
    assert sent
    goals.pause(goal, by=group_admin)
    send_now(sent.pk)
    assert not carrier.texts
    with pytest.raises(CannotSend):
        initial.send_first(goal, recipient(goal, 2).pk, by=agent)
    assert not work_of(goal.group, agent)

    assert goals.resume(goal, by=group_admin)
    noon.shift(40)
    outbound.send_waiting.func()
    assert [int(text.key) for text in carrier.texts] == [sent.pk]
    assert not goals.resume(goal, by=group_admin)


def test_a_stopped_goal_cancels_what_waits_and_texts_nobody_else(
    goal: Goal, agent: User, group_admin: User, carrier: Carrier
) -> None:
    sent = tap(goal, agent)
    assert sent
    assert goals.stop(goal, by=group_admin)
    assert not goals.stop(goal, by=group_admin)
    assert not goals.resume(goal, by=group_admin)
    send_now(sent.pk)
    assert not carrier.texts
    sent.refresh_from_db()
    assert (sent.state, sent.refusal) == (Message.State.CANCELLED, "stopped")
    with pytest.raises(CannotSend):
        initial.send_first(goal, recipient(goal, 2).pk, by=agent)
    assert [entry.action for entry in AuditEntry.objects.filter(action__endswith="_goal").order_by("pk")] == [
        "draft_goal",
        "launch_goal",
        "stop_goal",
    ]


def test_an_archived_group_works_no_goals(goal: Goal, group: Group, agent: User) -> None:
    Group.objects.update(archived=NOON)
    group.refresh_from_db()
    assert not work_of(group, agent)


# Sharing out.


def test_at_launch_those_of_nobody_are_shared_evenly_and_those_of_an_agent_stay(
    group: Group, agent: User, group_admin: User
) -> None:
    other = person("Priya Raman", RoleKind.AGENT, group)
    members(group, *map(phone, range(1, 8)))
    membership.assign(group, group.memberships.filter(phone=phone(7)), agent=other, by=None)
    goals.launch(drafted(group, group_admin), by=group_admin, share=True)
    assert group.memberships.filter(agent=agent).count() == 3
    assert group.memberships.filter(agent=other).count() == 4
    assert member(group, phone(7)).agent == other


def test_when_an_agent_is_removed_their_share_goes_to_the_others(
    group: Group, agent: User, group_admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    other, third = (person(name, RoleKind.AGENT, group) for name in ("Priya Raman", "Tom Okafor"))
    members(group, *map(phone, range(1, 7)))
    goals.launch(drafted(group, group_admin), by=group_admin, share=True)
    with django_capture_on_commit_callbacks(execute=True):
        end_role(group.roles.current().get(user=agent), by=group_admin)
    assert [group.memberships.filter(agent=one).count() for one in (agent, other, third)] == [0, 3, 3]


# Replies.


def test_a_reply_waits_for_an_answer_until_it_has_one(goal: Goal, group: Group, agent: User) -> None:
    sent = tap(goal, agent)
    assert sent
    send_now(sent.pk)
    number = str(sent.conversation.contact.phone)
    assert not unanswered(group, agent).exists()
    comes(number, "What time?")
    assert [one.pk for one in unanswered(group, agent)] == [sent.conversation_id]
    assert not unanswered(group, person("Priya Raman", RoleKind.AGENT, group)).exists()


def test_the_result_of_a_text_is_noted(goal: Goal, agent: User) -> None:
    tap(goal, agent)
    assert initial.note_result(recipient(goal, 1), "yes", by=agent)
    assert not initial.note_result(recipient(goal, 1), "yes", by=agent)
    assert (progress(goal).yes, progress(goal).texted) == (1, 1)
