"""The procedures of the Contacts tab, word for word as the help article tells them, JavaScript off and on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from contacts.actions import arrival
from contacts.actions.membership import make_inactive
from contacts.models import Contact, Membership
from contacts.person import Person
from groups.models import Group, User
from tests.contacts.factories import member, phone, reason

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Aisha Dvorak", "Aisha Novak", "Amara Bautista", "Bea Vasquez", "Dana Rossi")


@pytest.fixture
def admin(group: Group, group_admin: User, sign_in: Callable[[User], None]) -> User:
    """A group admin who is signed in, with five contacts, of whom Amara Bautista is inactive."""
    people = [
        Person(phone(n), dict(zip(("first_name", "last_name"), name.split(), strict=True)))
        for n, name in enumerate(NAMES, start=1)
    ]
    arrival.bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    make_inactive(group, group.memberships.filter(phone=phone(3)), by=group_admin)
    reason(group.organization, "Moved away", tag="moved")
    sign_in(group_admin)
    return group_admin


def follow(page: Page, link: Locator) -> None:
    """Press a link and wait for the page that it opens: it may look like this one, on which a tick would be lost."""
    with page.expect_navigation():
        link.click()


def go_to_contacts(page: Page, group: Group) -> None:
    page.goto("/")
    follow(page, page.get_by_role("link", name="Groups", exact=True))
    follow(page, page.get_by_role("main").get_by_role("link", name=group.name))
    follow(page, page.get_by_role("link", name="Contacts", exact=True))


def search(page: Page, words: str) -> None:
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("searchbox")).to_have_value(words)
    page.wait_for_url("**q=**")


def tick(page: Page, *names: str) -> None:
    for name in names:
        box = page.get_by_role("checkbox", name=name)
        box.check()


def bar(page: Page) -> str:
    return " ".join(page.locator("#bar").inner_text().split())


def row(page: Page, name: str) -> str:
    return " ".join(page.get_by_role("row").filter(has_text=name).inner_text().split())


def test_make_inactive(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    search(page, "a")
    tick(page, "Aisha Dvorak", "Aisha Novak", "Amara Bautista")
    page.get_by_role("button", name="Make Inactive").click()
    expect(page.locator("#bar")).to_contain_text("Make 2 inactive in Eastside Canvass. 1 already is.")
    assert not member(group, phone(1)).inactive
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text("2 made inactive. 1 was already inactive: nothing changed for them.")
    assert "Inactive" in row(page, "Aisha Dvorak")
    assert [member(group, phone(n)).inactive for n in range(1, 6)] == [True, True, True, False, False]


def test_make_active(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    search(page, "Amara")
    tick(page, "Amara Bautista")
    page.get_by_role("button", name="Make Active").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text("1 made active.")
    assert not member(group, phone(3)).inactive


def test_make_active_changes_nothing_for_a_contact_who_is_active(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    search(page, "Dana")
    tick(page, "Dana Rossi")
    page.get_by_role("button", name="Make Active").click()
    expect(page.locator("#bar")).to_contain_text("They are active already. Nothing would change.")


def test_opt_out_with_a_reason(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    search(page, "a")
    tick(page, "Bea Vasquez", "Dana Rossi")
    page.get_by_role("button", name="Opt-out").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Opt out 2 contacts")
    expect(dialog).to_contain_text("No group of Riverside Neighbors will text them any more.")
    dialog.get_by_label("Moved away").check()
    dialog.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text("2 opted out of Riverside Neighbors.")
    assert page.get_by_role("button", name="Undo").count() == 0
    assert "Opted out" in row(page, "Bea Vasquez")
    assert "moved" in row(page, "Bea Vasquez")
    assert member(group, phone(4)).opted_out


def test_the_status_filter_reviews_the_deactivated(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    page.get_by_role("link", name="Inactive").click()
    expect(page.get_by_role("row").filter(has_text="Amara Bautista")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Dana Rossi")).to_have_count(0)


def test_undo_restores(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    tick(page, "Dana Rossi")
    page.get_by_role("button", name="Make Inactive").click()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#bar")).to_contain_text("1 made active again.")
    assert not member(group, phone(5)).inactive


def test_cancel_changes_nothing(page: Page, admin: User, group: Group) -> None:
    go_to_contacts(page, group)
    tick(page, "Dana Rossi")
    page.get_by_role("button", name="Opt-out").click()
    page.get_by_role("dialog").get_by_role("link", name="Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert not Membership.objects.filter(opted_out=True).exists()


def test_all_that_match_are_selected_and_changed(page: Page, admin: User, group: Group, javascript: bool) -> None:
    go_to_contacts(page, group)
    search(page, "Aisha")
    if javascript:
        tick(page, "Aisha Novak")
    else:
        page.goto(page.url + "&select=page")
    page.get_by_role("link", name="Select all 2 that match").click()
    expect(page.locator("#bar")).to_contain_text("All 2 that match")
    page.get_by_role("button", name="Make Inactive").click()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text("2 made inactive.")
    assert Membership.objects.filter(inactive=True).count() == 3


def test_assign_to_an_agent(page: Page, admin: User, group: Group, agent: User) -> None:
    go_to_contacts(page, group)
    tick(page, "Dana Rossi")
    page.get_by_role("button", name="Assign").click()
    page.locator("#bar").get_by_role("combobox").select_option(label=agent.name)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text(f"1 assigned to {agent.name}.")
    assert member(group, phone(5)).agent == agent


def test_a_misspelt_filter_lists_nobody_and_offers_the_way_back(page: Page, admin: User, group: Group) -> None:
    page.goto(f"/groups/{group.pk}/contacts/?staus=inactive")
    expect(page.locator("#list")).to_contain_text("staus=inactive")
    assert page.get_by_role("button", name="Make Inactive").count() == 0
    page.locator("#list").get_by_role("link", name="Clear filters").click()
    expect(page.get_by_role("row").filter(has_text="Dana Rossi")).to_be_visible()


def test_the_list_is_well_made_in_every_mode(
    page: Page, admin: User, group: Group, assert_well_made: Callable[[Page], None]
) -> None:
    go_to_contacts(page, group)
    assert_well_made(page)
    tick(page, "Dana Rossi")
    assert_well_made(page)
    page.get_by_role("button", name="Make Inactive").click()
    expect(page.locator("#bar")).to_contain_text("Make 1 inactive")
    assert_well_made(page)
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#bar")).to_contain_text("1 made inactive")
    assert_well_made(page)
    tick(page, "Aisha Novak")
    page.get_by_role("button", name="Opt-out").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_well_made(page)
    page.goto(f"/groups/{group.pk}/contacts/?status=nonsense")
    assert_well_made(page)
    page.goto(f"/groups/{group.pk}/contacts/?q=zzzz")
    assert_well_made(page)


class TestWithJavaScript:
    """What htmx and the keys add; nothing reloads, and nothing is lost."""

    @pytest.fixture(params=[True], ids=["javascript on"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_nothing_reloads_and_focus_stays(self, page: Page, admin: User, group: Group) -> None:
        go_to_contacts(page, group)
        page.evaluate("window.same = true")
        tick(page, "Dana Rossi")
        page.get_by_role("button", name="Make Inactive").click()
        expect(page.locator("#bar")).to_contain_text("Make 1 inactive")
        assert page.evaluate("document.activeElement.id") == "make_inactive"
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#bar")).to_contain_text("1 made inactive.")
        assert page.evaluate("window.same") is True
        assert page.evaluate("document.getElementById('live').textContent").strip().startswith("1 made inactive")

    def test_ticks_survive_sorting_and_go_with_a_new_filter(self, page: Page, admin: User, group: Group) -> None:
        go_to_contacts(page, group)
        tick(page, "Dana Rossi", "Aisha Novak")
        page.get_by_role("columnheader", name="Name").get_by_role("link").click()
        page.wait_for_url("**sort=name**")
        expect(page.get_by_role("checkbox", name="Dana Rossi")).to_be_checked()
        expect(page.locator("#ticked")).to_have_text("2")
        page.get_by_role("link", name="Inactive").click()
        page.wait_for_url("**status=inactive**")
        assert "selected" not in bar(page) or page.locator("#ticked").is_hidden()

    def test_the_list_is_worked_by_keys_alone(self, page: Page, admin: User, group: Group) -> None:
        go_to_contacts(page, group)
        page.keyboard.press("j")
        page.keyboard.press("x")
        page.keyboard.press("j")
        page.keyboard.press("x")
        expect(page.locator("#ticked")).to_have_text("2")
        page.keyboard.press("Escape")
        expect(page.get_by_role("checkbox", name="Dana Rossi")).not_to_be_checked()
        page.keyboard.press("/")
        assert page.evaluate("document.activeElement.id") == "q"

    def test_escape_leaves_the_opt_out_dialog_and_keeps_the_ticks(self, page: Page, admin: User, group: Group) -> None:
        go_to_contacts(page, group)
        tick(page, "Dana Rossi")
        page.get_by_role("button", name="Opt-out").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("checkbox", name="Dana Rossi")).to_be_checked()
        assert not Membership.objects.filter(opted_out=True).exists()

    def test_a_press_at_the_moment_of_the_answer_loads_nothing_either(
        self, page: Page, admin: User, group: Group
    ) -> None:
        go_to_contacts(page, group)
        page.evaluate("window.same = true")
        page.evaluate(
            """document.addEventListener("htmx:afterSwap", () => setTimeout(
                () => document.querySelector("dialog[open] [data-cancel]")?.click()))"""
        )
        tick(page, "Dana Rossi")
        page.get_by_role("button", name="Opt-out").click()
        page.wait_for_url("**/contacts/?change=*")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_role("checkbox", name="Dana Rossi")).to_be_checked()
        assert page.evaluate("window.same") is True
