"""An admin launches a goal and an agent works it, on a phone and on a desk, JavaScript off and on (R7.1, R7.2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import goal as goals
from contacts.conversations.models import Goal, Message
from groups.models import Group, User
from tests.browser.conftest import NARROW
from tests.contacts.factories import phone
from tests.conversations.factories import give_number, named

pytestmark = pytest.mark.django_db(transaction=True)

SCRIPT = "Hi {first_name}, this is {agent} of {organization}. Can you come on Saturday?"
NAMES = ["Dana Whitfield", "Omar Jansen", "Noor Lopez", "Wanda Silva"]


@pytest.fixture
def people(group: Group) -> Group:
    give_number(group)
    for number, name in enumerate(NAMES, start=1):
        named(group, phone(number), *name.split())
    return group


@pytest.fixture
def goal(people: Group, group_admin: User) -> Goal:
    made = goals.draft(people, name="Ward meeting", script=SCRIPT, by=group_admin)
    goals.launch(made, by=group_admin)
    return made


def answered(page: Page) -> None:
    """Wait for the server: the next contact is there before its answer is."""
    expect(page.locator("form[data-busy]")).to_have_count(0)


def test_a_goal_is_written_launched_and_stopped(
    page: Page,
    people: Group,
    group_admin: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
) -> None:
    """The seed's first bullet: who was deactivated is in no goal, and the page says so before the launch."""
    make_inactive(people, people.memberships.filter(phone=phone(2)), by=group_admin)
    opt_out(people.organization, [phone(3)], by=group_admin, source="admin")
    sign_in(group_admin)
    page.goto(f"/groups/{people.pk}/contacts/")
    page.get_by_role("link", name="Goals").click()
    page.get_by_role("link", name="Write the first goal").click()
    page.get_by_label("Name").fill("Ward meeting")
    page.get_by_label("First text").fill(SCRIPT)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("heading", name="Reaches 2 of 4")).to_be_visible()
    expect(page.locator(".bubble")).to_contain_text("Can you come on Saturday? Reply STOP to opt out")
    assert_well_made(page)
    page.get_by_role("link", name="1 left out: Inactive").click()
    expect(page.get_by_role("link", name="Omar Jansen")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="Back to the goal").click()
    page.get_by_role("button", name="Launch to 2 contacts").click()
    expect(page.get_by_text("Launched to 2 contacts.")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Stop goal").click()
    expect(page.get_by_text("Nobody else is texted for this goal")).to_be_visible()


def test_one_tap_sends_one_text_and_the_next_contact_is_there(
    page: Page, goal: Goal, agent: User, sign_in: Callable[[User], None], assert_well_made: Callable[[Page], None]
) -> None:
    page.set_viewport_size(NARROW)
    sign_in(agent)
    page.goto(f"/groups/{goal.group_id}/threads/")
    assert_well_made(page)
    page.get_by_role("link", name="Begin Sending Messages").click()
    expect(page.get_by_role("heading", name="Dana Whitfield")).to_be_visible()
    assert_well_made(page)
    page.set_viewport_size(NARROW)
    for button, following in (
        ("Send", "Omar Jansen"),
        ("Skip", "Noor Lopez"),
        ("Send", "Wanda Silva"),
        ("Send", "Omar Jansen"),
        ("Send", "Nobody is left to text"),
    ):
        page.get_by_role("button", name=button, exact=True).click()
        answered(page)
        expect(page.get_by_role("heading", name=following)).to_be_visible()
    assert_well_made(page)
    assert Message.objects.filter(goal=goal).count() == len(NAMES)


def test_whoever_was_removed_meanwhile_is_not_texted_and_the_next_is_there(
    page: Page, goal: Goal, agent: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(agent)
    page.goto(f"/groups/{goal.group_id}/goals/{goal.pk}/send/")
    page.wait_for_load_state()
    opt_out(goal.group.organization, [phone(1)], by=None, source="admin")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Nothing was sent to them. Opted out of")).to_be_visible()
    expect(page.get_by_role("heading", name="Omar Jansen")).to_be_visible()
    assert not Message.objects.exists()


@pytest.mark.parametrize("javascript", [True], ids=["javascript on"], indirect=True)
def test_the_next_contact_can_be_read_while_the_text_before_is_under_way(
    page: Page, goal: Goal, agent: User, sign_in: Callable[[User], None], console: list[str]
) -> None:
    under_way: list[Route] = []
    sign_in(agent)
    page.goto(f"/groups/{goal.group_id}/goals/{goal.pk}/send/")
    page.wait_for_load_state()
    page.route("**/send/", lambda route: under_way.append(route))
    send, name = page.get_by_role("button", name="Send", exact=True), page.get_by_role("heading", level=2)
    send.click()
    expect(name).to_have_text("Omar Jansen")
    expect(page.locator(".bubble")).to_contain_text("Hi Omar")
    send.dispatch_event("click")
    assert len(under_way) == 1
    under_way.pop().abort()
    expect(page.get_by_role("alert").filter(has_text="Press Send again")).to_be_visible()
    expect(name).to_have_text("Dana Whitfield")
    send.click()
    expect(name).to_have_text("Omar Jansen")
    under_way.pop().continue_()
    answered(page)
    expect(name).to_have_text("Omar Jansen")
    assert [text.conversation.contact.first_name for text in Message.objects.filter(goal=goal)] == ["Dana"]
    assert console
    console.clear()


@pytest.mark.parametrize("javascript", [True], ids=["javascript on"], indirect=True)
@pytest.mark.parametrize("arrives", [True, False], ids=["the answer is lost", "the tap is lost"])
def test_a_lost_answer_is_said_and_the_tap_can_be_repeated(
    page: Page, goal: Goal, agent: User, sign_in: Callable[[User], None], console: list[str], arrives: bool
) -> None:
    def lose(route: Route) -> None:
        if arrives:
            route.fetch()
        route.abort()

    sign_in(agent)
    page.goto(f"/groups/{goal.group_id}/goals/{goal.pk}/send/")
    page.wait_for_load_state()
    page.route("**/send/", lose)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Press Send again")).to_be_visible()
    page.unroute("**/send/")
    page.get_by_role("button", name="Send", exact=True).click()
    answered(page)
    expect(page.get_by_role("heading", name="Omar Jansen")).to_be_visible()
    assert Message.objects.filter(goal=goal).count() == 1
    assert console
    console.clear()


@pytest.mark.parametrize("javascript", [True], ids=["javascript on"], indirect=True)
def test_the_example_and_the_audience_follow_what_is_typed(
    page: Page, people: Group, group_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(group_admin)
    page.goto(f"/groups/{people.pk}/goals/new/")
    page.wait_for_load_state()
    page.get_by_label("First text").press_sequentially("{organization}. Reply END to vote")
    expect(page.locator("#shown")).to_contain_text("whoever replies END is opted out")
    expect(page.get_by_label("First text")).to_be_focused()
    assert not Goal.objects.exists()
