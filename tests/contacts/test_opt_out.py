"""Opting out (R4.1, R4.2, R4.5, R4.7): by phone, for a whole organization, without an undo."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from contacts import gate
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.models import Membership, OptOut, OptOutEvidence, Source, Suppression
from contacts.models.opt_out import strength
from contacts.signals import opted_out
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, members, phone, reason, suppress
from tests.people import GroupFactory

pytestmark = pytest.mark.django_db


def by_text(organization: Organization, *phones: str, text: str = "STOP", **more: Any) -> Any:
    return opt_out(organization, phones, by=None, source=Source.KEYWORD, text=text, **more)


def test_nothing_goes_to_an_opted_out_phone_in_any_group_of_the_organization(
    group: Group, other_group: Group, group_admin: User
) -> None:
    arrive(other_group, phone(1))
    opt_out_contacts(group, members(group, phone(1)), by=group_admin, source=Source.ADMIN)
    for any_group in (group, other_group):
        assert gate.may_text(any_group, phone(1)).cause == gate.Cause.OPTED_OUT
        assert member(any_group, phone(1)).opted_out


def test_other_organizations_still_text_them(
    group: Group, other_organization: Organization, foreign_group: Group
) -> None:
    elsewhere = [GroupFactory.create(organization=other_organization), foreign_group]
    for any_group in (group, *elsewhere):
        arrive(any_group, phone(1))
    by_text(group.organization, phone(1))
    for any_group in elsewhere:
        assert gate.may_text(any_group, phone(1)).allowed
        assert not member(any_group, phone(1)).opted_out


def test_an_episode_keeps_source_actor_time_reason_words_and_the_group(group: Group, group_admin: User) -> None:
    moved = reason(group.organization)
    at = timezone.now() - timedelta(hours=3)
    arrive(group, phone(1))
    outcome = opt_out(
        group.organization,
        [phone(1)],
        by=group_admin,
        source=Source.OTHER_CHANNEL,
        reason=moved,
        text="They called us",
        at=at,
        group=group,
    )
    episode = OptOut.objects.get()
    assert (episode.phone, episode.source, episode.actor, episode.started, episode.reason, episode.last_group) == (
        phone(1),
        Source.OTHER_CHANNEL,
        group_admin,
        at,
        moved,
        group,
    )
    assert (episode.account, episode.organization, episode.opened_by) == (
        group.account,
        group.organization,
        outcome.entry,
    )
    evidence = episode.evidence.get()
    assert (evidence.text, evidence.time, evidence.actor) == ("They called us", at, group_admin)


def test_the_entry_names_contacts_and_episodes_and_holds_no_words(group: Group, group_admin: User) -> None:
    moved = reason(group.organization)
    rows = members(group, phone(1), phone(2))
    entry = opt_out_contacts(group, rows, by=group_admin, reason=moved, source=Source.ADMIN).entry
    assert entry
    assert (entry.action, entry.group, entry.counts) == ("opt_out", group, {"changed": 2, "reason": moved.pk})
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: sorted(row.contact_id for row in rows)}
    assert audit.subject_ids(entry, Kind.OPT_OUT) == {0: sorted(OptOut.objects.values_list("pk", flat=True))}
    assert entry.text is None


def test_a_reason_with_a_tag_puts_it_on_the_contact(group: Group, group_admin: User) -> None:
    moved = reason(group.organization, tag="moved")
    rows = members(group, phone(1), phone(2))
    opt_out_contacts(group, rows.filter(phone=phone(1)), by=group_admin, reason=moved, source=Source.ADMIN)
    assert [tag.tag.name for tag in member(group, phone(1)).contact.contact_tags.all()] == ["moved"]
    assert not member(group, phone(2)).contact.contact_tags.exists()


def test_an_opt_out_without_a_reason_puts_no_tag_on(group: Group, group_admin: User) -> None:
    reason(group.organization, tag="moved")
    opt_out_contacts(group, members(group, phone(1)), by=group_admin, source=Source.ADMIN)
    assert OptOut.objects.get().reason is None
    assert not member(group, phone(1)).contact.contact_tags.exists()


def test_a_phone_that_is_no_contact_is_opted_out_too(group: Group) -> None:
    outcome = by_text(group.organization, phone(9))
    assert outcome.changed == 1
    assert OptOut.objects.open().filter(organization=group.organization, phone=phone(9)).exists()
    assert not Membership.objects.exists()


def test_a_second_request_is_kept_as_evidence_on_the_first_date(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    by_text(group.organization, phone(1), at=timezone.now() - timedelta(days=2))
    first = OptOut.objects.get()
    outcome = opt_out(
        group.organization, [phone(1)], by=group_admin, source=Source.ADMIN, reason=reason(first.organization)
    )
    assert (outcome.changed, outcome.already) == (0, 1)
    episode = OptOut.objects.get()
    assert (episode.started, episode.source, episode.actor, episode.reason) == (first.started, "keyword", None, None)
    assert list(episode.evidence.order_by("pk").values_list("source", "actor")) == [
        ("keyword", None),
        ("admin", group_admin.pk),
    ]


def test_the_same_request_of_the_same_person_again_changes_nothing(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1), phone(2))
    opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN)
    entries = AuditEntry.objects.count()
    outcome = opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN)
    assert (outcome.changed, outcome.already, outcome.entry) == (0, 2, None)
    assert AuditEntry.objects.count() == entries
    assert [episode.evidence.count() for episode in OptOut.objects.all()] == [1, 1]


def test_an_episode_takes_the_stronger_source_and_never_a_weaker_one(group: Group, group_admin: User) -> None:
    shown = []
    for source in ("upload", "carrier", "hold_expired", "admin", "other_channel", "keyword", "agent", "kept"):
        opt_out(group.organization, [phone(1)], by=None, source=source)
        shown.append(OptOut.objects.get().source)
    assert shown == ["upload", "carrier", "hold_expired", "admin", "other_channel", "keyword", "keyword", "keyword"]


def test_strengths_are_those_of_the_rule() -> None:
    ranks = [
        [Source.KEYWORD],
        [Source.OTHER_CHANNEL],
        [Source.AGENT, Source.ADMIN, Source.HOLD_DECIDED],
        [Source.HOLD_EXPIRED],
        [Source.CARRIER],
        [Source.UPLOAD],
        [Source.KEPT],
    ]
    assert {source for rank in ranks for source in rank} == set(Source)
    for stronger, weaker in pairwise(ranks):
        assert min(map(strength, stronger)) > max(map(strength, weaker))
    assert len({strength(source) for source in ranks[2]}) == 1


def test_after_an_end_a_new_request_opens_a_new_episode(group: Group) -> None:
    arrive(group, phone(1))
    by_text(group.organization, phone(1))
    OptOut.objects.update(ended=timezone.now())
    assert by_text(group.organization, phone(1)).changed == 1
    assert OptOut.objects.count() == 2


def test_a_phone_named_twice_opens_one_episode(group: Group) -> None:
    assert by_text(group.organization, phone(1), phone(1)).changed == 1
    assert OptOut.objects.count() == 1


def test_an_inactive_contact_can_be_opted_out_and_stays_inactive(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1))
    make_inactive(group, rows, by=group_admin)
    opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN)
    assert (member(group, phone(1)).inactive, member(group, phone(1)).opted_out) == (True, True)


def test_members_of_another_group_are_not_opted_out_even_if_they_are_handed_in(
    group: Group, foreign_group: Group, group_admin: User
) -> None:
    arrive(group, phone(1))
    arrive(foreign_group, phone(2))
    outcome = opt_out_contacts(group, Membership.objects.all(), by=group_admin, source=Source.ADMIN)
    assert outcome.changed == 1
    assert set(OptOut.objects.values_list("phone", flat=True)) == {phone(1)}


def test_an_opt_out_is_no_change_of_membership_and_leaves_its_stamp(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1))
    opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN)
    assert member(group, phone(1)).last_change is None


def test_the_floors_above_hear_of_new_episodes_only(group: Group) -> None:
    arrive(group, phone(1), phone(2))
    told: list[Any] = []

    def hear(sender: object, organization: Organization, contact_ids: list[int], **kwargs: Any) -> None:
        told.append((organization, list(contact_ids)))

    opted_out.connect(hear)
    by_text(group.organization, phone(1))
    by_text(group.organization, phone(1), phone(2))
    opted_out.disconnect(hear)
    one, two = (member(group, phone(n)).contact_id for n in (1, 2))
    assert [ids for _, ids in told if ids] == [[one], [two]]


def test_opting_out_many_takes_as_many_queries_as_a_few(
    group: Group, group_admin: User, django_assert_max_num_queries: Any
) -> None:
    rows = members(group, *(phone(n) for n in range(1500)))
    with django_assert_max_num_queries(45):
        assert opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN).changed == 1500


# A time for each phone, as a former system's list has them.


def test_each_phone_takes_its_own_time(group: Group, group_admin: User) -> None:
    arrive(group, phone(1), phone(2))
    now = timezone.now()
    times = {phone(n): now - timedelta(days=n) for n in (1, 2, 3)}
    opt_out(group.organization, [*times, phone(4)], by=group_admin, source=Source.UPLOAD, at=times)
    kept = dict(OptOut.objects.values_list("phone", "started"))
    assert {number: kept[number] for number in times} == times
    assert kept[phone(4)] >= now
    assert {row.opt_out.phone: row.time for row in OptOutEvidence.objects.select_related("opt_out")} == kept


def test_an_earlier_date_moves_the_episodes_first_date_and_is_kept_as_evidence(group: Group, group_admin: User) -> None:
    now = timezone.now()
    by_text(group.organization, phone(1), at=now - timedelta(days=5))
    by_text(group.organization, phone(2), at=now - timedelta(days=50))
    times = {phone(1): now - timedelta(days=30), phone(2): now - timedelta(days=40)}
    outcome = opt_out(group.organization, times, by=group_admin, source=Source.UPLOAD, at=times)
    assert (outcome.changed, outcome.already) == (0, 2)
    assert dict(OptOut.objects.values_list("phone", "started")) == {
        phone(1): now - timedelta(days=30),
        phone(2): now - timedelta(days=50),
    }
    assert [(episode.source, episode.actor) for episode in OptOut.objects.all()] == [("keyword", None)] * 2
    told = OptOutEvidence.objects.filter(source="upload").values_list("opt_out__phone", "time")
    assert dict(told) == times


def test_the_same_list_again_changes_nothing_unless_its_dates_are_earlier(group: Group, group_admin: User) -> None:
    now = timezone.now()

    def listed(days: int) -> Any:
        at = {phone(1): now - timedelta(days=days)}
        return opt_out(group.organization, [phone(1)], by=group_admin, source=Source.UPLOAD, at=at)

    assert [bool(listed(days).entry) for days in (5, 5, 3, 9, 9)] == [True, False, False, True, False]
    assert OptOut.objects.get().started == now - timedelta(days=9)


def test_a_suppressed_phone_that_is_opted_out_anew_is_open_again_since_the_suppressions_day(
    group: Group, group_admin: User
) -> None:
    suppress(group.organization, phone(1), phone(2))
    outcome = opt_out(group.organization, [phone(1)], by=group_admin, source=Source.UPLOAD)
    assert (outcome.changed, outcome.already) == (0, 1)
    episode = OptOut.objects.open().get()
    assert (episode.phone, episode.source, episode.started.date()) == (phone(1), "upload", date(2026, 3, 1))
    assert episode.evidence.get().actor == group_admin
    assert Suppression.objects.count() == 1


def test_a_list_with_dates_takes_as_many_queries_as_a_few(
    group: Group, group_admin: User, django_assert_max_num_queries: Any
) -> None:
    arrive(group, *(phone(n) for n in range(500)))
    now = timezone.now()
    times = {phone(n): now - timedelta(minutes=n) for n in range(1500)}
    for later in (times, {number: time - timedelta(days=1) for number, time in times.items()}):
        with django_assert_max_num_queries(45):
            opt_out(group.organization, later, by=group_admin, source=Source.UPLOAD, at=later)
    assert dict(OptOut.objects.values_list("phone", "started")) == later
