"""Tags of an organization: create, change, retire, bring back."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions import tag as actions
from contacts.models import Tag
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import arrive, member, phone, reason
from tests.people import client_of, person

CHANGES = ["contacts:tag", "contacts:retire_tag", "contacts:bring_back_tag"]


@pytest.fixture
def moved(organization: Organization, account_admin: User) -> Tag:
    return actions.create_tag(organization, name="moved", agents_may_set=True, by=account_admin)


def url(organization: Organization, name: str = "contacts:tags", *keys: int) -> str:
    return reverse(name, args=[organization.pk, *keys])


def put_on(tag: Tag, group: Group, *numbers: str) -> None:
    for number in numbers:
        tag.contact_tags.create(account=group.account, contact=member(group, number).contact)


def test_a_tag_is_created(organization: Organization, organization_admin: User) -> None:
    response = client_of(organization_admin).post(url(organization), {"name": "  volunteer ", "agents_may_set": "on"})

    assert response["Location"] == url(organization)
    made = organization.tags.get()
    assert (made.name, made.agents_may_set, made.account) == ("volunteer", True, organization.account)
    entry = AuditEntry.objects.get(action="create_tag")
    assert (entry.organization, entry.actor, entry.counts) == (organization, organization_admin, {"tag": made.pk})


def test_a_tag_for_admins_only_is_created_by_leaving_the_box_empty(
    organization: Organization, organization_admin: User
) -> None:
    page = client_of(organization_admin).post(url(organization), {"name": "do not knock"}, follow=True)

    assert not organization.tags.get().agents_may_set
    assert "“do not knock” created." in page.text
    assert "Admins only" in page.text


def test_the_list_tells_who_may_set_a_tag_how_many_wear_it_and_which_reasons_put_it_on(
    organization: Organization, organization_admin: User, group: Group
) -> None:
    moved = reason(organization, "Moved away", tag="moved").tag
    retired = reason(organization, "Old reason")
    retired.tag = moved
    retired.save()
    actions.retire(retired, by=organization_admin)
    arrive(group, phone(1), phone(2))
    assert moved
    put_on(moved, group, phone(1), phone(2))

    (row,) = client_of(organization_admin).get(url(organization)).context["offered"]

    assert (row.tag, row.contacts, row.reasons) == (moved, 2, ["Moved away"])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "Enter a name."),
        ("MOVED", "Riverside Neighbors has “MOVED” already, perhaps in other capitals or retired."),
        (" moved\u200b", "Riverside Neighbors has “moved” already"),
        ("\u200b\u202e", "Nothing in this name can be seen."),
        ("x" * 41, "A name has 40 characters at most; this one has 41."),
        ("a,b", "Leave out commas, semicolons and |"),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_wrong_name_says_how_to_mend_it_and_makes_nothing(
    organization: Organization, organization_admin: User, moved: Tag, name: str, said: str
) -> None:
    page = client_of(organization_admin).post(url(organization), {"name": name})

    assert page.status_code == 200
    assert said in page.text
    assert list(organization.tags.all()) == [moved]


def test_capitals_make_no_difference_in_any_alphabet(organization: Organization, organization_admin: User) -> None:
    client = client_of(organization_admin)
    client.post(url(organization), {"name": "école"})

    page = client.post(url(organization), {"name": "E\u0301COLE"})

    assert "Riverside Neighbors has “ÉCOLE” already" in page.text
    assert organization.tags.count() == 1


def test_a_name_of_markup_is_shown_as_it_is(organization: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).post(url(organization), {"name": "<script>alert(1)</script>"}, follow=True)

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_a_name_taken_at_the_same_moment_is_an_error_of_the_form(
    organization: Organization, organization_admin: User
) -> None:
    def beaten(*args: object, **values: object) -> Tag:
        Tag.objects.create(account=organization.account, organization=organization, name="Moved")
        return create(*args, **values)  # type: ignore[arg-type]

    create = actions.create_tag
    with patch.object(actions, "create_tag", beaten):
        page = client_of(organization_admin).post(url(organization), {"name": "moved"})

    assert "Riverside Neighbors has “moved” already" in page.text
    assert [tag.name for tag in organization.tags.all()] == ["Moved"]
    assert not AuditEntry.objects.filter(action="create_tag").exists()


def test_two_organizations_may_have_a_tag_of_the_same_name(
    other_organization: Organization, moved: Tag, account_admin: User
) -> None:
    client_of(account_admin).post(url(other_organization), {"name": "moved"})
    assert other_organization.tags.get().name == "moved"


def test_a_tag_is_renamed_and_given_to_admins_only(
    organization: Organization, organization_admin: User, moved: Tag
) -> None:
    response = client_of(organization_admin).post(url(organization, "contacts:tag", moved.pk), {"name": "moved away"})

    assert response["Location"] == url(organization)
    moved.refresh_from_db()
    assert (moved.name, moved.agents_may_set) == ("moved away", False)
    entry = AuditEntry.objects.get(action="change_tag")
    assert (entry.actor, entry.counts) == (organization_admin, {"tag": moved.pk})


def test_a_tag_may_change_the_capitals_of_its_own_name(
    organization: Organization, organization_admin: User, moved: Tag
) -> None:
    client_of(organization_admin).post(url(organization, "contacts:tag", moved.pk), {"name": "Moved"})

    moved.refresh_from_db()
    assert moved.name == "Moved"


def test_a_change_that_changes_nothing_leaves_no_entry(
    organization: Organization, organization_admin: User, moved: Tag
) -> None:
    values = {"name": "moved", "agents_may_set": "on"}
    page = client_of(organization_admin).post(url(organization, "contacts:tag", moved.pk), values, follow=True)

    assert "“moved” is so already. Nothing changed." in page.text
    assert not AuditEntry.objects.filter(action="change_tag").exists()


def test_a_rename_that_another_tag_was_quicker_with_is_an_error_of_the_form(
    organization: Organization, organization_admin: User, moved: Tag
) -> None:
    def beaten(*args: object, **values: object) -> bool:
        Tag.objects.create(account=organization.account, organization=organization, name="gone")
        return change(*args, **values)  # type: ignore[arg-type]

    change = actions.change_tag
    with patch.object(actions, "change_tag", beaten):
        page = client_of(organization_admin).post(url(organization, "contacts:tag", moved.pk), {"name": "Gone"})

    assert "Riverside Neighbors has “Gone” already" in page.text
    moved.refresh_from_db()
    assert moved.name == "moved"


def test_a_retired_tag_leaves_the_offer_and_stays_on_contacts(
    organization: Organization, organization_admin: User, moved: Tag, group: Group
) -> None:
    arrive(group, phone(1))
    put_on(moved, group, phone(1))

    page = client_of(organization_admin).post(url(organization, "contacts:retire_tag", moved.pk), follow=True)

    assert page.context["offered"] == []
    assert [row.tag for row in page.context["retired"]] == [moved]
    assert moved.contact_tags.count() == 1
    assert AuditEntry.objects.get(action="retire_tag").actor == organization_admin
    assert "“moved” retired. Contacts who have it keep it." in page.text


def test_the_page_of_a_tag_warns_that_a_reason_goes_on_putting_it_on(
    organization: Organization, organization_admin: User
) -> None:
    moved = reason(organization, "Moved away", tag="moved").tag
    assert moved

    page = client_of(organization_admin).get(url(organization, "contacts:tag", moved.pk))

    assert "The opt-out reason “Moved away” still puts it on." in page.text


def test_a_retired_tag_is_not_retired_twice(organization: Organization, organization_admin: User, moved: Tag) -> None:
    client = client_of(organization_admin)
    client.post(url(organization, "contacts:retire_tag", moved.pk))
    moved.refresh_from_db()
    first = moved.retired

    page = client.post(url(organization, "contacts:retire_tag", moved.pk), follow=True)

    moved.refresh_from_db()
    assert moved.retired == first
    assert AuditEntry.objects.filter(action="retire_tag").count() == 1
    assert "“moved” is so already. Nothing changed." in page.text


def test_a_retired_tag_is_brought_back_once(organization: Organization, organization_admin: User, moved: Tag) -> None:
    actions.retire(moved, by=organization_admin)
    client = client_of(organization_admin)

    client.post(url(organization, "contacts:bring_back_tag", moved.pk))
    client.post(url(organization, "contacts:bring_back_tag", moved.pk))

    moved.refresh_from_db()
    assert moved.retired is None
    assert AuditEntry.objects.filter(action="bring_back_tag").count() == 1


@pytest.mark.parametrize("who", ["group_admin", "agent"])
@pytest.mark.parametrize("name", ["contacts:tags", *CHANGES])
def test_whoever_works_in_a_group_only_is_refused(
    request: pytest.FixtureRequest, organization: Organization, moved: Tag, who: str, name: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    keys = [moved.pk] if name in CHANGES else []

    assert client.post(url(organization, name, *keys), {"name": "taken over"}).status_code == 403

    moved.refresh_from_db()
    assert (moved.name, moved.retired, organization.tags.count()) == ("moved", None, 1)


@pytest.mark.parametrize("name", ["contacts:tags", *CHANGES])
def test_an_outsider_finds_nothing_and_changes_nothing(
    organization: Organization, moved: Tag, outsider: User, name: str
) -> None:
    keys = [moved.pk] if name in CHANGES else []

    assert client_of(outsider).post(url(organization, name, *keys), {"name": "taken over"}).status_code == 404

    moved.refresh_from_db()
    assert (moved.name, moved.retired, organization.tags.count()) == ("moved", None, 1)


@pytest.mark.parametrize("name", CHANGES)
def test_a_tag_of_another_organization_is_not_reached_through_ones_own(
    foreign_organization: Organization, moved: Tag, outsider: User, name: str
) -> None:
    client = client_of(outsider)

    assert client.post(url(foreign_organization, name, moved.pk), {"name": "taken over"}).status_code == 404

    moved.refresh_from_db()
    assert (moved.name, moved.retired) == ("moved", None)


def test_an_admin_of_another_organization_of_the_account_finds_nothing(
    organization: Organization, other_organization: Organization, moved: Tag
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    assert client_of(cousin).get(url(organization)).status_code == 404


@pytest.mark.parametrize("name", ["contacts:retire_tag", "contacts:bring_back_tag"])
def test_retiring_and_bringing_back_are_no_get(
    organization: Organization, organization_admin: User, moved: Tag, name: str
) -> None:
    assert client_of(organization_admin).get(url(organization, name, moved.pk)).status_code == 405


def test_a_number_that_no_tag_can_have_finds_nothing(organization: Organization, organization_admin: User) -> None:
    assert client_of(organization_admin).get(url(organization, "contacts:tag", 10**25)).status_code == 404


def test_the_list_costs_the_same_however_many_tags_there_are(
    organization: Organization,
    organization_admin: User,
    moved: Tag,
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


def test_an_organization_without_tags_says_what_they_are_for(
    organization: Organization, organization_admin: User
) -> None:
    page = client_of(organization_admin).get(url(organization))
    assert "No tags yet" in page.text
