"""What Django doesn't read gets a page that says what to do, and nothing of it is saved."""

from django.urls import reverse

from contacts.models import OptOut
from groups.models import Organization, User
from tests.contacts.factories import phones
from tests.people import client_of


def test_a_paste_of_more_than_a_form_may_hold_is_told_to_come_in_parts_or_as_a_file(
    organization: Organization, organization_admin: User
) -> None:
    numbers = "\n".join(phones(250_000))
    answer = client_of(organization_admin).post(
        reverse("contacts:opt_out_list", args=[organization.pk]), {"numbers": numbers}
    )
    assert answer.status_code == 413
    told = answer.content.decode()
    assert "A form takes 2.5\xa0MB at most, and nothing of this one was read or saved." in told
    assert "can be uploaded as a file" in told
    assert not OptOut.objects.exists()


def test_more_fields_than_any_form_of_ours_has_are_too_many(
    organization: Organization, organization_admin: User
) -> None:
    answer = client_of(organization_admin).post(
        reverse("contacts:opt_out_list", args=[organization.pk]), dict.fromkeys(map(str, range(1001)), "")
    )
    assert answer.status_code == 413


def test_what_is_not_understood_for_another_cause_is_a_400_as_before(
    organization: Organization, organization_admin: User
) -> None:
    answer = client_of(organization_admin).post(
        reverse("contacts:opt_out_list", args=[organization.pk]), headers={"host": "elsewhere.example"}
    )
    assert answer.status_code == 400
    assert "could not read this request" in answer.content.decode()
