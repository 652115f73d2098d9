"""A contact's timeline, narrowed to texts and back, JavaScript off and on."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import Group, User
from tests.browser.test_contacts_tab import admin
from tests.contacts.factories import member, phone
from tests.conversations.factories import talk

__all__ = ["admin"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_narrowed_to_texts_and_back(page: Page, group: Group, admin: User, javascript: bool) -> None:
    talk(group, phone(70), "I moved to Harbor")
    page.goto(reverse("contacts:contact", args=[group.pk, member(group, phone(70)).contact_id]))
    text, change = page.get_by_text("I moved to Harbor"), page.get_by_text("Created by upload")
    expect(change).to_be_visible()

    show = page.get_by_label("Show of the timeline")
    for words in ("Texts", "Everything"):
        show.select_option(words)
        if not javascript:
            page.get_by_role("button", name="Show").click()
        expect(text).to_be_visible()
        expect(change).to_have_count(int(words == "Everything"))
        expect(show.locator("option:checked")).to_have_text(words)
