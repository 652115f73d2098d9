"""The texts of an organization that no agent writes: their page, and what is sent (R4.3, R4.4, R4.9)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.conversations import wording
from contacts.conversations.actions import wording as actions
from contacts.conversations.models import ClosingText, Wording
from groups.audit_sentences import what
from groups.models import AuditEntry, Organization, RoleKind, User
from tests.people import client_of, person

CHANGES = ["conversations:closing", "conversations:retire_closing", "conversations:bring_back_closing"]
POSTED = ["conversations:texts", "conversations:create_closing", *CHANGES]
GONE = "{organization}: we will not text you again."
UNDERSTOOD = "Understood. You will get no more texts from us."


@pytest.fixture
def closing(organization: Organization, organization_admin: User) -> ClosingText:
    return actions.create_closing(organization, text=UNDERSTOOD, by=organization_admin)


def url(organization: Organization, name: str = "conversations:texts", *keys: int) -> str:
    return reverse(name, args=[organization.pk, *keys])


def typed(**values: str) -> dict[str, str]:
    """What the form of the wordings sends, having shown empty fields."""
    shown = {f"initial-{name}": "" for name in ("confirmation", "help", "contact")}
    return {"confirmation": "", "help": "", "contact": "", **shown, **values}


def entries() -> list[str]:
    return list(AuditEntry.objects.filter(action__contains="wording").values_list("action", flat=True))


def test_ours_are_sent_while_an_organization_has_no_words_of_its_own(organization: Organization) -> None:
    said = wording.confirmation(organization)
    assert said == "Riverside Neighbors: you are opted out and will get no more texts from us."
    said = wording.help_reply(organization)
    assert said == "Riverside Neighbors: our team reads what you text here. Reply STOP to opt out."
    assert wording.closings(organization) == []


def test_the_page_shows_what_is_sent(organization: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).get(url(organization))

    assert "Riverside Neighbors: you are opted out and will get no more texts from us." in page.text
    assert "74 characters as it is sent, 1 text." in page.text
    assert page.text.count("Our words: they are sent while the field is empty.") == 2
    assert "No closing texts yet" in page.text


def test_own_words_are_saved_recorded_and_sent(organization: Organization, organization_admin: User) -> None:
    values = typed(confirmation=f"  {GONE}\u200b\r\n", contact="help@riverside.example")
    page = client_of(organization_admin).post(url(organization), values, follow=True)

    assert "Texts saved." in page.text
    assert wording.confirmation(organization) == "Riverside Neighbors: we will not text you again."
    assert wording.help_reply(organization) == (
        "Riverside Neighbors: a person helps you at help@riverside.example - Reply STOP to opt out."
    )
    kept = Wording.objects.get()
    assert (kept.account, kept.organization, kept.confirmation) == (organization.account, organization, GONE)
    entry = AuditEntry.objects.get(action="change_wording")
    assert (entry.organization, entry.actor, what(entry)) == (organization, organization_admin, "Texts changed")
    assert entry.counts == {"confirmation": 1, "contact": 1}
    assert entry.text
    assert entry.text.text == f"Confirmation: {GONE}\nReach a person: help@riverside.example"


def test_own_words_are_taken_back_by_emptying_the_field(organization: Organization, organization_admin: User) -> None:
    actions.change_wording(organization, by=organization_admin, confirmation=GONE)

    client_of(organization_admin).post(url(organization), typed(**{"initial-confirmation": GONE}))

    assert Wording.objects.get().confirmation == ""
    assert wording.confirmation(organization).endswith("no more texts from us.")
    entry = AuditEntry.objects.latest("pk")
    assert entry.text
    assert entry.text.text == "Confirmation: empty, so ours is sent"


def test_saving_what_is_so_already_leaves_no_entry(organization: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).post(url(organization), typed(), follow=True)

    assert "It is so already. Nothing changed." in page.text
    assert entries() == []


def test_what_somebody_else_saved_meanwhile_stays(organization: Organization, organization_admin: User) -> None:
    actions.change_wording(organization, by=organization_admin, confirmation=GONE)

    client_of(organization_admin).post(url(organization), typed(contact="help@riverside.example"))

    kept = Wording.objects.get()
    assert (kept.confirmation, kept.contact) == (GONE, "help@riverside.example")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"confirmation": f"{GONE} Donate at riverside.example"}, "“riverside.example” reads as a link: leave it out."),
        ({"confirmation": "We will not text you again."}, "Say who it is from"),
        ({"confirmation": GONE, "help": "{organization}: hello"}, "Say how to stop"),
        ({"help": wording.HELP, "contact": "help@riverside.example"}, "Write {contact} where"),
        ({"help": wording.HELP_WITH_CONTACT}, "Fill in how to reach a person"),
        ({"contact": "nowhere"}, "Write one e-mail address, phone or web address, and nothing else."),
        ({"confirmation": "\x00"}, "Null characters are not allowed."),
        ({"confirmation": "x" * 401}, "Write 400 characters at most, placeholders included; this has 401."),
    ],
)
def test_wrong_words_say_how_to_mend_them_and_nothing_is_saved(
    organization: Organization, organization_admin: User, values: dict[str, str], said: str
) -> None:
    page = client_of(organization_admin).post(url(organization), typed(**values))

    assert page.status_code == 200
    assert said in page.text
    assert not Wording.objects.exists()
    assert entries() == []


def test_a_preview_shows_what_is_typed_and_saves_nothing(organization: Organization, organization_admin: User) -> None:
    page = client_of(organization_admin).post(url(organization), typed(confirmation=GONE, preview="yes"))

    assert page.context["bubbles"][0].text == "Riverside Neighbors: we will not text you again."
    assert "not saved" in page.text
    assert not Wording.objects.exists()


def test_a_preview_while_typing_is_answered_with_the_phone_alone(
    organization: Organization, organization_admin: User
) -> None:
    values = typed(confirmation="Vote", preview="yes")
    page = client_of(organization_admin).post(url(organization), values, headers={"HX-Request": "true"})

    assert page.text.strip().startswith('<section id="bubbles"')
    assert "This can't be saved." in page.text
    assert "“Vote” reads as marketing: leave it out." in page.text


def test_words_that_may_not_be_sent_any_more_give_way_to_ours(
    organization: Organization, organization_admin: User, closing: ClosingText
) -> None:
    long = f"{{organization}}: we will not text you again. {'x' * 80}"
    actions.change_wording(organization, by=organization_admin, confirmation=long)
    ClosingText.objects.filter(pk=closing.pk).update(text="{organization}: no more texts. " + "x" * 100)
    assert wording.confirmation(organization).endswith("x")
    assert [one.id for one in wording.closings(organization)] == [closing.pk]

    Organization.objects.filter(pk=organization.pk).update(name="Riverside Neighbors " * 3)
    organization.refresh_from_db()

    assert wording.confirmation(organization).endswith("you are opted out and will get no more texts from us.")
    assert wording.closings(organization) == []
    page = client_of(organization_admin).get(url(organization))
    assert "Your own words are not sent any more; these are. This has" in page.text
    assert "Not offered any more: This has" in page.text


def test_a_closing_text_is_approved_recorded_and_offered(organization: Organization, organization_admin: User) -> None:
    text = "{organization} will not text you again."
    response = client_of(organization_admin).post(url(organization, "conversations:create_closing"), {"text": text})

    assert response["Location"] == url(organization)
    made = organization.closing_texts.get()
    assert (made.text, made.account) == (text, organization.account)
    assert wording.closings(organization) == [wording.Closing(made.pk, "Riverside Neighbors will not text you again.")]
    entry = AuditEntry.objects.get(action="create_closing")
    assert (entry.organization, entry.actor, entry.counts) == (organization, organization_admin, {"closing": made.pk})
    assert entry.text
    assert entry.text.text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write what it says."),
        ("\u200b", "Nothing in this text can be seen. Write what it says."),
        ("Bye", "It has to say that texts stop"),
        (f"{UNDERSTOOD} 20% off", "“20%” reads as a price: leave it out."),
        (f"  {UNDERSTOOD}", "Riverside Neighbors has a closing text of these words already"),
    ],
)
def test_a_wrong_closing_text_says_how_to_mend_it_and_makes_nothing(
    organization: Organization, organization_admin: User, closing: ClosingText, text: str, said: str
) -> None:
    page = client_of(organization_admin).post(url(organization, "conversations:create_closing"), {"text": text})

    assert page.status_code == 200
    assert said in page.text
    assert list(organization.closing_texts.all()) == [closing]


def test_words_taken_at_the_same_moment_are_an_error_of_the_form(
    organization: Organization, organization_admin: User
) -> None:
    def beaten(*args: object, **values: object) -> ClosingText:
        ClosingText.objects.create(account=organization.account, organization=organization, text=UNDERSTOOD)
        return create(*args, **values)  # type: ignore[arg-type]

    create = actions.create_closing
    with patch.object(actions, "create_closing", beaten):
        page = client_of(organization_admin).post(
            url(organization, "conversations:create_closing"), {"text": UNDERSTOOD}
        )

    assert "has a closing text of these words already" in page.text
    assert organization.closing_texts.count() == 1
    assert not AuditEntry.objects.filter(action="create_closing").exists()


def test_a_closing_text_is_changed_once(
    organization: Organization, organization_admin: User, closing: ClosingText
) -> None:
    client, place = client_of(organization_admin), url(organization, "conversations:closing", closing.pk)

    assert UNDERSTOOD in client.get(place).text
    client.post(place, {"text": "No more texts from us."})
    again = client.post(place, {"text": "No more texts from us."}, follow=True)

    closing.refresh_from_db()
    assert closing.text == "No more texts from us."
    assert "It is so already. Nothing changed." in again.text
    entry = AuditEntry.objects.get(action="change_closing")
    assert (entry.actor, entry.counts) == (organization_admin, {"closing": closing.pk})
    assert entry.text
    assert entry.text.text == "No more texts from us."


def test_a_closing_text_is_retired_and_brought_back_once(
    organization: Organization, organization_admin: User, closing: ClosingText
) -> None:
    client = client_of(organization_admin)
    retire, back = (url(organization, name, closing.pk) for name in CHANGES[1:])

    for _ in range(2):
        page = client.post(retire, follow=True)
    assert page.context["offered"] == []
    assert [row.closing for row in page.context["retired"]] == [closing]
    assert wording.closings(organization) == []
    for _ in range(2):
        page = client.post(back, follow=True)
    assert [row.closing for row in page.context["offered"]] == [closing]
    done = AuditEntry.objects.filter(action__endswith="_closing").order_by("pk")
    assert [entry.action for entry in done] == ["create_closing", "retire_closing", "bring_back_closing"]


def body(name: str) -> dict[str, str]:
    return (
        typed(contact="help@taken.example") if name == "conversations:texts" else {"text": "No more texts. Taken over"}
    )


def keys(name: str, closing: ClosingText) -> list[int]:
    return [closing.pk] if name in CHANGES else []


def unchanged(organization: Organization, closing: ClosingText) -> bool:
    closing.refresh_from_db()
    return (
        (closing.text, closing.retired) == (UNDERSTOOD, None)
        and organization.closing_texts.count() == 1
        and not Wording.objects.exists()
    )


@pytest.mark.parametrize("who", ["group_admin", "agent"])
@pytest.mark.parametrize("name", POSTED)
def test_whoever_works_in_a_group_only_is_refused(
    request: pytest.FixtureRequest, organization: Organization, closing: ClosingText, who: str, name: str
) -> None:
    client = client_of(request.getfixturevalue(who))
    assert client.post(url(organization, name, *keys(name, closing)), body(name)).status_code == 403
    assert unchanged(organization, closing)


@pytest.mark.parametrize("name", POSTED)
def test_an_outsider_finds_nothing_and_changes_nothing(
    organization: Organization, closing: ClosingText, outsider: User, name: str
) -> None:
    place = url(organization, name, *keys(name, closing))
    assert client_of(outsider).post(place, body(name)).status_code == 404
    assert unchanged(organization, closing)


@pytest.mark.parametrize("name", CHANGES)
def test_a_closing_text_of_another_organization_is_not_reached_through_ones_own(
    organization: Organization, foreign_organization: Organization, closing: ClosingText, outsider: User, name: str
) -> None:
    place = url(foreign_organization, name, closing.pk)
    assert client_of(outsider).post(place, body(name)).status_code == 404
    assert unchanged(organization, closing)


def test_an_admin_of_another_organization_of_the_account_finds_nothing(
    organization: Organization, other_organization: Organization
) -> None:
    cousin = person("Cora Lund", RoleKind.ORGANIZATION_ADMIN, other_organization)
    assert client_of(cousin).get(url(organization)).status_code == 404


@pytest.mark.parametrize(
    "name", ["conversations:create_closing", "conversations:retire_closing", "conversations:bring_back_closing"]
)
def test_what_only_changes_is_no_get(
    organization: Organization, organization_admin: User, closing: ClosingText, name: str
) -> None:
    place = url(organization, name, *keys(name, closing))
    assert client_of(organization_admin).get(place).status_code == 405


def test_the_page_costs_the_same_however_many_closing_texts_there_are(
    organization: Organization,
    organization_admin: User,
    closing: ClosingText,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(organization_admin)
    with CaptureQueriesContext(connection) as few:
        client.get(url(organization))
    for number in range(20):
        actions.create_closing(organization, text=f"No more texts, {number}.", by=organization_admin)

    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(url(organization))

    assert len(page.context["offered"]) == 21
    assert len(many) == len(few)
