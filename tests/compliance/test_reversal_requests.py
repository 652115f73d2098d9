"""Requests to end an opt-out: what an account admin files, and how support's decision ends it (R4.8, R2.4)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.actions.reversal import (
    CannotDecide,
    CannotFile,
    approve,
    decline,
    file_bulk_reversal,
    file_reversal,
)
from compliance.models import ReversalRequest
from contacts import digests, timeline
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.models import Contact, OptOut, Source, Suppression
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, User
from tests.compliance.asking import NUMBER, WORDS, asked, asked_about_bulk, bulk_opt_out, by_text
from tests.contacts.factories import arrive, member, phone, phones, suppress
from tests.people import UserFactory

pytestmark = pytest.mark.django_db

State = ReversalRequest.State


def told(group: Group, number: str = NUMBER) -> list[str]:
    """The contact's timeline, newest first."""
    place = member(group, number)
    return [event.strong for day in timeline.of_contact(place.contact, [place]) for event in day.events]


def test_a_request_holds_phone_organization_evidence_and_who_filed_it(group: Group, account_admin: User) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    assert (request.phone, request.organization, request.evidence, request.filed_by, request.state) == (
        NUMBER,
        group.organization,
        WORDS,
        account_admin,
        "waiting",
    )
    entry = AuditEntry.objects.get(action="file_reversal")
    assert (entry.organization, entry.actor, entry.counts, entry.text) == (group.organization, account_admin, {}, None)
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(group, NUMBER).contact_id]}
    assert OptOut.objects.open().exists()


@pytest.mark.parametrize("known", [True, False])
def test_a_known_and_an_unknown_number_without_opt_out_get_the_same_words(
    group: Group, account_admin: User, known: bool
) -> None:
    if known:
        arrive(group, NUMBER)
    with pytest.raises(CannotFile) as refused:
        file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    assert str(refused.value).startswith(
        "Nothing was filed: there is no opt-out of this number in Riverside Neighbors."
    )
    assert not ReversalRequest.objects.exists()
    assert not AuditEntry.objects.filter(action="file_reversal").exists()


def test_an_opt_out_in_another_organization_is_none_here(
    group: Group, other_organization: Organization, account_admin: User
) -> None:
    by_text(group)
    with pytest.raises(CannotFile):
        file_reversal(other_organization, NUMBER, by=account_admin, evidence=WORDS)


def test_one_request_about_a_phone_waits_at_a_time(group: Group, account_admin: User, support: User) -> None:
    request = asked(group, account_admin)
    with pytest.raises(CannotFile, match="waits for Customer Support already"):
        file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    decline(request, by=support, answer="No evidence")
    file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    assert ReversalRequest.objects.count() == 2


def test_one_request_about_a_bulk_opt_out_waits_at_a_time(group: Group, account_admin: User) -> None:
    request = asked_about_bulk(group, account_admin, *phones(2))
    assert request.opened_by
    with pytest.raises(CannotFile, match="bulk opt-out waits"):
        file_bulk_reversal(request.opened_by, by=account_admin, evidence=WORDS)


def test_a_bulk_opt_out_of_which_nothing_is_open_can_not_be_asked_about(group: Group, account_admin: User) -> None:
    entry = bulk_opt_out(group, account_admin, *phones(2))
    reverse(group.organization, phones(2), by=None, source="text")
    with pytest.raises(CannotFile, match="has ended"):
        file_bulk_reversal(entry, by=account_admin, evidence=WORDS)


def test_an_approval_ends_the_opt_out_and_is_recorded(group: Group, account_admin: User, support: User) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    outcome = approve(request, by=support, answer="Their own words")
    assert outcome.changed == 1
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.answer, request.ended) == (
        "approved",
        support,
        "Their own words",
        1,
    )
    assert not member(group, NUMBER).opted_out
    entries = AuditEntry.objects.filter(actor=support).order_by("pk")
    assert [(entry.action, entry.source, entry.organization) for entry in entries] == [
        ("reverse_opt_out", "support", group.organization),
        ("approve_reversal", "support", group.organization),
    ]
    assert told(group)[:3] == [
        "Opt-out ended by Customer Support",
        "Customer Support was asked to end the opt-out",
        "Opted out",
    ]


def test_a_declined_request_leaves_the_opt_out_and_is_recorded(
    group: Group, account_admin: User, support: User
) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    decline(request, by=support, answer="The words are not theirs")
    request.refresh_from_db()
    assert (request.state, request.decided_by, request.answer, request.ended) == (
        "declined",
        support,
        "The words are not theirs",
        0,
    )
    assert member(group, NUMBER).opted_out
    assert AuditEntry.objects.get(action="decline_reversal").actor == support
    assert told(group)[0] == "Customer Support declined to end the opt-out"


@pytest.mark.parametrize("second", [approve, decline])
def test_a_request_is_decided_once(group: Group, account_admin: User, support: User, second: Any) -> None:
    request = asked(group, account_admin)
    approve(request, by=support, answer="Their own words")
    by_text(group)
    other = UserFactory.create(is_support=True)
    with pytest.raises(CannotDecide, match="Sam Ortega approved this request already"):
        second(request, by=other, answer="Again")
    assert OptOut.objects.open().filter(phone=NUMBER).exists()
    request.refresh_from_db()
    assert (request.decided_by, request.answer) == (support, "Their own words")


