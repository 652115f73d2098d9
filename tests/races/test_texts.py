"""Races of texts, between processes: nothing leaves after the commit that forbids it, nothing counts twice (R4.9).

``RACES`` rounds each: 300 by default, 10,000 in ``script/races``; a third of them for variants of another race.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import batched
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from compliance.models import Redaction
from contacts import digests, verify
from contacts.actions import change
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import InboundText, Message
from contacts.models import Contact, Membership, OptOut, OptOutEvidence
from groups import audit
from groups.audit import Kind
from groups.models import Account, AuditEntry, Group, RoleKind, User
from tests.contacts.factories import arrive
from tests.conversations.factories import give_number
from tests.people import GroupFactory, person
from tests.races import acts
from tests.races.racers import Racers, racers

ROUNDS = int(os.environ.get("RACES", "300"))
PHONES = [f"+1206{700_0000 + number}" for number in range(ROUNDS)]
THIRD = PHONES[: max(100, ROUNDS // 3)]
NOW = timezone.now

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("races")]


@pytest.fixture(scope="module")
def started(django_db_setup: None) -> Iterator[Racers]:
    settings = {name: connection.settings_dict[name] for name in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}
    with racers(settings) as started:
        yield started


@pytest.fixture
def field(started: Racers, group: Group) -> Iterator[Racers]:
    """A group with a number and somebody behind every phone; afterwards all copies and counts agree."""
    digests.require()
    give_number(group)
    arrive(group, *PHONES)
    yield started
    assert list(verify.differences()) == []


def queued(group: Group, agent: User, phones: Sequence[str] = PHONES) -> list[Message]:
    """A text to each of these phones that waits for the gate, in their order."""
    members = dict(group.memberships.values_list("phone", "contact_id"))
    texts = [Text(members[number], "Hi", NOW(), Message.State.QUEUED, agent) for number in phones]
    return keep(group, texts)


def no_errors(results: Sequence[Sequence[Any]]) -> None:
    errors = [told for some in results for told in some if isinstance(told, str) and told.startswith("!")]
    assert not errors, errors[:3]


def both_ways(outcomes: Sequence[bool]) -> None:
    """Each of the two was ahead at times: else nothing was raced."""
    assert 0 < sum(outcomes) < len(outcomes), sum(outcomes)


def left_before(forbidden: dict[int, Any]) -> list[bool]:
    """Of the texts to these contacts (contact → when it was forbidden): whether each left, which it did before that.

    What did not leave was cancelled for good.
    """
    outcomes = []
    texts = Message.objects.filter(direction="out").select_related("conversation")
    for text in texts:
        left = text.handed is not None
        outcomes.append(left)
        if left:
            assert text.handed
            assert text.handed < forbidden[text.conversation.contact_id]
        else:
            assert text.state == Message.State.CANCELLED
    return outcomes


def times_of(action: str) -> dict[int, Any]:
    """When each contact was forbidden to be texted, by the audit's entry of it."""
    found: dict[int, Any] = {}
    contact_of = dict(Membership.objects.values_list("pk", "contact_id"))
    for entry in AuditEntry.objects.filter(action=action):
        for ids in audit.subject_ids(entry, Kind.CONTACT).values():
            found |= dict.fromkeys(ids, entry.time)
        for ids in audit.subject_ids(entry, Kind.MEMBERSHIP).values():
            found |= {contact_of[key]: entry.time for key in ids}
    return found


def test_a_send_meets_an_opt_out(field: Racers, group: Group, agent: User) -> None:
    texts = queued(group, agent)
    results = field.race(
        (acts.send_text, [[text.pk] for text in texts]),
        (acts.opt_out, [[group.organization_id, number] for number in PHONES]),
    )
    no_errors(results)
    both_ways(left_before(times_of("opt_out")))
    assert [bool(left) for left in results[0]] == [
        handed is not None for handed in Message.objects.order_by("pk").values_list("handed", flat=True)
    ]


@pytest.fixture
def elsewhere(group: Group) -> Group:
    """A group of another organization of the account, which is one sender with the first (R4.6)."""
    Account.objects.filter(pk=group.account_id).update(sync_opt_outs=True)
    return GroupFactory.create(organization__account=group.account)


