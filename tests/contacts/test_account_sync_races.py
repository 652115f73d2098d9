"""Account sync × whatever meets it: nobody waits in a circle, and no organization is left out (R4.6)."""

from functools import partial
from typing import Any

import pytest

from contacts import digests, locks, verify
from contacts.actions import arrival, change, opt_out, reversal, sync, sync_setting
from contacts.actions import hold as holds
from contacts.actions.hold import decide, open_hold
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.models import InboundText
from contacts.conversations.providers.base import Inbound
from contacts.models import Hold, OptOut
from groups.actions import tenant
from groups.models import Account, Group, Organization, User
from tests.contacts.factories import arrive, phone, phones, suppress
from tests.contacts.racing import RACES, overlap, raised, together
from tests.contacts.test_races import text_stop, upload
from tests.conversations.factories import give_number
from tests.people import GroupFactory

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = phone(1)


@pytest.fixture
def there(account: Account, other_organization: Organization) -> Group:
    """A group of another organization of the account, which is synced."""
    account.sync_opt_outs = True
    account.save()
    return GroupFactory.create(organization=other_organization)


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    digests.require()
    yield
    assert list(verify.differences()) == []
    # The origin of an open copy is open.
    assert not OptOut.objects.open().filter(origin__ended__isnull=False).exists()


def text_start(group: Group, number: str) -> Any:
    return reversal.reverse(group.organization, [number], by=None, source="text")


def out_of(*groups: Group) -> list[set[str]]:
    episodes = OptOut.objects.open()
    return [
        set(map(str, episodes.filter(organization=one.organization).values_list("phone", flat=True))) for one in groups
    ]


