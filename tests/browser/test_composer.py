"""An agent writes in a thread, on a phone and on a desk, JavaScript off and on (R4.3, R7.2)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Route, ViewportSize, expect

from contacts.actions.opt_out import opt_out
from contacts.conversations.actions.wording import create_closing
from contacts.conversations.actions.write import claim
from contacts.conversations.models import Conversation, Message
from contacts.models import OptOut
from groups.models import Group, RoleKind, User
from tests.browser.conftest import NARROW, WIDE
from tests.contacts.factories import phone
from tests.conversations.factories import give_number, named, talk
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)

CLOSING = "Understood. You won't hear from Riverside Neighbors again."


@pytest.fixture
def dana(group: Group, agent: User, group_admin: User, sign_in: Callable[[User], None]) -> Conversation:
    """Dana's thread, in which the agent may write, with a closing text for it."""
    give_number(group)
    named(group, phone(1), "Dana", "Whitfield")
    thread = talk(group, phone(1), "Hi Dana", "What time does it start?", agent=agent)
    create_closing(group.organization, text=CLOSING, by=group_admin)
    sign_in(agent)
    return Conversation.objects.select_related("contact", "group__organization").get(pk=thread.pk)


@pytest.fixture
def colleague(group: Group) -> User:
    return person("Priya Raman", RoleKind.AGENT, group)


def open_the_thread(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Dana Whitfield").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Whitfield")
    page.wait_for_load_state()  # A heading is there before the scripts are.


def write(page: Page, words: str) -> None:
    page.get_by_label("Text to Dana").fill(words)


def press_send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def waiting() -> list[str]:
    return list(Message.objects.waiting().order_by("pk").values_list("body", flat=True))


