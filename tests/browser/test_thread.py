"""`How do I opt out a contact as an agent?`, word for word, on a phone and on a desk, JavaScript off and on (R4.3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from contacts.models import ContactTag, OptOut
from groups.models import Group, User
from tests.browser.conftest import NARROW, WIDE
from tests.contacts.factories import member, phone, reason
from tests.conversations.factories import give_number, named, talk

pytestmark = pytest.mark.django_db(transaction=True)

sizes = pytest.mark.parametrize("size", [NARROW, WIDE], ids=["phone", "desk"])


@pytest.fixture
def working(group: Group, agent: User, sign_in: Callable[[User], None]) -> User:
    """An agent who is signed in, with two threads, and a reason that has a tag."""
    give_number(group)
    for number, (first, last) in enumerate((("Dana", "Whitfield"), ("Mei", "Chen")), start=1):
        named(group, phone(number), first, last)
        talk(group, phone(number), f"Hi {first}", "I moved away and don't want these any more, sorry", agent=agent)
    reason(group.organization, "Moved away", tag="moved")
    sign_in(agent)
    return agent


def open_the_thread(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Dana Whitfield").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Whitfield")


@sizes
def test_opt_out_with_a_reason(page: Page, working: User, group: Group, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    open_the_thread(page)
    button = page.get_by_role("link", name="Opt Out", exact=True)
    box, width = button.bounding_box(), size["width"]
    assert box
    assert box["height"] >= 44
    assert box["y"] < 60
    assert box["x"] > width / 2
    button.click()
    page.get_by_label("Moved away").check()
    page.get_by_role("button", name="Continue").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_have_text("Opt out Dana Whitfield?")
    expect(dialog.get_by_role("listitem")).to_have_count(3)
    assert not OptOut.objects.exists()
    dialog.get_by_role("button", name="Opt Out", exact=True).click()
    expect(page.locator(".composer")).to_contain_text("You can't text Dana any more")
    expect(page.get_by_role("link", name="Opt Out", exact=True)).to_have_count(0)
    episode = OptOut.objects.get()
    assert (str(episode.reason), episode.source, episode.actor) == ("Moved away", "agent", working)
    assert ContactTag.objects.get(contact=member(group, phone(1)).contact_id).tag.name == "moved"
    page.get_by_role("link", name="Next thread").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mei Chen")
    page.get_by_role("link", name="Back to your threads").click()
    expect(page.get_by_role("link", name="Mei Chen")).to_be_visible()
    expect(page.get_by_role("link", name="Dana Whitfield")).to_have_count(0)


def test_a_reason_is_not_necessary(page: Page, working: User) -> None:
    open_the_thread(page)
    page.get_by_role("link", name="Opt Out", exact=True).click()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Opt Out", exact=True).click()
    expect(page.locator(".composer")).to_contain_text("You can't text Dana any more")
    assert OptOut.objects.get().reason is None


def test_keep_texting_opts_nobody_out(page: Page, working: User) -> None:
    open_the_thread(page)
    page.get_by_role("link", name="Opt Out", exact=True).click()
    page.get_by_label("Moved away").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Change").click()
    expect(page.get_by_label("Moved away")).to_be_checked()
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("link", name="Keep texting Dana").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="Opt Out", exact=True)).to_be_visible()
    assert not OptOut.objects.exists()


@sizes
def test_a_thread_opens_at_its_newest_text(page: Page, working: User, group: Group, size: ViewportSize) -> None:
    talk(group, phone(1), *(f"Text {number}" for number in range(60)))
    page.set_viewport_size(size)
    open_the_thread(page)
    expect(page.get_by_text("Text 59", exact=True)).to_be_in_viewport()
    expect(page.get_by_role("link", name="Opt Out", exact=True)).to_be_in_viewport()


def test_every_step_is_well_made(page: Page, working: User, assert_well_made: Callable[[Page], None]) -> None:
    page.goto("/")
    assert_well_made(page)
    open_the_thread(page)
    assert_well_made(page)
    page.get_by_role("link", name="Opt Out", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("button", name="Opt Out", exact=True)).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Opt Out", exact=True).click()
    expect(page.locator(".composer")).to_contain_text("You can't text Dana any more")
    assert_well_made(page)


class TestWithJavaScript:
    @pytest.fixture(params=[True], ids=["javascript on"])
    def javascript(self, request: pytest.FixtureRequest) -> bool:
        return bool(request.param)

    def test_escape_leaves_the_sheet(self, page: Page, working: User) -> None:
        open_the_thread(page)
        page.get_by_role("link", name="Opt Out", exact=True).click()
        expect(page.get_by_role("heading", name="Why does Dana want out?")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert not OptOut.objects.exists()
