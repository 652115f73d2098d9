"""Whoever arrives: by upload, by hand or by a changed number, through one way in (R3.6, R4.7, R5.5, R6.5)."""

from datetime import date
from typing import Any

import pytest
from django.conf import settings as ours
from django.utils import timezone

from contacts import counts, digests, gate
from contacts.actions.arrival import bring_in, standings
from contacts.actions.contact import add_by_hand
from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Contact, Membership, OptOut, Suppression
from contacts.person import Person
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, members, phone

pytestmark = pytest.mark.django_db


def upload(group: Group, *people: Person, **more: Any) -> Any:
    return bring_in(group, people, by=None, came_by=Contact.Source.UPLOAD, **more)


def dana(**values: str) -> Person:
    return Person(phone(1), {"first_name": "Dana", "last_name": "Reyes", **values})


# What never happens.


def test_an_upload_never_reactivates(group: Group, group_admin: User) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    stamp = member(group, phone(1)).last_change_id
    for values in ({}, {"email": "dana@example.com"}):
        upload(group, dana(**values))
        assert member(group, phone(1)).inactive
        assert member(group, phone(1)).last_change_id == stamp
    assert standings(group, [phone(1)])[phone(1)].kept_inactive


def test_adding_by_hand_never_reactivates(group: Group, group_admin: User) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    add_by_hand(group, dana(), by=group_admin)
    assert member(group, phone(1)).inactive


