"""Ending opt-outs (R4.6, R4.8): the open episode, what sync copied from it, a suppression; and nothing else."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts import gate, verify
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.actions.outcome import Outcome
from contacts.actions.reversal import BY_LIST, THEIR_OWN, reverse, reverse_change
from contacts.actions.sync import copy
from contacts.models import Contact, OptOut, Source, Suppression
from groups import audit, audit_sentences
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, members, phone, phones, suppress
from tests.people import GroupFactory

pytestmark = pytest.mark.django_db

NUMBER = phone(1)


@pytest.fixture
def elsewhere(other_organization: Organization) -> Group:
    """A group of another organization of the account."""
    return GroupFactory.create(organization=other_organization)


def by_text(group: Group, *numbers: str) -> Any:
    return opt_out(group.organization, numbers, by=None, source=Source.KEYWORD, text="STOP")


def start(group: Group, *numbers: str, **more: Any) -> Outcome:
    return reverse(group.organization, numbers, by=None, source="text", **more)


def sync(origin: OptOut, organization: Organization) -> OptOut:
    """A copy as account sync makes it."""
    known = Contact.objects.filter(organization=organization, phone=origin.phone)
    copy(organization, [origin], {str(one.phone): one.pk for one in known}, by=None, source=origin.source)
    return OptOut.objects.open().get(organization=organization, phone=origin.phone)


def still_out(episodes: Iterable[OptOut]) -> set[int]:
    return set(OptOut.objects.open().filter(pk__in=[one.pk for one in episodes]).values_list("pk", flat=True))


def test_a_reversal_ends_the_open_episode_and_they_can_be_texted_again_in_every_group(
    group: Group, other_group: Group
) -> None:
    for place in (group, other_group):
        arrive(place, NUMBER, phone(2))
    by_text(group, NUMBER, phone(2))
    outcome = start(group, NUMBER)
    assert (outcome.changed, outcome.already) == (1, 0)
    for place in (group, other_group):
        assert gate.may_text(place, NUMBER).allowed
        assert (member(place, NUMBER).opted_out, member(place, phone(2)).opted_out) == (False, True)
    assert list(verify.differences()) == []


def test_the_episode_stays_in_the_history_with_its_end(group: Group) -> None:
    by_text(group, NUMBER)
    start(group, NUMBER)
    episode = OptOut.objects.get()
    assert episode.ended
    assert (episode.source, episode.phone, episode.evidence.get().text) == ("keyword", NUMBER, "STOP")


def test_it_ends_an_episode_whoever_opened_it(group: Group, group_admin: User) -> None:
    for number, source in enumerate(Source):
        opt_out(group.organization, [phone(number)], by=group_admin, source=source)
    assert start(group, *(phone(number) for number in range(len(Source)))).changed == len(Source)
    assert not OptOut.objects.open().exists()


def test_already_so_changes_nothing_writes_no_audit_and_is_counted(group: Group) -> None:
    by_text(group, NUMBER)
    start(group, NUMBER)
    entries = AuditEntry.objects.count()
    outcome = start(group, NUMBER, phone(2))
    assert (outcome.changed, outcome.already, outcome.entry) == (0, 2, None)
    assert AuditEntry.objects.count() == entries


def test_the_entry_names_the_contacts_and_the_episodes(group: Group, account_admin: User) -> None:
    arrive(group, NUMBER)
    by_text(group, NUMBER, phone(2))
    entry = reverse(group.organization, [NUMBER, phone(2), phone(3)], by=account_admin, source="support").entry
    assert entry
    assert (entry.action, entry.organization, entry.actor, entry.source) == (
        "reverse_opt_out",
        group.organization,
        account_admin,
        "support",
    )
    assert entry.counts == {"changed": 2, "already": 1}
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(group, NUMBER).contact_id]}
    assert audit.subject_ids(entry, Kind.OPT_OUT) == {0: sorted(OptOut.objects.values_list("pk", flat=True))}
    assert audit_sentences.what(entry) == "2 opt-outs ended"


def test_an_inactive_contact_stays_inactive(group: Group, group_admin: User) -> None:
    make_inactive(group, members(group, NUMBER), by=group_admin)
    by_text(group, NUMBER)
    start(group, NUMBER)
    assert (member(group, NUMBER).inactive, member(group, NUMBER).opted_out) == (True, False)


def test_other_organizations_keep_opt_outs_of_their_own(group: Group, elsewhere: Group, foreign_group: Group) -> None:
    for place in (group, elsewhere, foreign_group):
        arrive(place, NUMBER)
        by_text(place, NUMBER)
    start(group, NUMBER)
    assert [member(place, NUMBER).opted_out for place in (group, elsewhere, foreign_group)] == [False, True, True]


# Account sync (R4.6).


def test_what_sync_copied_ends_with_its_origin(
    group: Group, elsewhere: Group, other_organization: Organization
) -> None:
    for place in (group, elsewhere):
        arrive(place, NUMBER)
    by_text(group, NUMBER)
    sync(OptOut.objects.get(), other_organization)
    outcome = start(group, NUMBER)
    assert (outcome.changed, outcome.besides["copies"]) == (1, 1)
    assert not OptOut.objects.open().exists()
    assert not member(elsewhere, NUMBER).opted_out
    theirs = AuditEntry.objects.get(action="reverse_opt_out", organization=other_organization)
    assert audit.subject_ids(theirs, Kind.CONTACT) == {0: [member(elsewhere, NUMBER).contact_id]}
    assert list(verify.differences()) == []


def test_the_reversal_of_a_copy_ends_its_origin_and_the_other_copies(
    group: Group, elsewhere: Group, other_organization: Organization
) -> None:
    third = GroupFactory.create(organization__account=group.account)
    by_text(group, NUMBER)
    origin = OptOut.objects.get()
    sync(origin, other_organization)
    sync(origin, third.organization)
    outcome = start(elsewhere, NUMBER)
    assert (outcome.changed, outcome.besides["copies"]) == (1, 2)
    assert not OptOut.objects.open().exists()


def test_a_copy_that_the_person_asked_for_in_that_organization_too_stays(
    group: Group, elsewhere: Group, other_organization: Organization
) -> None:
    arrive(elsewhere, NUMBER)
    by_text(group, NUMBER)
    copy = sync(OptOut.objects.get(), other_organization)
    by_text(elsewhere, NUMBER)
    outcome = start(group, NUMBER)
    assert (outcome.changed, outcome.besides["copies"]) == (1, 0)
    assert still_out([copy]) == {copy.pk}
    assert member(elsewhere, NUMBER).opted_out


def test_their_own_reversal_ends_such_a_copy_and_its_origin(
    group: Group, elsewhere: Group, other_organization: Organization
) -> None:
    by_text(group, NUMBER)
    sync(OptOut.objects.get(), other_organization)
    by_text(elsewhere, NUMBER)
    assert start(elsewhere, NUMBER).changed == 1
    assert not OptOut.objects.open().exists()


# Somebody who asked again.


def test_whoever_asked_again_since_stays_opted_out_and_is_counted(group: Group) -> None:
    arrive(group, NUMBER)
    by_text(group, NUMBER, phone(2))
    filed = timezone.now()
    by_text(group, NUMBER)
    outcome = start(group, NUMBER, phone(2), unless_asked_since=filed)
    assert (outcome.changed, outcome.already, outcome.besides["asked_since"]) == (1, 0, 1)
    assert member(group, NUMBER).opted_out
    assert gate.may_text(group, NUMBER).cause == gate.Cause.OPTED_OUT


def test_a_copy_stays_if_they_asked_its_origin_again(group: Group, other_organization: Organization) -> None:
    by_text(group, NUMBER)
    sync(OptOut.objects.get(), other_organization)
    filed = timezone.now()
    by_text(group, NUMBER)
    outcome = reverse(other_organization, [NUMBER], by=None, source="support", unless_asked_since=filed)
    assert (outcome.changed, outcome.besides["asked_since"]) == (0, 1)
    assert OptOut.objects.open().count() == 2


@pytest.mark.parametrize("source", BY_LIST)
def test_what_a_list_says_again_is_no_request_of_their_own(group: Group, group_admin: User, source: str) -> None:
    by_text(group, NUMBER)
    filed = timezone.now()
    opt_out(group.organization, [NUMBER], by=group_admin, source=source)
    assert start(group, NUMBER, unless_asked_since=filed).changed == 1


def test_every_source_is_the_persons_own_or_a_list_or_what_was_kept() -> None:
    assert {*THEIR_OWN, *BY_LIST, Source.KEPT} == set(Source)
    assert len(THEIR_OWN) + len(BY_LIST) + 1 == len(Source)


# A bulk opt-out made in error.


@pytest.fixture
def bulk(group: Group, group_admin: User) -> AuditEntry:
    """Phones 1 to 4 opted out in one change; 5 was out before it."""
    rows = members(group, *phones(5))
    by_text(group, phone(5))
    entry = opt_out_contacts(group, rows, by=group_admin, source=Source.ADMIN).entry
    assert entry
    return entry


def out(group: Group) -> list[int]:
    """Which of the first five are opted out, by their copies."""
    assert list(verify.differences()) == []
    return [number for number in range(1, 6) if member(group, phone(number)).opted_out]


def test_the_reversal_of_a_change_ends_exactly_the_episodes_that_it_opened(
    group: Group, bulk: AuditEntry, account_admin: User
) -> None:
    outcome = reverse_change(bulk, by=account_admin, source="support")
    assert (outcome.changed, outcome.already) == (4, 0)
    assert out(group) == [5]


@pytest.mark.parametrize("source", THEIR_OWN)
def test_whoever_has_made_it_their_own_since_stays(
    group: Group, bulk: AuditEntry, account_admin: User, source: str
) -> None:
    earlier = timezone.now() - timedelta(days=1)
    opt_out(group.organization, [phone(1)], by=None, source=source)
    opt_out(group.organization, [phone(2)], by=None, source=source, at=earlier)
    outcome = reverse_change(bulk, by=account_admin, source="support")
    assert (outcome.changed, outcome.besides["asked_since"]) == (2, 2)
    assert out(group) == [1, 2, 5]


@pytest.mark.parametrize("source", BY_LIST)
def test_a_second_list_does_not_make_it_their_own(
    group: Group, bulk: AuditEntry, account_admin: User, source: str
) -> None:
    opt_out(group.organization, phones(5), by=account_admin, source=source)
    reverse_change(bulk, by=account_admin, source="support")
    assert out(group) == [5]


def test_episodes_that_ended_or_were_opened_anew_since_are_already_so(
    group: Group, bulk: AuditEntry, account_admin: User
) -> None:
    start(group, phone(1), phone(2))
    by_text(group, phone(2))
    outcome = reverse_change(bulk, by=account_admin, source="support")
    assert (outcome.changed, outcome.already) == (2, 2)
    assert out(group) == [2, 5]


def test_the_same_change_is_reversed_once(group: Group, bulk: AuditEntry, account_admin: User) -> None:
    reverse_change(bulk, by=account_admin, source="support")
    outcome = reverse_change(bulk, by=account_admin, source="support")
    assert (outcome.changed, outcome.already, outcome.entry) == (0, 4, None)


def test_only_a_list_can_have_been_an_error(group: Group, group_admin: User) -> None:
    stop = by_text(group, NUMBER).entry
    other = make_inactive(group, members(group, NUMBER), by=group_admin).entry
    assert stop
    assert other
    for entry in (stop, other):
        with pytest.raises(ValueError, match="no bulk opt-out"):
            reverse_change(entry, by=group_admin, source="support")


# Suppressions.


def test_a_suppression_is_found_by_its_digest_and_deleted(group: Group, other_organization: Organization) -> None:
    suppress(group.organization, NUMBER, phone(2))
    suppress(other_organization, NUMBER)
    outcome = start(group, NUMBER)
    assert (outcome.changed, outcome.besides["suppressions"]) == (1, 1)
    assert outcome.entry
    assert outcome.entry.counts == {"changed": 1, "suppressions": 1}
    assert [(one.organization, one.day) for one in Suppression.objects.order_by("pk")] == [
        (group.organization, date(2026, 3, 1)),
        (other_organization, date(2026, 3, 1)),
    ]
    arrive(group, NUMBER, phone(2))
    assert [member(group, phone(n)).opted_out for n in (1, 2)] == [False, True]


def test_many_cost_as_many_queries_as_few(group: Group, group_admin: User) -> None:
    def queries(many: int) -> int:
        opt_out_contacts(group, members(group, *phones(many)), by=group_admin, source=Source.ADMIN)
        with CaptureQueriesContext(connection) as captured:
            assert start(group, *phones(many)).changed == many
        return len(captured)

    assert queries(3) == queries(1200)
