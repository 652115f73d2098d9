"""What one does an open page of another shows within two seconds, and takes nothing from who works there (R3.4)."""

import time
from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from compliance.actions.redact import redact
from contacts.actions import arrival
from contacts.actions.change import choose, save
from contacts.actions.hold import decide, open_hold
from contacts.actions.membership import assign, make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.conversations.actions.message import keep
from contacts.models import Contact, Hold, Source
from contacts.person import Person
from groups.models import Account, Group, Organization, User
from tests.browser.conftest import NARROW
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import give_number, named, ours, talk, theirs

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ("Aisha Dvorak", "Aisha Novak", "Amara Bautista", "Bea Vasquez", "Dana Rossi")
WITHIN = 2.0
"""Seconds from the commit until the page shows it."""
PATIENTLY = 10_000
"""Milliseconds for which the other tests wait, since a machine that tests much at once may be slower than a server."""


@pytest.fixture(params=[True], ids=["javascript on"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def now_shows(place: Locator, words: str) -> float:
    """Called right after a change: wait until the place shows it; returns the seconds that it took."""
    since = time.monotonic()
    expect(place).to_contain_text(words, timeout=PATIENTLY)
    return time.monotonic() - since


def settled(page: Page) -> None:
    """Wait until the page has met all that happened before it is asked to keep anything."""
    page.wait_for_timeout(2500)


class TestContactsList:
    @pytest.fixture
    def people(self, group: Group, group_admin: User) -> Group:
        """Five contacts, listed in the opposite order."""
        for number, name in enumerate(NAMES, start=1):
            first, last = name.split()
            person = Person(phone(number), {"first_name": first, "last_name": last})
            arrival.bring_in(group, [person], by=group_admin, came_by=Contact.Source.UPLOAD)
        return group

    @pytest.fixture
    def page(self, page: Page, people: Group, group_admin: User, sign_in: Callable[[User], None]) -> Page:
        """The list, open before anything is changed."""
        sign_in(group_admin)
        page.goto(f"/groups/{people.pk}/contacts/")
        page.evaluate("window.same = true")
        return page

    def row(self, page: Page, number: int) -> Locator:
        return page.locator("#rows tr").filter(has_text=NAMES[number - 1])

    def meanwhile(self, page: Page) -> Locator:
        return page.locator(".meanwhile:visible")

    def test_it_shows_what_another_admin_did_and_says_so_in_the_bar(
        self, page: Page, people: Group, group_admin: User
    ) -> None:
        expect(page.locator("#status-inactive")).to_have_text("Inactive 0")
        make_inactive(people, members(people, phone(2), phone(5)), by=group_admin)
        now_shows(self.row(page, 2), "Inactive")
        expect(self.row(page, 5)).to_contain_text("Inactive")
        expect(page.locator("#status-inactive")).to_have_text("Inactive 2")
        expect(self.meanwhile(page)).to_contain_text("2 rows changed meanwhile.")
        expect(page.locator("#live")).to_have_text("2 rows changed meanwhile.")
        assert page.evaluate("window.same")

    def test_a_change_is_seen_within_two_seconds(self, page: Page, people: Group, group_admin: User) -> None:
        rows, took = members(people, phone(2)), []
        for change, words in ((make_inactive, "Inactive"), (make_active, "Active")) * 3:
            change(people, rows, by=group_admin)
            took.append(now_shows(self.row(page, 2), words))
            page.wait_for_timeout(1500)
        assert median(took) < WITHIN

    def test_it_follows_an_opt_out_its_reversal_a_hold_an_agent_and_a_new_text(
        self, page: Page, people: Group, group_admin: User, agent: User
    ) -> None:
        on, row = people.organization, self.row(page, 4)
        opt_out(on, [phone(4)], by=None, source=Source.KEYWORD)
        now_shows(row, "Opted out")
        reverse(on, [phone(4)], by=None, source="keyword")
        now_shows(row, "Active")
        open_hold(on, phone(4), text="leave me alone", group=people)
        now_shows(row, "On hold")
        assign(people, members(people, phone(4)), agent=agent, by=group_admin)
        now_shows(row, agent.name)
        keep(people, [theirs(member(people, phone(4)).contact_id, "Hello")])
        now_shows(row.locator(".c-last_message"), "just now")
        expect(self.meanwhile(page)).to_contain_text("1 row changed meanwhile.")

    def test_ticks_focus_scroll_and_typed_words_stay(self, page: Page, people: Group, group_admin: User) -> None:
        page.set_viewport_size({"width": 1280, "height": 320})
        for number in (1, 3):
            self.row(page, number).get_by_role("checkbox").check()
        # Typed and not yet asked for: the form's own question would replace the list.
        page.get_by_role("searchbox").evaluate("box => { box.value = 'Dan'; }")
        self.row(page, 1).get_by_role("link").focus()
        page.evaluate("window.scrollTo(0, 90)")
        scrolled = page.evaluate("scrollY")
        assert scrolled > 0
        make_inactive(people, members(people, phone(1), phone(2)), by=group_admin)
        now_shows(self.row(page, 1), "Inactive")
        expect(page.locator("#ticked")).to_have_text("2")
        for number in range(1, 6):
            expect(self.row(page, number).get_by_role("checkbox")).to_be_checked(checked=number in (1, 3))
        expect(self.row(page, 1).get_by_role("link")).to_be_focused()
        expect(page.get_by_role("searchbox")).to_have_value("Dan")
        assert page.evaluate("scrollY") == scrolled
        expect(self.meanwhile(page)).to_have_text("2 rows changed meanwhile.")

    def test_a_change_that_waits_for_save_stays_with_its_note(
        self, page: Page, people: Group, group_admin: User
    ) -> None:
        for number in (1, 2, 3):
            self.row(page, number).get_by_role("checkbox").check()
        page.get_by_role("button", name="Make Inactive").click()
        expect(page.locator("#pending")).to_contain_text("Make 3 inactive")
        page.locator("#note-open").click()
        page.locator("#note").fill("asked at the door")
        make_inactive(people, members(people, phone(2), phone(4)), by=group_admin)
        now_shows(page.locator("#pending"), "Make 2 inactive in Eastside Canvass. 1 already is.")
        expect(self.row(page, 2)).to_contain_text("no change")
        expect(self.row(page, 4)).to_contain_text("Inactive")
        expect(page.locator("#note")).to_have_value("asked at the door")
        expect(page.locator("#note")).to_be_focused()
        expect(self.row(page, 3).get_by_role("checkbox")).to_be_checked()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#bar")).to_contain_text("2 made inactive. 1 was already inactive")

    def test_rows_that_match_no_more_stay_in_their_order_until_the_list_is_loaded(
        self, page: Page, people: Group, group_admin: User
    ) -> None:
        page.goto(f"/groups/{people.pk}/contacts/?status=active&sort=name")
        before = page.locator("#rows .c-name").all_inner_texts()
        opt_out(people.organization, [phone(2), phone(4)], by=None, source=Source.KEYWORD)
        now_shows(self.row(page, 2), "Opted out")
        assert page.locator("#rows .c-name").all_inner_texts() == before
        expect(self.meanwhile(page)).to_contain_text("2 rows changed meanwhile. The list has 2 fewer now.")
        self.meanwhile(page).get_by_role("link", name="Show the list as it is now").click()
        expect(page.locator("#rows tr")).to_have_count(3)
        expect(self.meanwhile(page)).to_have_count(0)

    def test_new_members_are_told_and_not_put_in(self, page: Page, people: Group, group_admin: User) -> None:
        members(people, phone(50))
        now_shows(page.locator("#count"), "6 contacts")
        expect(self.meanwhile(page)).to_contain_text("The list has 1 more now.")
        expect(page.locator("#rows tr")).to_have_count(5)

    def test_a_redacted_name_leaves_the_screen(
        self, page: Page, people: Group, account: Account, account_admin: User
    ) -> None:
        third = page.locator("#rows tr").nth(2)
        expect(third).to_contain_text("Amara Bautista")
        redact(account, [phone(3)], by=account_admin)
        now_shows(third, "Redacted")
        assert "Amara" not in page.content()
        expect(page.locator("#rows tr")).to_have_count(5)

    def test_what_one_does_oneself_is_not_told_as_others(self, page: Page, people: Group) -> None:
        self.row(page, 1).get_by_role("checkbox").check()
        page.get_by_role("button", name="Make Inactive").click()
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#bar")).to_contain_text("1 made inactive")
        settled(page)
        expect(self.meanwhile(page)).to_have_count(0)

    def test_a_hidden_page_asks_for_nothing_and_follows_when_it_is_seen_again(
        self, page: Page, people: Group, group_admin: User
    ) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if "/live/" in request.url else None)
        see = """(hidden) => {
            Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
        page.evaluate(see, True)
        page.wait_for_timeout(1600)  # What was under way ends.
        asked.clear()
        make_inactive(people, members(people, phone(2)), by=group_admin)
        page.wait_for_timeout(1600)
        assert asked == []
        page.evaluate(see, False)
        now_shows(self.row(page, 2), "Inactive")

    def test_a_list_that_follows_is_well_made(
        self, page: Page, people: Group, group_admin: User, assert_well_made: Callable[[Page], None]
    ) -> None:
        make_inactive(people, members(people, phone(2)), by=group_admin)
        now_shows(self.row(page, 2), "Inactive")
        assert_well_made(page)
        self.row(page, 1).get_by_role("checkbox").check()
        assert_well_made(page)


class TestThread:
    @pytest.fixture
    def page(self, page: Page, group: Group, agent: User, sign_in: Callable[[User], None]) -> Page:
        """An agent's thread with Dana, longer than the window."""
        give_number(group)
        named(group, phone(1), "Dana", "Whitfield")
        talk(group, phone(1), *(f"Text {number}" for number in range(40)), agent=agent)
        sign_in(agent)
        page.goto(f"/groups/{group.pk}/threads/{group.conversations.get().pk}/")
        return page

    def say(self, group: Group, body: str) -> None:
        keep(group, [theirs(member(group, phone(1)).contact_id, body)])

    def test_whoever_is_at_the_newest_text_sees_the_next(self, page: Page, group: Group) -> None:
        self.say(group, "Are you there?")
        now_shows(page.locator("#texts .text").last, "Are you there?")
        expect(page.get_by_text("Are you there?")).to_be_in_viewport()

    def test_whoever_reads_further_up_keeps_their_place(self, page: Page, group: Group) -> None:
        page.locator(".history").evaluate("pane => { pane.scrollTop = -600; }")
        seen = page.get_by_text("Text 25", exact=True)
        before = seen.bounding_box()
        self.say(group, "Are you there?")
        now_shows(page.locator("#texts .text").last, "Are you there?")
        assert seen.bounding_box() == before

    def test_a_thread_is_locked_when_they_opt_out_and_open_again_when_it_ends(
        self, page: Page, group: Group, agent: User
    ) -> None:
        opt_out(group.organization, [phone(1)], by=None, source=Source.KEYWORD)
        now_shows(page.locator("#composer"), "You can't text Dana any more")
        expect(page.locator("#thread-head")).to_contain_text("Opted out")
        expect(page.get_by_role("link", name="Opt Out", exact=True)).to_have_count(0)
        expect(page.locator("#texts .rule").last).to_contain_text("Opted out")
        expect(page.locator("#live")).to_contain_text("You can't text Dana any more")
        reverse(group.organization, [phone(1)], by=None, source="keyword")
        expect(page.get_by_role("link", name="Opt Out", exact=True)).to_be_visible(timeout=PATIENTLY)
        make_inactive(group, members(group, phone(1)), by=None)
        now_shows(page.locator("#composer"), "You can't text Dana here")

    def test_typed_words_stay_and_can_be_read_once_the_thread_is_locked(self, page: Page, group: Group) -> None:
        write = page.locator("#write")
        write.press_sequentially("See you at")
        self.say(group, "When?")
        now_shows(page.locator("#texts .text").last, "When?")
        write.press_sequentially(" six")
        opt_out(group.organization, [phone(1)], by=None, source=Source.KEYWORD)
        now_shows(page.locator("#composer"), "You can't text Dana any more")
        expect(write).to_have_value("See you at six")
        expect(write).to_be_focused()
        expect(write).not_to_be_editable()
        expect(page.get_by_role("button", name="Send")).to_have_count(0)
        reverse(group.organization, [phone(1)], by=None, source="keyword")
        expect(page.get_by_role("button", name="Send")).to_be_visible(timeout=PATIENTLY)
        expect(write).to_be_editable()
        expect(write).to_have_value("See you at six")

    def test_the_list_of_threads_follows(self, page: Page, group: Group, agent: User) -> None:
        named(group, phone(2), "Mei", "Chen")
        talk(group, phone(2), "Hi Mei", agent=agent)
        page.goto(f"/groups/{group.pk}/threads/")
        lines = page.locator("#found")
        page.get_by_role("link", name="Mei Chen").focus()
        keep(group, [theirs(member(group, phone(2)).contact_id, "Yes")])
        now_shows(lines.get_by_role("listitem").first, "Yes")
        expect(page.get_by_role("link", name="Mei Chen")).to_be_focused()
        opt_out(group.organization, [phone(1)], by=None, source=Source.KEYWORD)
        expect(lines.get_by_role("listitem")).to_have_count(1, timeout=PATIENTLY)


class TestReview:
    @pytest.fixture
    def page(self, page: Page, group: Group, agent: User, group_admin: User, sign_in: Callable[[User], None]) -> Page:
        """Two conversations of the agent, Dana's open."""
        give_number(group)
        for number, (first, last) in enumerate((("Dana", "Whitfield"), ("Mei", "Chen")), start=1):
            named(group, phone(number), first, last)
            talk(group, phone(number), f"Hi {first}", f"Hello, {first} here", agent=agent)
        sign_in(group_admin)
        page.goto(f"/groups/{group.pk}/agents/{agent.pk}/conversations/")
        page.get_by_role("link", name="Dana Whitfield").click()
        expect(page.locator("#thread")).to_contain_text("Hello, Dana here")
        return page

    def test_the_thread_the_facts_and_the_list_follow(self, page: Page, group: Group, agent: User) -> None:
        keep(group, [ours(member(group, phone(1)).contact_id, "See you", agent=agent)])
        now_shows(page.locator("#texts .text").last, "See you")
        expect(page.locator("#found").get_by_role("listitem").first).to_contain_text("See you")
        make_inactive(group, members(group, phone(1)), by=None)
        now_shows(page.locator("#facts"), "Inactive")
        expect(page.locator("#thread-head")).to_contain_text("Inactive")
        expect(page.locator("#thread-foot")).to_contain_text("They can't be texted here.")
        expect(page.locator("#status-inactive")).to_contain_text("1")
        expect(page.locator("#found").get_by_role("listitem").first).to_contain_text("Inactive")

    def test_an_open_menu_stays_open_and_what_it_offers_is_right(self, page: Page, group: Group) -> None:
        page.locator("#more").click()
        expect(page.get_by_role("button", name="Deactivate")).to_be_visible()
        make_inactive(group, members(group, phone(1)), by=None)
        expect(page.get_by_role("button", name="Reactivate")).to_be_visible(timeout=PATIENTLY)
        page.get_by_role("button", name="Reactivate").click()
        expect(page.locator("#live")).to_contain_text("Made active in Eastside Canvass.")
        assert not member(group, phone(1)).inactive

    def test_a_reason_that_is_being_chosen_stays_chosen(self, page: Page, group: Group) -> None:
        page.locator("#opt-out").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("No reason").focus()
        keep(group, [theirs(member(group, phone(1)).contact_id, "Stop it")])
        now_shows(page.locator("#texts .text").last, "Stop it")
        expect(dialog.get_by_label("No reason")).to_be_focused()
        dialog.get_by_role("button", name="Save").click()
        expect(page.locator("#thread")).to_contain_text("Opted out")

    def test_on_a_phone_too(self, page: Page, group: Group) -> None:
        page.set_viewport_size(NARROW)
        make_inactive(group, members(group, phone(1)), by=None)
        now_shows(page.locator("#thread-head"), "Inactive")


class TestHeldTexts:
    @pytest.fixture
    def page(self, page: Page, group: Group, group_admin: User, sign_in: Callable[[User], None]) -> Page:
        """The queue of the group, open before anything is decided: Dana, Mei and Aisha wait."""
        for number, (first, last) in enumerate((("Dana", "Whitfield"), ("Mei", "Chen"), ("Aisha", "Novak")), start=1):
            named(group, phone(number), first, last)
            open_hold(group.organization, phone(number), text="leave me alone", group=group)
        sign_in(group_admin)
        page.goto(f"/groups/{group.pk}/holds/")
        page.evaluate("window.same = true")
        return page

    def row(self, page: Page, name: str) -> Locator:
        return page.locator(".holds > li").filter(has_text=name)

    def decided(self, group: Group, number: int, decision: Hold.Decision, by: User) -> None:
        decide(Hold.objects.get(phone=phone(number)), decision, by=by)

    def test_what_another_admin_decides_is_told_within_two_seconds_and_nothing_moves(
        self, page: Page, context: BrowserContext, group: Group
    ) -> None:
        mei = self.row(page, "Mei").get_by_role("button", name="Not an opt-out")
        mei.focus()
        before = mei.bounding_box()
        other = context.new_page()
        other.goto(page.url)
        self.row(other, "Dana").get_by_role("button", name="Opt out", exact=True).click()
        expect(other.locator(".messages")).to_contain_text("Opted out of Riverside Neighbors.")
        assert now_shows(self.row(page, "Dana"), "Opt out · Maya Okafor · just now") < WITHIN
        expect(self.row(page, "Dana").get_by_role("button")).to_have_count(0)
        expect(mei).to_be_focused()
        assert mei.bounding_box() == before
        expect(page.locator("#figures")).to_contain_text("Waiting 2")
        expect(page.locator("#tab-holds")).to_contain_text("2 wait for a decision")
        assert page.evaluate("window.same")
        mei.click()
        expect(self.row(page, "Aisha")).to_be_visible()
        expect(page.locator(".holds > li")).to_have_count(1)

    def test_on_a_phone_nothing_moves_either(self, page: Page, group: Group, account_admin: User) -> None:
        page.set_viewport_size(NARROW)
        mei = self.row(page, "Mei").get_by_role("button", name="Wrong person")
        before = mei.bounding_box()
        self.decided(group, 1, Hold.Decision.OPT_OUT, account_admin)
        now_shows(self.row(page, "Dana"), f"Opt out · {account_admin.name}")
        assert mei.bounding_box() == before

    def test_whoever_is_at_the_one_that_is_decided_stays_with_it(
        self, page: Page, group: Group, account_admin: User
    ) -> None:
        self.row(page, "Mei").get_by_role("button", name="Wrong person").focus()
        self.decided(group, 2, Hold.Decision.WRONG_PERSON, account_admin)
        now_shows(self.row(page, "Mei"), "Wrong person · ")
        expect(self.row(page, "Mei").get_by_role("link", name="Mei Chen")).to_be_focused()

    def test_a_new_one_and_a_second_text_come_in_and_an_erased_one_goes(
        self, page: Page, group: Group, account: Account, account_admin: User
    ) -> None:
        open_hold(group.organization, phone(1), text="I mean it", group=group)
        now_shows(self.row(page, "Dana"), "I mean it")
        members(group, phone(9))
        open_hold(group.organization, phone(9), text="wrong number", group=group)
        now_shows(page.locator(".holds > li").nth(3), "wrong number")
        redact(account, [phone(3)], by=account_admin)
        expect(page.locator(".holds > li")).to_have_count(3, timeout=PATIENTLY)
        assert "Aisha" not in page.content()

    def test_the_queue_of_the_organization_follows(
        self, page: Page, group: Group, account_admin: User, sign_in: Callable[[User], None]
    ) -> None:
        sign_in(account_admin)
        page.goto(f"/organizations/{group.organization_id}/holds/")
        self.decided(group, 1, Hold.Decision.NOT_AN_OPT_OUT, account_admin)
        now_shows(self.row(page, "Dana"), f"Not an opt-out · {account_admin.name}")

    def test_a_queue_that_follows_is_well_made(
        self, page: Page, group: Group, account_admin: User, assert_well_made: Callable[[Page], None]
    ) -> None:
        self.decided(group, 1, Hold.Decision.OPT_OUT, account_admin)
        now_shows(self.row(page, "Dana"), "Opt out · ")
        assert_well_made(page)


def test_the_opt_outs_of_an_organization_follow_with_their_evidence_open_and_the_search_as_typed(
    page: Page, group: Group, account_admin: User, sign_in: Callable[[User], None]
) -> None:
    on = group.organization
    named(group, phone(1), "Dana", "Whitfield")
    opt_out(on, [phone(1)], by=None, source=Source.KEYWORD, text="Stop")
    sign_in(account_admin)
    page.goto(f"/organizations/{on.pk}/opt-outs/")
    page.locator("details.evidence > summary").click()
    page.get_by_role("searchbox").press_sequentially("Dan")
    opt_out(on, [phone(2)], by=account_admin, source=Source.ADMIN)
    now_shows(page.locator("#figures"), "All 2")
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tr", has_text="Dana").locator("details")).to_have_attribute("open", "")
    expect(page.get_by_role("searchbox")).to_have_value("Dan")
    expect(page.get_by_role("searchbox")).to_be_focused()
    reverse(on, [phone(1)], by=None, source="keyword")
    now_shows(page.locator("tr", has_text="Dana"), "Ended just now")


def test_the_overview_and_the_lists_of_organizations_and_groups_follow(
    page: Page, group: Group, other_organization: Organization, account_admin: User, sign_in: Callable[[User], None]
) -> None:
    on = group.organization
    named(group, phone(1), "Dana", "Whitfield")
    pages = {
        f"/accounts/{on.account_id}/": "#figures > div:nth-child(3)",
        f"/accounts/{on.account_id}/organizations/": "#all-organizations tr:has-text('Riverside') td:nth-child(5)",
        f"/organizations/{on.pk}/": "#all-groups tr:has-text('Eastside') td:nth-child(3)",
    }
    sign_in(account_admin)
    for path, place in pages.items():
        page.goto(path)
        expect(page.locator(place)).to_contain_text("0")
        opt_out(on, [phone(1)], by=None, source=Source.KEYWORD)
        now_shows(page.locator(place), "1")
        reverse(on, [phone(1)], by=None, source="keyword")
        now_shows(page.locator(place), "0")
    page.goto(f"/accounts/{on.account_id}/")
    expect(page.locator("#waiting")).to_be_hidden()
    open_hold(on, phone(1), text="leave me alone", group=group)
    now_shows(page.locator("#waiting"), "1 held text in Riverside Neighbors")
    expect(page.locator("#changes")).to_contain_text("Riverside Neighbors")
    members(Group.objects.create(account=on.account, organization=other_organization, name="New"), phone(7))
    now_shows(page.locator("#all-organizations tr", has_text=other_organization.name).locator("td").nth(1), "1")
    page.goto("/groups/")
    open_hold(on, phone(5), text="wrong number", group=group)
    now_shows(page.locator("#all-groups"), "2 texts wait for a decision")


def test_recent_changes_keep_their_places_and_say_that_there_are_newer_ones(
    page: Page, group: Group, group_admin: User, sign_in: Callable[[User], None]
) -> None:
    rows = members(group, phone(1))
    others = members(group, phone(2))
    save(choose(group, rows, action="make_inactive", by=group_admin), rows, by=group_admin)
    sign_in(group_admin)
    page.goto(f"/groups/{group.pk}/contacts/changes/")
    undo_it = page.get_by_role("button", name="Undo")
    undo_it.focus()
    many = page.locator("tbody tr").count()
    make_inactive(group, others, by=None)
    now_shows(page.locator("#found"), "There are newer changes. Show them")
    expect(page.locator("tbody tr")).to_have_count(many)
    expect(undo_it).to_be_focused()
    page.get_by_role("link", name="Show them").first.click()
    expect(page.locator("tbody tr")).to_have_count(many + 1)


def test_the_page_of_a_contact_and_the_contacts_of_an_organization_follow(
    page: Page, group: Group, account_admin: User, sign_in: Callable[[User], None]
) -> None:
    give_number(group)
    named(group, phone(1), "Dana", "Whitfield")
    sign_in(account_admin)
    page.goto(f"/groups/{group.pk}/contacts/{member(group, phone(1)).contact_id}/")
    expect(page.locator("#answer")).to_contain_text("They can be texted in Eastside Canvass.")
    make_inactive(group, members(group, phone(1)), by=None)
    now_shows(page.locator("#facts"), "Inactive")
    expect(page.locator("#answer")).to_contain_text("They can't be texted here.")
    page.goto(f"/organizations/{group.organization_id}/contacts/")
    make_active(group, members(group, phone(1)), by=None)
    now_shows(page.get_by_role("row").filter(has_text="Dana"), "Active in 1 group")


class TestWithoutJavaScript:
    @pytest.fixture(params=[False], ids=["javascript off"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_nothing_is_asked_for(
        self, page: Page, group: Group, group_admin: User, sign_in: Callable[[User], None]
    ) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        members(group, phone(1))
        sign_in(group_admin)
        page.goto(f"/groups/{group.pk}/contacts/")
        page.wait_for_timeout(1600)
        assert not [url for url in asked if "/live/" in url]
        expect(page.locator(".meanwhile:visible")).to_have_count(0)
