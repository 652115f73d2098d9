"""Account sync (R4.6): what is opted out of one organization of an account is opted out of all of them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from compliance.actions.redact import redact
from contacts import counts, gate, timeline, verify
from contacts.actions import sync_application, sync_setting
from contacts.actions.contact import change_number
from contacts.actions.hold import decide, expire, open_hold
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.actions.reversal import reverse as end
from contacts.actions.reversal import reverse_change
from contacts.conversations.models import Message
from contacts.models import Contact, Hold, OptOut, Source, Suppression
from groups import audit, audit_sentences
from groups.actions.tenant import create_group, create_organization
from groups.audit import Kind
from groups.models import Account, AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import arrive, member, members, phone, phones, reason, suppress
from tests.conversations.factories import comes, give_number, talk, wrote
from tests.people import GroupFactory, client_of, person

pytestmark = pytest.mark.django_db

NUMBER = phone(1)


@pytest.fixture
def synced(account: Account) -> Account:
    account.sync_opt_outs = True
    account.save()
    return account


@pytest.fixture
def there(synced: Account, other_organization: Organization) -> Group:
    """A group of another organization of the synced account."""
    return GroupFactory.create(organization=other_organization, name="Lakeside Phonebank")


@pytest.fixture
def third(synced: Account) -> Group:
    """A group of a third one."""
    return GroupFactory.create(organization__account=synced, organization__name="Hilltop Renters")


@pytest.fixture(autouse=True)
def all_agrees(db: None) -> Any:
    yield
    assert list(verify.differences()) == []


def stop(group: Group, *numbers: str, **more: Any) -> Any:
    return opt_out(group.organization, numbers or [NUMBER], by=None, source=Source.KEYWORD, **more)


def start(group: Group, *numbers: str) -> Any:
    return end(group.organization, numbers or [NUMBER], by=None, source="text")


def of(group: Group, number: str = NUMBER) -> OptOut:
    """The open episode of the phone in the group's organization."""
    return OptOut.objects.open().get(organization=group.organization, phone=number)


def is_out(*groups: Group, number: str = NUMBER) -> list[bool]:
    return [OptOut.objects.open().filter(organization=one.organization, phone=number).exists() for one in groups]


# An opt-out reaches every organization.


def test_an_opt_out_of_one_organization_forbids_texts_in_all_of_them(
    group: Group, other_group: Group, there: Group, third: Group
) -> None:
    for place in (group, other_group, there):
        arrive(place, NUMBER, phone(2))
    outcome = stop(group)
    assert (outcome.changed, outcome.already, outcome.besides["copies"]) == (1, 0, 2)
    for place in (group, other_group, there):
        assert gate.may_text(place, NUMBER).cause == gate.Cause.OPTED_OUT
        assert member(place, NUMBER).opted_out
        assert gate.may_text(place, phone(2)).allowed
    assert is_out(third) == [True]


def test_a_copy_has_its_origins_date_source_and_actor_and_neither_reason_nor_evidence(
    group: Group, there: Group, group_admin: User
) -> None:
    arrive(there, NUMBER)
    moved, since = reason(group.organization, tag="moved"), timezone.now() - timedelta(days=3)
    opt_out(group.organization, [NUMBER], by=group_admin, source=Source.ADMIN, reason=moved, at=since, text="Wrote")
    origin, copy = of(group), of(there)
    assert copy.origin == origin
    assert (copy.started, copy.source, copy.actor) == (since, Source.ADMIN, group_admin)
    assert (copy.reason, copy.last_group, copy.evidence.count()) == (None, None, 0)
    assert not member(there, NUMBER).contact.contact_tags.exists()


def test_each_organization_has_its_entry_and_its_counts(group: Group, there: Group, group_admin: User) -> None:
    arrive(there, NUMBER, phone(2))
    opt_out(group.organization, phones(3), by=group_admin, source=Source.ADMIN)
    entry = AuditEntry.objects.get(action="sync_opt_out")
    assert (entry.organization, entry.actor, entry.source) == (there.organization, group_admin, "admin")
    assert entry.counts == {"changed": 3, "from": group.organization_id}
    assert len(audit.subject_ids(entry, Kind.CONTACT)[0]) == 2
    assert len(audit.subject_ids(entry, Kind.OPT_OUT)[0]) == 3
    assert audit_sentences.what(entry) == "3 opted out as in another organization of the account"
    assert counts.of_organization(there.organization).opted_out == 2
    assert AuditEntry.objects.get(action="opt_out").organization == group.organization