def test_a_send_meets_an_opt_out_of_another_organization(
    field: Racers, group: Group, elsewhere: Group, agent: User
) -> None:
    texts = queued(group, agent, THIRD)
    results = field.race(
        (acts.send_text, [[text.pk] for text in texts]),
        (acts.opt_out, [[elsewhere.organization_id, number] for number in THIRD]),
    )
    no_errors(results)
    both_ways(left_before(times_of("sync_opt_out")))


def test_two_organizations_opt_the_same_phones_out(field: Racers, group: Group, elsewhere: Group) -> None:
    """Some of which nobody knows, one of them, or both; lists that go up meet lists that go down, and STOPs."""
    arrive(elsewhere, *PHONES[::3])
    lists = [[*batch, *(number.replace("+1206", "+1253") for number in batch)] for batch in batched(PHONES, 3)]
    results = field.race(
        (acts.opt_out_list, [[group.organization_id, some] for some in lists]),
        (acts.opt_out_list, [[elsewhere.organization_id, some[::-1]] for some in lists]),
        (acts.text_in, [[some[0], "STOP", NOW().isoformat(), some[0]] for some in lists]),
    )
    no_errors(results)
    both_ways([bool(changed) for changed in results[0]])
    many = len({number for some in lists for number in some})
    assert OptOut.objects.open().count() == OptOut.objects.count() == 2 * many
    assert OptOut.objects.filter(origin__isnull=False).count() == many


def test_a_send_meets_their_own_stop(field: Racers, group: Group, agent: User) -> None:
    texts, written = queued(group, agent), NOW().isoformat()
    results = field.race(
        (acts.send_text, [[text.pk] for text in texts]),
        (acts.text_in_later, [[number, "STOP", written, number] for number in PHONES]),
    )
    no_errors(results)
    Message.objects.filter(episode__isnull=False).delete()
    both_ways(left_before(times_of("opt_out")))


def test_a_stop_meets_a_reversal(field: Racers, group: Group) -> None:
    """Whoever comes first, they asked after the request was filed: they stay, or are again, opted out (R4.8)."""
    opt_out(group.organization, PHONES, by=None, source="admin", group=group)
    filed, written = NOW(), (NOW() + timedelta(seconds=1)).isoformat()
    results = field.race(
        (acts.reverse, [[group.organization_id, number, filed.isoformat()] for number in PHONES]),
        (acts.text_in, [[number, "STOP", written, number] for number in PHONES]),
    )
    no_errors(results)
    both_ways([bool(changed) for changed in results[0]])
    assert OptOut.objects.open().count() == ROUNDS
    assert Membership.objects.filter(opted_out=True).count() == ROUNDS
    assert OptOutEvidence.objects.filter(source="keyword").count() == ROUNDS


def test_a_stop_meets_save(field: Racers, group: Group, group_admin: User) -> None:
    """`Make Inactive` of everybody at once, again and again, while each of them texts STOP."""
    written = NOW().isoformat()
    changes = [
        change.choose(group, group.memberships.filter(phone=number), action="opt_out", by=group_admin).pk
        for number in PHONES
    ]
    results = field.race(
        (acts.save, [[key] for key in changes]),
        (acts.text_in, [[number, "STOP", written, number] for number in PHONES]),
    )
    no_errors(results)
    both_ways([bool(result.get("changed")) for result in results[0]])
    assert OptOut.objects.open().count() == OptOut.objects.count() == ROUNDS
    assert {episode.source for episode in OptOut.objects.all()} == {"keyword"}
    assert OptOutEvidence.objects.filter(source="keyword").count() == ROUNDS


def test_a_deactivation_meets_the_queue(field: Racers, group: Group, agent: User) -> None:
    conversations = [text.conversation_id for text in queued(group, agent)]
    Message.objects.all().delete()
    results = field.race(
        (acts.write_and_send, [[key, agent.pk] for key in conversations]),
        (acts.deactivate, [[group.pk, [number]] for number in PHONES]),
    )
    no_errors(results)
    left_before(times_of("make_inactive"))
    both_ways([bool(left) for left in results[0]])
    assert not Message.objects.waiting().exists()


