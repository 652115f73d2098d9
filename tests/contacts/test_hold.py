"""A hold pauses sending to a phone in one organization until somebody, or the clock, decides (R8.2, R4.5, R4.8)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts import counts, gate, timeline, verify
from contacts.actions import hold as actions
from contacts.actions.hold import decide, expire, open_hold, release
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.actions.reversal import reverse
from contacts.actions.tag import retire
from contacts.models import ContactTag, HeldText, Hold, Membership, OptOut, OptOutEvidence, OptOutReason
from groups import audit, audit_sentences
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization, User
from tests.contacts.factories import arrive, member, phone, reason, suppress

pytestmark = pytest.mark.django_db

WEDNESDAY = datetime(2026, 11, 18, 15, tzinfo=UTC)


def hold(group: Group, number: str = phone(1), text: str = "leave me alone", at: datetime | None = None) -> bool:
    return open_hold(group.organization, number, text=text, group=group, at=at)


def held(group: Group, number: str = phone(1), text: str = "leave me alone", at: datetime | None = None) -> Hold:
    """A member of the group who is on hold."""
    arrive(group, number)
    assert hold(group, number, text, at)
    return Hold.objects.open().get(phone=number)


def evidence() -> list[tuple[str, str, datetime, User | None]]:
    rows = OptOutEvidence.objects.select_related("actor").order_by("time")
    return [(one.source, one.text, one.time, one.actor) for one in rows]


def said() -> str:
    return audit_sentences.what(AuditEntry.objects.latest("pk"))


@pytest.fixture(autouse=True)
def all_agrees(db: None) -> object:
    """Whatever was done, the copies and the counts agree with the truth afterwards."""
    yield
    assert list(verify.differences()) == []


# Put on hold.


def test_a_phone_on_hold_is_texted_in_no_group_of_the_organization(
    group: Group, other_group: Group, foreign_group: Group
) -> None:
    for any_group in (group, other_group, foreign_group):
        arrive(any_group, phone(1))
    assert hold(group)
    for any_group in (group, other_group):
        assert gate.may_text(any_group, phone(1)).cause == gate.Cause.ON_HOLD
        assert counts.of_group(any_group).on_hold == 1
    assert gate.may_text(foreign_group, phone(1)).allowed


def test_a_hold_is_audited_without_its_words(group: Group) -> None:
    held(group)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.group, entry.actor, entry.text) == ("hold", group, None, None)
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(group, phone(1)).contact_id]}


def test_the_hold_knows_where_and_when_it_was_texted_and_its_time_limit_counts_from_now(group: Group) -> None:
    at = WEDNESDAY - timedelta(hours=20)
    with time_machine.travel(WEDNESDAY, tick=False):
        opened = held(group, at=at)
    assert (opened.group, opened.text, opened.opened) == (group, "leave me alone", at)
    assert opened.due == WEDNESDAY + timedelta(days=2)


def test_a_second_doubtful_text_opens_no_second_hold_and_its_words_are_kept(group: Group, other_group: Group) -> None:
    first = held(group, at=WEDNESDAY)
    later = WEDNESDAY + timedelta(hours=3)
    assert not hold(other_group, text="stop it", at=later)
    opened = Hold.objects.get()
    assert opened.texts == [(WEDNESDAY, "leave me alone"), (later, "stop it")]
    assert opened.due == first.due
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.group, said()) == (
        "hold",
        other_group,
        "Another doubtful text of somebody on hold kept",
    )


def test_the_same_text_taken_in_twice_is_kept_once(group: Group) -> None:
    held(group, at=WEDNESDAY)
    entries = AuditEntry.objects.count()
    assert not hold(group, at=WEDNESDAY)
    assert not HeldText.objects.exists()
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("suppressed", [False, True], ids=["opted out", "suppressed"])
def test_who_is_opted_out_already_is_not_put_on_hold(group: Group, suppressed: bool) -> None:
    if suppressed:
        suppress(group.organization, phone(1))
    else:
        arrive(group, phone(1))
        opt_out(group.organization, [phone(1)], by=None, source="keyword")
    assert not hold(group)
    assert not Hold.objects.exists()


def test_a_held_text_reactivates_nobody_whatever_is_decided(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    make_inactive(group, group.memberships.all(), by=group_admin)
    decide(held(group), "not_an_opt_out", by=group_admin)
    assert member(group, phone(1)).inactive


# Decided.


def test_an_opt_out_decided_opens_an_episode_as_of_the_text(group: Group, group_admin: User) -> None:
    outcome = decide(held(group, at=WEDNESDAY), "opt_out", by=group_admin)

    episode, closed = OptOut.objects.open().get(), Hold.objects.get()
    assert (episode.source, episode.actor, episode.started) == ("hold_decided", group_admin, WEDNESDAY)
    assert (episode.reason, episode.last_group) == (None, group)
    assert evidence() == [("hold_decided", "leave me alone", WEDNESDAY, group_admin)]
    assert (closed.decision, closed.actor, closed.decided is not None) == ("opt_out", group_admin, True)
    assert (outcome.changed, outcome.entry) == (1, episode.opened_by)
    assert (outcome.entry.action, outcome.entry.source) == ("opt_out", "hold_decided") if outcome.entry else False
    figures = counts.of_group(group)
    assert (figures.on_hold, figures.opted_out) == (0, 1)
    assert not ContactTag.objects.exists()


def test_every_held_text_is_evidence_with_its_own_time(group: Group, group_admin: User) -> None:
    one, later = held(group, at=WEDNESDAY), WEDNESDAY + timedelta(hours=3)
    hold(group, text="I said leave me", at=later)
    decide(one, "opt_out", by=group_admin)
    assert [(text, time) for _, text, time, _ in evidence()] == [
        ("leave me alone", WEDNESDAY),
        ("I said leave me", later),
    ]
    assert OptOut.objects.get().started == WEDNESDAY


def test_not_an_opt_out_lets_texts_go_again(group: Group, other_group: Group, group_admin: User) -> None:
    arrive(other_group, phone(1))
    outcome = decide(held(group), "not_an_opt_out", by=group_admin)

    assert not OptOut.objects.exists()
    for place in (group, other_group):
        assert gate.may_text(place, phone(1)).allowed
        assert counts.of_group(place).on_hold == 0
    closed = Hold.objects.get()
    assert (closed.decision, closed.actor) == ("not_an_opt_out", group_admin)
    entry = outcome.entry
    assert entry
    assert (entry.action, entry.group, entry.actor, said()) == (
        "release_hold",
        group,
        group_admin,
        "1 taken off hold: not an opt-out",
    )
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(group, phone(1)).contact_id]}


def test_the_wrong_person_is_opted_out_for_that_reason_with_its_tag(group: Group, group_admin: User) -> None:
    wrong = reason(group.organization, "wrong PERSON", tag="wrong")
    decide(held(group), "wrong_person", by=group_admin)
    episode = OptOut.objects.open().get()
    assert (episode.reason, episode.source) == (wrong, "hold_decided")
    assert ContactTag.objects.get().tag.name == "wrong"
    assert Hold.objects.get().decision == "wrong_person"


def test_the_reason_is_made_where_an_organization_lacks_it_and_that_is_recorded(
    group: Group, group_admin: User
) -> None:
    for number in (1, 2):
        decide(held(group, phone(number)), "wrong_person", by=group_admin)
    made = OptOutReason.objects.get()
    assert (made.name, made.organization) == ("Wrong person", group.organization)
    assert AuditEntry.objects.filter(action="create_reason", actor=group_admin).count() == 1


def test_a_retired_reason_is_named_and_stays_retired(group: Group, group_admin: User) -> None:
    wrong = reason(group.organization, "Wrong person")
    retire(wrong, by=group_admin)
    decide(held(group), "wrong_person", by=group_admin)
    wrong.refresh_from_db()
    assert wrong.retired
    assert OptOut.objects.get().reason == wrong


@pytest.mark.parametrize("second", actions.DECISIONS)
@pytest.mark.parametrize("first", actions.DECISIONS)
def test_a_second_decision_changes_nothing(group: Group, group_admin: User, first: str, second: str) -> None:
    one = held(group)
    decide(one, first, by=group_admin)
    entries, episodes = AuditEntry.objects.count(), OptOut.objects.count()
    assert decide(one, second, by=group_admin).already == 1
    assert (AuditEntry.objects.count(), OptOut.objects.count()) == (entries, episodes)
    assert Hold.objects.get().decision == first


def test_nobody_decides_what_only_the_clock_does(group: Group, group_admin: User) -> None:
    with pytest.raises(ValueError, match="expired"):
        decide(held(group), "expired", by=group_admin)
    assert Hold.objects.open().exists()


@pytest.mark.parametrize("decision", actions.DECISIONS)
def test_a_hold_of_a_phone_that_is_no_contact_can_be_decided(group: Group, group_admin: User, decision: str) -> None:
    assert hold(group)
    assert decide(Hold.objects.get(), decision, by=group_admin).changed == 1
    assert not Hold.objects.open().exists()
    assert OptOut.objects.open().exists() == (decision != "not_an_opt_out")


def test_after_a_decision_another_doubtful_text_is_put_on_hold(group: Group, group_admin: User) -> None:
    decide(held(group), "not_an_opt_out", by=group_admin)
    assert hold(group, text="wrong number")
    assert gate.may_text(group, phone(1)).cause == gate.Cause.ON_HOLD


def test_a_decided_hold_is_evidence_the_person_stands_behind(group: Group, group_admin: User) -> None:
    decide(held(group, at=WEDNESDAY), "opt_out", by=group_admin)
    reverse(
        group.organization, [phone(1)], by=None, source="support", unless_asked_since=WEDNESDAY - timedelta(minutes=1)
    )
    assert OptOut.objects.open().exists()


# Decided by something else.


def test_an_opt_out_by_an_admin_decides_the_held_text(group: Group, group_admin: User) -> None:
    held(group)
    outcome = opt_out_contacts(group, group.memberships.all(), by=group_admin, source="admin")
    closed = Hold.objects.get()
    assert (closed.decision, closed.actor, closed.decided is not None) == ("opt_out", group_admin, True)
    assert (counts.of_group(group).on_hold, counts.of_group(group).opted_out) == (0, 1)
    assert outcome.counts == {"changed": 1}
    assert said() == "1 opted out. 1 held text decided by it"


def test_a_stop_decides_the_held_text(group: Group) -> None:
    held(group)
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP")
    closed = Hold.objects.get()
    assert (closed.decision, closed.actor) == ("opt_out", None)
    assert OptOut.objects.get().source == "keyword"


def test_an_opt_out_decides_no_text_of_another_phone_or_organization(group: Group, foreign_group: Group) -> None:
    held(group, phone(2))
    arrive(foreign_group, phone(1))
    hold(foreign_group)
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    assert Hold.objects.open().count() == 2


def test_a_start_of_their_own_lets_texts_go_again(group: Group) -> None:
    held(group)
    outcome = release(group.organization, phone(1))
    closed = Hold.objects.get()
    assert (closed.decision, closed.actor) == ("not_an_opt_out", None)
    assert gate.may_text(group, phone(1)).allowed
    assert outcome.entry
    assert (outcome.entry.action, outcome.entry.source) == ("release_hold", "text")
    assert audit_sentences.who(outcome.entry) == "The contact"
    assert release(group.organization, phone(1)).already == 1


def test_a_start_that_is_older_than_a_held_text_decides_nothing(group: Group) -> None:
    held(group, at=WEDNESDAY)
    hold(group, text="stop it", at=WEDNESDAY + timedelta(minutes=9))
    assert release(group.organization, phone(1), at=WEDNESDAY + timedelta(minutes=5)).already == 1
    assert Hold.objects.open().exists()
    assert release(group.organization, phone(1), at=WEDNESDAY + timedelta(minutes=10)).changed == 1


# Run out.


def test_a_hold_that_runs_out_is_an_opt_out(group: Group) -> None:
    with time_machine.travel(WEDNESDAY, tick=False):
        held(group)
    with time_machine.travel(WEDNESDAY + timedelta(days=2, seconds=-1), tick=False):
        assert expire() == 0
    with time_machine.travel(WEDNESDAY + timedelta(days=2), tick=False):
        assert expire() == 1
        assert expire() == 0
    episode, closed = OptOut.objects.get(), Hold.objects.get()
    assert (episode.source, episode.actor, episode.last_group) == ("hold_expired", None, group)
    assert (closed.decision, closed.actor, closed.decided) == ("expired", None, WEDNESDAY + timedelta(days=2))
    assert evidence() == [("hold_expired", "leave me alone", WEDNESDAY, None)]
    assert audit_sentences.who(AuditEntry.objects.latest("pk")) == "Time limit"
    assert (counts.of_group(group).on_hold, counts.of_group(group).opted_out) == (0, 1)


def test_each_hold_runs_out_by_itself(group: Group, other_group: Group) -> None:
    for number in range(1, 4):
        held(group, phone(number))
    hold(other_group, phone(9))
    Hold.objects.exclude(phone=phone(2)).update(due=timezone.now())
    assert expire() == 3
    assert Hold.objects.open().get().phone == phone(2)
    assert set(OptOut.objects.values_list("phone", flat=True)) == {phone(1), phone(3), phone(9)}


def test_a_hold_that_fails_to_run_out_holds_up_none_of_the_others(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 4):
        held(group, phone(number))
    Hold.objects.update(due=WEDNESDAY)

    def failing(hold: Hold, **rest: Any) -> Any:
        if hold.phone == phone(1):
            raise RuntimeError
        return opts_out(hold, **rest)

    opts_out = actions._opt_out
    monkeypatch.setattr(actions, "_opt_out", failing)
    with pytest.RaisesGroup(RuntimeError):
        expire()
    assert set(OptOut.objects.values_list("phone", flat=True)) == {phone(2), phone(3)}
    assert Hold.objects.open().get().phone == phone(1)


def test_a_hold_that_was_decided_does_not_run_out(group: Group, group_admin: User) -> None:
    decide(held(group), "not_an_opt_out", by=group_admin)
    Hold.objects.update(due=WEDNESDAY)
    assert expire() == 0
    assert not OptOut.objects.exists()


def test_a_hold_whose_phone_was_erased_does_not_run_out(group: Group) -> None:
    hold(group)
    Hold.objects.update(phone=None, due=WEDNESDAY)
    assert expire() == 0


def test_a_hold_of_somebody_who_is_opted_out_nevertheless_ends_too(group: Group, organization: Organization) -> None:
    """Of a phone that is no contact, an opt-out and a hold can come at the same moment."""
    hold(group)
    opt_out(organization, [phone(2)], by=None, source="keyword")
    OptOut.objects.update(phone=phone(1))
    Hold.objects.update(due=timezone.now())
    assert expire() == 1
    assert OptOut.objects.open().count() == 1
    assert OptOut.objects.get().source == "keyword"
    assert not Membership.objects.exists()


# Told.


def test_the_timeline_tells_of_holds_and_how_they_ended(group: Group, group_admin: User) -> None:
    decide(held(group), "not_an_opt_out", by=group_admin)
    hold(group, text="stop it")
    hold(group, text="stop it now")
    release(group.organization, phone(1))
    decide(held(group, text="wrong number"), "wrong_person", by=group_admin)
    row = member(group, phone(1))
    told = [(event.strong, event.who) for event in timeline.events_of(row.contact, [row])]
    assert told == [
        ("Opted out", "Maya Okafor · Held text, decided · reason: Wrong person"),
        ("On hold: a text of theirs may be an opt-out", "The contact"),
        ("Off hold by START from their phone", "The contact"),
        ("Another doubtful text while on hold", "The contact"),
        ("On hold: a text of theirs may be an opt-out", "The contact"),
        ("Off hold: not an opt-out", "Maya Okafor"),
        ("On hold: a text of theirs may be an opt-out", "The contact"),
        ("Created by upload", "The system"),
    ]
