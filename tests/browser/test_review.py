"""`Conversation review`, word for word as the help article tells it, JavaScript off and on (R3.3, R7.3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from contacts.actions.membership import make_inactive
from contacts.models import OptOut
from groups.models import Group, User
from tests.browser.conftest import NARROW
from tests.contacts.factories import member, members, phone, reason
from tests.conversations.factories import named, talk

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def admin(group: Group, group_admin: User, agent: User, sign_in: Callable[[User], None]) -> User:
    """A group admin who is signed in; the agent wrote to three people, of whom Amara is inactive."""
    for number, (first, last) in enumerate((("Dana", "Whitfield"), ("Amara", "Bautista"), ("Mei", "Chen")), start=1):
        named(group, phone(number), first, last)
        talk(group, phone(number), f"Hi {first}", f"Hello, {first} here", agent=agent)
    make_inactive(group, members(group, phone(2)), by=group_admin)
    reason(group.organization, "Moved away", tag="moved")
    sign_in(group_admin)
    return group_admin


def open_the_conversations(page: Page, group: Group, agent: User) -> None:
    """By clicking the agent's name."""
    page.goto("/")
    page.get_by_role("link", name="Groups", exact=True).click()
    page.get_by_role("main").get_by_role("link", name=group.name).click()
    page.get_by_role("link", name="Agents", exact=True).click()
    page.get_by_role("link", name=agent.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(agent.name)


def search_for(page: Page, words: str, name: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(f"**q={words}**")
    page.locator("#lines").get_by_role("link", name=name).click()
    expect(thread(page).get_by_role("heading", name=name)).to_be_visible()


def thread(page: Page) -> Locator:
    return page.locator("#thread")


def arrow(page: Page) -> Locator:
    """The arrow next to Opt out."""
    return page.locator("#more")


def test_deactivate(page: Page, admin: User, group: Group, agent: User) -> None:
    open_the_conversations(page, group, agent)
    search_for(page, "whit", "Dana Whitfield")
    arrow(page).click()
    assert page.get_by_role("button", name="Reactivate").count() == 0
    page.get_by_role("button", name="Deactivate").click()
    expect(thread(page)).to_contain_text("Made inactive in Eastside Canvass.")
    expect(thread(page).locator(".rule").last).to_contain_text("Made inactive in Eastside Canvass · Maya Okafor")
    expect(page.locator("#lines")).to_contain_text("Inactive · Hello, Dana here")
    expect(page.locator("#status-inactive")).to_contain_text("1")
    assert member(group, phone(1)).inactive


def test_reactivate(page: Page, admin: User, group: Group, agent: User) -> None:
    open_the_conversations(page, group, agent)
    search_for(page, "Amara", "Amara Bautista")
    arrow(page).click()
    assert page.get_by_role("button", name="Deactivate").count() == 0
    page.get_by_role("button", name="Reactivate").click()
    expect(thread(page)).to_contain_text("Made active in Eastside Canvass.")
    assert not member(group, phone(2)).inactive


def test_opt_out_with_a_reason(page: Page, admin: User, group: Group, agent: User) -> None:
    open_the_conversations(page, group, agent)
    search_for(page, "Mei", "Mei Chen")
    page.get_by_role("link", name="Opt out", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("No group of Riverside Neighbors will text them any more.")
    dialog.get_by_label("Moved away").check()
    assert not OptOut.objects.exists()
    dialog.get_by_role("button", name="Save").click()
    expect(thread(page)).to_contain_text("Opted out of Riverside Neighbors.")
    expect(thread(page).locator(".opted-out")).to_contain_text("by an admin")
    expect(page.get_by_role("link", name="Opt out", exact=True)).to_have_count(0)
    expect(page.locator("#lines")).to_contain_text("Opted out · Hello, Mei here")
    episode = OptOut.objects.get()
    assert (episode.phone, str(episode.reason), episode.source) == (phone(3), "Moved away", "admin")


def test_cancel_opts_nobody_out(page: Page, admin: User, group: Group, agent: User) -> None:
    open_the_conversations(page, group, agent)
    search_for(page, "Mei", "Mei Chen")
    page.get_by_role("link", name="Opt out", exact=True).click()
    page.get_by_role("dialog").get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not OptOut.objects.exists()


def test_the_status_filter_shows_the_inactive(page: Page, admin: User, group: Group, agent: User) -> None:
    open_the_conversations(page, group, agent)
    page.locator("#status-inactive").click()
    expect(page.locator("#lines").get_by_role("link", name="Amara Bautista")).to_be_visible()
    expect(page.locator("#lines").get_by_role("link", name="Dana Whitfield")).to_have_count(0)


def test_on_a_phone_list_and_conversation_are_two_screens(page: Page, admin: User, group: Group, agent: User) -> None:
    page.set_viewport_size(NARROW)
    page.goto(f"/groups/{group.pk}/agents/{agent.pk}/conversations/")
    expect(thread(page)).to_be_hidden()
    page.get_by_role("link", name="Dana Whitfield").click()
    expect(thread(page)).to_be_visible()
    expect(page.locator("#lines")).to_be_hidden()
    arrow(page).click()
    expect(page.get_by_role("button", name="Deactivate")).to_be_in_viewport()
    page.get_by_role("link", name=f"Back to the conversations of {agent.name}").click()
    expect(page.locator("#lines")).to_be_visible()


def test_every_state_is_well_made(
    page: Page, admin: User, group: Group, agent: User, assert_well_made: Callable[[Page], None]
) -> None:
    open_the_conversations(page, group, agent)
    assert_well_made(page)
    search_for(page, "whit", "Dana Whitfield")
    arrow(page).click()
    assert_well_made(page)
    page.get_by_role("button", name="Deactivate").click()
    expect(thread(page)).to_contain_text("Made inactive")
    assert_well_made(page)
    page.get_by_role("link", name="Opt out", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(thread(page)).to_contain_text("Opted out of")
    assert_well_made(page)
    page.goto(f"/groups/{group.pk}/agents/{agent.pk}/conversations/?status=nonsense")
    assert_well_made(page)
    page.goto(f"/groups/{group.pk}/agents/{agent.pk}/conversations/?q=zzzz")
    assert_well_made(page)


class TestWithJavaScript:
    """What htmx and the keys add; nothing reloads, and nothing is stale."""

    @pytest.fixture(params=[True], ids=["javascript on"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_nothing_reloads_and_the_list_keeps_its_place(
        self, page: Page, admin: User, group: Group, agent: User
    ) -> None:
        open_the_conversations(page, group, agent)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="Dana Whitfield").click()
        expect(thread(page).get_by_role("heading", name="Dana Whitfield")).to_be_visible()
        page.wait_for_url("**/conversations/*/")
        arrow(page).click()
        page.get_by_role("button", name="Deactivate").click()
        expect(thread(page)).to_contain_text("Made inactive in Eastside Canvass.")
        assert page.evaluate("document.activeElement.id") == "more"
        assert page.evaluate("document.getElementById('live').textContent").strip().startswith("Made inactive")
        page.get_by_role("link", name="Mei Chen").click()
        expect(thread(page).get_by_role("heading", name="Mei Chen")).to_be_visible()
        expect(page.locator("#facts")).to_contain_text("Active")
        page.go_back()
        expect(thread(page).get_by_role("heading", name="Dana Whitfield")).to_be_visible()

    def test_typing_searches_and_keeps_the_conversation_open(
        self, page: Page, admin: User, group: Group, agent: User
    ) -> None:
        open_the_conversations(page, group, agent)
        page.evaluate("window.same = true")
        page.get_by_role("link", name="Dana Whitfield").click()
        expect(thread(page).get_by_role("heading", name="Dana Whitfield")).to_be_visible()
        page.get_by_role("searchbox").press_sequentially("amara", delay=40)
        expect(page.locator("#lines").get_by_role("link", name="Mei Chen")).to_have_count(0)
        expect(page.locator("#lines").get_by_role("link", name="Amara Bautista")).to_be_visible()
        expect(thread(page).get_by_role("heading", name="Dana Whitfield")).to_be_visible()
        expect(page.get_by_role("searchbox")).to_have_value("amara")
        assert page.evaluate("document.activeElement.id") == "q"
        assert page.evaluate("window.same") is True

    def test_the_menu_is_worked_by_keys_and_escape_returns_focus(
        self, page: Page, admin: User, group: Group, agent: User
    ) -> None:
        open_the_conversations(page, group, agent)
        page.get_by_role("link", name="Dana Whitfield").click()
        arrow(page).focus()
        page.keyboard.press("ArrowDown")
        expect(page.get_by_role("button", name="Deactivate")).to_be_focused()
        page.keyboard.press("Escape")
        expect(arrow(page)).to_be_focused()
        expect(page.get_by_role("button", name="Deactivate")).to_be_hidden()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(thread(page)).to_contain_text("Made inactive in Eastside Canvass.")

    def test_escape_leaves_the_prompt_and_opts_nobody_out(
        self, page: Page, admin: User, group: Group, agent: User
    ) -> None:
        open_the_conversations(page, group, agent)
        page.get_by_role("link", name="Dana Whitfield").click()
        page.get_by_role("link", name="Opt out", exact=True).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert not OptOut.objects.exists()
