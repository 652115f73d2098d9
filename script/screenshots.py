"""The pictures themselves, of a running demo: ``script/screenshots`` starts one and calls this with its address."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, expect, sync_playwright

TOP = Path(__file__).resolve().parent.parent
PICTURES = TOP / "docs/screenshots"
SIZE = ViewportSize(width=1280, height=800)


def sign_in(page: Page, who: str = "group.admin") -> None:
    """As the admin of the demo's group, who comes in at its contacts, or as somebody else."""
    page.context.clear_cookies()
    page.goto("/")
    page.locator("[name=login]").fill(f"{who}@demo.test")
    page.locator("[name=password]").fill("demo-password-1")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "login" not in url)


def contacts(page: Page) -> None:
    """Three rows ticked, one of them inactive already, and `Make Inactive` chosen."""
    page.goto(f"{page.url.split('?')[0]}?sort=added")
    rows = page.get_by_role("row")
    active = rows.filter(has=page.get_by_text("Active", exact=True))
    for row in (active.nth(1), active.nth(3), rows.filter(has=page.get_by_text("Inactive", exact=True)).first):
        row.get_by_role("checkbox").check()
    page.get_by_role("button", name="Make Inactive").click()
    expect(page.get_by_text("Make 2 inactive", exact=True)).to_be_visible()


def review(page: Page) -> None:
    """An agent's conversations, one of them open."""
    page.get_by_role("link", name="Agents").click()
    page.get_by_role("link", name="Priya Raman", exact=True).click()
    page.get_by_role("link", name="Paula Petrov").click()
    expect(page.locator("#thread").get_by_role("heading", name="Paula Petrov")).to_be_visible()
    page.locator("#more").click()


def redaction(page: Page) -> None:
    """What goes and what stays of somebody in two organizations."""
    sign_in(page, "account.admin")
    page.goto("/accounts/1/compliance/")
    page.get_by_label("Phone number of the lead").fill("(617) 555-0128")
    page.get_by_role("button", name="Redact Leads").click()
    expect(page.get_by_role("heading", name="What goes")).to_be_visible()


def main(address: str) -> None:
    """Take each picture from the list of contacts on."""
    pictures: list[Callable[[Page], None]] = [contacts, review, redaction]
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=options)
        page = browser.new_page(base_url=address, viewport=SIZE, reduced_motion="reduce", color_scheme="light")
        sign_in(page)
        expect(page.get_by_role("heading", name="Contacts")).to_be_visible()
        start = page.url
        for take in pictures:
            page.goto(start)
            take(page)
            page.mouse.move(0, 0)
            page.screenshot(path=PICTURES / f"{take.__name__}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
