"""Reports in a browser: found by their tab, read on a desk and a phone, without a barrier (R6.8)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Message
from groups.models import Group, User
from tests.browser.conftest import _overflow
from tests.contacts.factories import members, phone, phones, reason
from tests.conversations.factories import campaign

pytestmark = pytest.mark.django_db(transaction=True)

REPORTS = ("report", "opt_out_report", "goal_report")
PERIODS = ("30-days", "12-months")


@pytest.fixture
def busy(group: Group, account_admin: User) -> Group:
    """Forty members, some of them inactive or opted out, and a goal."""
    rows, moved = (
        members(group, *phones(40)),
        reason(group.organization, "A reason as long as an organization may make it here"),
    )
    make_inactive(group, rows.filter(phone__in=phones(9)), by=account_admin)
    sources = ("keyword", "admin", "agent", "carrier", "upload", "hold_decided")
    for number, source in enumerate(sources):
        opt_out(
            group.organization,
            [phone(20 + number)],
            by=None,
            source=source,
            reason=moved if number % 2 else None,
            at=timezone.now() - timedelta(days=4 * number),
            group=group,
        )
    goal = campaign(group, account_admin, "A name of a goal that goes on and on until there is no room for it any more")
    texts = [Text(row.contact_id, "Hi", timezone.now(), Message.State.DELIVERED, None, goal) for row in rows]
    keep(group, [*texts[:12], *(Text(text.contact_id, "Hello", timezone.now()) for text in texts[:4])])
    return group


def test_reports_are_found_by_their_tab_and_narrowed_by_period(
    page: Page, busy: Group, account_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(account_admin)
    page.goto(reverse("contacts:list", args=[busy.pk]))
    page.get_by_role("link", name="Reports").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Contacts by status")
    expect(page.get_by_text("6 of 40 contacts are opted out")).to_be_visible()
    page.get_by_role("link", name="Opt-outs", exact=True).click()
    page.get_by_role("link", name="30 days").click()
    expect(page.get_by_text("6 opt-outs in the last 30 days.")).to_be_visible()
    drawing = page.get_by_role("img", name="Opt-outs by source over time. The figures are in the table.")
    expect(drawing).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download CSV").click()
    assert download.value.suggested_filename.startswith("eastside-canvass-opt-outs-report-30-days-")


@pytest.mark.parametrize("level", ["account", "organization", "group"])
def test_reports_are_well_made(
    page: Page,
    busy: Group,
    account_admin: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
    level: str,
) -> None:
    scopes = {"account": busy.account, "organization": busy.organization, "group": busy}
    sign_in(account_admin)
    for report in REPORTS:
        for period in PERIODS:
            page.goto(reverse(f"compliance:{level}_{report}", args=[scopes[level].pk], query={"period": period}))
            assert_well_made(page)
            for width in (320, 1000, 1300):
                page.set_viewport_size(ViewportSize(width=width, height=800))
                assert _overflow(page) == 0, (page.url, width)


def test_each_size_has_a_drawing_of_its_own_that_is_not_shrunk(
    page: Page, busy: Group, account_admin: User, sign_in: Callable[[User], None]
) -> None:
    sign_in(account_admin)
    for width, drawn in ((1280, 760), (1000, 760), (910, 760), (390, 358)):
        page.set_viewport_size(ViewportSize(width=width, height=800))
        for report in REPORTS:
            page.goto(reverse(f"compliance:group_{report}", args=[busy.pk]))
            box = page.locator(".drawing:visible").bounding_box()
            assert box, report
            assert box["width"] == drawn, (report, width)