def test_what_waits_to_be_sent_in_the_other_organization_is_cancelled(group: Group, there: Group) -> None:
    give_number(there)
    text = wrote(talk(there, NUMBER, "Hello"), "Hi", person("Nora Quist", RoleKind.AGENT, there))
    stop(group)
    text.refresh_from_db()
    assert (text.state, text.refusal) == (Message.State.CANCELLED, "opted_out")


def test_the_members_behind_a_bulk_opt_out_are_out_everywhere(group: Group, there: Group, group_admin: User) -> None:
    rows = members(group, *phones(3))
    members(there, phone(2), phone(9))
    opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN)
    assert [one.opted_out for one in there.memberships.order_by("phone")] == [True, False]


def test_an_organization_with_an_opt_out_of_its_own_keeps_it(group: Group, there: Group, third: Group) -> None:
    stop(there)
    Account.objects.update(sync_opt_outs=True)
    OptOut.objects.filter(organization=group.organization).delete()
    own = of(there)
    outcome = stop(group)
    assert outcome.changed == 1
    assert "copies" not in outcome.besides
    assert of(there) == own


def test_a_further_request_fills_what_lacks_and_strengthens_the_copies(
    group: Group, there: Group, third: Group, group_admin: User
) -> None:
    earlier = timezone.now() - timedelta(days=9)
    opt_out(group.organization, [NUMBER], by=group_admin, source=Source.ADMIN)
    OptOut.objects.filter(organization=third.organization).delete()
    outcome = stop(group, at=earlier)
    assert (outcome.already, outcome.besides["evidence"], outcome.besides["copies"]) == (1, 1, 1)
    for place in (group, there, third):
        episode = of(place)
        assert (episode.source, episode.started, episode.actor) == (Source.KEYWORD, earlier, None)


def test_a_weaker_request_leaves_the_copies_as_they_are(group: Group, there: Group, group_admin: User) -> None:
    stop(group)
    opt_out(group.organization, [NUMBER], by=group_admin, source=Source.UPLOAD)
    assert (of(there).source, of(there).actor) == (Source.KEYWORD, None)


def test_an_account_that_is_not_synced_and_other_accounts_are_not_reached(
    group: Group, other_organization: Organization, foreign_group: Group, foreign_account: Account
) -> None:
    Account.objects.filter(pk=foreign_account.pk).update(sync_opt_outs=True)
    stop(group)
    assert OptOut.objects.count() == 1


def test_a_new_number_syncs_with_the_source_of_the_old(group: Group, there: Group, group_admin: User) -> None:
    row = members(group, NUMBER).get()
    stop(group)
    change_number(row, phone(2), by=group_admin)
    assert (of(group, phone(2)).source, of(there, phone(2)).source) == (Source.KEYWORD, Source.KEYWORD)
    assert of(there, phone(2)).origin == of(group, phone(2))


def test_many_organizations_cost_no_queries_for_each_phone(group: Group, there: Group, group_admin: User) -> None:
    def queries(start: int, many: int) -> int:
        numbers = [phone(start + n) for n in range(many)]
        arrive(there, *numbers)
        with CaptureQueriesContext(connection) as captured:
            assert opt_out(group.organization, numbers, by=group_admin, source=Source.ADMIN).changed == many
        return len(captured)

    assert queries(0, 3) == queries(100, 1200)


# Holds.


def test_a_hold_pauses_one_organization_and_an_opt_out_decided_reaches_all(
    group: Group, there: Group, group_admin: User
) -> None:
    for place in (group, there):
        arrive(place, NUMBER)
    open_hold(group.organization, NUMBER, text="leave me alone", group=group)
    assert gate.may_text(there, NUMBER).allowed
    decide(Hold.objects.get(), Hold.Decision.OPT_OUT, by=group_admin)
    assert gate.may_text(there, NUMBER).cause == gate.Cause.OPTED_OUT
    assert of(there).source == Source.HOLD_DECIDED


