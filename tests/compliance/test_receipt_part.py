"""The part of a receipt that follows its own clean-up, and the whole page besides (R5.7)."""

import pytest
from django.urls import reverse

from compliance.actions.redact import redact
from groups.models import Group, User
from tests.contacts.factories import arrive, phone
from tests.people import client_of

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        (HTMX, False),
        (HTMX | {"HX-Boosted": "true"}, True),
        (HTMX | {"HX-History-Restore-Request": "true"}, True),
    ],
)
def test_the_part_comes_while_the_page_is_open_and_the_page_on_the_way_back_to_it(
    group: Group, account_admin: User, headers: dict[str, str], whole: bool
) -> None:
    arrive(group, phone(1))
    redaction = redact(group.account, [phone(1)], by=account_admin)
    assert redaction
    page = client_of(account_admin).get(
        reverse("compliance:receipt", args=[group.account_id, redaction.pk]), headers=headers
    )
    assert redaction.number in page.text
    assert ("<html" in page.text) is whole