def test_a_redaction_meets_a_text(field: Racers, group: Group, account_admin: User) -> None:
    """Ten leads at a time, each of whom texts at another moment of their redaction."""
    written = NOW().isoformat()
    batches = list(batched(PHONES, 10))
    results = field.race(
        (acts.redact, [[group.account_id, batch, account_admin.pk] for batch in batches]),
        (acts.texts_in, [[batch, "It is Dana", written] for batch in batches]),
    )
    no_errors(results)
    assert Redaction.objects.count() == len(batches)
    assert not Contact.objects.filter(phone__isnull=False).exists()
    assert not InboundText.objects.exclude(phone="").exists()
    assert not Message.objects.exclude(body="").exists()
    texted = Message.objects.filter(conversation__contact=OuterRef("pk"))
    both_ways([bool(before) for before in Contact.objects.values_list(Exists(texted), flat=True)])


@pytest.mark.parametrize("body", ["STOP", "Hello"])
def test_one_webhook_comes_three_times_at_once(field: Racers, group: Group, body: str) -> None:
    rounds = [[number, body, NOW().isoformat(), number] for number in PHONES]
    results = field.race((acts.text_in, rounds), (acts.text_in, rounds), (acts.text_in, rounds))
    no_errors(results)
    assert [sum(fresh) for fresh in zip(*results, strict=True)] == [1] * ROUNDS
    assert Message.objects.filter(direction="in").count() == ROUNDS
    assert OptOutEvidence.objects.count() == (ROUNDS if body == "STOP" else 0)
    assert Message.objects.filter(direction="out").count() == (ROUNDS if body == "STOP" else 0)


def test_a_start_is_delivered_before_the_older_stop(field: Racers, group: Group) -> None:
    now = NOW()
    older = (now - timedelta(minutes=1)).isoformat()
    results = field.race(
        (acts.text_in, [[number, "START", now.isoformat(), f"start {number}"] for number in PHONES]),
        (acts.text_in, [[number, "STOP", older, f"stop {number}"] for number in PHONES]),
    )
    no_errors(results)
    assert not OptOut.objects.open().exists()
    assert Message.objects.filter(direction="in").count() == 2 * ROUNDS


def test_two_agents_work_a_goal_while_some_opt_out(field: Racers, group: Group, agent: User, group_admin: User) -> None:
    """Each contact gets one text from one of them, none does who opted out before the tap, and nobody is forgotten."""
    other = person("Priya Raman", RoleKind.AGENT, group)
    make_inactive(group, group.memberships.exclude(phone__in=THIRD), by=group_admin)
    goal = goals.draft(group, name="Ward meeting", script="Hi from {organization}", by=group_admin)
    goals.launch(goal, by=group_admin)
    leaving = THIRD[::10]
    results = field.race(
        (acts.work, [[goal.pk, agent.pk]]),
        (acts.work, [[goal.pk, other.pk]]),
        (acts.opt_out_each, [[group.organization_id, leaving]]),
    )
    no_errors(results)
    mine, theirs = (set(told[0]) for told in results[:2])
    both_ways([True] * len(mine) + [False] * len(theirs))
    assert not mine & theirs
    texted = Message.objects.filter(goal=goal)
    assert set(texted.values_list("pk", flat=True)) == mine | theirs
    assert texted.values("conversation").distinct().count() == texted.count()
    untexted = goal.recipients.filter(message=None).values_list("membership__phone", flat=True)
    assert set(untexted) <= set(leaving)
    opted_out = times_of("opt_out")
    for text in texted.filter(conversation__contact__phone__in=leaving).select_related("conversation"):
        assert text.time < opted_out[text.conversation.contact_id]
        assert text.state == Message.State.CANCELLED


def test_agents_work_a_goal_while_it_is_shared_out(field: Racers, group: Group, agent: User, group_admin: User) -> None:
    """Nobody waits for ever, and nobody is texted twice, whoever has them."""
    other = person("Priya Raman", RoleKind.AGENT, group)
    make_inactive(group, group.memberships.exclude(phone__in=PHONES[:100]), by=group_admin)
    goal = goals.draft(group, name="Ward meeting", script="Hi from {organization}", by=group_admin)
    goals.launch(goal, by=group_admin)
    results = field.race(
        (acts.work, [[goal.pk, agent.pk]]),
        (acts.work, [[goal.pk, other.pk]]),
        (acts.share_again, [[goal.pk, 20]]),
    )
    no_errors(results)
    texted = Message.objects.filter(goal=goal)
    assert texted.values("conversation").distinct().count() == texted.count()
    assert texted.count() == len(set(results[0][0]) | set(results[1][0]))