def test_a_hold_that_runs_out_reaches_all(group: Group, there: Group) -> None:
    arrive(there, NUMBER)
    open_hold(group.organization, NUMBER, text="leave me alone", group=group)
    assert expire(timezone.now() + timedelta(days=9)) == 1
    assert (of(there).source, of(there).origin) == (Source.HOLD_EXPIRED, of(group))


def test_an_opt_out_elsewhere_decides_a_hold(group: Group, there: Group) -> None:
    arrive(there, NUMBER)
    open_hold(there.organization, NUMBER, text="leave me alone", group=there)
    stop(group)
    assert Hold.objects.get().decision == Hold.Decision.OPT_OUT
    assert not member(there, NUMBER).on_hold
    assert AuditEntry.objects.get(action="sync_opt_out").counts["holds"] == 1


# The end.


def test_start_in_any_organization_ends_it_in_all(group: Group, there: Group, third: Group) -> None:
    for place in (group, there):
        arrive(place, NUMBER)
    stop(group)
    assert start(third).changed == 1
    assert is_out(group, there, third) == [False] * 3
    assert gate.may_text(there, NUMBER).allowed


def test_an_opt_out_asked_for_in_its_own_organization_is_never_ended_with_another(
    group: Group, there: Group, third: Group, group_admin: User
) -> None:
    stop(group)
    opt_out(there.organization, [NUMBER], by=group_admin, source=Source.ADMIN)
    start(group)
    assert is_out(group, there, third) == [False, True, False]
    assert of(there).origin is None
    assert start(there).changed == 1


def approve(group: Group, filed: datetime) -> Any:
    """Support grants what was asked for this phone and organization."""
    return end(group.organization, [NUMBER], by=None, source="support", unless_asked_since=filed)


def test_whoever_texts_stop_to_another_organization_since_stays_opted_out(
    group: Group, there: Group, third: Group
) -> None:
    stop(group)
    filed = timezone.now()
    stop(there, text="STOP")
    outcome = approve(group, filed)
    assert (outcome.changed, outcome.besides["asked_since"]) == (0, 1)
    assert is_out(group, there, third) == [True] * 3
    assert approve(third, filed).besides["asked_since"] == 1


def test_so_does_whoever_texts_it_to_one_that_had_an_opt_out_of_its_own(
    account: Account, group: Group, other_organization: Organization
) -> None:
    there = GroupFactory.create(organization=other_organization)
    for place in (group, there):
        stop(place)
    Account.objects.update(sync_opt_outs=True)
    filed = timezone.now()
    stop(there, text="STOP")
    assert approve(group, filed).besides["asked_since"] == 1
    assert is_out(group, there) == [True, True]


def test_what_was_texted_to_another_organization_before_that_or_by_somebody_else_keeps_nobody(
    group: Group, there: Group
) -> None:
    stop(group, NUMBER, phone(2))
    stop(there, text="STOP")
    filed = timezone.now()
    stop(there, phone(2), text="STOP")
    opt_out(there.organization, [NUMBER], by=None, source=Source.UPLOAD)
    assert approve(group, filed).changed == 1
    assert is_out(group, there) == [False, True]


def test_without_account_sync_a_stop_to_another_organization_keeps_its_own_only(
    group: Group, other_organization: Organization
) -> None:
    there = GroupFactory.create(organization=other_organization)
    stop(group)
    filed = timezone.now()
    stop(there)
    assert approve(group, filed).changed == 1
    assert is_out(group, there) == [False, True]


def test_a_bulk_opt_out_made_in_error_ends_everywhere_but_of_whom_it_has_become_their_own(
    group: Group, there: Group, group_admin: User, account_admin: User
) -> None:
    rows = members(group, *phones(4))
    members(there, *phones(4))
    Account.objects.update(sync_opt_outs=False)
    stop(there, phone(4))
    Account.objects.update(sync_opt_outs=True)
    entry = opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN).entry
    assert entry
    stop(there, phone(3), at=timezone.now() - timedelta(hours=1))
    outcome = reverse_change(entry, by=account_admin, source="support")
    assert (outcome.changed, outcome.besides["asked_since"], outcome.besides["copies"]) == (3, 1, 2)
    assert [one.opted_out for one in group.memberships.order_by("phone")] == [False, False, True, False]
    assert [one.opted_out for one in there.memberships.order_by("phone")] == [False, False, True, True]