@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "desk"])
def test_a_text_is_written_and_stands_in_the_thread(
    page: Page, dana: Conversation, agent: User, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    open_the_thread(page)
    box = page.get_by_label("Text to Dana")
    expect(box).to_be_in_viewport()
    write(page, "At seven,\nin the library")
    press_send(page)

    bubble = page.locator(".text.out").last
    expect(bubble).to_contain_text("At seven,")
    expect(bubble).to_contain_text("Queued")
    expect(bubble).to_be_in_viewport()
    expect(box).to_have_value("")
    assert waiting() == ["At seven,\nin the library"]
    assert Message.objects.waiting().get().agent == agent
    page.reload()
    write(page, "Bring a friend")
    press_send(page)
    expect(page.locator(".text.out").last).to_contain_text("Bring a friend")
    assert waiting() == ["At seven,\nin the library", "Bring a friend"]


def test_a_text_that_is_too_long_stays_in_the_box(page: Page, dana: Conversation) -> None:
    open_the_thread(page)
    write(page, "x" * 1734)
    press_send(page)

    box = page.get_by_label("Text to Dana")
    expect(page.get_by_text("a text has at most 1,600 characters, this one 1,734.")).to_be_visible()
    expect(box).to_have_value("x" * 1734)
    expect(box).to_have_attribute("aria-invalid", "true")
    write(page, "Shorter")
    press_send(page)
    expect(page.locator(".text.out").last).to_contain_text("Shorter")
    expect(box).not_to_have_attribute("aria-invalid", "true")
    assert waiting() == ["Shorter"]


def test_the_box_is_locked_while_somebody_else_writes(page: Page, dana: Conversation, colleague: User) -> None:
    claim(dana, by=colleague)
    open_the_thread(page)

    expect(page.get_by_text("Priya Raman is writing here")).to_be_visible()
    expect(page.get_by_label("Text to Dana")).not_to_be_editable()


def test_what_was_typed_stays_when_somebody_else_was_faster(page: Page, dana: Conversation, colleague: User) -> None:
    open_the_thread(page)
    write(page, "At seven")
    Conversation.objects.update(writer=colleague, writing_until=timezone.now() + timedelta(minutes=2))
    press_send(page)

    expect(page.locator("#unsent")).to_contain_text("Priya Raman is writing in this thread")
    expect(page.locator("#writer")).to_contain_text("Priya Raman is writing here")
    expect(page.get_by_label("Text to Dana")).to_have_value("At seven")
    expect(page.get_by_label("Text to Dana")).not_to_be_editable()
    assert waiting() == []


def test_what_was_typed_can_be_read_when_they_opted_out_meanwhile(page: Page, dana: Conversation, group: Group) -> None:
    open_the_thread(page)
    write(page, "At seven")
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP", group=group)
    press_send(page)

    expect(page.locator(".composer")).to_contain_text("You can't text Dana any more")
    expect(page.locator("#write")).to_have_value("At seven")
    assert waiting() == []


def test_a_closing_text_follows_the_opt_out(page: Page, dana: Conversation) -> None:
    open_the_thread(page)
    page.get_by_role("link", name="Opt Out", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("None", exact=True)).to_be_checked()
    dialog.get_by_label(CLOSING).check()
    dialog.get_by_role("button", name="Opt Out", exact=True).click()

    expect(page.get_by_role("status").filter(has_text="The closing text is on its way.")).to_be_visible()
    expect(page.locator(".text.out").last).to_contain_text(CLOSING)
    expect(page.locator(".text.out").last).to_contain_text("Closing text")
    assert Message.objects.waiting().get().episode == OptOut.objects.get()


def test_writing_is_well_made(
    page: Page, dana: Conversation, colleague: User, assert_well_made: Callable[[Page], None]
) -> None:
    open_the_thread(page)
    assert_well_made(page)
    press_send(page)
    expect(page.locator("#unsent")).to_contain_text("write a text first")
    assert_well_made(page)
    Conversation.objects.update(writer=colleague, writing_until=timezone.now() + timedelta(minutes=2))
    page.goto(page.url.removesuffix("send/"))
    expect(page.get_by_text("Priya Raman is writing here")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="Opt Out", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_label(CLOSING)).to_be_visible()
    assert_well_made(page)


class TestWithJavaScript:
    @pytest.fixture(params=[True], ids=["javascript on"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_the_page_is_not_loaded_again_and_the_focus_stays_in_the_box(self, page: Page, dana: Conversation) -> None:
        open_the_thread(page)
        page.evaluate("window.sameLoad = true")
        write(page, "At seven")
        press_send(page)
        expect(page.locator(".text.out").last).to_contain_text("At seven")
        box = page.get_by_label("Text to Dana")
        expect(box).to_be_focused()
        page.keyboard.type("In the library")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".text.out").last).to_contain_text("In the library")
        expect(box).to_have_value("")
        expect(box).to_be_focused()

        assert page.evaluate("window.sameLoad")
        assert waiting() == ["At seven", "In the library"]

    def test_what_is_typed_while_a_text_is_under_way_stays(self, page: Page, dana: Conversation) -> None:
        held: list[Route] = []
        page.route("**/send/", lambda route: held.append(route))
        open_the_thread(page)
        write(page, "At seven")
        press_send(page)
        expect(page.get_by_role("button", name="Send", exact=True)).to_have_attribute("aria-busy", "true")
        page.get_by_label("Text to Dana").press("Control+Enter")
        page.get_by_label("Text to Dana").press("End")
        page.keyboard.type(" in the library")
        held[0].continue_()
        expect(page.locator(".text.out").last).to_contain_text("At seven")

        expect(page.get_by_label("Text to Dana")).to_have_value("in the library")
        assert len(held) == 1
        assert waiting() == ["At seven"]

    @pytest.mark.parametrize("arrives", [True, False], ids=["the answer is lost", "the text is lost"])
    def test_a_lost_answer_is_asked_for_again_and_the_text_is_sent_once(
        self, page: Page, dana: Conversation, console: list[str], arrives: bool
    ) -> None:
        def lose(route: Route) -> None:
            if arrives:
                route.fetch()
            route.abort()

        page.route("**/send/", lose)
        open_the_thread(page)
        write(page, "At seven")
        press_send(page)
        expect(page.get_by_role("alert").filter(has_text="Press Send again")).to_be_visible()
        expect(page.get_by_label("Text to Dana")).to_have_value("At seven")
        page.wait_for_timeout(2500)  # Whatever the open page follows meanwhile changes neither.
        page.unroute("**/send/")
        press_send(page)
        expect(page.get_by_label("Text to Dana")).to_have_value("")

        assert waiting() == ["At seven"]
        assert console
        console.clear()

    def test_whoever_was_signed_out_keeps_what_they_typed(
        self, page: Page, context: BrowserContext, dana: Conversation
    ) -> None:
        open_the_thread(page)
        write(page, "At seven")
        context.clear_cookies(name="sessionid")
        press_send(page)

        expect(page.get_by_role("alert").filter(has_text="You may have been signed out")).to_be_visible()
        expect(page.get_by_label("Text to Dana")).to_have_value("At seven")

    def test_whoever_writes_claims_the_thread(self, page: Page, dana: Conversation, agent: User) -> None:
        open_the_thread(page)
        with page.expect_response("**/claim/"):
            page.get_by_label("Text to Dana").focus()

        dana.refresh_from_db()
        assert dana.writer == agent

    def test_the_box_opens_when_the_other_s_claim_lapses(self, page: Page, dana: Conversation, colleague: User) -> None:
        Conversation.objects.update(writer=colleague, writing_until=timezone.now() + timedelta(seconds=4))
        open_the_thread(page)
        expect(page.get_by_label("Text to Dana")).not_to_be_editable()
        expect(page.get_by_label("Text to Dana")).to_be_editable(timeout=9000)
        expect(page.get_by_text("is writing here")).to_have_count(0)

    def test_an_open_page_is_locked_when_a_colleague_begins_to_write_and_keeps_what_was_typed(
        self, page: Page, dana: Conversation, colleague: User
    ) -> None:
        page.route("**/claim/", lambda route: route.fulfill(status=200))
        open_the_thread(page)
        write(page, "At seven")
        claim(dana, by=colleague)
        expect(page.locator("#writer")).to_contain_text("Priya Raman is writing here")
        expect(page.get_by_label("Text to Dana")).not_to_be_editable()
        expect(page.get_by_label("Text to Dana")).to_have_value("At seven")
