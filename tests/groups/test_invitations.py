"""Invitations: offer a role by mail, take it once, within 14 days."""

import re
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from groups.actions.invitation import CannotAccept, MayNotOffer, Offer, accept, invite, withdraw
from groups.models import Account, AuditEntry, Group, Invitation, Organization, RoleKind, User
from groups.views import members
from tests.people import PASSWORD, UserFactory, client_of, person, role_of

DANA = {"email": "Dana@Example.com", "kind": "agent"}
JOIN = {"name": "Dana Reyes", "password": PASSWORD}


@pytest.fixture
def offered(group: Group, group_admin: User) -> Offer:
    return invite(group, email="dana@example.com", kind=RoleKind.AGENT, by=group_admin)


def path_of(offer: Offer) -> str:
    return "/" + offer.link.split("/", 3)[3]


def test_a_group_admin_invites_an_agent_by_mail(
    group: Group, group_admin: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA)

    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.kind, invitation.scope) == ("dana@example.com", "agent", group)
    assert invitation.expires - invitation.created == timedelta(days=14)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.group, entry.actor) == ("invite", group, group_admin)
    assert entry.counts == {"invitation": invitation.pk, "kind": "agent"}
    sent = mail.outbox[0]
    assert sent.to == ["dana@example.com"]
    assert "Maya Okafor invites you to Eastside Canvass (Sunrise Alliance) as agent" in sent.body
    link = re.search(r"https?://\S+", str(sent.body))
    assert link
    assert link[0].startswith("https://testserver/invitations/")


def test_only_a_digest_of_the_secret_is_kept(offered: Offer) -> None:
    secret = path_of(offered).split("/")[2]

    assert len(secret) >= 43
    assert Invitation.objects.get().digest == sha256(secret.encode()).hexdigest()
    assert secret not in str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))


@pytest.mark.django_db(transaction=True)
def test_the_page_says_that_the_mail_has_gone(group: Group, group_admin: User) -> None:
    page = client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA, follow=True)

    assert "dana@example.com invited as agent. The link in the mail works once, until" in page.text


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_does_not_answer_is_told_and_the_invitation_stands(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("groups.actions.invitation.send_mail", refuse)

    page = client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA, follow=True)

    assert "but the mail could not be sent. Send it again later." in page.text
    assert Invitation.objects.count() == 1


def test_nobody_invites_to_a_role_above_what_they_may_give(group: Group, group_admin: User) -> None:
    url = reverse("groups:group_invite", args=[group.pk])
    for kind in ("account_admin", "organization_admin", "emperor"):
        page = client_of(group_admin).post(url, DANA | {"kind": kind})
        assert "You can&#x27;t give that role here." in page.text
    assert not Invitation.objects.exists()


def test_the_account_page_invites_account_admins_only(account: Account, account_admin: User) -> None:
    client_of(account_admin).post(reverse("groups:account_invite", args=[account.pk]), DANA)

    assert Invitation.objects.get().kind == RoleKind.ACCOUNT_ADMIN


def test_the_organization_page_invites_organization_admins_only(
    organization: Organization, organization_admin: User
) -> None:
    client_of(organization_admin).post(reverse("groups:organization_invite", args=[organization.pk]), DANA)

    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.scope) == (RoleKind.ORGANIZATION_ADMIN, organization)


@pytest.mark.parametrize("address", ["", "dana", "a@b.c, d@e.f", "x" * 250 + "@example.com"])
def test_a_wrong_address_is_an_error_of_the_form(address: str, group: Group, group_admin: User) -> None:
    page = client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA | {"email": address})

    assert 'class="wrong"' in page.text
    assert not Invitation.objects.exists()


def test_whoever_has_the_role_is_not_invited_to_it(group: Group, group_admin: User, agent: User) -> None:
    url = reverse("groups:group_invite", args=[group.pk])

    page = client_of(group_admin).post(url, DANA | {"email": "Tess.Lindqvist@example.com"})

    assert "Whoever signs in with this address is agent of Eastside Canvass already." in page.text
    assert not Invitation.objects.exists()


def test_whoever_is_invited_is_not_invited_twice(group: Group, group_admin: User, offered: Offer) -> None:
    page = client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA)

    assert "This address is invited already. Send that invitation again, or withdraw it." in page.text
    assert Invitation.objects.count() == 1


