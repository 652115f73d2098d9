"""Opt-outs of an organization, from a former system's list to a reversal by Customer Support, in a real browser."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Page, expect

from compliance.models import ReversalRequest
from contacts.actions.opt_out import opt_out
from contacts.models import OptOut
from groups.models import Group, User
from tests.contacts.factories import arrive, member, phone

pytestmark = pytest.mark.django_db(transaction=True)

type SignIn = Callable[[User], None]
type WellMade = Callable[[Page], None]


def test_a_list_is_pasted_previewed_and_saved(
    page: Page, group: Group, organization_admin: User, sign_in: SignIn, assert_well_made: WellMade
) -> None:
    arrive(group, phone(1))
    sign_in(organization_admin)
    page.goto(reverse("contacts:opt_outs", args=[group.organization_id]))
    page.get_by_role("link", name="Add opt-outs").click()
    page.get_by_label("Numbers").fill("206-555-0001 2024-05-06\n206-555-0002\n12\n")
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("Nothing is saved yet.")).to_be_visible()
    expect(page.get_by_role("row", name="3 12 Too short")).to_be_visible()
    assert_well_made(page)
    assert not OptOut.objects.exists()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Opt-outs saved")
    expect(page.get_by_text("2 opted out of Riverside Neighbors.")).to_be_visible()
    assert_well_made(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download 1 rejected line").click()
    assert download.value.suggested_filename == "rejected-opt-outs.csv"
    assert member(group, phone(1)).opted_out
    page.get_by_role("link", name="Show the opt-outs").click()
    expect(page.get_by_role("row", name="+1 206-555-0001")).to_contain_text("6 May 2024")


def test_a_list_is_uploaded_as_a_file(page: Page, group: Group, organization_admin: User, sign_in: SignIn) -> None:
    sign_in(organization_admin)
    page.goto(reverse("contacts:opt_out_list", args=[group.organization_id]))
    content = b"Phone,Opted out on\n206-555-0001,2024-05-06\n"
    page.get_by_label("Or a file").set_input_files(FilePayload(name="out.csv", mimeType="text/csv", buffer=content))
    page.get_by_role("button", name="Show the preview").click()
    expect(page.get_by_text("date from Opted out on")).to_be_visible()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("1 opted out of Riverside Neighbors.")).to_be_visible()


def test_the_evidence_of_an_opt_out_is_opened_in_its_row(
    page: Page, group: Group, organization_admin: User, sign_in: SignIn, assert_well_made: WellMade
) -> None:
    stopped(group)
    sign_in(organization_admin)
    page.goto(reverse("contacts:opt_outs", args=[group.organization_id]))
    expect(page.get_by_text("Stop texting me")).to_be_hidden()
    page.get_by_text("Evidence").press("Enter")
    expect(page.get_by_text("Stop texting me")).to_be_visible()
    assert_well_made(page)


def stopped(group: Group) -> None:
    arrive(group, phone(1))
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="Stop texting me")


def test_support_approves_what_an_account_admin_files(
    page: Page, group: Group, account_admin: User, support: User, sign_in: SignIn, assert_well_made: WellMade
) -> None:
    stopped(group)
    sign_in(account_admin)
    page.goto(reverse("contacts:contact", args=[group.pk, member(group, phone(1)).contact_id]))
    page.get_by_role("link", name="Ask Customer Support to end it").click()
    page.get_by_label("Phone").fill("206-555-0001")
    page.get_by_label("Organization").select_option(label="Riverside Neighbors")
    page.get_by_label("Evidence").fill("They wrote to us that they want texts again")
    page.get_by_role("button", name="File the request").click()
    expect(page.get_by_role("row", name="+1 206-555-0001")).to_contain_text("Waiting")
    assert_well_made(page)

    page.context.clear_cookies()
    sign_in(support)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Requests to end an opt-out")
    page.get_by_label("Phone").fill("206-555-0001")
    page.get_by_label("Organization").select_option(label="Riverside Neighbors · Sunrise Alliance")
    page.get_by_role("button", name="Find").click()
    assert_well_made(page)
    page.get_by_role("region", name="Found").get_by_role("link", name="+1 206-555-0001").click()
    expect(page.get_by_text("They wrote to us that they want texts again")).to_be_visible()
    assert_well_made(page)
    page.get_by_label("Reason").fill("Their own words, of today")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("Approved. 1 opt-out ended.")).to_be_visible()
    assert not member(group, phone(1)).opted_out
    assert ReversalRequest.objects.get().decided_by == support
