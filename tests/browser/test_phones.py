"""The demo's page of phones, in a browser: a newcomer plays STOP, START, "leave me alone" and an ordinary reply."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.models import Conversation, InboundText, Message
from groups.models import Group, User
from tests.contacts.factories import phone
from tests.conversations.factories import give_number, named, talk, wrote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dana(group: Group, agent: User, settings: Settings, base_url: str) -> Conversation:
    """Somebody with a conversation, on a site of the demo that posts to itself."""
    settings.ROOT_URLCONF = "tests.hustle.test_demo_is_refused"
    settings.BASE_URL = base_url
    give_number(group)
    thread = talk(group, phone(1), "Hi, this is Tess", "Who is this?", agent=agent)
    named(group, phone(1), "Dana", "Reyes")
    return thread


def work() -> None:
    """What the worker does."""
    for key in InboundText.objects.waiting().values_list("pk", flat=True):
        take_in(key)
    for key in Message.objects.waiting().values_list("pk", flat=True):
        send_now(key)


def see(page: Page, javascript: bool) -> None:
    """Without JavaScript one loads the page again; with it, it follows."""
    if not javascript:
        page.reload()


def test_a_newcomer_plays_the_four_texts(page: Page, dana: Conversation, javascript: bool) -> None:
    page.goto("/phones/")
    page.get_by_role("link", name="Dana Reyes").click()
    texts, standing = page.get_by_role("region", name="Texts on this phone"), page.locator("#standing")
    expect(texts).to_contain_text("Hi, this is Tess")
    for body, status in (
        ("STOP", "Opted out"),
        ("START", "Active"),
        ("leave me alone", "On hold"),
        ("Sure, what time?", "On hold"),
    ):
        page.get_by_role("button", name=body, exact=True).click()
        expect(page.get_by_role("status").first).to_contain_text("The webhook answered 204")
        work()
        see(page, javascript)
        expect(texts.locator(".text.out").last).to_contain_text(body)
        expect(standing).to_contain_text(f"Eastside Canvass sees them as {status}")
    expect(texts.locator(".text.in").last).to_contain_text("you are opted out")


def test_any_other_phone_is_picked_up_and_texts(page: Page, dana: Conversation, javascript: bool) -> None:
    page.goto("/phones/")
    page.get_by_label("Phone", exact=True).fill("(206) 555-0123")
    page.get_by_role("button", name="Pick it up").click()
    expect(page.locator("#standing")).to_have_text("Eastside Canvass doesn't know this phone.")
    page.get_by_label("Text back").fill("Who is this?")
    page.get_by_role("button", name="Text back").click()
    expect(page.locator("#seen")).to_contain_text("Who is this?")
    work()
    see(page, javascript)
    expect(page.locator("#standing")).to_contain_text("Active")
    expect(page.get_by_role("link", name="+1 206-555-0123")).to_be_visible()
    assert "206555" not in page.url.replace("-", "")


def test_it_is_well_made(page: Page, dana: Conversation, assert_well_made: Callable[[Page], None]) -> None:
    page.goto("/phones/")
    assert_well_made(page)
    page.goto(f"/phones/{dana.pk}/")
    assert_well_made(page)
    page.get_by_role("button", name="Text back").click()
    expect(page.locator("#wrong")).to_contain_text("write something first")
    assert_well_made(page)


class TestWithJavaScript:
    @pytest.fixture(params=[True], ids=["javascript on"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_what_is_typed_stays_while_texts_come(self, page: Page, dana: Conversation, agent: User) -> None:
        page.goto(f"/phones/{dana.pk}/")
        box = page.get_by_label("Text back")
        box.fill("I am typ")
        wrote(dana, "A volunteer", agent)
        work()
        expect(page.locator("#seen")).to_contain_text("A volunteer")
        expect(box).to_have_value("I am typ")
        expect(box).to_be_focused()
        expect(page.get_by_text("A volunteer").first).to_be_in_viewport()

    def test_the_place_in_the_list_stays_while_texts_come(self, page: Page, dana: Conversation, agent: User) -> None:
        page.goto(f"/phones/{dana.pk}/")
        line = page.locator(f"#line-{dana.pk}")
        line.focus()
        wrote(dana, "A volunteer", agent)
        work()
        expect(line).to_contain_text("A volunteer")
        expect(line).to_be_focused()
