"""``column__among=values``: a set of any size in one parameter, on both engines."""

import pytest
from pytest_django import DjangoAssertNumQueries

from contacts.export.custom_fields import names_in
from contacts.models import Contact, Membership
from groups.models import Group
from groups.sets import insert_each
from tests.contacts.factories import arrive, phone, phones

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def three(group: Group) -> None:
    arrive(group, *phones(3))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], 0),
        (["+1206555"], 0),
        ([phone(1), phone(3), phone(9)], 2),
        (['it\'s "quoted" \\ é', phone(2)], 1),
        ([phone(1), phone(1)], 1),
    ],
)
def test_it_finds_those_that_equal_one_of_the_strings(values: list[str], found: int) -> None:
    assert Membership.objects.filter(phone__among=values).count() == found
    assert Membership.objects.exclude(phone__among=values).count() == 3 - found


def test_of_nothing_the_database_is_not_asked(group: Group, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    members = Membership.objects.filter(contact__among=[])
    with django_assert_num_queries(0):
        assert list(members) == []
        assert members.update(inactive=True) == 0
        insert_each(Contact, "phone", [], account_id=group.account_id)
    assert names_in(members) == []


def test_it_finds_keys_and_follows_relations() -> None:
    ids = list(Contact.objects.values_list("pk", flat=True))
    assert Contact.objects.filter(pk__among=ids[:2]).count() == 2
    assert Membership.objects.filter(contact__among=ids[:2]).count() == 2
    assert Membership.objects.filter(contact__phone__among=[phone(1)]).count() == 1


def test_more_values_than_any_engine_takes_as_parameters() -> None:
    ids = [*range(10**12, 10**12 + 300_000), *Contact.objects.values_list("pk", flat=True)]
    assert Contact.objects.filter(pk__among=ids).count() == 3


def test_a_null_is_never_among_them(group: Group) -> None:
    Membership.objects.filter(phone=phone(1)).update(phone=None)
    assert Membership.objects.filter(phone__among=[phone(1), phone(2)]).count() == 1
