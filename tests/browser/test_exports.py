"""Taking a file away, JavaScript off and on: the ticked, those of a filter, all; the page stays as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from groups.models import Group, User
from tests.browser.test_contacts_tab import admin, bar, go_to_contacts, search, tick
from tests.contacts.exporting import rows

__all__ = ["admin"]

pytestmark = pytest.mark.django_db(transaction=True)


def names(page: Page, press: Callable[[], None]) -> list[str]:
    """The first names in the file that comes when ``press`` is done."""
    with page.expect_download() as coming:
        press()
    return [row["First name"] for row in rows(Path(coming.value.path()).read_text(encoding="utf-8"))]


def test_the_ticked(page: Page, group: Group, admin: User) -> None:
    go_to_contacts(page, group)
    tick(page, "Aisha Novak", "Bea Vasquez")
    button = page.locator("#bar").get_by_role("button", name="Export")
    assert names(page, button.click) == ["Aisha", "Bea"]
    expect(page.get_by_role("checkbox", name="Aisha Novak")).to_be_checked()
    expect(button).not_to_have_attribute("aria-busy", "true")
    assert names(page, button.click) == ["Aisha", "Bea"]

    page.get_by_role("button", name="Make Inactive").click()
    expect(page.get_by_role("button", name="Save")).to_be_enabled()
    assert "Make 2 inactive" in bar(page)


def test_those_of_a_filter_then_all(page: Page, group: Group, admin: User) -> None:
    go_to_contacts(page, group)
    search(page, "aisha")
    page.get_by_role("link", name="Export", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Export")
    assert names(page, page.get_by_role("button", name="Export 2 contacts").click) == ["Aisha", "Aisha"]
    assert len(names(page, page.get_by_role("button", name="Export 5 contacts").click)) == 5


def test_all_that_match(page: Page, group: Group, admin: User) -> None:
    go_to_contacts(page, group)
    search(page, "aisha")
    tick(page, "Aisha Novak")
    page.get_by_role("link", name="Select all 2 that match").click()
    expect(page.get_by_text("All 2 that match", exact=True)).to_be_visible()
    assert names(page, page.locator("#bar").get_by_role("button", name="Export").click) == ["Aisha", "Aisha"]