@pytest.mark.parametrize("act", [approve, decline])
def test_nobody_decides_what_they_filed(group: Group, account_admin: User, act: Any) -> None:
    account_admin.is_support = True
    account_admin.save()
    request = asked(group, account_admin)
    with pytest.raises(CannotDecide, match="another person of Customer Support"):
        act(request, by=account_admin, answer="I say so")
    request.refresh_from_db()
    assert request.state == "waiting"
    assert OptOut.objects.open().exists()


def test_the_database_too_refuses_a_decision_by_whoever_filed_it(group: Group, account_admin: User) -> None:
    request = asked(group, account_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReversalRequest.objects.filter(pk=request.pk).update(
            state=State.APPROVED, decided=timezone.now(), decided_by=account_admin
        )


def test_what_ended_meanwhile_is_already_so_and_counted(group: Group, account_admin: User, support: User) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    reverse(group.organization, [NUMBER], by=None, source="text")
    outcome = approve(request, by=support, answer="Their own words")
    assert (outcome.changed, outcome.already) == (0, 1)
    request.refresh_from_db()
    assert (request.state, request.ended) == ("approved", 0)
    assert told(group)[:2] == [
        "Customer Support agreed, and nothing was left to end",
        "Opt-out ended by START from their phone",
    ]


def test_whoever_asked_to_stop_again_after_the_request_stays_opted_out(
    group: Group, account_admin: User, support: User
) -> None:
    arrive(group, NUMBER)
    request = asked(group, account_admin)
    by_text(group)
    outcome = approve(request, by=support, answer="Their own words")
    assert (outcome.changed, outcome.besides["asked_since"]) == (0, 1)
    assert member(group, NUMBER).opted_out
    assert told(group)[0] == "Customer Support agreed, but they had asked to stop again: the opt-out stays"


def test_a_request_to_stop_after_the_approval_opens_a_new_episode(
    group: Group, account_admin: User, support: User
) -> None:
    request = asked(group, account_admin)
    approve(request, by=support, answer="Their own words")
    assert by_text(group).changed == 1
    assert OptOut.objects.filter(phone=NUMBER).count() == 2


def test_an_approved_bulk_request_ends_what_the_change_opened_and_they_have_not_made_their_own(
    group: Group, account_admin: User, support: User
) -> None:
    by_text(group, phone(4))
    request = asked_about_bulk(group, account_admin, *phones(4))
    by_text(group, phone(1))
    outcome = approve(request, by=support, answer="The wrong list")
    assert (outcome.changed, outcome.besides["asked_since"]) == (2, 1)
    assert [member(group, number).opted_out for number in phones(4)] == [True, False, False, True]
    request.refresh_from_db()
    assert (request.phone, request.ended) == (None, 2)


def test_a_suppression_is_asked_about_and_deleted_like_an_opt_out(
    group: Group, account_admin: User, support: User
) -> None:
    suppress(group.organization, NUMBER)
    request = file_reversal(group.organization, NUMBER, by=account_admin, evidence=WORDS)
    assert approve(request, by=support, answer="Their own words").changed == 1
    assert not Suppression.objects.exists()
    arrive(group, NUMBER)
    assert not member(group, NUMBER).opted_out


def test_without_the_right_secret_nothing_is_approved(
    group: Group, account_admin: User, support: User, settings: Any
) -> None:
    digests.require()
    request = asked(group, account_admin)
    settings.DIGEST_SECRETS = ["1:" + "2b" * 32]
    with pytest.raises(digests.KeyProblem):
        approve(request, by=support, answer="Their own words")
    request.refresh_from_db()
    assert request.state == "waiting"


def test_a_number_that_was_erased_meanwhile_can_only_be_declined(
    group: Group, account_admin: User, support: User
) -> None:
    request = asked(group, account_admin)
    ReversalRequest.objects.update(phone=None, evidence="")
    with pytest.raises(CannotDecide, match="erased since this was filed"):
        approve(request, by=support, answer="Their own words")
    decline(request, by=support, answer="The number was erased")
    request.refresh_from_db()
    assert request.state == "declined"


def test_an_approval_waits_for_nobody_elses_opt_out(
    group: Group, foreign_group: Group, account_admin: User, support: User
) -> None:
    by_text(foreign_group)
    request = asked(group, account_admin)
    approve(request, by=support, answer="Their own words")
    assert OptOut.objects.open().get().organization == foreign_group.organization


def test_support_can_reverse_any_source(group: Group, account_admin: User, support: User) -> None:
    for number, source in enumerate(Source, start=10):
        opt_out(group.organization, [phone(number)], by=account_admin, source=source)
        request = file_reversal(group.organization, phone(number), by=account_admin, evidence=WORDS)
        assert approve(request, by=support, answer="Their own words").changed == 1
    assert not Contact.objects.exists()
