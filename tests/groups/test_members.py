"""Members pages: who is on it, change, remove (R2: appoint and remove people)."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.membership import assign
from groups.actions.role import end_role
from groups.models import Account, AuditEntry, Group, Invitation, Organization, Role, RoleKind, User
from groups.signals import role_ended
from tests.contacts.factories import member, members, phone
from tests.people import UserFactory, client_of, person, role_of

BOTH = ["group_admin", "agent"]


def roles_of(user: User, scope: Group | Organization | Account) -> set[str]:
    return {role.kind for role in user.roles.current() if role.scope == scope}


def member_url(what: str, scope: Group | Organization | Account, user: User) -> str:
    return reverse(f"groups:{scope.level}_{what}", args=[scope.pk, user.pk])


def test_the_agents_tab_lists_agents_admins_and_those_removed_since(
    group: Group, group_admin: User, agent: User, account_admin: User, other_group: Group
) -> None:
    person("Nora Elsewhere", RoleKind.AGENT, other_group)
    end_role(person("Gus Gone", RoleKind.AGENT, group).roles.get(), by=group_admin)

    page = client_of(group_admin).get(reverse("groups:agents", args=[group.pk])).text

    assert page.index("Maya Okafor") < page.index("Removed</h2>")
    assert page.index("Tess Lindqvist") < page.index("Removed</h2>") < page.index("Gus Gone")
    assert "Ruth Adeyemi (account admin)" in page
    assert "Nora Elsewhere" not in page


def test_somebody_removed_and_taken_back_is_listed_once(group: Group, group_admin: User, agent: User) -> None:
    end_role(agent.roles.get(), by=group_admin)
    role_of(agent, RoleKind.AGENT, group)

    page = client_of(group_admin).get(reverse("groups:agents", args=[group.pk])).text

    assert page.count("Tess Lindqvist</a>") == 1
    assert "Removed</h2>" not in page


def test_an_account_lists_its_admins_and_everybody_inside(
    account: Account, account_admin: User, organization_admin: User, agent: User, outsider: User
) -> None:
    page = client_of(account_admin).get(reverse("groups:account_members", args=[account.pk])).text

    for name in ("Ruth Adeyemi", "Omar Haddad", "Tess Lindqvist"):
        assert name in page
    assert "Olga Petrov" not in page


def test_an_organization_lists_those_inside_it_only(
    organization: Organization, organization_admin: User, agent: User, other_organization: Organization
) -> None:
    person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)

    page = client_of(organization_admin).get(reverse("groups:organization_members", args=[organization.pk])).text

    assert "Tess Lindqvist" in page
    assert "Cora Lund" not in page


def test_a_group_admin_makes_an_agent_a_group_admin_as_well(group: Group, group_admin: User, agent: User) -> None:
    page = client_of(group_admin).post(member_url("change", group, agent), {"kinds": BOTH}, follow=True)

    assert roles_of(agent, group) == set(BOTH)
    assert "Tess Lindqvist is now group admin and agent of Eastside Canvass." in page.text
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.group, entry.actor, entry.counts) == (
        "give_role",
        group,
        group_admin,
        {"kind": "group_admin"},
    )


def test_the_same_roles_again_change_nothing(group: Group, group_admin: User, agent: User) -> None:
    page = client_of(group_admin).post(member_url("change", group, agent), {"kinds": ["agent"]}, follow=True)

    assert "Nothing changed." in page.text
    assert not AuditEntry.objects.exists()


def test_no_role_at_all_is_an_error_that_says_how_to_remove(group: Group, group_admin: User, agent: User) -> None:
    page = client_of(group_admin).post(member_url("change", group, agent), {})

    assert "Tick at least one role. To take them all away, remove the person." in page.text
    assert roles_of(agent, group) == {"agent"}


def test_a_role_above_the_group_is_not_given_in_it(group: Group, group_admin: User, agent: User) -> None:
    page = client_of(group_admin).post(member_url("change", group, agent), {"kinds": ["account_admin"]})

    assert "You can&#x27;t give that role here." in page.text
    assert agent.roles.count() == 1


def test_a_removed_agent_is_signed_out_everywhere_and_their_contacts_are_unassigned(
    group: Group, group_admin: User, agent: User
) -> None:
    assign(group, members(group, phone(1)), agent=agent, by=group_admin)
    agents_browser = client_of(agent)

    page = client_of(group_admin).post(member_url("remove", group, agent), follow=True)

    assert "Tess Lindqvist removed from Eastside Canvass and signed out." in page.text
    assert agents_browser.get("/groups/").status_code == 302
    assert member(group, phone(1)).agent is None
    role = Role.objects.get(user=agent)
    assert role.ended
    entry = AuditEntry.objects.get(action="end_role")
    assert (entry.group, entry.actor, entry.counts) == (group, group_admin, {"kind": "agent"})


def test_floors_above_hear_of_it_inside_the_transaction(group: Group, group_admin: User, agent: User) -> None:
    def refuse(sender: object, role: Role, **kwargs: object) -> None:
        assert role.user == agent
        raise RuntimeError

    role_ended.connect(refuse)
    try:
        with pytest.raises(RuntimeError):
            end_role(agent.roles.get(), by=group_admin)
    finally:
        role_ended.disconnect(refuse)

    assert Role.objects.current().filter(user=agent).exists()
    assert not AuditEntry.objects.exists()


def test_removing_twice_changes_nothing_the_second_time(group: Group, group_admin: User, agent: User) -> None:
    client = client_of(group_admin)
    client.post(member_url("remove", group, agent))

    page = client.post(member_url("remove", group, agent), follow=True)

    assert "Nothing changed." in page.text
    assert AuditEntry.objects.filter(action="end_role").count() == 1


@pytest.mark.parametrize("what", ["change", "remove"])
def test_nobody_above_can_be_removed_through_the_group(
    what: str, group: Group, group_admin: User, organization_admin: User, account_admin: User
) -> None:
    for above in (organization_admin, account_admin):
        assert client_of(group_admin).post(member_url(what, group, above), {"kinds": BOTH}).status_code == 404
        assert Role.objects.current().filter(user=above).count() == 1


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("outsider", 404)])
def test_others_remove_nobody(
    who: str, status: int, request: pytest.FixtureRequest, group: Group, group_admin: User
) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.post(member_url("remove", group, group_admin)).status_code == status
    assert roles_of(group_admin, group) == {"group_admin"}


def test_a_person_of_another_tenant_is_not_found_in_ones_own(
    group: Group, agent: User, outsider: User, foreign_group: Group
) -> None:
    url = reverse("groups:group_remove", args=[foreign_group.pk, agent.pk])

    assert client_of(outsider).post(url).status_code == 404
    assert roles_of(agent, group) == {"agent"}


def test_removing_is_no_get(group: Group, group_admin: User, agent: User) -> None:
    assert client_of(group_admin).get(member_url("remove", group, agent)).status_code == 405


def test_the_last_account_admin_stays(account: Account, account_admin: User) -> None:
    client = client_of(account_admin)

    before = client.get(member_url("member", account, account_admin)).text
    after = client.post(member_url("remove", account, account_admin), follow=True).text

    assert "You are the last account admin of Sunrise Alliance" in before
    assert "Ruth Adeyemi is the last account admin of Sunrise Alliance. Nothing changed" in after
    assert roles_of(account_admin, account) == {"account_admin"}


def test_a_deactivated_colleague_does_not_count_as_another_account_admin(account: Account, account_admin: User) -> None:
    colleague = person("Ina Ctive", RoleKind.ACCOUNT_ADMIN, account)
    User.objects.filter(pk=colleague.pk).update(is_active=False)

    client_of(account_admin).post(member_url("remove", account, account_admin))

    assert roles_of(account_admin, account) == {"account_admin"}


def test_somebody_who_gives_up_their_own_role_is_told_so_and_signed_out(account: Account, account_admin: User) -> None:
    person("Ivo Second", RoleKind.ACCOUNT_ADMIN, account)
    client = client_of(account_admin)

    page = client.post(member_url("remove", account, account_admin), follow=True)

    assert "You gave up a role in Sunrise Alliance" in page.text
    assert page.redirect_chain[-1][0] == reverse("account_login")
    assert client.get("/groups/").status_code == 302


def test_an_account_admin_removes_an_organization_admin(
    organization: Organization, organization_admin: User, account_admin: User
) -> None:
    client_of(account_admin).post(member_url("remove", organization, organization_admin))

    assert roles_of(organization_admin, organization) == set()


def test_invitations_that_a_removed_admin_had_sent_are_withdrawn_unless_they_may_still_send_them(
    group: Group, group_admin: User, account_admin: User, other_group: Group
) -> None:
    role_of(group_admin, RoleKind.GROUP_ADMIN, other_group)
    client = client_of(group_admin)
    for some in (group, other_group):
        client.post(reverse("groups:group_invite", args=[some.pk]), {"email": "new@example.com", "kind": "agent"})

    client_of(account_admin).post(member_url("remove", group, group_admin))

    assert Invitation.objects.get(group=group).withdrawn
    assert Invitation.objects.get(group=other_group).withdrawn is None


def test_a_number_too_large_for_the_database_is_not_found(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)

    assert client.get(f"/groups/{group.pk}/agents/{10**30}/roles/").status_code == 404
    assert client.get(f"/groups/{10**30}/agents/").status_code == 404


def test_a_members_page_takes_the_same_queries_however_many_there_are(group: Group, group_admin: User) -> None:
    client = client_of(group_admin)
    url = reverse("groups:agents", args=[group.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    def one_more(number: int) -> None:
        role_of(UserFactory.create(), RoleKind.AGENT, group)
        end_role(role_of(UserFactory.create(), RoleKind.AGENT, group), by=group_admin)
        values = {"email": f"new{number}@example.com", "kind": "agent"}
        client.post(reverse("groups:group_invite", args=[group.pk]), values)
        client.get(url)

    one_more(1)
    few = queries()
    for number in range(2, 6):
        one_more(number)

    assert queries() == few


def test_somebody_signed_out_is_asked_to_sign_in(group: Group, agent: User, client: Client) -> None:
    assert client.post(member_url("remove", group, agent)).status_code == 302
    assert roles_of(agent, group) == {"agent"}
