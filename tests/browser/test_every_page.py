"""Every page that a person can open, looked at by a browser: no barrier, nothing too wide, a silent console."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import Account, Group, Organization, User
from tests.contacts.factories import member, phone
from tests.people import PASSWORD
from tests.routes import FILE, World

pytestmark = pytest.mark.django_db(transaction=True)

PARTS = 4
"""Into as many tests the pages are dealt out, for several browsers at once."""


@pytest.fixture
def javascript() -> bool:
    """Once, with JavaScript: the checker needs it. The procedures run without it too."""
    return True


@pytest.fixture
def world(account: Account, organization: Organization, group: Group, account_admin: User) -> World:
    return World(account, organization, group, author=account_admin)


@pytest.mark.parametrize("turn", range(PARTS))
def test_every_page_is_well_made(
    turn: int, page: Page, world: World, sign_in: Callable[[User], None], assert_well_made: Callable[[Page], None]
) -> None:
    world.author.set_password(PASSWORD)
    world.author.save()
    sign_in(world.author)
    for path in _paths(world)[turn::PARTS]:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        _assert_zone(page)
        assert_well_made(page)


def _assert_zone(page: Page) -> None:
    """Once, where the page shows a time (section 9)."""
    times = page.locator("main time").count() > 0
    expect(page.locator(".zone:visible")).to_have_text(["Times in America/New York."] if times else [])


def test_the_zone_comes_with_the_first_time_and_stands_with_the_texts_that_are_opened(
    page: Page, world: World, sign_in: Callable[[User], None]
) -> None:
    sign_in(world.author)
    page.goto(f"{reverse('contacts:list', args=[world.group.pk])}?q=nobody")
    _assert_zone(page)
    expect(page.locator(".zone:visible")).to_have_count(0)
    page.get_by_role("link", name="Clear").first.click()
    expect(page.locator("#rows")).to_be_visible()
    _assert_zone(page)
    page.goto(reverse("conversations:review", args=[world.group.pk, world.leavers["group"].pk]))
    _assert_zone(page)
    page.locator(".talks a").first.click()
    expect(page.locator(".history .zone")).to_be_visible()
    _assert_zone(page)


def _paths(world: World) -> list[str]:
    account, organization, group = ([kind.pk] for kind in (world.account, world.organization, world.group))
    contact = [*group, world.member.contact_id]
    review = [*group, world.leavers["group"].pk]
    opened = [*review, world.conversation.pk]
    return [
        reverse("groups:mine"),
        reverse("groups:me"),
        *(reverse(f"groups:{name}", args=account) for name in ("account", "account_organizations")),
        *(reverse(f"groups:{name}", args=account) for name in ("account_members", "account_settings")),
        *(reverse(f"groups:{name}", args=organization) for name in ("organization", "organization_settings")),
        *(reverse(f"contacts:{name}", args=organization) for name in ("organization_contacts", "opt_outs")),
        reverse("contacts:opt_out_list", args=organization),
        *(reverse(f"compliance:{name}", args=account) for name in ("reversals", "file_reversal", "file_bulk_reversal")),
        *(reverse(f"contacts:{name}", args=organization) for name in ("tags", "reasons")),
        reverse("conversations:texts", args=organization),
        reverse("conversations:closing", args=[*organization, world.closings[0].pk]),
        *(reverse(f"groups:{name}", args=group) for name in ("agents", "group_settings")),
        *(reverse(f"contacts:{name}", args=group) for name in ("add", "changes", "exports", "upload")),
        *(reverse(f"compliance:{name}", args=account) for name in ("account_audit", "look_up")),
        *(reverse(f"compliance:{name}", args=organization) for name in ("organization_audit", "organization_look_up")),
        reverse("compliance:group_audit", args=group),
        *(reverse(f"contacts:{name}", args=contact) for name in ("contact", "edit", "number", "opt_out")),
        reverse("contacts:upload_preview", args=[*group, world.waiting.pk]),
        reverse("contacts:upload_result", args=[*group, world.uploaded.pk]),
        reverse("conversations:number", args=group),
        reverse("conversations:review", args=review),
        *(reverse("conversations:holds", args=group) + query for query in ("", "?show=decided")),
        reverse("conversations:organization_holds", args=organization),
        *(reverse(f"conversations:{name}", args=opened) for name in ("conversation", "review_opt_out")),
        *(f"{reverse('compliance:compliance', args=account)}{query}" for query in ("", "?several=yes")),
        reverse("compliance:receipt", args=[*account, world.redaction.pk]),
        reverse("mfa_index"),
        reverse("account_change_password"),
    ]


def test_every_page_of_an_agent_is_well_made(
    page: Page,
    world: World,
    agent: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
) -> None:
    sign_in(agent)
    thread = [world.group.pk, world.conversation.pk]
    names = ("thread", "opt_out", "confirm_opt_out")
    paths = [reverse(f"conversations:{name}", args=thread) for name in names]
    for path in [reverse("conversations:threads", args=[world.group.pk]), *paths]:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        _assert_zone(page)
        assert_well_made(page)


def test_an_agent_is_told_who_may(
    page: Page, console: list[str], world: World, agent: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(agent)
    page.goto(reverse("contacts:list", args=[world.group.pk]))
    expect(page.get_by_role("heading", level=1)).to_contain_text("group admins")
    console.clear()  # The browser reports the 403 that was asked for.


def test_a_file_is_uploaded_from_the_first_page_to_the_result(
    page: Page, group: Group, group_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(group_admin)
    page.goto(reverse("contacts:list", args=[group.pk]))
    page.get_by_role("link", name="Upload", exact=True).click()
    page.locator("input[type=file]").set_input_files({"name": "contacts.csv", "mimeType": "text/csv", "buffer": FILE})
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    assert not group.memberships.exists()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Upload result")
    assert member(group, phone(170)).contact.first_name == "Ada"