def test_a_start_to_another_organization_that_is_older_than_the_stop_ends_nothing(group: Group, there: Group) -> None:
    give_number(group)
    give_number(there, phone(800))
    now = timezone.now()
    comes(NUMBER, "STOP", at=now)
    comes(NUMBER, "START", at=now - timedelta(minutes=1), to=phone(800))
    assert is_out(group, there) == [True, True]
    comes(NUMBER, "START", at=now + timedelta(minutes=1), to=phone(800))
    assert is_out(group, there) == [False, False]


def test_a_stop_that_is_older_than_a_start_to_another_organization_opens_nothing(group: Group, there: Group) -> None:
    give_number(group)
    give_number(there, phone(800))
    now = timezone.now()
    comes(NUMBER, "START", at=now, to=phone(800))
    comes(NUMBER, "STOP", at=now - timedelta(minutes=1))
    assert is_out(group, there) == [False, False]


def test_one_confirmation_follows_in_the_organization_that_was_asked(group: Group, there: Group) -> None:
    give_number(group)
    give_number(there, phone(800))
    for place in (group, there):
        arrive(place, NUMBER)
    comes(NUMBER, "STOP")
    assert Message.objects.get(episode__isnull=False).conversation.group == group


# Arrivals and redactions.


def test_whoever_arrives_where_only_a_copy_stands_is_opted_out(group: Group, there: Group, group_admin: User) -> None:
    give_number(there, phone(800))
    stop(group, *phones(3))
    arrive(there, phone(1))
    arrive(there, phone(2), came_by=Contact.Source.HAND)
    comes(phone(3), "Hello", to=phone(800))
    assert [member(there, number).opted_out for number in phones(3)] == [True] * 3


def test_a_redaction_leaves_a_suppression_in_each_organization(
    group: Group, there: Group, account_admin: User, synced: Account
) -> None:
    for place in (group, there):
        arrive(place, NUMBER)
    stop(group)
    redact(synced, [NUMBER], by=account_admin)
    assert set(Suppression.objects.values_list("organization", flat=True)) == {
        group.organization_id,
        there.organization_id,
    }
    arrive(there, NUMBER)
    assert member(there, NUMBER).opted_out
    assert of(there).source == Source.KEPT


def test_a_redaction_that_opts_out_as_well_meets_its_own_copies(
    group: Group, there: Group, account_admin: User, synced: Account
) -> None:
    arrive(group, NUMBER)
    assert redact(synced, [NUMBER], by=account_admin, also_opt_out=True)
    assert Suppression.objects.count() == 2
    assert not OptOut.objects.filter(phone__isnull=False).exists()


# A new organization.


def test_a_new_organization_starts_with_the_opt_outs_of_the_others(
    group: Group, synced: Account, account_admin: User
) -> None:
    stop(group, *phones(2))
    suppress(group.organization, phone(3))
    made = create_organization(synced, name="Hilltop", country="US", by=account_admin)
    place = create_group(made, name="First", time_zone="America/New_York", by=account_admin)
    arrive(place, *phones(4))
    assert [member(place, number).opted_out for number in phones(4)] == [True, True, True, False]
    assert of(place).origin == of(group)
    assert of(place, phone(3)).started == datetime.combine(date(2026, 3, 1), datetime.min.time(), UTC).replace(hour=12)


def test_without_sync_a_new_organization_starts_without(group: Group, account_admin: User) -> None:
    stop(group)
    create_organization(group.account, name="Hilltop", country="US", by=account_admin)
    assert OptOut.objects.count() == 1


# Switching it on and off.


