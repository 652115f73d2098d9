"""Two people at once: an account keeps an admin, a link works once, a role is given and ended once."""

import pytest
from django.db import IntegrityError

from groups.actions import invitation, role, tenant
from groups.actions.account import create_account
from groups.actions.invitation import AlreadyInvited, CannotAccept, MayNotOffer, Offer, accept, invite, join, withdraw
from groups.actions.role import LastAccountAdmin, change_roles, end_role, give_role
from groups.models import Account, AuditEntry, Group, Invitation, Role, RoleKind, User
from tests.contacts.racing import overlap, raised
from tests.people import PASSWORD, UserFactory, person, role_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def offered(group: Group, group_admin: User) -> Offer:
    return invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=group_admin)


def test_two_account_admins_who_remove_each_other_leave_one(
    account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = person("Ivo Second", RoleKind.ACCOUNT_ADMIN, account)
    results = overlap(
        monkeypatch,
        lambda: end_role(second.roles.get(), by=account_admin),
        lambda: end_role(account_admin.roles.get(), by=second),
        at=(role, "_record"),
    )

    assert results[0] is True
    assert isinstance(results[1], LastAccountAdmin)
    assert [one.user for one in Role.objects.current().filter(kind=RoleKind.ACCOUNT_ADMIN)] == [account_admin]


def test_a_role_ended_by_two_at_once_is_ended_once(
    group: Group, agent: User, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def end() -> bool:
        return end_role(agent.roles.get(), by=group_admin)

    results = overlap(monkeypatch, end, end, at=(role, "_record"))

    assert results == [True, False]
    assert AuditEntry.objects.filter(action="end_role").count() == 1
    agent.refresh_from_db()
    assert agent.signed_out == 1


def test_a_role_given_by_two_at_once_is_given_once(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = UserFactory.create()

    def give() -> bool:
        return give_role(dana, RoleKind.AGENT, group, by=group_admin)

    results = overlap(monkeypatch, give, give, at=(role, "_record"))

    assert results == [True, False]
    assert dana.roles.count() == 1


def test_roles_changed_by_two_at_once_end_as_the_second_wants(
    group: Group, agent: User, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: change_roles(agent, group, [RoleKind.GROUP_ADMIN], by=group_admin),
        lambda: change_roles(agent, group, [RoleKind.AGENT], by=group_admin),
        at=(role, "_record"),
    )

    assert results == [True, True]
    assert [one.kind for one in agent.roles.current()] == [RoleKind.AGENT]


def test_an_address_invited_by_two_at_once_is_invited_once(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask() -> Offer:
        return invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=group_admin)

    results = overlap(monkeypatch, ask, ask, at=(invitation, "_mailing"))

    assert [type(problem) for problem in raised(results)] == [AlreadyInvited]
    assert Invitation.objects.count() == 1


def test_a_link_followed_by_two_newcomers_at_once_makes_one_person(
    offered: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: join(offered.invitation, name="Dana", password=PASSWORD),
        lambda: join(offered.invitation, name="Mallory", password="another-password-9"),
        at=(invitation, "accept"),
    )

    assert isinstance(results[1], CannotAccept | IntegrityError)
    dana = User.objects.get(email="dana@example.com")
    assert (dana.name, dana.check_password(PASSWORD), dana.roles.count()) == ("Dana", True, 1)


def test_a_link_used_twice_at_once_is_used_once(offered: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)

    def take() -> None:
        accept(offered.invitation, by=dana)

    results = overlap(monkeypatch, take, take, at=(invitation, "give_role"))

    assert [type(problem) for problem in raised(results)] == [CannotAccept]
    assert AuditEntry.objects.filter(action="accept_invitation").count() == 1


def test_an_invitation_withdrawn_while_it_is_accepted_was_accepted(
    offered: Offer, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    results = overlap(
        monkeypatch,
        lambda: accept(offered.invitation, by=dana),
        lambda: withdraw(offered.invitation, by=group_admin),
        at=(invitation, "give_role"),
    )

    assert results == [None, False]
    assert Invitation.objects.get().withdrawn is None
    assert dana.roles.current().count() == 1


def test_an_admin_who_is_removed_while_they_invite_has_invited_nobody(
    group: Group, group_admin: User, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlap(
        monkeypatch,
        lambda: invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=group_admin),
        lambda: end_role(group_admin.roles.get(), by=account_admin),
        at=(invitation, "_mailing"),
    )

    assert not Invitation.objects.filter(withdrawn=None).exists()


def test_an_admin_who_is_being_removed_invites_nobody_any_more(
    group: Group, group_admin: User, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: end_role(group_admin.roles.get(), by=account_admin),
        lambda: invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=group_admin),
        at=(role, "_record"),
    )

    assert isinstance(results[1], MayNotOffer)
    assert not Invitation.objects.exists()


def test_an_admin_who_is_being_removed_sends_nothing_again(
    group: Group, group_admin: User, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=account_admin).invitation
    results = overlap(
        monkeypatch,
        lambda: end_role(group_admin.roles.get(), by=account_admin),
        lambda: invitation.resend(sent, by=group_admin),
        at=(role, "_record"),
    )

    assert isinstance(results[1], MayNotOffer)
    assert Invitation.objects.get().invited_by == account_admin


def test_a_member_who_is_being_removed_does_not_get_roles_back(
    group: Group, agent: User, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: change_roles(agent, group, [], by=group_admin),
        lambda: change_roles(agent, group, [RoleKind.GROUP_ADMIN], by=group_admin),
        at=(role, "_record"),
    )

    assert results == [True, False]
    assert not agent.roles.current().exists()


@pytest.fixture
def second(account: Account, account_admin: User) -> User:
    return person("Ivo Second", RoleKind.ACCOUNT_ADMIN, account)


def test_accepting_never_deadlocks_with_removing_who_invited(
    account: Account, account_admin: User, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    sent = invite(account, email=dana.email, kind=RoleKind.ACCOUNT_ADMIN, by=account_admin).invitation
    results = overlap(
        monkeypatch,
        lambda: accept(sent, by=dana),
        lambda: end_role(account_admin.roles.get(), by=second),
        at=(invitation, "give_role"),
    )

    assert results == [None, True]
    accepted = Invitation.objects.get()
    assert accepted.accepted
    assert accepted.withdrawn is None


def test_an_invitation_accepted_while_its_inviter_is_removed_is_not_withdrawn_too(
    offered: Offer, group_admin: User, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    results = overlap(
        monkeypatch,
        lambda: accept(offered.invitation, by=dana),
        lambda: end_role(group_admin.roles.get(), by=account_admin),
        at=(invitation, "give_role"),
    )

    assert results == [None, True]
    assert Invitation.objects.get().withdrawn is None
    assert dana.roles.current().count() == 1


def test_a_first_password_never_deadlocks_with_removing_who_sets_it(
    account: Account, second: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create_account("Lakeview", email="dana@example.com", person="Dana", one_sender=True)
    role_of(second, RoleKind.ACCOUNT_ADMIN, made.account)
    assert made.offer
    sent = made.offer.invitation
    results = overlap(
        monkeypatch,
        lambda: join(sent, name="Dana", password=PASSWORD),
        lambda: end_role(made.admin.roles.get(), by=second),
        at=(invitation, "accept"),
    )

    assert not raised(results)
    assert Invitation.objects.get().accepted


def test_a_name_taken_by_two_at_once_goes_to_the_first(
    account: Account, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create() -> object:
        return tenant.create_organization(account, name="Hilltop Renters", country="US", by=account_admin)

    results = overlap(monkeypatch, create, create, at=(tenant.audit, "record"))

    assert isinstance(results[1], IntegrityError)
    assert account.organizations.count() == 1


def test_a_group_archived_by_two_at_once_is_archived_once(
    group: Group, organization_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def archive() -> bool:
        return tenant.archive_group(group, by=organization_admin)

    results = overlap(monkeypatch, archive, archive, at=(tenant.audit, "record"))

    assert results == [True, False]
    assert AuditEntry.objects.filter(action="archive_group").count() == 1
