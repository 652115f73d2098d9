"""What happened in the demo so far: files uploaded, texts exchanged, people deactivated, opted out, on hold.

Told in the order in which it happened, on the demo's clock.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from compliance.actions.redact import redact
from compliance.actions.reversal import decline, file_reversal
from contacts.actions import upload
from contacts.actions.arrival import bring_in
from contacts.actions.membership import assign, make_active, make_inactive
from contacts.actions.opt_out import opt_out_contacts
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.send import send_now
from contacts.conversations.models import Goal, Message
from contacts.conversations.providers.base import Inbound
from contacts.conversations.tasks.inbound import take_in_waiting
from contacts.models import Contact, OptOutReason, Source, Upload
from contacts.models.membership import MembershipQuerySet
from contacts.person import Person
from groups.actions.role import end_role
from groups.models import Group, User
from hustle.demo import threads
from hustle.demo.clock import ago, on
from hustle.demo.tenants import Tenants

FILES = Path(__file__).parent
LARGE_BATCH = 10_000
ERASED = "+13035550199"

INACTIVE = range(3, 120, 7)
STOPS = {9: "STOP", 48: "Stop please", 77: "unsubscribe", 210: "STOP"}
DOUBTS = {33: "leave me alone", 88: "wrong number", 140: "stop it"}
WORDS_AT_THE_END = {**STOPS, **DOUBTS}


def tell(tenants: Tenants) -> None:
    """Upload the files, text people, and let some be removed in each of the ways there are."""
    with on(ago(32)):
        _upload(tenants.eastside, "eastside-canvass.csv", tenants.group_admin)
        _upload(tenants.lakeside, "lakeside-renters.csv", tenants.agents[0])
        _upload(tenants.pantry, "pantry-visitors.csv", tenants.outsider)
        _assign(tenants)
    _clean_up(tenants)
    _remove_some(tenants)
    with on(ago(8)):
        _remove_an_agent(tenants)
    _meet(tenants)
    _ride(tenants)
    _ask_support(tenants)
    _erase(tenants)
    _today(tenants)


def _upload(group: Group, file: str, by: User) -> None:
    kept = upload.keep(group, name=file, content=(FILES / file).read_bytes(), by=by)
    upload.save(kept, by=by, answer=Upload.StatusAnswer.OPT_OUT)


def _some(group: Group, positions: Sequence[int]) -> MembershipQuerySet:
    return group.memberships.at(list(positions))


def _assign(tenants: Tenants) -> None:
    for number, agent in enumerate(tenants.agents):
        assign(
            tenants.eastside, _some(tenants.eastside, range(number + 1, 200, 5)), agent=agent, by=tenants.group_admin
        )


def _clean_up(tenants: Tenants) -> None:
    """The first goal: texts a month ago, most of them answered."""
    group = tenants.eastside
    with on(ago(30)):
        goal = _launch(group, "River path cleanup", threads.CLEANUP, tenants.group_admin)
    special = {**dict.fromkeys(INACTIVE, threads.MOVED), **threads.LEAVING}
    threads.write(
        group,
        _some(group, [*range(1, 76), 77, 88, 102, 140, 210]),
        goal,
        threads.ABOUT_THE_CLEANUP,
        ago(30),
        threads.by_turns(tenants.agents[:2]),
        special,
    )


def _launch(group: Group, name: str, script: str, by: User) -> Goal:
    goal = goals.draft(group, name=name, script=script, by=by)
    goals.launch(goal, by=by)
    return Goal.objects.get(pk=goal.pk)


def _remove_some(tenants: Tenants) -> None:
    """Some opted out by the agent, by admins for each reason, and by a call; some deactivated."""
    group, admin, agent = tenants.eastside, tenants.group_admin, tenants.agents[0]
    reasons = list(OptOutReason.objects.filter(organization=group.organization))
    with on(ago(29, 11, 36)):
        opt_out_contacts(group, _some(group, [16, 31]), by=agent, reason=reasons[0], source=Source.AGENT)
    with on(ago(28, 9, 20)):
        for number, reason in enumerate(reasons):
            opt_out_contacts(group, _some(group, [12 + number * 30]), by=admin, reason=reason, source=Source.ADMIN)
        opt_out_contacts(group, _some(group, [60]), by=admin, source=Source.OTHER_CHANNEL)
    with on(ago(24)):
        make_inactive(group, _some(group, INACTIVE), by=admin, note="Moved out of the ward, says the voter file")


def _remove_an_agent(tenants: Tenants) -> None:
    """What she wrote keeps her name; her contacts become nobody's."""
    end_role(tenants.eastside.roles.current().get(user=tenants.agents[2]), by=tenants.group_admin)


