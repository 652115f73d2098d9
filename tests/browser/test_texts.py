"""The texts of an organization that no agent writes, in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from contacts.conversations import wording
from groups.models import Organization, User

pytestmark = pytest.mark.django_db(transaction=True)

MARKETING = "{organization}: we will not text you again. Donate"


def test_the_texts_of_an_organization_are_shown_on_a_phone_and_saved(
    page: Page,
    organization: Organization,
    organization_admin: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
    javascript: bool,
) -> None:
    sign_in(organization_admin)
    page.goto(reverse("groups:organization_settings", args=[organization.pk]))
    page.get_by_role("link", name="Texts", exact=True).click()
    phone = page.get_by_role("region", name="On a phone")
    expect(phone).to_contain_text("Riverside Neighbors: you are opted out and will get no more texts from us.")

    field = page.get_by_label("Confirmation")
    if javascript:
        field.press_sequentially(MARKETING)
        expect(phone).to_contain_text("“Donate” reads as marketing: leave it out.")
        expect(field).to_be_focused()
        expect(field).to_have_value(MARKETING)
    else:
        field.fill(MARKETING)
    page.get_by_role("button", name="Show on a phone").click()
    expect(phone).to_contain_text("Riverside Neighbors: we will not text you again. Donate")
    assert_well_made(page)

    page.get_by_label("Confirmation").fill("{organization}: we will not text you again.")
    page.get_by_role("button", name="Save texts").click()
    expect(page.get_by_text("Texts saved.")).to_be_visible()
    assert wording.confirmation(organization) == "Riverside Neighbors: we will not text you again."


def test_a_closing_text_is_approved_and_retired(
    page: Page,
    organization: Organization,
    organization_admin: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
) -> None:
    sign_in(organization_admin)
    page.goto(reverse("conversations:texts", args=[organization.pk]))
    page.get_by_role("textbox", name="Closing text").fill("Understood. No more texts from us.")
    page.get_by_role("button", name="Approve closing text").click()
    page.get_by_role("link", name="Understood. No more texts from us.").click()
    assert_well_made(page)
    page.get_by_role("button", name="Retire closing text").click()
    expect(page.get_by_role("heading", name="No closing texts in use")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("button", name="Bring back “Understood. No more texts from us.”").click()
    assert [one.text for one in wording.closings(organization)] == ["Understood. No more texts from us."]
