"""Write, launch, pause and stop goals (R7.1)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, Value
from django.utils import timezone

from contacts import locks
from contacts.actions.membership import assign, kept_agents
from contacts.conversations import script as scripts
from contacts.conversations.audience import reached
from contacts.conversations.gate import Cause
from contacts.conversations.models import Goal, Message, Recipient
from contacts.conversations.models.message import MessageQuerySet
from contacts.models import Tag
from groups import audit
from groups.models import Group, RoleKind, User
from groups.sets import insert_from


class CannotLaunch(Exception):
    """The goal stays a draft: says why, and what to do."""


@transaction.atomic
def draft(group: Group, *, name: str, script: str, tag: Tag | None = None, texted_in: bool = False, by: User) -> Goal:
    """Write a goal that nobody sees yet but the group's admins."""
    goal = Goal.objects.create(
        account_id=group.account_id, group=group, name=name, script=script, tag=tag, texted_in=texted_in, author=by
    )
    audit.record("draft_goal", on=group, by=by, counts={"goal": goal.pk})
    return goal


@transaction.atomic
def change(goal: Goal, *, by: User, **values: object) -> bool:
    """Change what is given of a draft's ``name``, ``script``, ``tag`` and ``texted_in``; whether anything changed.

    Raises ``CannotLaunch`` once it is launched: what was sent to some is sent to all.
    """
    goal = _locked(goal)
    if goal.launched:
        raise CannotLaunch("This goal is launched: it can't be changed any more.")
    fields = [name for name, value in values.items() if getattr(goal, name) != value]
    for name in fields:
        setattr(goal, name, values[name])
    if fields:
        goal.save(update_fields=fields)
        audit.record("change_goal", on=goal.group, by=by, counts={"goal": goal.pk})
    return bool(fields)


@transaction.atomic
def launch(goal: Goal, *, by: User, share: bool = False) -> int:
    """Freeze the audience, and let agents begin; returns how many it reaches, 0 if it was launched before.

    ``share`` gives those who are nobody's to the agents, evenly. Raises ``CannotLaunch``.
    """
    goal = _locked(goal)
    if goal.launched:
        return 0
    if problem := _problem(goal):
        raise CannotLaunch(problem)
    many = _freeze(goal)
    if not many:
        raise CannotLaunch("This goal would reach nobody. Choose another tag, or bring contacts into the group first.")
    goal.launched, goal.shared, goal.audience = timezone.now(), share, many
    goal.save(update_fields=["launched", "shared", "audience"])
    audit.record("launch_goal", on=goal.group, by=by, counts={"goal": goal.pk, "changed": many})
    if share:
        share_out(goal, by=by)
    return many


def _problem(goal: Goal) -> str:
    if goal.group.archived:
        return "This group is archived: nothing is sent from it."
    if not goal.script.strip():
        return "Write the first text before you launch it."
    return " ".join(scripts.problems(goal.script, goal.group.organization.name))


def _freeze(goal: Goal) -> int:
    """Write the audience down, in one statement."""
    members = reached(goal).order_by("position")
    return insert_from(
        Recipient,
        members.annotate(goal_key=Value(goal.pk), nobody=Value(""), first=Value(0)).values_list(
            "account_id", "goal_key", "pk", "first", "nobody"
        ),
        ("account_id", "goal_id", "membership_id", "turn", "result"),
    )


def pause(goal: Goal, *, by: User) -> bool:
    """Let no first text of the goal leave until it is resumed; whether anything changed."""
    return _move(goal, "pause_goal", by, Q(paused=None), paused=timezone.now())


@transaction.atomic
def resume(goal: Goal, *, by: User) -> bool:
    """Go on after a pause; what waited for it leaves by and by."""
    if not _move(goal, "resume_goal", by, Q(paused__isnull=False), paused=None):
        return False
    _locked_waiting(goal, refusal=Cause.PAUSED).update(not_before=None, refusal="")
    return True


@transaction.atomic
def stop(goal: Goal, *, by: User) -> bool:
    """End a goal for good: nobody else is texted for it, and what waits for its hour is cancelled."""
    if not _move(goal, "stop_goal", by, Q(), stopped=timezone.now()):
        return False
    _locked_waiting(goal).update(state=Message.State.CANCELLED, refusal=Cause.STOPPED)
    return True


@transaction.atomic
def _move(goal: Goal, action: str, by: User, unless: Q, **values: datetime | None) -> bool:
    still = Goal.objects.filter(unless, pk=goal.pk, launched__isnull=False, stopped=None)
    if not still.update(**values):
        return False
    audit.record(action, on=goal.group, by=by, counts={"goal": goal.pk})
    return True


@transaction.atomic
def share_out(goal: Goal, *, by: User | None) -> None:
    """Give those of the goal's members who are nobody's to the agents of the group, by turns.

    All the locks first, in their order: the agents' roles, then the memberships of everybody, whoever gets them.
    """
    agents = _kept_agents(goal.group)
    nobodys = goal.group.memberships.listed().filter(recipients__goal=goal, agent=None)
    locks.memberships_of(list(nobodys.order_by().values_list("contact_id", flat=True)))
    keys = list(nobodys.order_by("position").values_list("pk", flat=True))
    for turn, agent in enumerate(agents):
        mine = keys[turn :: len(agents)]
        if mine:
            assign(goal.group, goal.group.memberships.filter(pk__among=mine), agent=agent, by=by)


def _kept_agents(group: Group) -> Sequence[User]:
    """The agents of the group, whose roles are locked."""
    roles = group.roles.current().filter(kind=RoleKind.AGENT, user__is_active=True)
    kept = kept_agents(group, roles.values_list("user_id", flat=True))
    return list(User.objects.filter(pk__in=kept).order_by("pk"))


def _locked_waiting(goal: Goal, **only: object) -> MessageQuerySet:
    """The goal's texts that wait, once the memberships behind them are locked, as for every change of such a text.

    One that is queued meanwhile is left: it is the gate's, which asks about the goal.
    """
    waiting = Message.objects.waiting().filter(goal=goal, **only)
    contacts = list(waiting.values_list("conversation__contact_id", flat=True))
    locks.memberships_of(contacts)
    return waiting.filter(conversation__contact__among=contacts)


def _locked(goal: Goal) -> Goal:
    return (
        Goal.objects.select_for_update(no_key=True, of=("self",)).select_related("group__organization").get(pk=goal.pk)
    )