@pytest.fixture
def apart(account: Account, group: Group, other_organization: Organization) -> list[Group]:
    """Three groups of three organizations that are not synced: phone 1 is out of the first, 2 of two, 3 of all."""
    places = [
        group,
        GroupFactory.create(organization=other_organization),
        GroupFactory.create(organization__account=account),
    ]
    for place, out in zip(places, ([1, 2, 3], [2, 3], [3]), strict=True):
        arrive(place, *phones(4))
        stop(place, *(phone(number) for number in out))
    return places


def test_an_application_opens_what_lacks_once(account: Account, apart: list[Group], account_admin: User) -> None:
    suppress(apart[0].organization, phone(7))
    assert sync_setting.missing(account) == sync_setting.Missing(2, 3, 1)
    before = set(OptOut.objects.values_list("pk", flat=True))
    assert sync_setting.switch_on(account, by=account_admin, apply=True) == (True, 3)
    assert [one.opted_out for place in apart for one in place.memberships.order_by("phone")] == [
        True,
        True,
        True,
        False,
    ] * 3
    assert before < set(OptOut.objects.open().values_list("pk", flat=True))
    assert Suppression.objects.count() == 3
    assert sync_setting.missing(account) == sync_setting.Missing(0, 0, 0)
    assert (sync_application.apply(account, by=account_admin), OptOut.objects.count()) == (0, 9)


def test_the_strongest_that_are_open_are_copied_and_of_them_the_first(
    account: Account, apart: list[Group], account_admin: User
) -> None:
    day = timezone.now() - timedelta(days=5)
    opt_out(apart[1].organization, [phone(5)], by=None, source=Source.UPLOAD, at=day)
    stop(apart[0], phone(5))
    sync_setting.switch_on(account, by=account_admin, apply=True)
    assert of(apart[2], phone(5)).origin == of(apart[0], phone(5))
    assert of(apart[2], phone(2)).origin == of(apart[0], phone(2))


def test_a_large_application_goes_on_in_the_background(
    account: Account, apart: list[Group], account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_application, "MOST", 1)
    assert sync_setting.switch_on(account, by=account_admin, apply=True) == (True, 2)
    assert sync_setting.missing(account).phones == 1
    assert sync_application.apply(account, by=account_admin) == 1
    assert not sync_setting.missing(account)


def test_nothing_is_applied_once_it_was_switched_off(account: Account, apart: list[Group], account_admin: User) -> None:
    assert sync_application.apply(account, by=account_admin) == 0


def test_switched_off_no_episode_changes_and_a_copy_still_ends_with_its_origin(
    account: Account, apart: list[Group], account_admin: User
) -> None:
    sync_setting.switch_on(account, by=account_admin, apply=True)
    assert sync_setting.switch_off(account, by=account_admin)
    assert OptOut.objects.open().count() == 9
    stop(apart[0], phone(4))
    assert is_out(*apart, number=phone(4)) == [True, False, False]
    start(apart[0])
    assert is_out(*apart) == [False] * 3


# The pages.


def url(account: Account) -> str:
    return reverse("contacts:account_sync", args=[account.pk])


def press(user: User, account: Account, do: str) -> str:
    return client_of(user).post(url(account), {"do": do}, follow=True).text


def test_an_account_admin_switches_it_on_with_the_opt_outs_that_exist(
    account: Account, apart: list[Group], account_admin: User
) -> None:
    page = client_of(account_admin).get(url(account)).text
    assert "<strong>2 numbers</strong> are opted out of some organizations and not of others: 3 opt-outs" in page
    said = press(account_admin, account, "on_and_apply")
    assert "Account sync is on. 3 opt-outs added in other organizations." in said
    account.refresh_from_db()
    assert account.sync_opt_outs
    entry = AuditEntry.objects.get(action="switch_sync_on")
    assert (entry.account, entry.organization, entry.actor) == (account, None, account_admin)


def test_already_so_changes_nothing_and_writes_no_entry(
    account: Account, apart: list[Group], account_admin: User
) -> None:
    press(account_admin, account, "on_and_apply")
    entries = AuditEntry.objects.count()
    said = press(account_admin, account, "on_and_apply")
    assert "Account sync is on already. Every opt-out stands in every organization already." in said
    assert AuditEntry.objects.count() == entries


