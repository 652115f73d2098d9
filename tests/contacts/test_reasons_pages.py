"""Opt-out reasons of an organization: create, change, retire, bring back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions import tag as actions
from contacts.actions.opt_out import opt_out
from contacts.models import OptOut, OptOutReason, Tag
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import arrive, member, phone, reason
from tests.people import client_of, person

CHANGES = ["contacts:reason", "contacts:retire_reason", "contacts:bring_back_reason"]


@pytest.fixture
def moved_away(organization: Organization) -> OptOutReason:
    """A reason that puts on the tag "moved"."""
    return reason(organization, "Moved away", tag="moved")


def url(organization: Organization, name: str = "contacts:reasons", *keys: int) -> str:
    return reverse(name, args=[organization.pk, *keys])


def tag(organization: Organization, name: str) -> Tag:
    return Tag.objects.create(account=organization.account, organization=organization, name=name)


def test_a_reason_that_adds_a_tag_is_created(organization: Organization, organization_admin: User) -> None:
    wrong = tag(organization, "wrong number")

    response = client_of(organization_admin).post(url(organization), {"name": "Wrong number", "tag": wrong.pk})

    assert response["Location"] == url(organization)
    made = organization.opt_out_reasons.get()
    assert (made.name, made.tag, made.account) == ("Wrong number", wrong, organization.account)
    entry = AuditEntry.objects.get(action="create_reason")
    assert (entry.organization, entry.actor, entry.counts) == (organization, organization_admin, {"reason": made.pk})


def test_a_reason_needs_no_tag(organization: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).post(url(organization), {"name": "Too many texts", "tag": ""}, follow=True)

    assert organization.opt_out_reasons.get().tag is None
    assert "“Too many texts” created." in page.text


def test_the_list_shows_the_order_of_the_offer_the_tags_and_how_often_each_was_given(
    organization: Organization, organization_admin: User, moved_away: OptOutReason, group: Group
) -> None:
    second = reason(organization, "A second one")
    opt_out(organization, [phone(1), phone(2)], by=organization_admin, source="admin", reason=moved_away)
    OptOut.objects.filter(phone=phone(1)).update(ended="2026-11-22T12:00Z")

    page = client_of(organization_admin).get(url(organization))

    assert [(row.reason, row.opt_outs) for row in page.context["offered"]] == [(moved_away, 2), (second, 0)]
    assert "A reason that adds a tag puts it on the contact at that moment" in page.text
    assert "People who opt out by text get neither reason nor tag." in page.text


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": "moved AWAY"}, "Riverside Neighbors has “moved AWAY” already"),
        ({"name": "x" * 61}, "A name has 60 characters at most; this one has 61."),
        ({"name": "New", "tag": "nonsense"}, "Choose a tag from the list."),
        ({"name": "New", "tag": "9" * 30}, "Choose a tag from the list."),
        ({"name": "New", "tag": "\x00"}, "Null characters are not allowed."),
    ],
)
def test_a_wrong_value_says_how_to_mend_it_and_makes_nothing(
    organization: Organization,
    organization_admin: User,
    moved_away: OptOutReason,
    values: dict[str, str],
    said: str,
) -> None:
    page = client_of(organization_admin).post(url(organization), values)

    assert page.status_code == 200
    assert said in page.text
    assert list(organization.opt_out_reasons.all()) == [moved_away]


@pytest.mark.parametrize("whose", ["foreign_organization", "other_organization"])
def test_a_tag_of_another_organization_is_not_offered(
    request: pytest.FixtureRequest, organization: Organization, organization_admin: User, whose: str
) -> None:
    theirs = tag(request.getfixturevalue(whose), "theirs")

    page = client_of(organization_admin).post(url(organization), {"name": "New", "tag": theirs.pk})

    assert "Choose a tag from the list." in page.text
    assert "theirs" not in page.text
    assert not organization.opt_out_reasons.exists()


def test_a_retired_tag_is_not_offered(organization: Organization, organization_admin: User) -> None:
    old = tag(organization, "old")
    actions.retire(old, by=organization_admin)

    page = client_of(organization_admin).post(url(organization), {"name": "New", "tag": old.pk})

    assert "Choose a tag from the list." in page.text
    assert not organization.opt_out_reasons.exists()


def test_a_reason_keeps_a_tag_that_was_retired_since(
    organization: Organization, organization_admin: User, moved_away: OptOutReason
) -> None:
    assert moved_away.tag
    actions.retire(moved_away.tag, by=organization_admin)
    client = client_of(organization_admin)

    shown = client.get(url(organization, "contacts:reason", moved_away.pk))
    client.post(url(organization, "contacts:reason", moved_away.pk), {"name": "Moved", "tag": moved_away.tag.pk})

    assert "moved (retired)</option>" in shown.text
    was = moved_away.tag
    moved_away.refresh_from_db()
    assert (moved_away.name, moved_away.tag) == ("Moved", was)


def test_a_name_taken_at_the_same_moment_is_an_error_of_the_form(
    organization: Organization, organization_admin: User
) -> None:
    def beaten(*args: object, **values: object) -> OptOutReason:
        reason(organization, "Moved")
        return create(*args, **values)  # type: ignore[arg-type]

    create = actions.create_reason
    with patch.object(actions, "create_reason", beaten):
        page = client_of(organization_admin).post(url(organization), {"name": "moved"})

    assert "Riverside Neighbors has “moved” already" in page.text
    assert [some.name for some in organization.opt_out_reasons.all()] == ["Moved"]
    assert not AuditEntry.objects.filter(action="create_reason").exists()


def test_a_reason_is_renamed_and_given_another_tag(
    organization: Organization, organization_admin: User, moved_away: OptOutReason, group: Group
) -> None:
    arrive(group, phone(1))
    opt_out(organization, [phone(1)], by=organization_admin, source="admin", reason=moved_away)
    gone = tag(organization, "gone")

    client_of(organization_admin).post(
        url(organization, "contacts:reason", moved_away.pk), {"name": "Gone away", "tag": gone.pk}
    )

    moved_away.refresh_from_db()
    assert (moved_away.name, moved_away.tag) == ("Gone away", gone)
    assert [some.tag.name for some in member(group, phone(1)).contact.contact_tags.all()] == ["moved"]
    entry = AuditEntry.objects.get(action="change_reason")
    assert (entry.actor, entry.counts) == (organization_admin, {"reason": moved_away.pk})


def test_a_change_that_changes_nothing_leaves_no_entry(
    organization: Organization, organization_admin: User, moved_away: OptOutReason
) -> None:
    values = {"name": "Moved away", "tag": moved_away.tag_id}
    page = client_of(organization_admin).post(url(organization, "contacts:reason", moved_away.pk), values, follow=True)

    assert "“Moved away” is so already. Nothing changed." in page.text
    assert not AuditEntry.objects.filter(action="change_reason").exists()


def test_a_retired_reason_leaves_the_offer_and_stays_in_history(
    organization: Organization, organization_admin: User, moved_away: OptOutReason
) -> None:
    opt_out(organization, [phone(1)], by=organization_admin, source="admin", reason=moved_away)
    client = client_of(organization_admin)

    page = client.post(url(organization, "contacts:retire_reason", moved_away.pk), follow=True)
    client.post(url(organization, "contacts:retire_reason", moved_away.pk))

    assert page.context["offered"] == []
    assert [(row.reason, row.opt_outs) for row in page.context["retired"]] == [(moved_away, 1)]
    assert OptOut.objects.get().reason == moved_away
    assert AuditEntry.objects.filter(action="retire_reason").count() == 1


def test_a_retired_reason_is_brought_back_once(
    organization: Organization, organization_admin: User, moved_away: OptOutReason
) -> None:
    actions.retire(moved_away, by=organization_admin)
    client = client_of(organization_admin)

    client.post(url(organization, "contacts:bring_back_reason", moved_away.pk))
    client.post(url(organization, "contacts:bring_back_reason", moved_away.pk))

    moved_away.refresh_from_db()
    assert moved_away.retired is None
    assert AuditEntry.objects.filter(action="bring_back_reason").count() == 1


@pytest.mark.parametrize("who", ["group_admin", "agent"])
@pytest.mark.parametrize("name", ["contacts:reasons", *CHANGES])
def test_whoever_works_in_a_group_only_is_refused(
    request: pytest.FixtureRequest, organization: Organization, moved_away: OptOutReason, who: str, name: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    keys = [moved_away.pk] if name in CHANGES else []

    assert client.post(url(organization, name, *keys), {"name": "Taken over"}).status_code == 403

    moved_away.refresh_from_db()
    assert (moved_away.name, moved_away.retired, organization.opt_out_reasons.count()) == ("Moved away", None, 1)


@pytest.mark.parametrize("name", ["contacts:reasons", *CHANGES])
def test_an_outsider_finds_nothing_and_changes_nothing(
    organization: Organization, moved_away: OptOutReason, outsider: User, name: str
) -> None:
    keys = [moved_away.pk] if name in CHANGES else []

    assert client_of(outsider).post(url(organization, name, *keys), {"name": "Taken over"}).status_code == 404

    moved_away.refresh_from_db()
    assert (moved_away.name, moved_away.retired, organization.opt_out_reasons.count()) == ("Moved away", None, 1)


@pytest.mark.parametrize("name", CHANGES)
def test_a_reason_of_another_organization_is_not_reached_through_ones_own(
    foreign_organization: Organization, moved_away: OptOutReason, outsider: User, name: str
) -> None:
    client = client_of(outsider)

    assert client.post(url(foreign_organization, name, moved_away.pk), {"name": "Taken over"}).status_code == 404

    moved_away.refresh_from_db()
    assert (moved_away.name, moved_away.retired) == ("Moved away", None)


def test_an_admin_of_another_organization_of_the_account_finds_nothing(
    organization: Organization, other_organization: Organization
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    assert client_of(cousin).get(url(organization)).status_code == 404


@pytest.mark.parametrize("name", ["contacts:retire_reason", "contacts:bring_back_reason"])
def test_retiring_and_bringing_back_are_no_get(
    organization: Organization, organization_admin: User, moved_away: OptOutReason, name: str
) -> None:
    assert client_of(organization_admin).get(url(organization, name, moved_away.pk)).status_code == 405


def test_the_list_costs_the_same_however_many_reasons_there_are(
    organization: Organization,
    organization_admin: User,
    moved_away: OptOutReason,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(organization_admin)
    with CaptureQueriesContext(connection) as few:
        client.get(url(organization))
    for number in range(20):
        reason(organization, f"Reason {number}", tag=f"tag {number}")

    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(url(organization))

    assert len(page.context["offered"]) == 21
    assert len(many) == len(few)


def test_an_organization_without_reasons_says_what_they_are_for(
    organization: Organization, organization_admin: User
) -> None:
    page = client_of(organization_admin).get(url(organization))
    assert "No reasons yet" in page.text
