"""Opt-out and redaction have no undo, and every step that carries one out says so before it does (R3.8)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from contacts.actions import upload as uploads
from contacts.actions.change import choose
from groups.models import Account, Group, Organization, RoleKind, User
from tests.people import client_of, role_of
from tests.routes import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

SAYS_SO = re.compile(r"There is no undo|You can't undo this|This cannot be undone")
OUT = b"Phone,Opted out\n+1 206-555-0199,yes\n"


@pytest.fixture
def world(
    account: Account, organization: Organization, other_organization: Organization, group: Group, account_admin: User
) -> World:
    """One of everything, and another organization, which account sync would reach."""
    role_of(account_admin, RoleKind.AGENT, group)
    return World(account, organization, group, author=account_admin)


@pytest.fixture
def client(world: World) -> Client:
    return client_of(world.author)


def test_each_step_before_an_opt_out_says_that_there_is_no_undo(client: Client, world: World) -> None:
    change = choose(world.group, world.group.memberships.all(), action="opt_out", by=world.author)
    file = uploads.keep(world.group, name="out.csv", content=OUT, by=world.author)
    account, organization, group = ([kind.pk] for kind in (world.account, world.organization, world.group))
    thread = [*group, world.conversation.pk]
    steps = {
        "the dialog of the list": reverse("contacts:list", args=group, query={"change": change.pk}),
        "a contact's page": reverse("contacts:opt_out", args=[*group, world.member.contact_id]),
        "review": reverse("conversations:review_opt_out", args=[*group, world.leavers["group"].pk, thread[1]]),
        "the thread": reverse("conversations:confirm_opt_out", args=thread),
        "held texts": reverse("conversations:holds", args=group),
        "held texts of the organization": reverse("conversations:organization_holds", args=organization),
        "pasted or uploaded opt-outs": reverse("contacts:opt_out_list", args=organization),
        "an upload that says who is out": reverse("contacts:upload_preview", args=[*group, file.pk]),
        "account sync": reverse("contacts:account_sync", args=account),
    }
    silent = [step for step, address in steps.items() if not SAYS_SO.search(client.get(address).text)]
    assert not silent


def test_the_step_before_a_redaction_says_so_too(client: Client, world: World) -> None:
    confirm = client.post(reverse("compliance:confirm", args=[world.account.pk]), {"leads": world.previewed()})
    assert SAYS_SO.search(confirm.text)


def test_what_can_be_undone_does_not_say_so(client: Client, world: World) -> None:
    change = choose(world.group, world.group.memberships.all(), action="make_inactive", by=world.author)
    page = client.get(reverse("contacts:list", args=[world.group.pk], query={"change": change.pk}))
    assert "Make 2 inactive" in page.text
    assert not SAYS_SO.search(page.text)