def test_it_may_be_switched_on_for_new_opt_outs_and_applied_later(
    account: Account, apart: list[Group], account_admin: User
) -> None:
    assert "those that exist stay as they are" in press(account_admin, account, "on")
    assert OptOut.objects.count() == 6
    assert "Opt them out of all organizations" in client_of(account_admin).get(url(account)).text
    assert "3 opt-outs added in other organizations." in press(account_admin, account, "apply")


def test_switching_it_off_says_that_nothing_changed(account: Account, account_admin: User, apart: list[Group]) -> None:
    press(account_admin, account, "on")
    assert "Account sync is off. Nobody&#x27;s opt-out changed." in press(account_admin, account, "off")
    assert "Account sync is off already." in press(account_admin, account, "off")
    assert AuditEntry.objects.filter(action="switch_sync_off").count() == 1


def test_an_unknown_button_changes_nothing(account: Account, account_admin: User) -> None:
    assert "Nothing was changed" in press(account_admin, account, "everything")
    account.refresh_from_db()
    assert not account.sync_opt_outs


@pytest.mark.parametrize(("who", "status"), [("organization_admin", 403), ("group_admin", 403), ("outsider", 404)])
def test_nobody_else_switches_it(
    account: Account, apart: list[Group], request: pytest.FixtureRequest, who: str, status: int
) -> None:
    user = request.getfixturevalue(who)
    assert client_of(user).post(url(account), {"do": "on_and_apply"}).status_code == status
    account.refresh_from_db()
    assert not account.sync_opt_outs
    assert OptOut.objects.count() == 6


def test_the_settings_lead_to_it_and_a_new_organization_is_told(synced: Account, account_admin: User) -> None:
    client = client_of(account_admin)
    settings = client.get(reverse("groups:account_settings", args=[synced.pk])).text
    assert "Account sync is on" in settings
    assert url(synced) in settings
    create = reverse("groups:create_organization", args=[synced.pk])
    said = client.post(create, {"name": "Hilltop", "country": "US"}, follow=True).text
    assert "Whoever opted out of another organization is opted out of it too." in said


def test_pages_say_where_an_opt_out_came_from(
    group: Group, there: Group, account_admin: User, django_assert_max_num_queries: Any
) -> None:
    row = members(there, NUMBER).get()
    stop(group)
    client = client_of(account_admin)
    contact = client.get(reverse("contacts:contact", args=[there.pk, row.contact_id])).text
    assert "Opted out of Riverside Neighbors on" in contact
    assert "and so of Lakeside Tenants." in contact
    assert "opted out in Riverside Neighbors, and so here" in contact
    listed = client.get(reverse("contacts:opt_outs", args=[there.organization_id])).text
    assert "Opted out in Riverside Neighbors, and so here" in listed
    [event] = [one for one in timeline.events_of(row.contact, [row]) if one.glyph == "opted_out"]
    assert (event.strong, event.place) == ("Opted out", "of Lakeside Tenants")
    assert event.who == "The contact · By text · opted out in Riverside Neighbors, and so here"


def test_an_export_says_it_too(group: Group, there: Group, account_admin: User) -> None:
    stop(group)
    export = reverse("contacts:export_opt_outs", args=[there.organization_id])
    response = client_of(account_admin).post(export)
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    assert "Opted out in Riverside Neighbors, and so here" in text


def test_the_bar_says_how_far_an_opt_out_reaches(group: Group, there: Group, group_admin: User) -> None:
    row = members(group, NUMBER).get()
    page = client_of(group_admin).get(reverse("contacts:opt_out", args=[group.pk, row.contact_id])).text
    assert "No group of Riverside Neighbors or any other organization of Sunrise Alliance will text them" in page


def test_contacts_of_the_other_organizations_are_named_in_their_audit_only(group: Group, there: Group) -> None:
    arrive(there, NUMBER)
    stop(group)
    entry = AuditEntry.objects.get(action="opt_out")
    known = set(Contact.objects.filter(organization=there.organization).values_list("pk", flat=True))
    assert not known & set(audit.subject_ids(entry, Kind.CONTACT).get(0, []))
