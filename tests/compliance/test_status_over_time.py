"""Contacts by status over time, beside what the audit says happened on each day (R6.8)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import time_machine
from django.utils import timezone

from compliance.actions.redact import redact
from compliance.reports import statuses
from compliance.reports.period import Period
from compliance.reports.statuses import Statuses
from contacts import counts
from contacts.actions.contact import change_number
from contacts.actions.hold import open_hold, release
from contacts.actions.membership import make_active, make_inactive, undo
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.actions.reversal import reverse
from contacts.models import Contact, Membership, OptOut
from contacts.models.membership import MembershipQuerySet
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, Scope, User
from tests.contacts.factories import arrive, member, members, phone, phones

pytestmark = pytest.mark.django_db

START = datetime(2026, 5, 10, 12, tzinfo=UTC)
DAYS, A_DAY = 10, 7
PHONES = phones(12)


def over_time(scope: Scope) -> dict[date, Statuses]:
    """Every day so far, as the report has it."""
    period = Period.of("all", today=timezone.now().date(), since=statuses.first_day(scope))
    return dict(statuses.report(scope, period).days)


class Replay:
    """Memberships and episodes as the audit's entries and their subjects leave them, and nothing else.

    What the audit has no subject for is which contact an episode is of: that is looked up, by phone or as it was
    redacted. An episode that no entry opened came with the contact, from a suppression (R5.5).
    """

    def __init__(self) -> None:
        self.inactive: dict[tuple[int, int], bool] = {}
        self.out: dict[int, set[int]] = {}
        self.place = {row.pk: (row.group_id, row.contact_id) for row in Membership.objects.all()}
        self.person = {one.pk: self.contact_of(one) for one in OptOut.objects.all()}
        self.kept = {self.person[one.pk]: one.pk for one in OptOut.objects.filter(opened_by=None)}

    def contact_of(self, episode: OptOut) -> int:
        known = Contact.objects.filter(organization=episode.organization_id, phone=episode.phone).first()
        return episode.redacted_contact_id or (known.pk if known and episode.phone else 0)

    def take(self, entry: AuditEntry) -> None:
        if entry.action in Contact.Source.values:
            self.arrive(entry)
        elif entry.action in ("make_inactive", "undo_make_active"):
            self.set_inactive(entry, True)
        elif entry.action in ("make_active", "undo_make_inactive"):
            self.set_inactive(entry, False)
        elif entry.action in ("opt_out", "reverse_opt_out"):
            for key in of_kind(entry, Kind.OPT_OUT):
                episodes = self.out.setdefault(self.person[key], set())
                episodes.add(key) if entry.action == "opt_out" else episodes.discard(key)

    def arrive(self, entry: AuditEntry) -> None:
        subjects = audit.subject_ids(entry, Kind.CONTACT)
        for contact in [*subjects.get(0, []), *subjects.get(1, [])]:
            assert entry.group_id
            self.inactive[entry.group_id, contact] = False
            if contact in self.kept and contact in subjects.get(0, []):
                self.out.setdefault(contact, set()).add(self.kept[contact])

    def set_inactive(self, entry: AuditEntry, inactive: bool) -> None:
        for key in of_kind(entry, Kind.MEMBERSHIP):
            self.inactive[self.place[key]] = inactive

    def figures(self, groups: set[int]) -> Statuses:
        """Memberships of a group, or contacts of several: active if they are so anywhere."""
        active: dict[int, bool] = {}
        for (group, contact), inactive in self.inactive.items():
            if group in groups:
                active[contact] = active.get(contact, False) or not inactive
        out = sum(bool(self.out.get(contact)) for contact in active)
        busy = sum(here and not self.out.get(contact) for contact, here in active.items())
        return Statuses(out, len(active) - out - busy, busy)


def of_kind(entry: AuditEntry, kind: Kind) -> list[int]:
    return [key for keys in audit.subject_ids(entry, kind).values() for key in keys]


def replayed(groups: set[int]) -> dict[date, Statuses]:
    """The figures at the end of each day on which something happened."""
    replay, found = Replay(), {}
    for entry in AuditEntry.objects.order_by("pk"):
        replay.take(entry)
        found[entry.time.astimezone(UTC).date()] = replay.figures(groups)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_day_is_as_the_audit_says(
    seed: int, group: Group, other_group: Group, other_organization: Organization, account_admin: User
) -> None:
    third = Group.objects.create(account=group.account, organization=other_organization, name="Lake Doors")
    groups, chance = [group, other_group, third], Random(seed)
    steps = Steps(groups, account_admin, chance)
    for day in range(DAYS):
        with time_machine.travel(START + timedelta(days=day), tick=False):
            if day % 5 != 3:
                steps.some(A_DAY)
            if day % 4 == 2:
                counts.squash(timezone.now().date())
    with time_machine.travel(START + timedelta(days=DAYS), tick=False):
        for one in groups:
            check(over_time(one), replayed({one.pk}))
        check(over_time(group.organization), replayed({group.pk, other_group.pk}))
        check(over_time(other_organization), replayed({third.pk}))
        check(over_time(group.account), replayed({one.pk for one in groups}))


def check(told: dict[date, Statuses], expected: dict[date, Statuses]) -> None:
    """Day by day; on a day without any change everything is as on the day before."""
    known = Statuses()
    assert expected
    for day, some in told.items():
        known = expected.get(day, known)
        assert some == known, day


type Step = Callable[[Group, list[str]], object]


class Steps:
    """Whatever changes a status, by chance; the same chance for the same seed."""

    def __init__(self, groups: list[Group], by: User, chance: Random) -> None:
        self.groups, self.by, self.chance = groups, by, chance
        self.deck: list[Step] = []

    def all(self) -> list[Step]:
        return [
            lambda group, some: arrive(group, *some),
            lambda group, some: arrive(group, *some),
            lambda group, some: make_inactive(group, self.rows(group, some), by=self.by),
            lambda group, some: make_active(group, self.rows(group, some), by=self.by),
            self.undo,
            lambda group, some: opt_out(group.organization, some[:2], by=None, source="keyword"),
            self.opt_out_members,
            lambda group, some: reverse(group.organization, some, by=None, source="text"),
            lambda group, some: open_hold(group.organization, some[0], text="?", group=group),
            lambda group, some: release(group.organization, some[0]),
            self.change_number,
            lambda group, some: redact(group.account, some[:1], by=self.by),
            lambda _, some: self.redact_opted_out(some[:1]),
        ]

    def some(self, many: int) -> None:
        """Dealt like cards, so that each kind of step comes up again and again."""
        for _ in range(many):
            self.deck = self.deck or self.chance.sample(self.all(), len(self.all()))
            self.deck.pop()(self.chance.choice(self.groups), self.chance.sample(PHONES, 4))

    def rows(self, group: Group, some: list[str]) -> MembershipQuerySet:
        return group.memberships.filter(phone__in=some)

    def opt_out_members(self, group: Group, some: list[str]) -> None:
        opt_out_contacts(group, self.rows(group, some[:2]), by=self.by, source="admin")

    def undo(self, group: Group, some: list[str]) -> None:
        made = make_inactive(group, self.rows(group, some), by=self.by)
        make_active(group, self.rows(group, some[:2]), by=self.by)
        if made.entry:
            undo(made.entry, by=self.by)

    def change_number(self, group: Group, some: list[str]) -> None:
        if old := self.rows(group, some[:1]).first():
            change_number(old, some[1], by=self.by)

    def redact_opted_out(self, some: list[str]) -> None:
        redact(self.groups[0].account, some, by=self.by, also_opt_out=True)


@pytest.fixture
def three_days() -> list[datetime]:
    return [START + timedelta(days=number) for number in range(3)]


def test_opted_out_comes_first_then_active_then_inactive(
    group: Group, other_group: Group, group_admin: User, three_days: list[datetime]
) -> None:
    """By hand: 1 opted out and inactive, 2 inactive here and active there, 3 inactive, 4 on hold, 5 nothing."""
    with time_machine.travel(three_days[0], tick=False):
        members(group, *phones(5))
        arrive(other_group, phone(2))
    with time_machine.travel(three_days[1], tick=False):
        make_inactive(group, group.memberships.filter(phone__in=phones(3)), by=group_admin)
        opt_out(group.organization, [phone(1)], by=None, source="keyword")
        open_hold(group.organization, phone(4), text="?", group=group)
    with time_machine.travel(three_days[2], tick=False):
        days = [one.date() for one in three_days]
        of_group, of_organization = over_time(group), over_time(group.organization)
    assert [of_group[day] for day in days] == [Statuses(0, 0, 5), Statuses(1, 2, 2), Statuses(1, 2, 2)]
    assert [of_organization[day] for day in days] == [Statuses(0, 0, 5), Statuses(1, 1, 3), Statuses(1, 1, 3)]


def test_a_day_is_one_of_utc(group: Group, three_days: list[datetime]) -> None:
    """Ten in the evening in New York is the next day already."""
    with time_machine.travel(datetime(2026, 5, 10, 2, tzinfo=UTC), tick=False):
        arrive(group, phone(1))
        with timezone.override("America/New_York"):
            assert list(over_time(group)) == [date(2026, 5, 10)]
            assert timezone.localdate() == date(2026, 5, 9)


def test_redacted_people_stay_counted_with_their_status(
    group: Group, account_admin: User, three_days: list[datetime]
) -> None:
    with time_machine.travel(three_days[0], tick=False):
        members(group, *phones(4))
        make_inactive(group, group.memberships.filter(phone=phone(2)), by=account_admin)
        opt_out(group.organization, [phone(1)], by=None, source="keyword")
        before = over_time(group.account)
        redact(group.account, phones(3), by=account_admin)
        assert over_time(group.account) == before
        assert over_time(group) == {three_days[0].date(): Statuses(1, 1, 2)}
    with time_machine.travel(three_days[1], tick=False):
        arrive(group, phone(1))
        assert over_time(group)[three_days[1].date()] == Statuses(2, 1, 2), "a brand-new contact, opted out on arrival"
        assert member(group, phone(1)).opted_out


def test_what_came_before_the_period_is_carried_into_it(group: Group, three_days: list[datetime]) -> None:
    with time_machine.travel(three_days[0], tick=False):
        arrive(group, *phones(3))
    later = three_days[0] + timedelta(days=200)
    with time_machine.travel(later, tick=False):
        period = Period.of("30-days", today=later.date(), since=None)
        told = statuses.report(group, period)
    assert told.before == Statuses(0, 0, 3)
    assert set(told.days.values()) == {told.before}
    assert len(told.days) == 30


def test_others_are_not_counted(group: Group, foreign_group: Group) -> None:
    arrive(foreign_group, *phones(3))
    for scope in (group, group.organization, group.account):
        assert statuses.first_day(scope) is None
        assert set(over_time(scope).values()) == {Statuses()}
