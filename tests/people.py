"""The people and the tenants that tests are told with; ``tests/conftest.py`` loads these fixtures for every test.

Our account is Sunrise Alliance with two organizations and three groups. The foreign account has one of each, and the
outsider runs it.
"""

import time

import factory
import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.test import Client

from groups.models import Account, Group, Organization, Role, RoleKind, User

PASSWORD = "kept-for-tests-only-1"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """A person who signs in; with ``password=`` also by the sign-in page."""

    class Meta:
        model = User

    name = factory.Faker("name")
    email = factory.Sequence(lambda number: f"person-{number}@example.com")

    @classmethod
    def _create(cls, model_class: type[User], *args: object, **fields: str) -> User:
        return User.objects.create_user(**fields)


class AccountFactory(factory.django.DjangoModelFactory[Account]):
    class Meta:
        model = Account

    name = factory.Sequence(lambda number: f"Account {number}")


class OrganizationFactory(factory.django.DjangoModelFactory[Organization]):
    class Meta:
        model = Organization

    account = factory.SubFactory(AccountFactory)
    name = factory.Sequence(lambda number: f"Organization {number}")


class GroupFactory(factory.django.DjangoModelFactory[Group]):
    class Meta:
        model = Group

    organization = factory.SubFactory(OrganizationFactory)
    account = factory.SelfAttribute("organization.account")
    name = factory.Sequence(lambda number: f"Group {number}")


def role_of(user: User, kind: RoleKind, scope: Account | Organization | Group) -> Role:
    """Give a user a role without an audit entry."""
    if isinstance(scope, Account):
        return Role.objects.create(user=user, kind=kind, account=scope)
    if isinstance(scope, Organization):
        return Role.objects.create(user=user, kind=kind, account=scope.account, organization=scope)
    return Role.objects.create(
        user=user, kind=kind, account=scope.account, organization=scope.organization, group=scope
    )


def person(name: str, kind: RoleKind, scope: Account | Organization | Group) -> User:
    """A new user with one role, whose address comes from the name."""
    user = UserFactory.create(name=name, email=f"{name.replace(' ', '.').lower()}@example.com")
    role_of(user, kind, scope)
    return user


def client_of(user: User, *, minutes_ago: int = 0) -> Client:
    """A browser in which ``user`` signed in, just now or so many minutes ago."""
    client = Client()
    client.force_login(user)
    session = client.session
    signed_in = {"method": "password", "at": time.time() - minutes_ago * 60, "email": user.email}
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [signed_in]
    session.save()
    return client


@pytest.fixture
def account(db: None) -> Account:
    return AccountFactory.create(name="Sunrise Alliance")


@pytest.fixture
def organization(account: Account) -> Organization:
    return OrganizationFactory.create(account=account, name="Riverside Neighbors")


@pytest.fixture
def other_organization(account: Account) -> Organization:
    return OrganizationFactory.create(account=account, name="Lakeside Tenants")


@pytest.fixture
def group(organization: Organization) -> Group:
    return GroupFactory.create(organization=organization, name="Eastside Canvass")


@pytest.fixture
def other_group(organization: Organization) -> Group:
    """A second group of the same organization."""
    return GroupFactory.create(organization=organization, name="Westside Phonebank")


@pytest.fixture
def foreign_account(db: None) -> Account:
    return AccountFactory.create(name="Harbor Coalition")


@pytest.fixture
def foreign_organization(foreign_account: Account) -> Organization:
    return OrganizationFactory.create(account=foreign_account, name="Harbor Food Bank")


@pytest.fixture
def foreign_group(foreign_organization: Organization) -> Group:
    return GroupFactory.create(organization=foreign_organization, name="Dockside Drive")


@pytest.fixture
def account_admin(account: Account) -> User:
    return person("Ruth Adeyemi", RoleKind.ACCOUNT_ADMIN, account)


@pytest.fixture
def organization_admin(organization: Organization) -> User:
    return person("Omar Haddad", RoleKind.ORGANIZATION_ADMIN, organization)


@pytest.fixture
def group_admin(group: Group) -> User:
    return person("Maya Okafor", RoleKind.GROUP_ADMIN, group)


@pytest.fixture
def agent(group: Group) -> User:
    return person("Tess Lindqvist", RoleKind.AGENT, group)


@pytest.fixture
def support(db: None) -> User:
    """Customer Support of the installation: no role anywhere (R2.4)."""
    return UserFactory.create(name="Sam Ortega", email="sam.ortega@example.com", is_support=True)


@pytest.fixture
def outsider(foreign_account: Account, foreign_group: Group) -> User:
    """The account admin of the foreign account."""
    return person("Olga Petrov", RoleKind.ACCOUNT_ADMIN, foreign_account)