def test_an_expired_invitation_is_replaced(group: Group, group_admin: User, offered: Offer) -> None:
    Invitation.objects.update(expires=timezone.now())

    client_of(group_admin).post(reverse("groups:group_invite", args=[group.pk]), DANA)

    assert Invitation.objects.filter(withdrawn=None).count() == 1
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize(("who", "status"), [("agent", 403), ("outsider", 404)])
def test_others_invite_nobody(who: str, status: int, request: pytest.FixtureRequest, group: Group) -> None:
    client = client_of(request.getfixturevalue(who))

    assert client.post(reverse("groups:group_invite", args=[group.pk]), DANA).status_code == status
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("what", ["invite", "resend", "withdraw"])
def test_changing_is_no_get(what: str, group: Group, group_admin: User, offered: Offer) -> None:
    args = [group.pk] if what == "invite" else [group.pk, offered.invitation.pk]
    assert client_of(group_admin).get(reverse(f"groups:group_{what}", args=args)).status_code == 405


def test_a_newcomer_sets_a_name_and_a_password_and_is_in(offered: Offer, group: Group, client: Client) -> None:
    assert "You will sign in as dana@example.com." in client.get(path_of(offered)).text

    page = client.post(path_of(offered), JOIN, follow=True)

    dana = User.objects.get(email="dana@example.com")
    assert dana.name == "Dana Reyes"
    assert dana.check_password(PASSWORD)
    assert [(role.kind, role.scope) for role in dana.roles.current()] == [("agent", group)]
    assert "You joined Eastside Canvass as agent." in page.text
    assert page.redirect_chain[0] == (reverse("groups:group", args=[group.pk]), 302)
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "actor__name"))
    assert actions == [("invite", "Maya Okafor"), ("accept_invitation", "Dana Reyes"), ("give_role", "Maya Okafor")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"name": " "}, "Enter your name"), ({"password": "dana"}, "too short"), ({"password": ""}, "Choose a password.")],
)
def test_a_newcomer_is_told_how_to_mend_what_is_wrong(
    wrong: dict[str, str], said: str, offered: Offer, client: Client
) -> None:
    page = client.post(path_of(offered), JOIN | wrong)

    assert said in page.text
    assert not User.objects.filter(email="dana@example.com").exists()


def test_a_link_works_once(offered: Offer, client: Client) -> None:
    client.post(path_of(offered), JOIN)
    other = Client()

    page = other.post(path_of(offered), JOIN | {"name": "Mallory", "password": "another-password-9"})

    assert page.status_code == 410
    assert "accepted already" in page.text
    assert User.objects.get(email="dana@example.com").check_password(PASSWORD)


def test_an_expired_link_gives_nothing_and_says_whom_to_ask(offered: Offer, client: Client) -> None:
    Invitation.objects.update(expires=timezone.now())

    page = client.post(path_of(offered), JOIN)

    assert page.status_code == 410
    assert "Ask Maya Okafor" in page.text
    assert not User.objects.filter(email="dana@example.com").exists()


def test_a_withdrawn_link_gives_nothing(offered: Offer, group: Group, group_admin: User, client: Client) -> None:
    url = reverse("groups:group_withdraw", args=[group.pk, offered.invitation.pk])
    admin = client_of(group_admin)

    done, again = (admin.post(url, follow=True).text for _ in range(2))

    assert "Invitation of dana@example.com withdrawn." in done
    assert "Nothing changed." in again
    assert AuditEntry.objects.filter(action="withdraw_invitation").count() == 1
    assert client.post(path_of(offered), JOIN).status_code == 410
    assert not User.objects.filter(email="dana@example.com").exists()


def test_sending_again_makes_a_new_link_and_kills_the_old_one(
    offered: Offer,
    group: Group,
    group_admin: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    Invitation.objects.update(expires=timezone.now())
    url = reverse("groups:group_resend", args=[group.pk, offered.invitation.pk])
    with django_capture_on_commit_callbacks(execute=True):
        client_of(group_admin).post(url)

    link = re.search(r"testserver(/invitations/\S+)", str(mail.outbox[0].body))
    assert link
    assert client.get(path_of(offered)).status_code == 404
    assert client.post(link[1], JOIN).status_code == 302
    assert AuditEntry.objects.filter(action="resend_invitation").count() == 1


def test_nothing_is_sent_again_once_it_was_accepted(
    offered: Offer, group: Group, group_admin: User, client: Client
) -> None:
    client.post(path_of(offered), JOIN)

    url = reverse("groups:group_resend", args=[group.pk, offered.invitation.pk])
    page = client_of(group_admin).post(url, follow=True)

    assert "Nothing was sent." in page.text
    assert not AuditEntry.objects.filter(action="resend_invitation").exists()


@pytest.mark.parametrize("what", ["resend", "withdraw"])
def test_an_invitation_of_another_tenant_is_not_found_in_ones_own(
    what: str, offered: Offer, outsider: User, foreign_group: Group
) -> None:
    url = reverse(f"groups:group_{what}", args=[foreign_group.pk, offered.invitation.pk])

    assert client_of(outsider).post(url).status_code == 404
    kept = Invitation.objects.get()
    assert (kept.withdrawn, kept.digest) == (None, offered.invitation.digest)


def test_somebody_who_signs_in_here_gets_the_role_when_they_accept(offered: Offer, group: Group) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    client = client_of(dana)

    assert "Accept invitation" in client.get(path_of(offered)).text
    assert not dana.roles.exists()
    client.post(path_of(offered))

    assert [(role.kind, role.scope) for role in dana.roles.current()] == [("agent", group)]


def test_somebody_who_signs_in_here_has_to_sign_in_to_accept(offered: Offer, client: Client) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)

    page = client.post(path_of(offered), JOIN)

    assert reverse("account_login") + "?next=" + path_of(offered) in page.text
    assert not dana.roles.exists()
    dana.refresh_from_db()
    assert dana.name != "Dana Reyes"


