"""Changes that meet: whoever comes first, nothing is lost, doubled or let through (section 9, R6.2)."""

from functools import partial
from typing import Any

import pytest

from contacts import counts, digests, verify
from contacts.actions import arrival, change, contact, membership, opt_out, tag
from contacts.actions.opt_out_list import save as save_opt_outs
from contacts.models import Change, Contact, Membership, OptOut, Suppression, Tag
from contacts.person import Person
from contacts.upload import opt_out_list
from groups.actions.role import end_role
from groups.models import AuditEntry, Group, Role, RoleKind, User
from tests.contacts.factories import arrive, member, members, phone, phones, suppress
from tests.contacts.racing import RACES, overlap, raised, together

pytestmark = pytest.mark.django_db(transaction=True)

NUMBER = phone(1)


@pytest.fixture(autouse=True)
def all_agrees(transactional_db: None) -> Any:
    """Whatever met, the copies, positions and counts agree with the truth afterwards.

    The first arrival of all registers the digest key, and others wait for that: not the lock that is to be shown.
    """
    digests.require()
    yield
    assert list(verify.differences()) == []


def text_stop(group: Group, number: str = NUMBER) -> Any:
    return opt_out.opt_out(group.organization, [number], by=None, source="keyword", text="STOP")


def upload(group: Group, *numbers: str, first_name: str = "") -> Any:
    people = [Person(number, {"first_name": first_name}) for number in numbers]
    return arrival.bring_in(group, people, by=None, came_by=Contact.Source.UPLOAD)


# An opt-out by phone × the arrival of that phone (R4.7).


def ends_opted_out(group: Group) -> None:
    assert OptOut.objects.open().filter(phone=NUMBER).count() == 1
    assert member(group, NUMBER).opted_out