@pytest.mark.parametrize("known", [(False, False), (True, False), (False, True), (True, True)])
def test_two_organizations_that_opt_the_same_phone_out_at_once_open_one_episode_each(
    group: Group, there: Group, known: tuple[bool, bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, is_known in zip((group, there), known, strict=True):
        if is_known:
            arrive(place, NUMBER)
    first, second = overlap(
        monkeypatch, lambda: text_stop(group), lambda: text_stop(there), at=(opt_out, "_add_evidence")
    )
    assert (first.changed, second.changed, second.already) == (1, 0, 1)
    assert out_of(group, there) == [{NUMBER}, {NUMBER}]
    assert OptOut.objects.count() == 2


def tick(group: Group, by: User) -> Any:
    return opt_out.opt_out_contacts(group, group.memberships.all(), by=by, source="admin")


def save(group: Group, by: User) -> Any:
    chosen = change.choose(group, group.memberships.all(), action="opt_out", by=by)
    return change.save(chosen, group.memberships.all(), by=by)


def text_in(group: Group, by: User) -> Any:
    """A STOP to the group's number is taken in."""
    ours = group.sending_numbers.get()
    receive("simulator", Inbound(f"stop {group.pk}", ours.phone, NUMBER, "STOP", None))
    return take_in(InboundText.objects.get(number=ours).pk)


def decide_hold(group: Group, by: User) -> Any:
    return decide(Hold.objects.open().get(organization=group.organization), Hold.Decision.OPT_OUT, by=by)


@pytest.mark.parametrize(
    ("act", "at"),
    [
        (tick, (opt_out, "_opt_out")),
        (save, (change, "_act")),
        (text_in, (opt_out, "_opt_out")),
        (decide_hold, (opt_out, "_opt_out")),
    ],
)
def test_whatever_locks_members_before_it_opts_out_waits_in_no_circle(
    group: Group, there: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch, act: Any, at: tuple[object, str]
) -> None:
    for number, place in enumerate((group, there)):
        arrive(place, NUMBER)
        give_number(place, phone(900 + number))
        hold(place)
    results = overlap(monkeypatch, lambda: act(group, group_admin), lambda: act(there, group_admin), at=at)
    # Of two held texts the first opt-out decides both.
    assert not [error for error in raised(results) if not isinstance(error, Hold.DoesNotExist)]
    assert out_of(group, there) == [{NUMBER}, {NUMBER}]


def test_lists_stops_and_arrivals_in_two_organizations_never_deadlock(group: Group, there: Group) -> None:
    """Phones that one, the other, both or none of them knows, in any order."""
    for number in range(RACES):
        some = [phone(number * 4 + n) for n in range(4)]
        arrive(group, some[0], some[1])
        arrive(there, some[3], some[1])
        results = together(
            partial(opt_out.opt_out, group.organization, some, by=None, source="admin"),
            partial(opt_out.opt_out, there.organization, some[::-1], by=None, source="upload"),
            partial(text_stop, there, some[0]),
            partial(upload, there, *some),
        )
        assert not raised(results)
        assert [set(some) <= out for out in out_of(group, there)] == [True, True]


def test_arrivals_that_open_it_again_never_deadlock_with_what_waits_for_them(group: Group, there: Group) -> None:
    for number in range(RACES):
        some = [phone(number * 4 + n) for n in range(4)]
        arrive(there, some[0])
        arrive(group, some[1])
        suppress(group.organization, some[0], some[2])
        suppress(there.organization, some[1], some[3])
        results = together(
            partial(upload, group, *some),
            partial(upload, there, *some[::-1]),
            partial(text_start, there, some[3]),
            partial(text_stop, there, some[2]),
        )
        assert not raised(results)
        assert [set(some[:3]) <= out for out in out_of(group, there)] == [True, True]


def test_stops_and_starts_in_two_organizations_never_deadlock(group: Group, there: Group) -> None:
    for place in (group, there):
        arrive(place, *phones(3))
    for _ in range(RACES):
        results = together(
            partial(text_stop, group),
            partial(reversal.reverse, there.organization, phones(3), by=None, source="text"),
            partial(opt_out.opt_out, there.organization, phones(3), by=None, source="admin"),
        )
        assert not raised(results)


def test_a_phone_that_arrives_in_the_other_organization_meanwhile_ends_opted_out(
    group: Group, there: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(monkeypatch, lambda: upload(there, NUMBER), lambda: text_stop(group), at=(arrival.counts, "kept"))
    assert not raised(results)
    assert there.memberships.get().opted_out


@pytest.mark.parametrize("meanwhile", [upload, text_start])
def test_what_an_arrival_opens_again_reaches_whoever_is_in_another_organization_meanwhile(
    group: Group, there: Group, monkeypatch: pytest.MonkeyPatch, meanwhile: Any
) -> None:
    """The other organization is held by somebody who may come to wait for this one: it is reached afterwards."""
    arrive(there, NUMBER, phone(2))
    suppress(group.organization, NUMBER)
    results = overlap(
        monkeypatch,
        lambda: meanwhile(there, phone(2)),
        lambda: upload(group, NUMBER),
        at=(locks, "memberships_of"),
    )
    assert not raised(results)
    assert out_of(group, there) == [{NUMBER}, {NUMBER}]
    assert there.memberships.get(phone=NUMBER).opted_out


def test_an_opt_out_while_it_is_switched_on_reaches_all(
    group: Group, there: Group, account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.update(sync_opt_outs=False)
    results = overlap(
        monkeypatch,
        lambda: sync_setting.switch_on(account, by=account_admin, apply=True),
        lambda: text_stop(group),
        at=(sync_setting, "begin"),
    )
    assert not raised(results)
    assert out_of(there) == [{NUMBER}]


def test_an_opt_out_that_began_before_it_was_switched_on_is_applied(
    group: Group, there: Group, account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    Account.objects.update(sync_opt_outs=False)
    results = overlap(
        monkeypatch,
        lambda: text_stop(group),
        lambda: sync_setting.switch_on(account, by=account_admin, apply=True),
        at=(opt_out, "_open"),
    )
    assert not raised(results)
    assert out_of(there) == [{NUMBER}]


@pytest.mark.parametrize("first", ["stop", "create"])
def test_an_organization_that_is_created_meanwhile_is_not_left_out(
    group: Group, there: Group, account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    def create() -> Organization:
        return tenant.create_organization(account, name="Hilltop", country="US", by=account_admin)

    if first == "stop":
        results = overlap(monkeypatch, lambda: text_stop(group), create, at=(opt_out, "_open"))
    else:
        results = overlap(monkeypatch, create, lambda: text_stop(group), at=(sync, "copy"))
    assert not raised(results)
    assert OptOut.objects.open().filter(organization__name="Hilltop", phone=NUMBER).exists()


# A hold and an opt-out of a phone that is no contact.


def hold(group: Group) -> bool:
    return open_hold(group.organization, NUMBER, text="leave me alone", group=group)


@pytest.mark.parametrize("where", ["here", "there"])
def test_a_hold_that_is_opened_while_a_phone_is_opted_out_is_none(
    group: Group, there: Group, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = group if where == "here" else there
    results = overlap(monkeypatch, lambda: text_stop(group), lambda: hold(place), at=(opt_out, "_open"))
    assert results[1] is False
    assert not Hold.objects.exists()


@pytest.mark.parametrize("where", ["here", "there"])
def test_an_opt_out_decides_a_hold_that_is_being_opened(
    group: Group, there: Group, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    place = group if where == "here" else there
    results = overlap(monkeypatch, lambda: hold(place), lambda: text_stop(group), at=(holds.business_days, "after"))
    assert not raised(results)
    assert Hold.objects.get().decision == Hold.Decision.OPT_OUT
    assert out_of(place) == [{NUMBER}]
