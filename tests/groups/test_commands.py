"""``manage.py create_account`` and ``manage.py grant_support``."""

import re

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from groups.models import Account, AuditEntry, RoleKind, User
from tests.people import PASSWORD, UserFactory, client_of

LINK = re.compile(r"https://testserver(/\S+)")


@pytest.mark.django_db(transaction=True)
def test_a_first_start_leads_from_the_command_line_to_the_account(
    client: Client, capsys: pytest.CaptureFixture
) -> None:
    call_command("create_account", "Sunrise Alliance", email="Ruth@Example.com", name="Ruth Adeyemi")

    told = capsys.readouterr().out
    link = LINK.search(told)
    assert link
    assert link[0] in mail.outbox[0].body
    assert "Ruth Adeyemi" in client.get(link[1]).text
    page = client.post(link[1], {"name": "Ruth Adeyemi", "password": PASSWORD}, follow=True)
    account = Account.objects.get()
    assert page.redirect_chain == [(f"/accounts/{account.pk}/", 302)]
    assert User.objects.get().check_password(PASSWORD)
    assert AuditEntry.objects.get(action="create_account").source == "command"
    assert "The command line" in page.text


def test_the_account_has_its_admin_before_the_link_is_used(db: None) -> None:
    call_command("create_account", "Sunrise Alliance", email="ruth@example.com")

    ruth = User.objects.get()
    assert (ruth.name, ruth.has_usable_password()) == ("ruth", False)
    assert ruth.roles.get().kind == RoleKind.ACCOUNT_ADMIN


@pytest.mark.parametrize(("answer", "on"), [("", True), ("y", True), ("No", False)])
def test_it_asks_whether_the_organizations_are_one_sender(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture, answer: str, on: bool
) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: answer)
    call_command("create_account", "Sunrise Alliance", email="ruth@example.com")

    account, told = Account.objects.get(), capsys.readouterr().out
    assert account.sync_opt_outs is on
    assert "Are its organizations one sender" in told
    assert f"Account sync is {'on' if on else 'off'}." in told
    assert AuditEntry.objects.get(action="create_account").counts == ({"sync": 1} if on else {})


@pytest.mark.parametrize(("given", "on"), [({}, True), ({"one_sender": "yes"}, True), ({"one_sender": "no"}, False)])
def test_where_nobody_can_be_asked_they_are_one_sender_unless_told_otherwise(
    db: None, given: dict[str, str], on: bool
) -> None:
    call_command("create_account", "Sunrise Alliance", email="ruth@example.com", **given)

    assert Account.objects.get().sync_opt_outs is on


def test_somebody_who_signs_in_already_gets_the_role_and_no_link(db: None, capsys: pytest.CaptureFixture) -> None:
    ruth = UserFactory.create(email="ruth@example.com", name="Ruth", password=PASSWORD)

    call_command("create_account", "Sunrise Alliance", email="RUTH@example.com", name="Another Name")

    ruth.refresh_from_db()
    assert ruth.name == "Ruth"
    assert ruth.roles.get().account == Account.objects.get()
    told = capsys.readouterr().out
    assert "They sign in as before." in told
    assert "http" not in told


@pytest.mark.parametrize(
    ("name", "email", "said"),
    [
        ("sunrise alliance", "ruth@example.com", "There is an account named sunrise alliance already"),
        (" ", "ruth@example.com", "A name has 1 to 120 characters."),
        ("New", "ruth", "ruth is not an e-mail address."),
        ("New", "gone@example.com", "gone@example.com is deactivated"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(name: str, email: str, said: str, account: Account) -> None:
    UserFactory.create(email="gone@example.com", is_active=False)
    with pytest.raises(CommandError, match=said) as problem:
        call_command("create_account", name, email=email)

    assert "\n" not in str(problem.value)
    assert Account.objects.count() == 1
    assert User.objects.count() == 1


def test_support_is_granted_and_revoked(agent: User, capsys: pytest.CaptureFixture) -> None:
    browser = client_of(agent)

    call_command("grant_support", "Tess.Lindqvist@example.com")
    call_command("grant_support", agent.email)

    agent.refresh_from_db()
    assert agent.is_support
    assert "Nothing changed" in capsys.readouterr().out
    assert AuditEntry.objects.filter(action="grant_support", account=None).count() == 1

    call_command("grant_support", agent.email, revoke=True)

    assert not User.objects.get(pk=agent.pk).is_support
    assert browser.get("/groups/").status_code == 302
    assert AuditEntry.objects.filter(action="revoke_support").count() == 1


def test_support_is_not_granted_to_an_unknown_address_without_a_name(db: None) -> None:
    with pytest.raises(
        CommandError, match=r"Nobody signs in with new@example\.com\. To create the person, add --name\."
    ):
        call_command("grant_support", "new@example.com")
    assert not User.objects.exists()


def test_somebody_new_becomes_support_and_chooses_a_password_by_mail(
    db: None, client: Client, capsys: pytest.CaptureFixture
) -> None:
    call_command("grant_support", "sam@example.com", name="Sam Ortega")

    assert User.objects.get().is_support
    page = LINK.search(capsys.readouterr().out)
    assert page
    client.post(page[1], {"email": "sam@example.com"})
    assert mail.outbox[0].to == ["sam@example.com"]
    assert "/password/reset/key/" in mail.outbox[0].body