def test_somebody_signed_in_with_another_address_is_told_so(offered: Offer, agent: User, outsider: User) -> None:
    for method in ("get", "post"):
        page = getattr(client_of(outsider), method)(path_of(offered))
        assert page.status_code == 403
        assert "The invitation is for dana@example.com. You are signed in as olga.petrov@example.com" in page.text
    assert outsider.roles.count() == 1
    assert Invitation.objects.get().accepted is None


def test_an_unknown_link_is_not_found(db: None, client: Client) -> None:
    assert client.get("/invitations/" + "x" * 43 + "/").status_code == 404


def test_a_role_that_came_another_way_meanwhile_stays_single(offered: Offer, group: Group) -> None:
    dana = person("Dana", RoleKind.AGENT, group)
    Invitation.objects.update(email=dana.email)

    client_of(dana).post(path_of(offered))

    assert dana.roles.count() == 1
    assert Invitation.objects.get().accepted


def test_withdrawing_is_seen_by_whoever_is_about_to_accept(offered: Offer, group_admin: User) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    stale = Invitation.objects.get()
    withdraw(offered.invitation, by=group_admin)

    with pytest.raises(CannotAccept):
        accept(stale, by=dana)
    assert not dana.roles.exists()


@pytest.fixture
def left_behind(offered: Offer, group_admin: User) -> Offer:
    """An offer that stands although whoever made it has left."""
    group_admin.roles.update(ended=timezone.now())
    return offered


def test_somebody_who_signs_in_here_gets_nothing_from_an_inviter_who_left(left_behind: Offer) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)

    page = client_of(dana).post(path_of(left_behind), follow=True)

    assert "Maya Okafor may not give this role any more. Ask another admin to invite you." in page.text
    assert not dana.roles.exists()
    assert Invitation.objects.get().accepted is None


def test_a_newcomer_gets_nothing_from_an_inviter_who_left(left_behind: Offer, client: Client) -> None:
    page = client.post(path_of(left_behind), JOIN, follow=True)

    assert "Maya Okafor may not give this role any more." in page.text
    assert not User.objects.filter(email="dana@example.com").exists()


def test_nobody_gets_a_role_from_an_inviter_who_is_deactivated(offered: Offer, group_admin: User) -> None:
    dana = UserFactory.create(email="dana@example.com", password=PASSWORD)
    User.objects.filter(pk=group_admin.pk).update(is_active=False)

    with pytest.raises(MayNotOffer):
        accept(offered.invitation, by=dana)
    assert not dana.roles.exists()


@pytest.mark.parametrize("what", ["invite", "resend"])
def test_an_admin_removed_since_they_were_let_in_is_told_that_nothing_was_sent(
    what: str, offered: Offer, group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = getattr(members.invitations, what)

    def meanwhile(*args: object, **kwargs: object) -> object:
        group_admin.roles.update(ended=timezone.now())
        role_of(group_admin, RoleKind.AGENT, group)
        return act(*args, **kwargs)

    monkeypatch.setattr(members.invitations, what, meanwhile)
    args = [group.pk] if what == "invite" else [group.pk, offered.invitation.pk]
    url, client = reverse(f"groups:group_{what}", args=args), client_of(group_admin)

    assert client.post(url, DANA | {"email": "new@example.com"}).status_code == 302
    said = "Nothing was sent: you may not give that role in Eastside Canvass any more."
    assert said in client.get(reverse("groups:group", args=[group.pk]), follow=True).text
    assert Invitation.objects.get().digest == offered.invitation.digest


def test_the_waiting_list_names_each_invitation_and_when_it_ends(
    offered: Offer, group: Group, group_admin: User
) -> None:
    page = client_of(group_admin).get(reverse("groups:agents", args=[group.pk])).text

    assert "dana@example.com" in page
    assert "Expired" not in page
    Invitation.objects.update(expires=timezone.now())
    assert "Expired" in client_of(group_admin).get(reverse("groups:agents", args=[group.pk])).text
