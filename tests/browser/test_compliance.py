"""`How do I delete a contact?`, word for word as the help article tells it, JavaScript off and on (R5.1, R5.2)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from compliance.models import Redaction
from contacts.models import Contact
from groups.models import Account, Group, User
from tests.contacts.factories import arrive, phone
from tests.conversations.factories import named, talk

pytestmark = pytest.mark.django_db(transaction=True)

SENTENCE = "I understand this cannot be undone"


@pytest.fixture
def admin(account: Account, group: Group, account_admin: User, agent: User, sign_in: Callable[[User], None]) -> User:
    """An account admin who is signed in; the lead to be deleted was texted, somebody else stands beside them."""
    named(group, phone(143), "Dana", "Whitfield")
    talk(group, phone(143), "Hi Dana", "Hello", agent=agent)
    arrive(group, phone(144))
    sign_in(account_admin)
    return account_admin


def enter_the_phone_number(page: Page, account: Account, number: str) -> None:
    """From the account overview page, click Compliance. Enter the phone number of the lead and click Redact Leads."""
    page.goto("/")
    page.get_by_role("link", name=account.name).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(account.name)
    page.get_by_role("link", name="Compliance", exact=True).click()
    page.get_by_label("Phone number of the lead").fill(number)
    page.get_by_role("button", name="Redact Leads").click()


def test_a_lead_is_deleted(page: Page, admin: User, account: Account, assert_well_made: Callable[[Page], None]) -> None:
    enter_the_phone_number(page, account, "(206) 555-0143")
    expect(page.get_by_role("heading", name="+1 206-555-0143")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("1 contact in 1 organization: Riverside Neighbors.")
    assert_well_made(page)
    page.get_by_role("button", name="Continue to confirm").click()
    assert_well_made(page)
    page.get_by_label(f"Type {SENTENCE}").fill(SENTENCE)
    page.get_by_role("button", name="Confirm redact PII from leads").click()
    expect(page.get_by_role("heading", name="The lead has been deleted")).to_be_visible()
    assert_well_made(page)
    assert list(Contact.objects.values_list("phone", flat=True).order_by("pk")) == [None, phone(144)]
    expect(page.get_by_role("main")).to_contain_text("No trace of the number or the name is left here.")


def test_a_wrong_sentence_deletes_nobody(
    page: Page, admin: User, account: Account, assert_well_made: Callable[[Page], None]
) -> None:
    enter_the_phone_number(page, account, "206.555.0143")
    page.get_by_role("button", name="Continue to confirm").click()
    page.get_by_label(f"Type {SENTENCE}").fill("i understand")
    page.get_by_role("button", name="Confirm redact PII from leads").click()
    expect(page.get_by_text("That is not the sentence. Nothing was erased.")).to_be_visible()
    assert_well_made(page)
    page.get_by_role("link", name="Cancel, erase nothing").click()
    assert not Redaction.objects.exists()


def test_a_number_that_nobody_knows_has_nothing_to_redact(
    page: Page, admin: User, account: Account, assert_well_made: Callable[[Page], None]
) -> None:
    enter_the_phone_number(page, account, "206-555-0199")
    expect(page.get_by_text("There is nothing to redact for this number in this account.")).to_be_visible()
    assert_well_made(page)
