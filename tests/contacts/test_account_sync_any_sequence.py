"""Any sequence of opt-outs, ends, redactions and arrivals in three organizations of an account, beside a plain model of
account sync (R4.6). After every step: who is opted out where, how, and as a copy of what; who is suppressed; the gate,
the copies and the counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from compliance.actions.redact import redact
from contacts import verify
from contacts.actions import suppression, sync_setting
from contacts.actions.hold import decide, open_hold
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.gate import may_text
from contacts.models import Hold, Membership, OptOut, Source
from contacts.models.opt_out import strength
from groups.models import Account, Group, User
from tests.contacts.factories import arrive, phone, suppress
from tests.people import GroupFactory
from tests.sequences import RolledBack, run

PHONES = [phone(number) for number in range(2)]
SOURCES = [Source.KEYWORD, Source.ADMIN, Source.UPLOAD]

places = st.integers(0, 2)
numbers = st.sampled_from(PHONES)
any_index = st.integers(0, 99)
some_numbers = st.lists(numbers, min_size=1, unique=True)


@dataclass
class World:
    account: Account
    groups: list[Group]
    admin: User


@dataclass(eq=False)
class Episode:
    """An open one; ``origin`` if it is a copy; ``asked``: somebody asked for it in its own organization."""

    place: int
    source: str
    origin: "Episode | None" = None
    asked: bool = False
    copies: "list[Episode]" = field(default_factory=list)

    @property
    def root(self) -> "Episode":
        return self.origin or self


class AnySequence(RolledBack):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.out: dict[tuple[int, str], Episode] = {}
        self.kept: set[tuple[int, str]] = set()
        self.ended: set[tuple[int, str]] = set()
        self.on = False
        self.asked = 0

    def organization(self, place: int) -> Any:
        return self.world.groups[place].organization

    # What the model does.

    def comes_back(self, place: int, number: str) -> bool:
        """Whether what was left is open again."""
        if (place, number) not in self.kept:
            return False
        self.kept.discard((place, number))
        made = (place, number) not in self.out
        self.out.setdefault((place, number), Episode(place, Source.KEPT))
        return made

    def copy(self, root: Episode, number: str, places: Iterable[int] = range(3)) -> int:
        made = 0
        for place in places:
            self.comes_back(place, number)
            if (place, number) not in self.out:
                copy = Episode(place, root.source, root)
                root.copies.append(copy)
                self.out[place, number] = copy
                made += 1
        return made

    def ask(self, place: int, number: str, source: str) -> int:
        """Opt out in the model; how many copies."""
        self.comes_back(place, number)
        episode = self.out.setdefault((place, number), Episode(place, source))
        episode.asked = True
        episode.source = max(episode.source, source, key=strength)
        for copy in episode.copies if self.on else ():
            copy.source = max(copy.source, source, key=strength)
        return self.copy(episode.root, number) if self.on else 0

    # What happens.

    @initialize(on=st.booleans(), left=st.sets(st.sampled_from([(1, PHONES[0]), (2, PHONES[0]), (2, PHONES[1])])))
    def some_are_known(self, on: bool, left: set[tuple[int, str]]) -> None:
        """In the first organization both, in the second one, in the third nobody; elsewhere something may be left."""
        Account.objects.filter(pk=self.world.account.pk).update(sync_opt_outs=on)
        self.on = on
        for place, group in enumerate(self.world.groups[:2]):
            arrive(group, *PHONES[place:])
        self.kept = left
        for place, number in left:
            suppress(self.organization(place), number)

    @rule(place=places, some=some_numbers, source=st.sampled_from(SOURCES))
    def opt_out(self, place: int, some: list[str], source: str) -> None:
        self.asked += 1
        outcome = opt_out(self.organization(place), some, by=None, source=source, text=f"Request {self.asked}")
        out_before = [number for number in some if (place, number) in self.out or (place, number) in self.kept]
        copies = sum(self.ask(place, number, source) for number in some)
        assert (outcome.already, outcome.besides.get("copies", 0)) == (len(out_before), copies)

    @precondition(lambda self: any(one.origin for one in self.out.values()))
    @rule(index=any_index, source=st.sampled_from(SOURCES))
    def ask_where_a_copy_stands(self, index: int, source: str) -> None:
        copies = [key for key, one in self.out.items() if one.origin]
        place, number = copies[index % len(copies)]
        self.opt_out(place, [number], source)

    @rule(place=places, number=numbers, decided=st.booleans())
    def hold(self, place: int, number: str, decided: bool) -> None:
        """It waits in its own organization only; decided as an opt-out, or by one, it reaches all."""
        on = self.world.groups[place]
        if not open_hold(on.organization, number, text="leave me alone", group=on):
            return
        if decided:
            decide(Hold.objects.open().get(), Hold.Decision.OPT_OUT, by=self.world.admin)
        else:
            opt_out(on.organization, [number], by=None, source=Source.ADMIN, text="Out")
        self.ask(place, number, Source.HOLD_DECIDED if decided else Source.ADMIN)

    @rule(place=places, number=numbers, by_support=st.booleans())
    def end(self, place: int, number: str, by_support: bool) -> None:
        outcome = reverse(self.organization(place), [number], by=None, source="support" if by_support else "text")
        ended = self.out.get((place, number))
        assert outcome.changed == int(bool(ended) or (place, number) in self.kept)
        self.kept.discard((place, number))
        if ended is None:
            return
        root = ended.root
        for one in [root, *root.copies]:
            if one in (root, ended) or not one.asked:
                del self.out[one.place, number]
                self.ended.add((one.place, number))
            else:
                one.origin = None
        root.copies = []

    @precondition(lambda self: self.out)
    @rule(index=any_index)
    def end_one_that_is_open(self, index: int) -> None:
        self.end(*list(self.out)[index % len(self.out)], by_support=True)

    @precondition(lambda self: self.asked % 4 == 3)
    @rule(number=numbers, also=st.booleans())
    def redact(self, number: str, also: bool) -> None:
        """At times only: it makes an end of whatever was."""
        if redact(self.world.account, [number], by=self.world.admin, also_opt_out=also) is None:
            return
        for place in range(3):
            if also or (place, number) in self.out:
                self.kept.add((place, number))
            self.out.pop((place, number), None)
            self.ended.discard((place, number))

    @rule(place=places, some=some_numbers)
    def come_in(self, place: int, some: list[str]) -> None:
        known = set(self.world.groups[place].memberships.values_list("phone", flat=True))
        arrive(self.world.groups[place], *some)
        for number in set(some) - known:
            if self.comes_back(place, number) and self.on:
                others = [other for other in range(3) if (other, number) not in self.ended]
                self.copy(self.out[place, number], number, others)

    @precondition(lambda self: not self.on)
    @rule(apply=st.booleans())
    def switch_on(self, apply: bool) -> None:
        changed, copies = sync_setting.switch_on(self.world.account, by=self.world.admin, apply=apply)
        assert changed
        self.on = True
        if apply:
            assert copies == sum(self.applied(number) for number in PHONES)
            assert not sync_setting.missing(self.world.account)

    def applied(self, number: str) -> int:
        """What was left is kept everywhere; it opts out whoever is a contact of any organization again."""
        if Membership.objects.filter(phone=number).exists():
            for place in range(3):
                self.comes_back(place, number)
        elif any((place, number) in self.kept for place in range(3)):
            self.kept |= {(place, number) for place in range(3)}
        open_ones = [self.out[place, number] for place in range(3) if (place, number) in self.out]
        if len(open_ones) in (0, 3):
            return 0
        first = OptOut.objects.open().filter(phone=number).order_by("started", "pk")
        keys = [group.organization_id for group in self.world.groups]
        order = [keys.index(key) for key in first.values_list("organization", flat=True)]
        return self.copy(min(open_ones, key=lambda one: (-strength(one.source), order.index(one.place))).root, number)

    @precondition(lambda self: self.on and self.asked % 5 == 4)
    @rule()
    def switch_off(self) -> None:
        assert sync_setting.switch_off(self.world.account, by=self.world.admin)
        self.on = False

    # What holds after every step.

    @invariant()
    def copies_and_counts_agree(self) -> None:
        assert list(verify.differences()) == []

    @invariant()
    def every_episode_is_as_the_model_says(self) -> None:
        keys = [group.organization_id for group in self.world.groups]
        rows = OptOut.objects.open().values_list("organization", "phone", "source", "origin__organization")
        found = {(keys.index(key), str(n)): (source, came and keys.index(came)) for key, n, source, came in rows}
        assert found == {key: (one.source, one.origin.place if one.origin else None) for key, one in self.out.items()}

    @invariant()
    def every_suppression_is_as_the_model_says(self) -> None:
        found = {
            (place, number) for place in range(3) for number in suppression.matching(self.organization(place), PHONES)
        }
        assert found == self.kept

    @invariant()
    def no_suppression_stands_beside_a_contact(self) -> None:
        for group in self.world.groups:
            known = map(str, group.memberships.filter(phone__isnull=False).values_list("phone", flat=True))
            assert not suppression.matching(group.organization, list(known))

    @invariant()
    def the_gate_lets_nothing_pass_to_whoever_is_out(self) -> None:
        members = Membership.objects.filter(phone__isnull=False).values_list("group", "phone")
        known = {group.pk: place for place, group in enumerate(self.world.groups)}
        for group, number in members:
            place = known[group]
            allowed = may_text(self.world.groups[place], str(number)).allowed
            assert allowed is ((place, str(number)) not in self.out)


@pytest.mark.django_db
def test_no_sequence_breaks_account_sync(account: Account, account_admin: User) -> None:
    groups = [GroupFactory.create(organization__account=account) for _ in range(3)]
    world = World(account, groups, account_admin)
    run(type("InThisWorld", (AnySequence,), {"world": world}), steps=20)
