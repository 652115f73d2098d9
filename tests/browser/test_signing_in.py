"""The door: the pages that anybody may open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from groups.models import User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


BEFORE_THE_DOOR = (
    "/auth/login/",
    "/auth/password/reset/",
    "/auth/password/reset/done/",
    "/auth/password/reset/key/1-old/",
    "/auth/password/reset/key/done/",
    "/auth/inactive/",
)


@pytest.mark.parametrize("path", BEFORE_THE_DOOR)
def test_the_pages_before_the_door_are_well_made(
    page: Page, path: str, assert_well_made: Callable[[Page], None]
) -> None:
    page.goto(path)
    assert_well_made(page)


@pytest.mark.parametrize("path", ["/auth/reauthenticate/", "/auth/logout/"])
def test_the_pages_at_the_door_are_well_made(
    page: Page,
    path: str,
    group_admin: User,
    sign_in: Callable[[User], None],
    assert_well_made: Callable[[Page], None],
) -> None:
    group_admin.set_password(PASSWORD)
    group_admin.save()
    sign_in(group_admin)
    page.goto(path)
    assert page.url.endswith(path)
    assert_well_made(page)


def test_a_person_signs_in_with_their_address_and_password(page: Page, group_admin: User) -> None:
    group_admin.set_password(PASSWORD)
    group_admin.save()

    page.goto("/")
    page.get_by_label("Email").fill(group_admin.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/")
    assert page.get_by_text(group_admin.name).count() > 0
