"""Each episode keeps the last goal before it, however it came about (R4.5)."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.actions.redact import redact
from contacts.actions import sync_setting
from contacts.actions.opt_out import opt_out
from contacts.conversations.models import Goal, LastGoal, Message
from contacts.models import OptOut, Source
from groups.models import Account, Group, Organization, User
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import campaign, comes, give_number, talk
from tests.people import GroupFactory, client_of

NUMBER = phone(1)


@pytest.fixture
def ward(group: Group, group_admin: User) -> Goal:
    return campaign(group, group_admin)


def texted(goal: Goal, number: str = NUMBER, *, ago: int = 60, state: str = "delivered") -> None:
    """A text of the goal to a phone, so many minutes ago."""
    conversation = talk(goal.group, number, "Hi", agent=goal.author, at=timezone.now() - timedelta(minutes=ago))
    newest = conversation.messages.latest("pk")
    Message.objects.filter(pk=newest.pk).update(goal=goal, state=state)


def last_goals() -> dict[str | None, str]:
    kept = LastGoal.objects.select_related("episode", "goal")
    return {one.episode.phone: one.goal.name for one in kept}


def stop(group: Group, *numbers: str) -> None:
    opt_out(group.organization, numbers or [NUMBER], by=None, source=Source.KEYWORD, text="STOP", group=group)


def test_the_last_goal_whose_text_left_is_kept(group: Group, group_admin: User, ward: Goal) -> None:
    path = campaign(group, group_admin, "River path")
    texted(ward, ago=60)
    texted(path, ago=90)
    texted(path, phone(2), ago=10)
    stop(group, NUMBER, phone(2), phone(3))
    assert last_goals() == {NUMBER: "Ward meeting", phone(2): "River path"}


@pytest.mark.parametrize("state", ["queued", "cancelled"])
def test_a_text_that_never_left_is_none(group: Group, ward: Goal, state: str) -> None:
    texted(ward, state=state)
    stop(group)
    assert not last_goals()


def test_a_goal_of_another_group_of_the_organization_is_one_too(
    group: Group, organization: Organization, ward: Goal
) -> None:
    texted(ward)
    west = GroupFactory.create(organization=organization, name="West Ward")
    members(west, NUMBER)
    stop(west)
    assert last_goals() == {NUMBER: "Ward meeting"}


def test_a_text_in(group: Group, ward: Goal) -> None:
    give_number(group)
    texted(ward)
    comes(NUMBER, "STOP")
    assert last_goals() == {NUMBER: "Ward meeting"}


def test_an_opt_out_that_was_asked_for_before_the_goal_knows_nothing_of_it(group: Group, ward: Goal) -> None:
    texted(ward, ago=10)
    long_ago = timezone.now() - timedelta(days=9)
    opt_out(group.organization, [NUMBER], by=None, source=Source.UPLOAD, at=long_ago)
    assert not last_goals()


def test_asked_again_it_keeps_what_it_had_and_the_next_episode_has_its_own(
    group: Group, group_admin: User, ward: Goal
) -> None:
    give_number(group)
    texted(ward, ago=60)
    stop(group)
    stop(group)
    comes(NUMBER, "START")
    texted(campaign(group, group_admin, "River path"), ago=0)
    stop(group)
    kept = LastGoal.objects.order_by("episode").values_list("goal__name", flat=True)
    assert list(kept) == ["Ward meeting", "River path"]


def test_a_copy_keeps_the_last_goal_of_its_own_organization(
    group: Group, other_organization: Organization, account: Account, account_admin: User, ward: Goal
) -> None:
    other_group = GroupFactory.create(organization=other_organization)
    sync_setting.switch_on(account, by=account_admin, apply=False)
    texted(campaign(other_group, account_admin, "Rent strike"))
    texted(ward)
    stop(group)
    kept = LastGoal.objects.values_list("episode__organization__name", "goal__name")
    assert set(kept) == {
        (group.organization.name, "Ward meeting"),
        (other_group.organization.name, "Rent strike"),
    }


def test_it_survives_a_redaction(group: Group, account_admin: User, ward: Goal) -> None:
    texted(ward)
    stop(group)
    redact(group.account, [NUMBER], by=account_admin)
    assert last_goals() == {None: "Ward meeting"}


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def test_the_contact_s_page_tells_it(client: Client, group: Group, ward: Goal) -> None:
    texted(ward)
    stop(group)
    page = client.get(reverse("contacts:contact", args=[group.pk, member(group, NUMBER).contact_id])).text
    assert "Last goal before it: Ward meeting" in page
    assert OptOut.objects.count() == 1


def test_what_was_opened_before_the_table_was_there_gets_the_same(
    group: Group, other_group: Group, group_admin: User, account_admin: User, ward: Goal
) -> None:
    for number in (NUMBER, phone(2)):
        texted(ward, number)
    texted(campaign(other_group, group_admin, "Rent strike"), phone(3))
    stop(group, NUMBER, phone(2), phone(4))
    stop(other_group, phone(3))
    redact(group.account, [phone(2)], by=account_admin)
    kept = set(LastGoal.objects.values_list("episode", "goal", "account"))
    assert len(kept) == 3

    LastGoal.objects.all().delete()
    import_module("contacts.conversations.migrations.0007_last_goals_so_far").keep(apps, None)
    assert set(LastGoal.objects.values_list("episode", "goal", "account")) == kept
