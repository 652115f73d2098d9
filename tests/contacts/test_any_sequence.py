"""Any sequence of changes, over two organizations and three groups, beside a plain model of what should be so.

After every step: the copies, positions and counts agree with the truth; each membership, stamp, episode and hold is
what the model says, so nobody outside a selection moved, no upload reactivated anybody and none ended an episode; the
gate says what the model says. Each action's outcome and audit entry are compared as it is done.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import cycle, product
from types import MappingProxyType
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from contacts import verify
from contacts.actions import arrival, change, membership
from contacts.actions.contact import change_number, edit
from contacts.actions.hold import DECISIONS, decide, expire, open_hold, release
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.actions.reversal import reverse
from contacts.gate import Cause, may_text
from contacts.models import Change, Contact, Hold, Membership, OptOut
from contacts.models.membership import MembershipQuerySet
from contacts.person import Person
from groups.actions.role import end_role
from groups.models import AuditEntry, Group, Role, RoleKind, User
from tests.contacts.factories import phone
from tests.people import GroupFactory, OrganizationFactory, UserFactory, role_of
from tests.sequences import RolledBack, run

PHONES = [phone(number) for number in range(5)]
STRONGEST_FIRST = ["keyword", "other_channel", "admin", "hold_expired", "carrier", "upload"]
RANKS = {source: rank for rank, source in enumerate(STRONGEST_FIRST)} | {"hold_decided": STRONGEST_FIRST.index("admin")}

arrivals = st.sampled_from([Contact.Source.UPLOAD, Contact.Source.HAND])
groups = st.integers(0, 2)
organizations = st.integers(0, 1)
people = st.integers(0, 1)
numbers = st.sampled_from(PHONES)
some_numbers = st.lists(numbers, min_size=2, unique=True)
names = st.sampled_from(["", "Dana", "José"])
nobody_or_agents = st.sampled_from([None, 0, 1])
any_index = st.integers(0, 99)
from_the_end = st.integers(1, 3)


@dataclass
class World:
    """What stands from the start: three groups (the last in another organization), two admins, two agents of each."""

    groups: list[Group]
    admins: list[User]
    agents: list[User]


@dataclass
class Place:
    """A membership as the model knows it; ``agent`` is an index, ``stamp`` the key of an entry."""

    inactive: bool = False
    agent: int | None = None
    stamp: int | None = None


@dataclass
class Episode:
    """An open one; ``days``: how many days ago it began."""

    source: str
    days: int = 0
    told: set[tuple[str, int | None]] = field(default_factory=set)


@dataclass
class Done:
    """A change that may be undone: the state before, by phone."""

    entry: AuditEntry
    group: int
    admin: int
    assigns: bool
    before: dict[str, Any]
    undone: bool = False


@dataclass
class Chosen:
    change: Change
    group: int
    admin: int
    filter: str
    selected: list[str]
    agent: int | None
    saved: bool = False


FILTERS: dict[str, Callable[[MembershipQuerySet], MembershipQuerySet]] = {
    "all": MembershipQuerySet.listed,
    "active": MembershipQuerySet.active,
    "inactive": MembershipQuerySet.inactive,
    "opted out": MembershipQuerySet.opted_out,
    "unassigned": lambda rows: rows.listed().filter(agent=None),
}


shown = st.sampled_from(list(FILTERS))
actions = st.sampled_from(Change.Action.values)


class AnySequence(RolledBack):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.names: dict[tuple[int, str], str] = {}
        self.places: dict[tuple[int, str], Place] = {}
        self.out: dict[tuple[int, str], Episode] = {}
        self.ended = 0
        self.held: set[tuple[int, str]] = set()
        self.working = {(group, agent) for group in range(3) for agent in range(2)}
        self.done: list[Done] = []
        self.chosen: list[Chosen] = []
        self.asking = cycle(product(range(3), PHONES))

    # What the model knows.

    def organization(self, group: int) -> int:
        return group // 2

    def is_out(self, group: int, number: str) -> bool:
        return (self.organization(group), number) in self.out

    def is_held(self, group: int, number: str) -> bool:
        return (self.organization(group), number) in self.held

    def members(self, group: int, among: Iterable[str]) -> list[str]:
        return [number for number in among if (group, number) in self.places]

    def rows(self, group: int, among: Iterable[str]) -> MembershipQuerySet:
        return self.world.groups[group].memberships.filter(phone__in=list(among))

    # Arrivals.

    @initialize()
    def somebody_is_there(self) -> None:
        for group in range(3):
            self.arrive(group, PHONES[group : group + 3], "", Contact.Source.UPLOAD, 0)

    @rule(group=groups, some=some_numbers, name=names, came_by=arrivals, admin=people)
    def arrive(self, group: int, some: list[str], name: str, came_by: Contact.Source, admin: int) -> None:
        expected = {number: self.comes(group, number, name) for number in some}
        by = self.world.admins[admin]
        arrived = arrival.bring_in(
            self.world.groups[group], [Person(n, {"first_name": name}) for n in some], by=by, came_by=came_by
        )
        assert arrived.outcomes == expected
        figures = Counter(outcome for outcome in expected.values() if outcome != "unchanged")
        assert (arrived.entry.counts if arrived.entry else {}) == figures

    def comes(self, group: int, number: str, name: str) -> str:
        """Let a phone arrive in the model; its outcome."""
        key = (self.organization(group), number)
        known, joined = key in self.names, (group, number) in self.places
        news = bool(name) and self.names.get(key) != name
        if not known or news:
            self.names[key] = name
        if not joined:
            self.places[group, number] = Place()
            return "added" if known else "created"
        return "updated" if news else "unchanged"

    # Changes of membership.

    @rule(group=groups, some=some_numbers, inactive=st.booleans(), admin=people)
    def set_inactive(self, group: int, some: list[str], inactive: bool, admin: int) -> None:
        act = membership.make_inactive if inactive else membership.make_active
        outcome = act(self.world.groups[group], self.rows(group, some), by=self.world.admins[admin])
        self.check_inactive(outcome, group, self.members(group, some), inactive, admin)

    def check_inactive(self, outcome: Any, group: int, some: list[str], inactive: bool, admin: int) -> None:
        moving = [number for number in some if self.places[group, number].inactive != inactive]
        assert (outcome.changed, outcome.already) == (len(moving), len(some) - len(moving))
        self.stamp(outcome.entry, group, moving, admin, {"inactive": inactive})

    @rule(group=groups, some=some_numbers, agent=nobody_or_agents, admin=people)
    def assign(self, group: int, some: list[str], agent: int | None, admin: int) -> None:
        def act() -> Any:
            return membership.assign(
                self.world.groups[group],
                self.rows(group, some),
                agent=None if agent is None else self.world.agents[agent],
                by=self.world.admins[admin],
            )

        if agent is not None and (group, agent) not in self.working:
            with pytest.raises(membership.NotAnAgent):
                act()
            return
        outcome, theirs = act(), self.members(group, some)
        moving = [number for number in theirs if self.places[group, number].agent != agent]
        assert (outcome.changed, outcome.already) == (len(moving), len(theirs) - len(moving))
        self.stamp(outcome.entry, group, moving, admin, {"agent": agent})

    def stamp(self, entry: AuditEntry | None, group: int, moving: list[str], admin: int, new: dict[str, Any]) -> None:
        """Move members in the model, and remember how to undo it."""
        assert (entry is not None) == bool(moving)
        if entry is None:
            return
        assert entry.counts["changed"] == len(moving)
        [(attribute, value)] = new.items()
        places = {number: self.places[group, number] for number in moving}
        before = {number: getattr(place, attribute) for number, place in places.items()}
        self.done.append(Done(entry, group, admin, attribute == "agent", before))
        for place in places.values():
            setattr(place, attribute, value)
            place.stamp = entry.pk

    @precondition(lambda self: self.done)
    @rule(ago=from_the_end)
    def undo(self, ago: int) -> None:
        done = self.done[-min(ago, len(self.done))]
        by = self.world.admins[done.admin]
        if done.undone:
            with pytest.raises(membership.CannotUndo):
                membership.undo(done.entry, by=by)
            return
        done.undone = True
        back = {
            number: state
            for number, state in done.before.items()
            if self.places[done.group, number].stamp == done.entry.pk
            and not (done.assigns and state is not None and (done.group, state) not in self.working)
        }
        outcome = membership.undo(done.entry, by=by)
        assert (outcome.changed, outcome.besides["changed_since"]) == (len(back), len(done.before) - len(back))
        assert outcome.entry
        for number, state in back.items():
            place = self.places[done.group, number]
            setattr(place, "agent" if done.assigns else "inactive", state)
            place.stamp = outcome.entry.pk

    @rule(group=groups, agent=people, admin=people)
    def remove_agent(self, group: int, agent: int, admin: int) -> None:
        role = Role.objects.get(group=self.world.groups[group], user=self.world.agents[agent], kind=RoleKind.AGENT)
        assert end_role(role, by=self.world.admins[admin]) is ((group, agent) in self.working)
        self.working.discard((group, agent))
        theirs = [place for (place_of, _), place in self.places.items() if place_of == group and place.agent == agent]
        if theirs:
            entry = AuditEntry.objects.latest("pk")
            assert (entry.action, entry.counts) == ("unassign", {"changed": len(theirs)})
            for place in theirs:
                place.agent, place.stamp = None, entry.pk

    # Opt-outs and holds.

    @rule(organization=organizations, number=numbers, source=st.sampled_from(STRONGEST_FIRST), words=st.booleans())
    def opt_out_phone(self, organization: int, number: str, source: str, words: bool) -> None:
        outcome = opt_out(
            self.world.groups[organization * 2].organization,
            [number],
            by=None,
            source=source,
            text="STOP" if words else "",
        )
        self.check_opt_out(outcome, organization, [number], source, None, words)

    @rule(group=groups, some=some_numbers, admin=people)
    def opt_out_members(self, group: int, some: list[str], admin: int) -> None:
        by = self.world.admins[admin]
        outcome = opt_out_contacts(self.world.groups[group], self.rows(group, some), by=by, source="admin")
        self.check_opt_out(outcome, self.organization(group), self.members(group, some), "admin", by.pk)

    @rule(organization=organizations, dates=st.dictionaries(numbers, st.integers(1, 9), min_size=1), admin=people)
    def opt_out_list(self, organization: int, dates: dict[str, int], admin: int) -> None:
        at, by = {number: timezone.now() - timedelta(days) for number, days in dates.items()}, self.world.admins[admin]
        outcome = opt_out(self.world.groups[organization * 2].organization, at, by=by, source="upload", at=at)
        self.check_opt_out(outcome, organization, list(dates), "upload", by.pk, days=dates)

    @rule(organization=organizations, some=some_numbers)
    def end_opt_outs(self, organization: int, some: list[str]) -> None:
        ending = [number for number in some if (organization, number) in self.out]
        outcome = reverse(self.world.groups[organization * 2].organization, some, by=None, source="text")
        assert (outcome.changed, outcome.already) == (len(ending), len(some) - len(ending))
        assert (outcome.entry is not None) == bool(ending)
        for number in ending:
            del self.out[organization, number]
        self.ended += len(ending)

    def check_opt_out(
        self,
        outcome: Any,
        organization: int,
        some: list[str],
        source: str,
        by: int | None,
        words: bool = False,
        days: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        fresh = [number for number in some if (organization, number) not in self.out]
        known = {number: self.out[organization, number] for number in some if number not in fresh}
        further = [
            number
            for number, episode in known.items()
            if words or (source, by) not in episode.told or days.get(number, 0) > episode.days
        ]
        assert (outcome.changed, outcome.already) == (len(fresh), len(some) - len(fresh))
        assert (outcome.entry is not None) == bool(fresh or further)
        if outcome.entry:
            told = (outcome.entry.counts.get("changed", 0), outcome.entry.counts.get("evidence", 0))
            assert told == (len(fresh), len(further))
        for number in [*fresh, *further]:
            self.asked(organization, number, source, by, days.get(number, 0))

    def asked(self, organization: int, number: str, source: str, by: int | None, days: int = 0) -> None:
        self.held.discard((organization, number))
        episode = self.out.setdefault((organization, number), Episode(source))
        episode.days = max(episode.days, days)
        episode.source = min(episode.source, source, key=RANKS.__getitem__)
        episode.told.add((source, by))

    @rule(organization=organizations, number=numbers)
    def hold(self, organization: int, number: str) -> None:
        key, group = (organization, number), self.world.groups[organization * 2]
        made = open_hold(group.organization, number, text="leave me alone", group=group)
        assert made is (key not in self.held and key not in self.out)
        if key not in self.out:
            self.held.add(key)

    @precondition(lambda self: self.held)
    @rule(index=any_index, decision=st.sampled_from(DECISIONS), admin=people)
    def decide(self, index: int, decision: str, admin: int) -> None:
        key, by = sorted(self.held)[index % len(self.held)], self.world.admins[admin]
        held, entries = self.hold_of(*key), AuditEntry.objects.filter(action__in=["opt_out", "release_hold"])
        before = entries.count()
        assert decide(held, decision, by=by).changed == 1
        assert decide(held, decision, by=by).already == 1
        assert entries.count() == before + 1 + held.further.count() * (decision != "not_an_opt_out")
        self.held.discard(key)
        if decision != "not_an_opt_out":
            self.asked(*key, "hold_decided", by.pk)

    def hold_of(self, organization: int, number: str) -> Hold:
        return Hold.objects.open().get(organization=self.world.groups[organization * 2].organization, phone=number)

    @precondition(lambda self: self.held)
    @rule(some=st.sets(any_index, min_size=1))
    def run_out(self, some: set[int]) -> None:
        held = sorted(self.held)
        over = {held[index % len(held)] for index in some}
        for key in over:
            Hold.objects.filter(pk=self.hold_of(*key).pk).update(due=timezone.now())
        assert (expire(), expire()) == (len(over), 0)
        for key in over:
            self.held.discard(key)
            self.asked(*key, "hold_expired", None)

    @rule(organization=organizations, number=numbers)
    def start(self, organization: int, number: str) -> None:
        outcome = release(self.world.groups[organization * 2].organization, number)
        assert outcome.changed == ((organization, number) in self.held)
        self.held.discard((organization, number))

    # One contact.

    @precondition(lambda self: self.places)
    @rule(index=any_index, name=names, admin=people)
    def edit(self, index: int, name: str, admin: int) -> None:
        group, number = list(self.places)[index % len(self.places)]
        key = (self.organization(group), number)
        contact = self.rows(group, [number]).get().contact
        by = self.world.admins[admin]
        entry = edit(self.world.groups[group], contact, by=by, profile={"first_name": name}, custom={})
        assert (entry is not None) == (self.names[key] != name)
        self.names[key] = name

    @precondition(lambda self: self.places)
    @rule(index=any_index, new=numbers, admin=people)
    def change_number(self, index: int, new: str, admin: int) -> None:
        group, old = list(self.places)[index % len(self.places)]
        if old == new:
            return
        by, key = self.world.admins[admin], (self.organization(group), old)
        outcome = self.comes(group, new, self.names[key])
        change_number(self.rows(group, [old]).get(), new, by=by)
        if outcome in ("created", "added"):
            self.takes_over(group, old, new)
        if key in self.out:
            self.asked(key[0], new, self.out[key].source, by.pk, self.out[key].days)

    def takes_over(self, group: int, old: str, new: str) -> None:
        here, there = self.places[group, old], self.places[group, new]
        there.inactive, there.agent = here.inactive, here.agent
        if here.inactive or here.agent is not None:
            there.stamp = AuditEntry.objects.filter(action__in=["make_inactive", "assign"]).latest("pk").pk

    # A selection and its one Save.

    @rule(group=groups, shown=shown, action=actions, agent=nobody_or_agents, admin=people)
    def choose(self, group: int, shown: str, action: str, agent: int | None, admin: int) -> None:
        rows = FILTERS[shown](self.world.groups[group].memberships.all())
        made = change.choose(self.world.groups[group], rows, action=action, by=self.world.admins[admin])
        selected = self.matching(group, shown)
        assert made.selected == len(selected)
        self.chosen.append(Chosen(made, group, admin, shown, selected, agent if action == "assign" else None))

    def matching(self, group: int, shown: str) -> list[str]:
        return [number for place, number in self.places if place == group and self.shows(shown, group, number)]

    def shows(self, shown: str, group: int, number: str) -> bool:
        place, out, held = self.places[group, number], self.is_out(group, number), self.is_held(group, number)
        return {
            "all": True,
            "active": not place.inactive and not out and not held,
            "inactive": place.inactive,
            "opted out": out,
            "unassigned": place.agent is None,
        }[shown]

    @precondition(lambda self: self.chosen)
    @rule(ago=from_the_end)
    def save(self, ago: int) -> None:
        chosen = self.chosen[-min(ago, len(self.chosen))]
        gone = chosen.agent is not None and (chosen.group, chosen.agent) not in self.working
        if chosen.saved or gone:
            with pytest.raises(change.CannotSave if chosen.saved else membership.NotAnAgent), transaction.atomic():
                self.saved(chosen)
            return
        chosen.saved = True
        still = self.matching(chosen.group, chosen.filter)
        wanted = [number for number in chosen.selected if number in still]
        expected = Counter(self.cause(chosen, number) for number in chosen.selected if number not in still)
        changing = [number for number in wanted if not self.is_so(chosen, number)]
        expected += Counter(changed=len(changing), already=len(wanted) - len(changing))
        if chosen.change.action == "make_active":
            expected += Counter(still_opted_out=sum(self.is_out(chosen.group, number) for number in changing))
        saved = self.saved(chosen)
        kept = {cause: many for cause, many in saved.result.items() if cause != "evidence"}
        assert kept == expected
        self.follow(chosen, wanted, saved)

    @rule(group=groups, shown=shown, action=actions, some=some_numbers, inactive=st.booleans(), by_text=st.booleans())
    def save_after_something_happened(
        self, group: int, shown: str, action: str, some: list[str], inactive: bool, by_text: bool
    ) -> None:
        self.choose(group, shown, action, None, 0)
        if by_text:
            self.opt_out_phone(self.organization(group), some[0], "keyword", True)
        else:
            self.set_inactive(group, some, inactive, 1)
        self.save(1)

    def saved(self, chosen: Chosen) -> Change:
        return change.save(
            Change.objects.get(pk=chosen.change.pk),
            FILTERS[chosen.filter](self.world.groups[chosen.group].memberships.all()),
            by=self.world.admins[chosen.admin],
            agent=None if chosen.agent is None else self.world.agents[chosen.agent],
        )

    def cause(self, chosen: Chosen, number: str) -> str:
        if self.is_so(chosen, number):
            return "already"
        if self.is_out(chosen.group, number):
            return "opted_out"
        return "on_hold" if self.is_held(chosen.group, number) else "no_longer_match"

    def is_so(self, chosen: Chosen, number: str) -> bool:
        place = self.places[chosen.group, number]
        return {
            "make_active": not place.inactive,
            "make_inactive": place.inactive,
            "opt_out": self.is_out(chosen.group, number),
            "assign": place.agent == chosen.agent,
        }[chosen.change.action]

    def follow(self, chosen: Chosen, wanted: list[str], saved: Change) -> None:
        moving = [number for number in wanted if not self.is_so(chosen, number)]
        if chosen.change.action == "opt_out":
            organization, by = self.organization(chosen.group), self.world.admins[chosen.admin].pk
            for number in wanted:
                self.asked(organization, number, "admin", by)
            return
        new: dict[str, dict[str, Any]] = {
            "make_active": {"inactive": False},
            "make_inactive": {"inactive": True},
            "assign": {"agent": chosen.agent},
        }
        self.stamp(saved.entry, chosen.group, moving, chosen.admin, new[chosen.change.action])

    # What holds after every step.

    @invariant()
    def all_copies_agree(self) -> None:
        assert list(verify.differences()) == []

    @invariant()
    def every_membership_is_as_the_model_says(self) -> None:
        keys = {group.pk: number for number, group in enumerate(self.world.groups)}
        agents = {agent.pk: number for number, agent in enumerate(self.world.agents)}
        rows = Membership.objects.values_list("group", "phone", "inactive", "agent", "last_change", "sort_name")
        found = {
            (keys[group], number): (Place(inactive, agents.get(agent), stamp), name)
            for group, number, inactive, agent, stamp, name in rows
        }
        folded = {"": "", "Dana": "dana", "José": "jose"}
        assert found == {
            (group, number): (place, folded[self.names[self.organization(group), number]])
            for (group, number), place in self.places.items()
        }

    @invariant()
    def every_episode_and_hold_is_as_the_model_says(self) -> None:
        keys = {group.organization_id: self.organization(n) for n, group in enumerate(self.world.groups)}
        now = timezone.now()
        episodes = OptOut.objects.open().values_list("organization", "phone", "source", "started")
        assert {(keys[o], number): (source, (now - started).days) for o, number, source, started in episodes} == {
            key: (episode.source, episode.days) for key, episode in self.out.items()
        }
        assert OptOut.objects.filter(ended__isnull=False).count() == self.ended
        assert {(keys[o], n) for o, n in Hold.objects.open().values_list("organization", "phone")} == self.held

    @invariant()
    def the_gate_agrees(self) -> None:
        """Asked about two phones a step, in turn: all of them are asked about within a sequence."""
        for _ in range(2):
            group, number = next(self.asking)
            assert may_text(self.world.groups[group], number).cause == self.verdict(group, number)

    def verdict(self, group: int, number: str) -> Cause | None:
        if self.is_out(group, number):
            return Cause.OPTED_OUT
        if self.is_held(group, number):
            return Cause.ON_HOLD
        if (group, number) not in self.places:
            return Cause.NOT_A_MEMBER
        return Cause.INACTIVE if self.places[group, number].inactive else None


@pytest.mark.django_db
def test_no_sequence_of_changes_breaks_what_must_hold(group: Group, other_group: Group) -> None:
    elsewhere = GroupFactory.create(organization=OrganizationFactory.create(account=group.account))
    world = World([group, other_group, elsewhere], UserFactory.create_batch(2), UserFactory.create_batch(2))
    for agent in world.agents:
        for place in world.groups:
            role_of(agent, RoleKind.AGENT, place)
    run(type("InThisWorld", (AnySequence,), {"world": world}), steps=25)