def test_an_upload_never_reverses_an_opt_out(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    upload(group, dana())
    add_by_hand(group, dana(email="dana@example.com"), by=group_admin)
    assert OptOut.objects.get().ended is None
    assert member(group, phone(1)).opted_out


def test_an_upload_unassigns_nobody_and_takes_no_value_or_tag_off(group: Group, group_admin: User, agent: User) -> None:
    upload(group, Person(phone(1), {"first_name": "Dana", "email": "d@example.com"}, {"shift": "late"}, ("walks",)))
    Membership.objects.update(agent=agent)
    arrived = upload(group, Person(phone(1), {"first_name": "", "email": ""}, {"shift": ""}))
    assert (arrived.outcomes, arrived.entry) == ({phone(1): "unchanged"}, None)
    contact = member(group, phone(1)).contact
    assert (contact.first_name, contact.email, contact.custom) == ("Dana", "d@example.com", {"shift": "late"})
    assert contact.contact_tags.count() == 1
    assert member(group, phone(1)).agent == agent


# Where somebody is new.


def test_an_upload_into_another_group_adds_an_active_membership(
    group: Group, other_group: Group, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    arrived = upload(other_group, dana())
    assert arrived.outcomes == {phone(1): "added"}
    assert not member(other_group, phone(1)).inactive
    assert member(group, phone(1)).inactive
    assert member(group, phone(1)).contact_id == member(other_group, phone(1)).contact_id


def test_whoever_arrives_opted_out_is_opted_out_from_the_first_moment(group: Group, other_group: Group) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    upload(group, dana())
    upload(other_group, dana())
    for any_group in (group, other_group):
        assert member(any_group, phone(1)).opted_out
        assert gate.may_text(any_group, phone(1)).cause == gate.Cause.OPTED_OUT
    assert counts.of_group(group).opted_out == 1


def test_an_opt_out_of_another_organization_does_not_follow(group: Group, other_organization: Organization) -> None:
    opt_out(other_organization, [phone(1)], by=None, source="keyword")
    upload(group, dana())
    assert not member(group, phone(1)).opted_out


def test_whoever_arrives_on_hold_is_on_hold(group: Group) -> None:
    open_hold(group.organization, phone(1), text="leave me alone", group=group)
    upload(group, dana())
    assert member(group, phone(1)).on_hold


def test_a_contact_keeps_where_it_came_from_and_when(group: Group, other_group: Group, group_admin: User) -> None:
    started = timezone.now()
    add_by_hand(group, dana(), by=group_admin)
    upload(other_group, dana())
    contact = Contact.objects.get()
    assert contact.source == "hand"
    assert started <= contact.source_at <= timezone.now()


def test_members_take_the_next_positions_of_their_group(group: Group, other_group: Group) -> None:
    arrive(group, phone(1), phone(2))
    arrive(other_group, phone(2))
    arrive(group, phone(2), phone(3))
    assert list(group.memberships.order_by("position").values_list("position", "phone")) == [
        (1, phone(1)),
        (2, phone(2)),
        (3, phone(3)),
    ]
    group.refresh_from_db()
    assert group.last_position == 3
    assert member(other_group, phone(2)).position == 1


# What is known already.


def test_the_outcome_of_each_phone_is_told_and_audited(group: Group, other_group: Group, group_admin: User) -> None:
    arrive(group, phone(1), phone(2))
    arrive(other_group, phone(3))
    people = [dana(), *(Person(phone(n)) for n in (2, 3, 4))]
    arrived = upload(group, *people, source="command", text="people.csv")
    assert arrived.outcomes == {phone(1): "updated", phone(2): "unchanged", phone(3): "added", phone(4): "created"}
    entry = arrived.entry
    assert (entry.action, entry.source, entry.text.text) == ("upload", "command", "people.csv")
    assert entry.counts == {"created": 1, "added": 1, "updated": 1}
    ids = {number: member(group, phone(number)).contact_id for number in (1, 3, 4)}
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [ids[4]], 1: [ids[3]], 2: [ids[1]]}


def test_nothing_new_writes_no_entry(group: Group) -> None:
    upload(group, dana())
    entries = AuditEntry.objects.count()
    assert upload(group, dana()).entry is None
    assert AuditEntry.objects.count() == entries


def test_an_empty_file_changes_nothing(group: Group) -> None:
    assert upload(group).outcomes == {}
    assert not AuditEntry.objects.exists()


def test_a_new_name_reaches_the_lists_of_every_group(group: Group, other_group: Group) -> None:
    for any_group in (group, other_group):
        arrive(any_group, phone(1))
    upload(group, dana(last_name="Ñandú"))
    assert {member(any_group, phone(1)).sort_name for any_group in (group, other_group)} == {"dana nandu"}


def test_values_of_somebody_known_elsewhere_are_updated_as_they_are_added(group: Group, other_group: Group) -> None:
    upload(group, dana())
    upload(other_group, dana(first_name="Daniela"))
    assert Contact.objects.get().first_name == "Daniela"
    assert member(group, phone(1)).sort_name == "daniela reyes"


def test_tags_are_made_once_whatever_their_case(group: Group) -> None:
    upload(group, Person(phone(1), tags=("Walks", "walks")), Person(phone(2), tags=("WALKS",)))
    assert group.organization.tags.count() == 1
    assert [member(group, phone(n)).contact.contact_tags.count() for n in (1, 2)] == [1, 1]


def test_organizations_know_the_same_phone_as_two_contacts(group: Group, foreign_group: Group) -> None:
    upload(group, dana())
    arrived = upload(foreign_group, Person(phone(1), {"first_name": "D."}))
    assert arrived.outcomes == {phone(1): "created"}
    assert {contact.first_name for contact in Contact.objects.all()} == {"Dana", "D."}


def test_a_large_file_takes_no_query_a_row(group: Group, django_assert_max_num_queries: Any) -> None:
    people = [Person(phone(number), {"first_name": f"N{number}"}, tags=("walks",)) for number in range(1500)]
    with django_assert_max_num_queries(40):
        upload(group, *people)
    with django_assert_max_num_queries(25):
        upload(group, *people)


# Suppressions (R5.5).


def suppress(organization: Organization, number: str, key_id: str = "1") -> Suppression:
    digest = digests.digest(organization.account_id, "suppression", number, key_id)
    return Suppression.objects.create(
        account=organization.account, organization=organization, digest=digest, key_id=key_id, day=date(2026, 3, 1)
    )


def test_a_suppressed_phone_that_comes_back_is_opted_out_with_the_suppressions_day(group: Group) -> None:
    suppress(group.organization, phone(1))
    upload(group, dana(), Person(phone(2)))
    episode = OptOut.objects.open().get()
    assert (episode.phone, episode.source, episode.started.date()) == (phone(1), "kept", date(2026, 3, 1))
    assert (episode.actor, episode.reason) == (None, None)
    assert not Suppression.objects.exists()
    assert [member(group, phone(n)).opted_out for n in (1, 2)] == [True, False]
    assert counts.of_organization(group.organization).opted_out == 1


def test_a_preview_tells_that_a_suppressed_phone_will_stay_opted_out_and_consumes_nothing(group: Group) -> None:
    suppress(group.organization, phone(1))
    known = standings(group, [phone(1), phone(2)])
    assert [known[phone(n)].opted_out for n in (1, 2)] == [True, False]
    assert Suppression.objects.exists()


def test_suppressions_of_older_keys_and_of_this_organization_only_match(
    group: Group, other_organization: Organization, settings: Any
) -> None:
    settings.DIGEST_SECRETS = ["2:" + "2b" * 32, *ours.DIGEST_SECRETS]
    suppress(group.organization, phone(1), key_id="1")
    suppress(group.organization, phone(2), key_id="2")
    suppress(other_organization, phone(3))
    arrive(group, phone(1), phone(2), phone(3))
    assert [member(group, phone(n)).opted_out for n in (1, 2, 3)] == [True, True, False]
    assert Suppression.objects.get().organization == other_organization


def test_a_phone_suppressed_under_two_keys_has_one_episode_with_the_first_day(group: Group, settings: Any) -> None:
    settings.DIGEST_SECRETS = ["2:" + "2b" * 32, *ours.DIGEST_SECRETS]
    suppress(group.organization, phone(1), key_id="1")
    Suppression.objects.update(day=date(2025, 1, 31))
    suppress(group.organization, phone(1), key_id="2")
    arrive(group, phone(1))
    assert OptOut.objects.get().started.date() == date(2025, 1, 31)
    assert not Suppression.objects.exists()


def test_the_day_of_a_suppression_reads_the_same_in_every_zone(group: Group) -> None:
    suppress(group.organization, phone(1))
    arrive(group, phone(1))
    for zone in ("Pacific/Honolulu", "America/New_York", "Asia/Tokyo"):
        with timezone.override(zone):
            assert "1 Mar 2026" in gate.may_text(group, phone(1)).sentence


def test_a_suppressed_phone_that_opted_out_again_before_it_came_back_has_one_episode(group: Group) -> None:
    suppress(group.organization, phone(1))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    arrive(group, phone(1))
    assert OptOut.objects.get().source == "keyword"
    assert not Suppression.objects.exists()
    assert member(group, phone(1)).opted_out


def test_a_phone_that_comes_back_after_a_redaction_is_a_brand_new_contact(group: Group, group_admin: User) -> None:
    upload(group, Person(phone(1), {"first_name": "Dana"}, {"shift": "late"}, ("walks",)))
    old = member(group, phone(1))
    make_inactive(group, group.memberships.all(), by=group_admin)
    Contact.objects.update(phone=None, redacted_at=timezone.now(), first_name="")
    Membership.objects.update(phone=None, sort_name="")
    suppress(group.organization, phone(1))

    assert upload(group, Person(phone(1))).outcomes == {phone(1): "created"}

    new = member(group, phone(1))
    assert new.contact_id != old.contact_id
    assert (new.inactive, new.opted_out, new.last_change, new.position) == (False, True, None, 2)
    assert (new.contact.custom, new.contact.contact_tags.count()) == ({}, 0)
    old.refresh_from_db()
    assert (old.phone, old.inactive, old.opted_out) == (None, True, False)


# Keys (R5.11).


@pytest.mark.parametrize("secrets", [[], ["2:" + "2b" * 32], ["1:" + "2b" * 32]])
def test_without_the_right_secret_nobody_arrives(
    group: Group, group_admin: User, settings: Any, secrets: list[str]
) -> None:
    arrive(group, phone(1))
    settings.DIGEST_SECRETS = secrets
    for arriving in (lambda: upload(group, Person(phone(2))), lambda: add_by_hand(group, dana(), by=group_admin)):
        with pytest.raises(digests.KeyProblem):
            arriving()
    assert Contact.objects.count() == 1
    assert member(group, phone(1)).sort_name == ""


@pytest.mark.parametrize("secrets", [[], ["2:" + "2b" * 32], ["1:" + "2b" * 32]])
def test_without_the_right_secret_opting_out_still_works(group: Group, settings: Any, secrets: list[str]) -> None:
    arrive(group, phone(1))
    settings.DIGEST_SECRETS = secrets
    outcome = opt_out(group.organization, [phone(1), phone(2)], by=None, source="keyword", text="STOP")
    assert outcome.changed == 2
    assert gate.may_text(group, phone(1)).cause == gate.Cause.OPTED_OUT


def test_tags_that_an_arrival_makes_are_recorded_once(group: Group, group_admin: User) -> None:
    people = [Person(phone(n), tags=("new", "other")) for n in (1, 2)]
    for _ in range(2):
        bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD)
    entry = AuditEntry.objects.get(action="create_tags")
    assert (entry.organization, entry.actor, entry.counts) == (group.organization, group_admin, {"tags": 2})