def _meet(tenants: Tenants) -> None:
    """The second goal: whoever may still be texted, by those agents who are left."""
    group = tenants.eastside
    with on(ago(6)):
        goal = _launch(group, "Ward meeting", threads.MEETING, tenants.group_admin)
    threads.write(
        group,
        group.memberships.active().at(range_of(1, 90)),
        goal,
        threads.ABOUT_THE_MEETING,
        ago(6),
        threads.by_turns(tenants.agents[:2]),
    )


def range_of(first: int, last: int) -> list[int]:
    """The positions from ``first`` to ``last``."""
    return list(range(first, last + 1))


def _ride(tenants: Tenants) -> None:
    """Another group of the same organization: a newer file, a goal, the first answers."""
    group, agent = tenants.west_ward, tenants.agents[3]
    with on(ago(4)):
        _upload(group, "west-ward.csv", tenants.agents[0])
        make_inactive(group, _some(group, range(5, 60, 9)), by=None)
    with on(ago(3)):
        goal = _launch(group, "Keep line 12", threads.FARE, agent)
        assign(group, _some(group, range(1, 20, 2)), agent=agent, by=None)
    members = group.memberships.active().at(range_of(1, 16))
    threads.write(group, members, goal, threads.ABOUT_THE_BUS, ago(3), lambda _: agent)


def _today(tenants: Tenants) -> None:
    """Stops and doubtful texts of this hour, what goes on now, and a change that can still be undone."""
    group, now = tenants.eastside, timezone.now()
    for minutes, (position, text) in enumerate(WORDS_AT_THE_END.items(), start=4):
        with on(now - timedelta(minutes=95 - 5 * minutes)):
            _by_text(group, position, text)
    make_inactive(group, _some(group, [24, 52]), by=tenants.group_admin)
    make_active(group, _some(group, [24]), by=tenants.group_admin)
    goals.stop(group.goals.get(name="River path cleanup"), by=tenants.group_admin)
    goals.draft(group, name="Phone tree", script=threads.PHONE_TREE, by=tenants.group_admin)
    threads.talk(group, threads.LIVELY, now, threads.by_turns(tenants.agents[:1]))


def _by_text(group: Group, position: int, text: str) -> None:
    """They text the group's number now, by the way that every text comes in; what we answer has left at once."""
    number, phone = group.sending_numbers.current().get(), str(group.memberships.get(position=position).phone)
    receive(number.provider, Inbound(f"demo {position}", number.phone, phone, text, timezone.now()))
    take_in_waiting.func()
    for key in Message.objects.waiting().values_list("pk", flat=True):
        send_now(key)


def _ask_support(tenants: Tenants) -> None:
    """Two requests to end an opt-out: one was declined, one waits."""
    organization, phones = tenants.eastside.organization, tenants.eastside.memberships
    declined, waiting = (str(phones.get(position=position).phone) for position in (60, 31))
    with on(ago(6)):
        asked = file_reversal(
            organization,
            declined,
            by=tenants.account_admin,
            evidence="A neighbor says they would like texts again.",
        )
    with on(ago(5)):
        decline(asked, by=tenants.support, answer="It has to be their own wish. Ask them to text START.")
    with on(ago(1)):
        file_reversal(organization, waiting, by=tenants.account_admin, evidence="Their e-mail: the agent misread them.")


def _erase(tenants: Tenants) -> None:
    """Somebody asked to be forgotten; of them only a receipt is left."""
    with on(ago(7)):
        bring_in(tenants.lakeside, [Person(ERASED)], by=tenants.agents[0], came_by=Contact.Source.HAND)
    with on(ago(3)):
        redact(tenants.account_admin.roles.get().account, [ERASED], by=tenants.account_admin)


def crowd(group: Group, many: int, by: User) -> None:
    """Add ``many`` made-up members to ``group``: some inactive, some opted out, a tenth tagged."""
    for start in range(0, many, LARGE_BATCH):
        numbers = range(start, min(start + LARGE_BATCH, many))
        bring_in(group, [_stranger(number) for number in numbers], by=by, came_by=Contact.Source.UPLOAD, source="demo")
    last = group.memberships.order_by("-position").values_list("position", flat=True)[0]
    joined = range(last - many + 1, last + 1)
    make_inactive(group, _some(group, joined[::14]), by=by)
    opt_out_contacts(group, _some(group, joined[::33]), by=by, source=Source.ADMIN)


def _stranger(number: int) -> Person:
    """A person of a range of numbers that is valid and made up."""
    names = {"first_name": f"Person {number % 997:03d}", "last_name": f"Number {number:06d}"}
    phone = f"+1{_AREAS[number // 100_000]}5{number % 100_000 + 500_000:06d}"
    return Person(phone, names, tags=("crowd",) if number % 10 == 0 else ())


_AREAS = (201, 203, 205, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231)
