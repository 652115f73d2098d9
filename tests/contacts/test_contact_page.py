"""A contact's page: what it shows, and what can be changed from it (R4.11, R6.3; section 9: a phone changes)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from compliance.actions.redact import redact
from contacts.actions import arrival
from contacts.actions import contact as actions
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, ContactTag, Membership, OptOut
from contacts.person import Person
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, members, phone, reason
from tests.conversations.factories import give_number
from tests.people import client_of


@pytest.fixture
def dana(group: Group, group_admin: User) -> Membership:
    """Dana Whitfield, with a profile, a custom field and a tag."""
    person = Person(
        phone(1),
        {"first_name": "Dana", "last_name": "Whitfield", "email": "dana@example.org"},
        {"Precinct": "P-7"},
        ("tenant",),
    )
    arrival.bring_in(group, [person], by=group_admin, came_by=Contact.Source.UPLOAD, text="east-wards.csv")
    return member(group, phone(1))


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def at(name: str, of: Membership) -> str:
    return reverse(f"contacts:{name}", args=[of.group_id, of.contact_id])


def text(client: Client, of: Membership) -> str:
    response = client.get(at("contact", of))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_page_shows_profile_memberships_and_where_they_came_from(client: Client, dana: Membership) -> None:
    page = text(client, dana)
    for shown in ("Dana Whitfield", "+1 206-555-0001", "dana@example.org", "P-7", "tenant", "east-wards.csv"):
        assert shown in page


def test_its_pages_answer_a_request_for_their_head(client: Client, dana: Membership) -> None:
    lists = (reverse("contacts:list", args=[dana.group_id]), reverse("contacts:rows", args=[dana.group_id]))
    for url in (*lists, at("contact", dana), at("opt_out", dana)):
        answer = client.head(url)
        assert (answer.status_code, answer.content) == (200, b""), url


def test_the_page_says_whether_they_can_be_texted_and_where_the_group_has_no_number_that_it_has_none(
    client: Client, dana: Membership, group: Group
) -> None:
    page = text(client, dana)
    assert "They can't be texted here.</strong> This group has no number to text from yet." in page
    assert "They can be texted" not in page
    give_number(group)
    assert "They can be texted in Eastside Canvass." in text(client, dana)


@pytest.mark.parametrize(
    ("do", "sentence"),
    [
        ("inactive", "Inactive in Eastside Canvass"),
        ("opted out", "Opted out of Riverside Neighbors"),
    ],
)
def test_the_page_says_in_one_sentence_why_they_cannot_be_texted(
    client: Client, dana: Membership, group: Group, group_admin: User, do: str, sentence: str
) -> None:
    if do == "inactive":
        make_inactive(group, group.memberships.all(), by=group_admin)
    else:
        opt_out(group.organization, [phone(1)], by=group_admin, source="admin")
    page = text(client, dana)
    assert "They can't be texted here." in page
    assert sentence in page


def test_the_timeline_tells_what_happened_newest_first(
    client: Client, dana: Membership, group: Group, group_admin: User
) -> None:
    moved = reason(group.organization, "Moved away")
    make_inactive(group, members(group, phone(1), phone(2)), by=group_admin, note="Moved")
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin", reason=moved, group=group)
    days = client.get(at("contact", dana)).context["timeline"]
    events = [(event.strong, event.place) for day in days for event in day.events]
    assert events == [
        ("Opted out", "of Riverside Neighbors"),
        ("Made inactive", "in Eastside Canvass"),
        ("Created by upload east-wards.csv", "in Eastside Canvass"),
    ]
    page = text(client, dana)
    assert "part of a change to 2 contacts" in page
    assert "reason: Moved away" in page


@pytest.mark.parametrize(
    ("source", "by_somebody", "told"),
    [
        ("keyword", False, "The contact · By text"),
        ("carrier", False, "The carrier · Carrier error"),
        ("upload", True, "Maya Okafor · Upload"),
    ],
)
def test_the_timeline_tells_who_opted_them_out_and_how(
    client: Client, dana: Membership, group: Group, group_admin: User, source: str, by_somebody: bool, told: str
) -> None:
    opt_out(group.organization, [phone(1)], by=group_admin if by_somebody else None, source=source)
    days = client.get(at("contact", dana)).context["timeline"]
    assert days[0].events[0].who == told


def test_groups_that_the_reader_may_not_see_are_not_named(
    client: Client, dana: Membership, other_group: Group, organization_admin: User
) -> None:
    arrive(other_group, phone(1), by=organization_admin)
    make_inactive(other_group, other_group.memberships.all(), by=organization_admin)
    page = text(client, dana)
    assert other_group.name not in page
    assert "1 other group" in page
    assert other_group.name in text(client_of(organization_admin), dana)


def test_a_contact_of_another_group_is_not_there(client: Client, other_group: Group, foreign_group: Group) -> None:
    for place in (other_group, foreign_group):
        arrive(place, phone(9))
        stranger = member(place, phone(9))
        for name in ("contact", "edit", "number", "opt_out"):
            assert client.get(at(name, stranger)).status_code == 404


def test_an_opt_out_after_one_by_text_is_said_to_be_kept_with_it(client: Client, dana: Membership) -> None:
    opt_out(dana.group.organization, [phone(1)], by=None, source="keyword", text="STOP")
    page = client.post(at("status", dana), {"action": "opt_out"}, follow=True)
    assert "They are opted out already. Your request was kept with it." in page.text
    assert OptOut.objects.get().evidence.count() == 2


@pytest.mark.parametrize("action", ["deactivate", "reactivate", "opt_out"])
def test_of_somebody_erased_meanwhile_nothing_is_changed_and_nothing_else_is_said(
    client: Client, dana: Membership, account_admin: User, action: str
) -> None:
    redact(dana.account, [phone(1)], by=account_admin)
    page = client.post(at("status", dana), {"action": action}, follow=True)
    assert "Their personal data was erased meanwhile. Nothing changed." in page.text
    assert not OptOut.objects.exists()


def test_a_contact_is_deactivated_and_reactivated(client: Client, dana: Membership) -> None:
    client.post(at("status", dana), {"action": "deactivate"})
    assert member(dana.group, phone(1)).inactive
    again = client.post(at("status", dana), {"action": "deactivate"}, follow=True)
    assert "They are inactive already. Nothing changed." in again.content.decode()
    assert AuditEntry.objects.filter(action="make_inactive").count() == 1
    client.post(at("status", dana), {"action": "reactivate"})
    assert not member(dana.group, phone(1)).inactive


def test_a_contact_is_opted_out_with_a_reason_and_its_tag(client: Client, dana: Membership) -> None:
    moved = reason(dana.group.organization, "Moved away", tag="moved")
    assert "adds tag moved" in client.get(at("opt_out", dana)).content.decode()
    client.post(at("status", dana), {"action": "opt_out", "reason": moved.pk})
    episode = OptOut.objects.get(phone=phone(1))
    assert (episode.source, episode.reason) == ("admin", moved)
    assert ContactTag.objects.filter(contact=dana.contact, tag=moved.tag).exists()


def test_what_they_said_by_another_channel_is_kept_and_makes_it_their_own(client: Client, dana: Membership) -> None:
    asked = "Called on Monday: no more texts, please."
    client.post(at("status", dana), {"action": "opt_out", "said": f" {asked} "})
    episode = OptOut.objects.get()
    assert (episode.source, episode.actor) == ("other_channel", AuditEntry.objects.get(action="opt_out").actor)
    assert episode.evidence.get().text == asked
    assert "By another channel" in client.get(at("contact", dana)).text


def test_what_they_said_may_be_as_long_as_a_text(client: Client, dana: Membership) -> None:
    page = client.post(at("status", dana), {"action": "opt_out", "said": "x" * 1601}, follow=True)
    assert "Nothing was changed: what they said may have 1,600 characters at most." in page.text
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("body", [{}, {"action": "delete"}, {"action": "opt_out", "reason": "999999"}])
def test_an_action_that_is_not_offered_changes_nothing(client: Client, dana: Membership, body: dict[str, str]) -> None:
    response = client.post(at("status", dana), body, follow=True)
    assert "Nothing was changed" in response.content.decode()
    now = member(dana.group, phone(1))
    assert (now.inactive, now.opted_out) == (False, False)


PROFILE = {"first_name": "Dana", "last_name": "Whitfield", "email": "dana@example.org", "custom:Precinct": "P-7"}
SHOWN = {f"initial-{name}": value for name, value in PROFILE.items()}


def test_a_profile_is_edited_and_its_read_copies_follow(client: Client, dana: Membership, other_group: Group) -> None:
    arrive(other_group, phone(1))
    tag = dana.contact.contact_tags.get().tag
    client.post(
        at("edit", dana),
        {**SHOWN, **PROFILE, "last_name": "Örtega", "custom:Precinct": "", "tags": [tag.pk], "initial-tags": [tag.pk]},
    )
    contact = Contact.objects.get(pk=dana.contact_id)
    assert (contact.name, contact.custom) == ("Dana Örtega", {})
    assert set(Membership.objects.values_list("sort_name", flat=True)) == {"dana ortega"}
    entry = AuditEntry.objects.get(action="edit")
    assert entry.counts == {"last_name": 1, "custom": 1}


def test_a_profile_saved_as_it_was_leaves_no_entry(client: Client, dana: Membership) -> None:
    tag = dana.contact.contact_tags.get().tag
    client.post(at("edit", dana), {**SHOWN, **PROFILE, "tags": [tag.pk], "initial-tags": [tag.pk]})
    assert not AuditEntry.objects.filter(action="edit").exists()


def test_a_form_that_was_open_meanwhile_undoes_nobodys_work(
    client: Client, dana: Membership, group: Group, group_admin: User
) -> None:
    page = client.get(at("edit", dana)).context["form"]
    shown = {page[name].html_initial_name: page[name].value() or "" for name in page.fields}
    meanwhile = Person(phone(1), {"email": "new@example.org"}, {"Diet": "vegan"}, ("donor",))
    arrival.bring_in(group, [meanwhile], by=group_admin, came_by=Contact.Source.UPLOAD)
    posted = {name.removeprefix("initial-"): value for name, value in shown.items()}
    client.post(at("edit", dana), {**shown, **posted, "first_name": "Dane"})
    contact = Contact.objects.get(pk=dana.contact_id)
    assert (contact.first_name, contact.email) == ("Dane", "new@example.org")
    assert contact.custom == {"Precinct": "P-7", "Diet": "vegan"}
    assert set(contact.contact_tags.values_list("tag__name", flat=True)) == {"tenant", "donor"}


def test_a_tag_is_taken_off(client: Client, dana: Membership) -> None:
    tag = dana.contact.contact_tags.get().tag
    client.post(at("edit", dana), {**SHOWN, **PROFILE, "initial-tags": [tag.pk]})
    assert not dana.contact.contact_tags.exists()
    assert AuditEntry.objects.get(action="edit").counts == {"tags": 1}


@pytest.mark.parametrize("shown", ["9" * 19, "9" * 5000, "x"])
def test_a_tag_that_was_shown_under_no_key_is_left_alone(client: Client, dana: Membership, shown: str) -> None:
    worn = dana.contact.contact_tags.get().tag
    response = client.post(at("edit", dana), {**SHOWN, **PROFILE, "tags": [worn.pk], "initial-tags": [worn.pk, shown]})
    assert response.status_code == 302
    assert dana.contact.contact_tags.get().tag == worn


def test_a_redacted_contact_is_not_edited(client: Client, dana: Membership, group: Group, group_admin: User) -> None:
    Contact.objects.filter(pk=dana.contact_id).update(phone=None, redacted_at=timezone.now())
    values = {"email": "back@example.org"}
    assert actions.edit(group, dana.contact, by=group_admin, profile=values, custom={}) is None
    actions.change_number(dana, phone(7), by=group_admin)
    assert Contact.objects.get().email == "dana@example.org"


@pytest.mark.parametrize("name", ["add", "edit"])
def test_a_tag_key_that_no_database_holds_is_a_form_error(client: Client, dana: Membership, name: str) -> None:
    address = at("edit", dana) if name == "edit" else reverse("contacts:add", args=[dana.group_id])
    response = client.post(address, {"phone": phone(8), "tags": ["9" * 30]})
    assert response.status_code == 200
    assert response.context["form"].errors["tags"]


def test_another_organizations_tag_is_refused(client: Client, dana: Membership, foreign_group: Group) -> None:
    arrival.bring_in(foreign_group, [Person(phone(5), tags=("theirs",))], by=None, came_by=Contact.Source.UPLOAD)
    theirs = foreign_group.organization.tags.get()
    response = client.post(at("edit", dana), {**PROFILE, "tags": [theirs.pk]})
    assert response.status_code == 200
    assert not dana.contact.contact_tags.filter(tag=theirs).exists()


def test_a_contact_is_added_by_hand(client: Client, group: Group) -> None:
    response = client.post(
        reverse("contacts:add", args=[group.pk]), {"phone": "(206) 555-0188", "first_name": "Kim"}, follow=True
    )
    made = member(group, "+12065550188")
    assert (made.contact.source, made.sort_name, made.inactive) == ("hand", "kim", False)
    assert "Created, active in Eastside Canvass." in response.content.decode()


def test_adding_by_hand_never_reactivates_and_never_reverses(
    client: Client, dana: Membership, group: Group, group_admin: User
) -> None:
    make_inactive(group, group.memberships.all(), by=group_admin)
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin")
    response = client.post(reverse("contacts:add", args=[group.pk]), {"phone": phone(1)}, follow=True)
    now = member(group, phone(1))
    assert (now.inactive, now.opted_out) == (True, True)
    assert "They are inactive here and stay so." in response.content.decode()


@pytest.mark.parametrize("wrong", ["", "12", "206-555-0188 x5", "not a phone", "2" * 300])
def test_a_wrong_phone_is_a_form_error(client: Client, group: Group, wrong: str) -> None:
    response = client.post(reverse("contacts:add", args=[group.pk]), {"phone": wrong})
    assert response.status_code == 200
    assert response.context["form"].errors["phone"]
    assert not Contact.objects.exists()


def test_change_number_copies_the_profile_state_and_opt_out(
    client: Client, dana: Membership, group: Group, group_admin: User, agent: User
) -> None:
    make_inactive(group, group.memberships.all(), by=group_admin)
    Membership.objects.filter(pk=dana.pk).update(agent=agent)
    began = timezone.now() - timedelta(days=30)
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP", at=began)
    client.post(at("number", dana), {"phone": "206-555-0002"})
    new = member(group, phone(2))
    assert (new.contact.name, new.contact.custom, new.inactive, new.agent, new.opted_out) == (
        "Dana Whitfield",
        {"Precinct": "P-7"},
        True,
        agent,
        True,
    )
    assert OptOut.objects.get(phone=phone(2)).source == "keyword"
    assert OptOut.objects.get(phone=phone(2)).started == began
    assert Contact.objects.get(pk=dana.contact_id).phone == phone(1)


def test_change_number_to_the_same_number_is_a_form_error(client: Client, dana: Membership) -> None:
    response = client.post(at("number", dana), {"phone": "206 555 0001"})
    assert "This is their number already" in response.content.decode()


def test_change_number_to_a_known_contact_leaves_their_membership_as_it_is(
    client: Client, dana: Membership, group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(2)), by=group_admin)
    client.post(at("number", dana), {"phone": phone(2)})
    now = member(group, phone(2))
    assert now.inactive
    assert now.contact.first_name == "Dana"


def test_names_are_escaped(client: Client, group: Group) -> None:
    client.post(reverse("contacts:add", args=[group.pk]), {"phone": phone(3), "first_name": "<script>x</script>"})
    assert "<script>x" not in text(client, member(group, phone(3)))


def test_an_account_admin_is_led_to_ask_support_about_an_opt_out(
    dana: Membership, client: Client, account_admin: User
) -> None:
    link = reverse("compliance:file_reversal", args=[dana.account_id])
    theirs = client_of(account_admin)
    assert link not in text(theirs, dana)
    opt_out(dana.group.organization, [phone(1)], by=None, source="keyword", text="STOP")
    assert link in text(theirs, dana)
    assert link not in text(client, dana)
