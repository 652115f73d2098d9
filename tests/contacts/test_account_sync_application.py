"""An application to the opt-outs that exist, while it runs: whoever waits for their turn is texted no more (R4.9)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import gate, verify
from contacts.actions import sync, sync_application, sync_setting
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions.hand_over import hand_over
from contacts.conversations.models import Message
from contacts.models import OptOut, Source
from groups.models import Account, Group, Organization, RoleKind, User
from tests.contacts.factories import arrive, member, phone, phones, suppress
from tests.conversations.factories import give_number, talk, wrote
from tests.people import GroupFactory, person

pytestmark = pytest.mark.django_db

FIRST, SECOND, NEVER = phones(3)


@pytest.fixture
def there(group: Group, other_organization: Organization) -> Group:
    """A group of another organization of the account. Two numbers of the first one's opt-outs are its members, and one
    that nobody opted out."""
    there = GroupFactory.create(organization=other_organization, name="Lakeside Phonebank")
    arrive(there, FIRST, SECOND, NEVER)
    opt_out(group.organization, [FIRST, SECOND], by=None, source=Source.KEYWORD)
    return there


@pytest.fixture
def begin(account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch) -> Callable[[], tuple[bool, int]]:
    """Switch it on with the opt-outs that exist, one number in a go."""
    monkeypatch.setattr(sync_application, "MOST", 1)
    return lambda: sync_setting.switch_on(account, by=account_admin, apply=True)


@pytest.fixture(autouse=True)
def all_agrees(db: None) -> Any:
    yield
    assert list(verify.differences()) == []


def may_be_texted(group: Group) -> list[bool]:
    return [gate.may_text(group, number).allowed for number in (FIRST, SECOND, NEVER)]


def test_from_its_beginning_on_nobody_is_texted_whom_it_will_opt_out(
    account: Account, there: Group, account_admin: User, begin: Callable[[], Any]
) -> None:
    assert may_be_texted(there) == [True, True, True]
    assert begin() == (True, 1)
    assert [member(there, number).opted_out for number in (FIRST, SECOND)] == [True, False]
    assert may_be_texted(there) == [False, False, True]
    assert sync_application.apply(account, by=account_admin) == 1
    assert may_be_texted(there) == [False, False, True]
    assert [member(there, number).opted_out for number in (FIRST, SECOND, NEVER)] == [True, True, False]


def test_the_gate_says_what_is_being_applied(group: Group, there: Group, begin: Callable[[], Any]) -> None:
    begin()
    answer = gate.may_text(there, SECOND)
    assert answer.cause == gate.Cause.OPTED_OUT
    day = gate.may_text(group, SECOND).sentence.removeprefix("Opted out of Riverside Neighbors on ").partition(" (")[0]
    assert answer.sentence == (
        f"Opted out of Riverside Neighbors on {day} (by text): account sync is opting them out of Lakeside Tenants now."
    )


def test_a_text_that_waits_is_cancelled_before_its_turn(there: Group, begin: Callable[[], Any]) -> None:
    give_number(there)
    text = wrote(talk(there, SECOND, "Hello"), "Hi", person("Nora Quist", RoleKind.AGENT, there))
    begin()
    hand_over(text.pk)
    text.refresh_from_db()
    assert (text.state, text.refusal) == (Message.State.CANCELLED, "opted_out")


def test_it_runs_until_the_last_go_whoever_died_before_it(
    account: Account, there: Group, account_admin: User, begin: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    begin()

    def die(*args: Any, **more: Any) -> None:
        raise ConnectionError

    with monkeypatch.context() as dying:
        dying.setattr(sync, "copy", die)
        with pytest.raises(ConnectionError):
            sync_application.apply(account, by=account_admin)
    assert may_be_texted(there) == [False, False, True]
    assert sync_application.apply(account, by=account_admin) == 1
    assert sync_application.apply(account, by=account_admin) == 0
    account.refresh_from_db()
    assert not account.sync_applying


def test_an_opt_out_that_ends_before_its_turn_forbids_nothing(
    group: Group, account: Account, there: Group, begin: Callable[[], Any]
) -> None:
    begin()
    OptOut.objects.filter(organization=group.organization, phone=SECOND).update(ended=timezone.now())
    assert may_be_texted(there) == [False, True, True]


def test_switched_off_it_ends_and_is_not_taken_up_again(
    account: Account, there: Group, account_admin: User, begin: Callable[[], Any]
) -> None:
    begin()
    sync_setting.switch_off(account, by=account_admin)
    assert may_be_texted(there) == [False, True, True]
    sync_setting.switch_on(account, by=account_admin, apply=False)
    assert sync_application.apply(account, by=account_admin) == 0
    assert may_be_texted(there) == [False, True, True]


def test_one_that_is_small_or_for_new_opt_outs_only_forbids_nothing_more(
    account: Account, there: Group, account_admin: User
) -> None:
    sync_setting.switch_on(account, by=account_admin, apply=False)
    assert may_be_texted(there) == [True, True, True]
    sync_setting.begin(account, by=account_admin)
    account.refresh_from_db()
    assert not account.sync_applying


def test_where_none_runs_an_opt_out_of_one_organization_says_nothing_of_another(group: Group, there: Group) -> None:
    answers = gate.may_text_in([group, there], FIRST)
    assert [answers[place.pk].allowed for place in (group, there)] == [False, True]


def test_another_account_is_not_concerned(there: Group, foreign_group: Group, begin: Callable[[], Any]) -> None:
    arrive(foreign_group, SECOND)
    begin()
    assert gate.may_text(foreign_group, SECOND).allowed


def test_whoever_came_back_after_a_redaction_waits_for_their_turn_too(
    group: Group, there: Group, begin: Callable[[], Any]
) -> None:
    suppress(group.organization, NEVER, phone(4))
    arrive(there, phone(4))
    begin()
    assert may_be_texted(there) == [False, False, False]
    assert not gate.may_text(there, phone(4)).allowed


def test_the_gate_asks_as_many_queries_as_ever(
    group: Group, other_group: Group, there: Group, begin: Callable[[], Any]
) -> None:
    def queries(*groups: Group) -> int:
        asked = Group.objects.select_related("organization").filter(pk__in=[one.pk for one in groups])
        places = list(asked)
        with CaptureQueriesContext(connection) as captured:
            assert len(gate.may_text_in(places, SECOND)) == len(groups)
        return len(captured)

    before = queries(there)
    begin()
    assert before == queries(there) == queries(group, other_group, there) == 3
