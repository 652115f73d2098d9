"""A held text is decided in the queue, in review and by the agent, JavaScript off and on (R8.2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from contacts.actions.hold import open_hold
from contacts.models import Hold, OptOut
from groups.models import Group, User
from tests.contacts.factories import phone
from tests.conversations.factories import give_number, named, talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(group: Group, agent: User) -> Group:
    """Two people on hold; Dana's thread is the agent's, Mei's is nobody's."""
    give_number(group)
    for number, (first, last, text) in enumerate(
        (("Dana", "Whitfield", "leave me alone"), ("Mei", "Chen", "wrong number")), start=1
    ):
        named(group, phone(number), first, last)
        talk(group, phone(number), f"Hi {first}", text, agent=agent)
        open_hold(group.organization, phone(number), text=text, group=group)
    group.memberships.filter(phone=phone(1)).update(agent=agent)
    return group


def test_an_admin_decides_from_the_tab_on(
    page: Page, held: Group, group_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(group_admin)
    page.goto("/")
    page.get_by_role("link", name="Held texts").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Held texts")
    dana = page.get_by_role("listitem").filter(has_text="Dana Whitfield")
    expect(dana).to_contain_text("leave me alone")
    dana.get_by_role("button", name="Not an opt-out").click()
    expect(page.get_by_role("status").filter(has_text="they can be texted again")).to_be_visible()
    expect(page.get_by_role("link", name="Dana Whitfield")).to_have_count(0)
    page.get_by_role("form", name="Mei Chen").get_by_role("button", name="Wrong person").click()
    expect(page.get_by_role("heading", name="Nothing waits for a decision")).to_be_visible()
    page.get_by_role("link", name="Decided").click()
    expect(page.get_by_role("listitem").filter(has_text="Mei Chen")).to_contain_text("Wrong person · Maya Okafor")
    episode = OptOut.objects.get()
    assert (episode.phone, str(episode.reason), episode.actor) == (phone(2), "Wrong person", group_admin)


def test_an_admin_decides_in_review(
    page: Page, held: Group, group_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(group_admin)
    page.goto("/")
    page.get_by_role("link", name="Held texts").click()
    page.get_by_role("link", name="Conversation with Dana Whitfield").click()
    hold = page.locator(".hold")
    expect(hold).to_contain_text("leave me alone")
    hold.get_by_role("button", name="Opt out", exact=True).click()
    expect(page.locator("#thread .opted-out")).to_be_visible()
    expect(hold).to_have_count(0)
    expect(page.locator("#thread").get_by_text("Opted out of Riverside Neighbors.")).to_be_visible()
    assert OptOut.objects.get().source == "hold_decided"


def test_an_agent_decides_in_the_thread(page: Page, held: Group, agent: User, sign_in: Callable[[User], None]) -> None:
    sign_in(agent)
    page.goto("/")
    page.get_by_role("link", name="Dana Whitfield").click()
    expect(page.locator(".composer")).to_contain_text("You can't text Dana for now")
    page.get_by_role("button", name="Not an opt-out").click()
    expect(page.locator(".hold")).to_have_count(0)
    expect(page.locator(".composer")).not_to_contain_text("You can't text")
    assert Hold.objects.get(phone=phone(1)).actor == agent


def test_an_agent_sees_who_decides_in_a_thread_of_nobody(
    page: Page, held: Group, agent: User, sign_in: Callable[[User], None], assert_well_made: Callable[[Page], None]
) -> None:
    sign_in(agent)
    page.goto("/")
    page.get_by_role("link", name="Mei Chen").click()
    hold = page.locator(".hold")
    expect(hold).to_contain_text("wrong number")
    expect(hold).to_contain_text("An admin of the group decides, on Held texts")
    expect(hold.get_by_role("button")).to_have_count(0)
    assert_well_made(page)


def test_the_pages_are_well_made(
    page: Page,
    held: Group,
    group_admin: User,
    agent: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
) -> None:
    sign_in(group_admin)
    page.goto("/")
    page.get_by_role("link", name="Held texts").click()
    assert_well_made(page)
    page.get_by_role("link", name="Conversation with Dana Whitfield").click()
    expect(page.locator(".hold")).to_be_visible()
    assert_well_made(page)
    sign_in(agent)
    page.goto("/")
    page.get_by_role("link", name="Dana Whitfield").click()
    expect(page.locator(".hold")).to_be_visible()
    assert_well_made(page)