def test_a_phone_opted_out_while_it_arrives_ends_opted_out(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    results = overlap(
        monkeypatch,
        lambda: upload(group, NUMBER),
        lambda: text_stop(group),
        at=(arrival.counts, "kept"),
    )
    assert not raised(results)
    ends_opted_out(group)


def test_a_phone_that_arrives_while_it_is_opted_out_ends_opted_out(
    group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(monkeypatch, lambda: text_stop(group), lambda: upload(group, NUMBER), at=(opt_out, "_open"))
    assert not raised(results)
    ends_opted_out(group)


def test_a_member_who_joins_another_group_while_opted_out_ends_opted_out_there(
    group: Group, other_group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(other_group, NUMBER)
    results = overlap(monkeypatch, lambda: upload(group, NUMBER), lambda: text_stop(group), at=(arrival.counts, "kept"))
    assert not raised(results)
    ends_opted_out(group)
    ends_opted_out(other_group)


def test_opt_outs_and_arrivals_let_loose_end_opted_out(group: Group, other_group: Group) -> None:
    for number in phones(RACES):
        results = together(
            partial(upload, group, number), partial(text_stop, group, number), partial(upload, other_group, number)
        )
        assert not raised(results)
    assert Membership.objects.filter(opted_out=True).count() == 2 * RACES
    assert Contact.objects.count() == RACES


# A list of opt-outs with its dates × the arrival of those phones.


def save_list(group: Group, by: User, *numbers: str) -> Any:
    lines = [opt_out_list.Line(number, text, "2025-01-02") for number, text in enumerate(numbers, start=1)]
    return save_opt_outs(group.organization, opt_out_list.planned(lines, "US"), by=by)


def test_a_phone_that_arrives_while_a_list_with_it_is_saved_ends_opted_out(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch, lambda: save_list(group, group_admin, NUMBER), lambda: upload(group, NUMBER), at=(opt_out, "_open")
    )
    assert not raised(results)
    ends_opted_out(group)


def test_a_list_that_is_saved_while_its_phone_arrives_opts_it_out(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch,
        lambda: upload(group, NUMBER),
        lambda: save_list(group, group_admin, NUMBER),
        at=(arrival.counts, "kept"),
    )
    assert not raised(results)
    ends_opted_out(group)


def test_lists_stops_and_arrivals_let_loose_end_opted_out(group: Group, group_admin: User) -> None:
    for number in range(RACES):
        some = [phone(number * 3 + n) for n in range(3)]
        results = together(
            partial(save_list, group, group_admin, *some),
            partial(save_list, group, group_admin, *some[::-1]),
            partial(upload, group, *some),
            partial(text_stop, group, some[1]),
        )
        assert not raised(results)
    assert Membership.objects.filter(opted_out=True).count() == OptOut.objects.open().count() == 3 * RACES


def test_a_suppressed_phone_in_two_lists_at_once_is_open_again_once(
    group: Group, group_admin: User, organization_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    suppress(group.organization, NUMBER)
    results = overlap(
        monkeypatch,
        lambda: save_list(group, group_admin, NUMBER),
        lambda: save_list(group, organization_admin, NUMBER),
        at=(opt_out, "_further"),
    )
    assert not raised(results)
    assert OptOut.objects.get().evidence.count() == 2
    assert not Suppression.objects.exists()


# Deactivations of the same contacts in two groups.


def test_contacts_made_inactive_in_both_of_their_groups_at_once_count_as_inactive(
    group: Group, other_group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = members(group, *phones(20)), members(other_group, *phones(20))
    results = overlap(
        monkeypatch,
        lambda: membership.make_inactive(group, here, by=group_admin),
        lambda: membership.make_inactive(other_group, there, by=group_admin),
        at=(counts, "_write"),
    )
    assert not raised(results)
    assert counts.of_organization(group.organization).inactive == 20


def test_deactivations_and_reactivations_let_loose_are_counted_exactly(
    group: Group, other_group: Group, group_admin: User
) -> None:
    here, there = members(group, *phones(20)), members(other_group, *reversed(phones(20)))
    acts = [membership.make_inactive, membership.make_active]
    for number in range(RACES):
        results = together(
            partial(acts[number % 2], group, here, by=group_admin),
            partial(acts[number // 2 % 2], other_group, there, by=group_admin),
            partial(text_stop, group, phone(number % 20 + 1)),
        )
        assert not raised(results)
        assert list(verify.differences()) == []


# One selection, or one person's members, saved twice.


def chosen(group: Group, by: User, action: str = "make_inactive", many: int = 3) -> Change:
    return change.choose(group, members(group, *phones(many)), action=action, by=by)


def test_of_two_saves_of_one_change_one_wins(group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    selection = chosen(group, group_admin)

    def save() -> Change:
        return change.save(Change.objects.get(pk=selection.pk), group.memberships.all(), by=group_admin)

    won, lost = overlap(monkeypatch, save, save, at=(change, "_act"))
    assert won.result == {"changed": 3}
    assert isinstance(lost, change.CannotSave)
    assert AuditEntry.objects.filter(action="make_inactive").count() == 1


def test_of_two_admins_who_save_at_once_the_second_finds_them_so_already(
    group: Group, group_admin: User, organization_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = chosen(group, group_admin), chosen(group, organization_admin)
    results = overlap(
        monkeypatch,
        lambda: change.save(first, group.memberships.active(), by=group_admin),
        lambda: change.save(second, group.memberships.active(), by=organization_admin),
        at=(change, "_act"),
    )
    assert [saved.result for saved in results] == [{"changed": 3}, {"already": 3}]
    assert AuditEntry.objects.filter(action="make_inactive").count() == 1


def test_whoever_opts_out_while_a_change_of_the_active_is_saved_is_skipped_or_was_changed_first(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = chosen(group, group_admin)
    stopped, saved = overlap(
        monkeypatch,
        lambda: text_stop(group),
        lambda: change.save(selection, group.memberships.active(), by=group_admin),
        at=(opt_out, "_open"),
    )
    assert stopped.changed == 1
    assert saved.result == {"changed": 2, "opted_out": 1}
    assert not member(group, NUMBER).inactive


def test_an_opt_out_waits_for_a_save_that_reached_its_contact_first(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    selection = chosen(group, group_admin)
    saved, stopped = overlap(
        monkeypatch,
        lambda: change.save(selection, group.memberships.active(), by=group_admin),
        lambda: text_stop(group),
        at=(counts, "_write"),
    )
    assert (saved.result, stopped.changed) == ({"changed": 3}, 1)
    assert member(group, NUMBER).inactive
    ends_opted_out(group)


# Two opt-outs of a phone that is no contact.


@pytest.mark.parametrize("words", ["STOP", ""])
def test_two_opt_outs_of_an_unknown_phone_open_one_episode(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    def by_admin() -> Any:
        return opt_out.opt_out(group.organization, [NUMBER], by=group_admin, source="admin", text=words)

    first, second = overlap(monkeypatch, by_admin, lambda: text_stop(group), at=(opt_out, "_add_evidence"))
    assert {first.changed, second.changed} == {0, 1}
    episode = OptOut.objects.get()
    assert episode.source == "keyword"
    assert set(episode.evidence.values_list("source", flat=True)) == {"admin", "keyword"}


def test_opt_outs_of_several_unknown_phones_never_deadlock(group: Group, group_admin: User) -> None:
    for number in range(RACES):
        some = phones(number + 2)
        results = together(
            partial(opt_out.opt_out, group.organization, some, by=group_admin, source="admin"),
            partial(opt_out.opt_out, group.organization, some[::-1], by=None, source="upload"),
            partial(text_stop, group, some[-1]),
        )
        assert not raised(results)
        assert sum(result.changed for result in results) == (2 if number == 0 else 1)
    assert OptOut.objects.count() == RACES + 1


# Arrivals of one phone.


def test_a_phone_that_arrives_twice_in_a_group_is_one_member(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    results = overlap(
        monkeypatch,
        lambda: upload(group, NUMBER, phone(2)),
        lambda: upload(group, phone(3), NUMBER),
        at=(arrival, "_create"),
    )
    assert not raised(results)
    assert (Contact.objects.count(), Membership.objects.count()) == (3, 3)


def test_a_phone_that_arrives_in_two_groups_is_one_contact(
    group: Group, other_group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    results = overlap(
        monkeypatch, lambda: upload(group, NUMBER), lambda: upload(other_group, NUMBER), at=(arrival, "_create")
    )
    assert not raised(results)
    assert (Contact.objects.count(), Membership.objects.count()) == (1, 2)


def test_arrivals_let_loose_leave_dense_positions(group: Group, other_group: Group) -> None:
    for number in range(RACES):
        some = [phone(number + n) for n in range(5)]
        results = together(
            partial(upload, group, *some), partial(upload, group, *some[::-1]), partial(upload, other_group, *some)
        )
        assert not raised(results)
    assert Contact.objects.count() == RACES + 4


def test_an_edit_is_not_lost_to_an_upload_that_says_nothing_about_it(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(group, NUMBER)
    person = member(group, NUMBER).contact

    def edit() -> Any:
        return contact.edit(group, person, by=group_admin, profile={"email": "dana@example.com"}, custom={})

    results = overlap(monkeypatch, edit, lambda: upload(group, NUMBER, first_name="Dana"), at=(contact.audit, "record"))
    assert not raised(results)
    person.refresh_from_db()
    assert (person.first_name, person.email) == ("Dana", "dana@example.com")


def test_an_upload_that_started_first_keeps_an_edit(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(group, NUMBER)
    person = member(group, NUMBER).contact

    def edit() -> Any:
        return contact.edit(group, person, by=group_admin, profile={"email": "dana@example.com"}, custom={})

    overlap(monkeypatch, lambda: upload(group, NUMBER, first_name="Dana"), edit, at=(arrival.locks, "memberships_of"))
    person.refresh_from_db()
    assert (person.first_name, person.email) == ("Dana", "dana@example.com")


def test_a_tag_made_by_hand_while_an_upload_makes_it_is_one_tag(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def upload_with_tag() -> Any:
        return arrival.bring_in(group, [Person(NUMBER, tags=("Moved",))], by=group_admin, came_by=Contact.Source.UPLOAD)

    def by_hand() -> Any:
        return tag.create_tag(group.organization, name="moved", agents_may_set=True, by=group_admin)

    results = overlap(monkeypatch, by_hand, upload_with_tag, at=(tag.audit, "record"))
    assert not raised(results)
    assert Tag.objects.count() == 1
    assert member(group, NUMBER).contact.contact_tags.count() == 1


# Undo, and agents who are removed.


def test_of_two_undos_one_restores(group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = membership.make_inactive(group, members(group, *phones(3)), by=group_admin).entry
    assert entry

    def undo() -> Any:
        return membership.undo(AuditEntry.objects.get(pk=entry.pk), by=group_admin)

    won, lost = overlap(monkeypatch, undo, undo, at=(membership, "_restore"))
    assert won.changed == 3
    assert isinstance(lost, membership.CannotUndo)
    assert group.memberships.filter(inactive=True).count() == 0


def test_an_undo_leaves_out_whoever_was_changed_while_it_ran(
    group: Group, group_admin: User, organization_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = members(group, *phones(3))
    entry = membership.make_inactive(group, rows, by=group_admin).entry
    assert entry
    activated, undone = overlap(
        monkeypatch,
        lambda: membership.make_active(group, rows.filter(phone=NUMBER), by=organization_admin),
        lambda: membership.undo(entry, by=group_admin),
        at=(membership.audit, "record"),
    )
    assert (activated.changed, undone.changed, dict(undone.besides)) == (1, 2, {"changed_since": 1})
    assert member(group, NUMBER).last_change_id == activated.entry.pk


@pytest.fixture
def role(agent: User, group: Group) -> Role:
    return Role.objects.get(user=agent, group=group, kind=RoleKind.AGENT)


def test_nobody_is_assigned_to_an_agent_who_is_removed_meanwhile(
    group: Group, group_admin: User, agent: User, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = members(group, *phones(3))
    results = overlap(
        monkeypatch,
        lambda: membership.assign(group, rows, agent=agent, by=group_admin),
        lambda: end_role(role, by=group_admin),
        at=(membership, "_lock"),
    )
    assert not raised(results)
    assert not group.memberships.filter(agent=agent).exists()


def test_nobody_can_be_assigned_to_an_agent_who_is_being_removed(
    group: Group, group_admin: User, agent: User, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = members(group, *phones(3))
    _, refused = overlap(
        monkeypatch,
        lambda: end_role(role, by=group_admin),
        lambda: membership.assign(group, rows, agent=agent, by=group_admin),
        at=(membership, "_lock"),
    )
    assert isinstance(refused, membership.NotAnAgent)
    assert not group.memberships.filter(agent=agent).exists()


def test_an_undo_gives_nobody_back_to_an_agent_who_is_removed_meanwhile(
    group: Group, group_admin: User, agent: User, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = members(group, *phones(3))
    membership.assign(group, rows, agent=agent, by=group_admin)
    entry = membership.assign(group, rows, agent=None, by=group_admin).entry
    assert entry
    results = overlap(
        monkeypatch,
        lambda: membership.undo(entry, by=group_admin),
        lambda: end_role(role, by=group_admin),
        at=(membership, "_restore"),
    )
    assert not raised(results)
    assert not group.memberships.filter(agent=agent).exists()


def test_a_saved_assignment_and_the_removal_of_its_agent_never_deadlock(
    group: Group, group_admin: User, agent: User, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    membership.assign(group, members(group, *phones(2)), agent=agent, by=group_admin)
    selection = chosen(group, group_admin, "assign")
    results = overlap(
        monkeypatch,
        lambda: change.save(selection, group.memberships.all(), by=group_admin, agent=agent),
        lambda: end_role(role, by=group_admin),
        at=(change, "_act"),
    )
    assert not raised(results)
    assert not group.memberships.filter(agent=agent).exists()
