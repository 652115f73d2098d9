"""Recent changes of a group: what it tells, and to whom it offers ``Undo`` (R3.8)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions import arrival
from contacts.actions.change import choose, save
from contacts.actions.membership import make_active, make_inactive, undo
from contacts.models import Change, Contact, OptOutReason
from contacts.person import Person
from contacts.views.changes import Row
from groups import audit
from groups.models import AuditEntry, Group, RoleKind, User
from tests.contacts.factories import arrive, members, phone, phones, reason
from tests.people import client_of, person


def url(group: Group, **query: object) -> str:
    return reverse("contacts:changes", args=[group.pk], query=query or None)


def rows(user: User, group: Group, **query: object) -> list[Row]:
    listed: list[Row] = client_of(user).get(url(group, **query)).context["rows"]
    return listed


def saved(group: Group, action: str, by: User, *numbers: str, **given: object) -> Change:
    """A bulk change of those phones, chosen and saved."""
    chosen = choose(group, group.memberships.filter(phone__in=numbers), action=action, by=by)
    return save(chosen, group.memberships.all(), by=by, **given)  # type: ignore[arg-type]


def test_changes_are_told_newest_first_with_counts_note_and_author(
    group: Group, group_admin: User, agent: User
) -> None:
    people = [Person(number) for number in phones(3)]
    arrival.bring_in(group, people, by=group_admin, came_by=Contact.Source.UPLOAD, text="east.csv")
    saved(group, "make_inactive", group_admin, *phones(2), note="Moved out of the ward")
    saved(group, "assign", group_admin, *phones(3), agent=agent)
    saved(group, "opt_out", group_admin, phone(1), reason=reason(group.organization))

    told = [(row.what, list(row.more), row.who) for row in rows(group_admin, group)]

    assert told == [
        ("1 opted out", ["Reason: Moved away"], "Maya Okafor"),
        ("3 assigned", ["To Tess Lindqvist"], "Maya Okafor"),
        ("2 made inactive", ["Moved out of the ward"], "Maya Okafor"),
        ("Upload: 3 created", ["east.csv"], "Maya Okafor"),
    ]


def test_what_was_so_already_and_what_remains_is_told_too(group: Group, group_admin: User) -> None:
    arrive(group, *phones(3))
    saved(group, "make_inactive", group_admin, *phones(2))
    saved(group, "opt_out", group_admin, phone(1))
    saved(group, "make_active", group_admin, *phones(3))

    latest, *_ = rows(group_admin, group)

    assert latest.what == "2 made active. 1 was so already. 1 remains opted out"


def test_every_action_of_this_floor_reads_as_a_sentence(group: Group, group_admin: User) -> None:
    for action in ("edit", "hold", "change_number", "create_tag", "retire_reason", "undo_assign", "give_role"):
        audit.record(action, on=group, by=None, source="text", counts={"changed": 2, "kind": "agent"})

    told = {(row.what, row.who) for row in rows(group_admin, group)}

    assert told == {
        ("1 profile edited", "The contact"),
        ("1 put on hold: a text of theirs may be an opt-out", "The contact"),
        ("1 number changed", "The contact"),
        ("Tag created", "The contact"),
        ("Opt-out reason retired", "The contact"),
        ("Undone: 2 assigned as before", "The contact"),
        ("1 agent added", "The contact"),
    }


def test_a_saved_selection_links_to_whom_it_changed(group: Group, group_admin: User) -> None:
    arrive(group, *phones(3))
    change = saved(group, "make_inactive", group_admin, *phones(2))
    client = client_of(group_admin)

    page = client.get(url(group))

    shown = f"{reverse('contacts:list', args=[group.pk])}?changed={change.pk}"
    assert f'href="{shown}"' in page.text
    assert {row.phone for row in client.get(shown).context["rows"]} == {"+1 206-555-0001", "+1 206-555-0002"}


def test_undo_is_offered_to_its_author_and_carries_it_out(group: Group, group_admin: User) -> None:
    arrive(group, *phones(2))
    change = saved(group, "make_inactive", group_admin, *phones(2))
    client = client_of(group_admin)
    to = reverse("contacts:undo", args=[group.pk, change.pk])

    assert f'action="{to}"' in client.get(url(group)).text
    client.post(to)

    assert group.memberships.active().count() == 2
    undone, original, *_ = rows(group_admin, group)
    assert undone.what == "Undone: 2 made active again"
    assert (original.undone, original.can_undo) == (undone.entry, False)
    assert to not in client.get(url(group)).text


def test_undo_is_not_offered_to_another_admin(group: Group, group_admin: User, organization_admin: User) -> None:
    arrive(group, *phones(2))
    saved(group, "make_inactive", group_admin, *phones(2))

    assert not rows(organization_admin, group)[0].can_undo
    assert rows(group_admin, group)[0].can_undo


def test_undo_is_not_offered_after_a_day(group: Group, group_admin: User) -> None:
    arrive(group, *phones(2))
    saved(group, "make_inactive", group_admin, *phones(2))

    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert not any(row.can_undo for row in rows(group_admin, group))


def test_undo_is_not_offered_for_an_opt_out_nor_without_a_selection(group: Group, group_admin: User) -> None:
    some = members(group, *phones(2))
    saved(group, "opt_out", group_admin, phone(1))
    make_inactive(group, some, by=group_admin)

    alone, opted_out, upload = rows(group_admin, group)

    assert (alone.can_undo, alone.change) == (False, None)
    assert opted_out.can_undo is False
    assert opted_out.change is not None
    assert (upload.can_undo, upload.change) == (False, None)


def test_looking_changes_nothing_and_leaves_no_entry(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    before = AuditEntry.objects.count()

    client_of(group_admin).get(url(group))

    assert AuditEntry.objects.count() == before


def test_older_changes_stand_on_further_pages_each_once(group: Group, group_admin: User) -> None:
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(60):
            audit.record("edit", on=group, by=group_admin)
    for _ in range(50):
        audit.record("edit", on=group, by=group_admin)
    client = client_of(group_admin)

    page, listed = client.get(url(group)), []
    while True:
        listed += [row.entry.pk for row in page.context["rows"]]
        if page.context["older"] is None:
            break
        page = client.get(url(group, before=page.context["older"]))

    assert listed == sorted(AuditEntry.objects.filter(group=group).values_list("pk", flat=True), reverse=True)
    assert len(listed) == 110
    assert f'href="{url(group)}"' in page.text


@pytest.mark.parametrize("before", ["nonsense", "-1", "0", "9" * 30, "\u0663", "1'--", "\x00"])
def test_a_link_before_no_change_of_the_group_finds_nothing(group: Group, group_admin: User, before: str) -> None:
    audit.record("edit", on=group, by=group_admin)
    assert client_of(group_admin).get(url(group, before=before)).status_code == 404


def test_a_change_of_another_group_is_neither_listed_nor_a_place_to_start_from(
    group: Group, other_group: Group, group_admin: User
) -> None:
    arrive(group, phone(1))
    theirs = audit.record("edit", on=other_group, by=group_admin)
    client = client_of(group_admin)

    assert theirs not in [row.entry for row in rows(group_admin, group)]
    assert client.get(url(group, before=theirs.pk)).status_code == 404


def test_a_note_of_markup_is_shown_as_it_is(group: Group, group_admin: User) -> None:
    arrive(group, phone(1))
    saved(group, "make_inactive", group_admin, phone(1), note="<script>alert(1)</script>")

    page = client_of(group_admin).get(url(group))

    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page.text


def test_the_list_costs_the_same_however_many_changes_there_are(
    group: Group,
    group_admin: User,
    agent: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client = client_of(group_admin)
    arrive(group, *phones(9))
    why: OptOutReason = reason(group.organization)
    saved(group, "make_inactive", group_admin, phone(1), note="Once")
    saved(group, "assign", group_admin, phone(1), agent=agent)
    saved(group, "opt_out", group_admin, phone(1), reason=why)
    with CaptureQueriesContext(connection) as few:
        client.get(url(group))
    for number in phones(9)[1:]:
        done = saved(group, "make_inactive", group_admin, number, note="Again")
        undo(done.saved_entry, by=group_admin)
        saved(group, "assign", group_admin, number, agent=agent)
        saved(group, "opt_out", group_admin, number, reason=why)

    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        page = client.get(url(group))

    assert len(page.context["rows"]) == 36
    assert len(many) == len(few)


def test_an_agent_of_the_group_is_refused(group: Group, agent: User) -> None:
    arrive(group, phone(1))
    page = client_of(agent).get(url(group))

    assert page.status_code == 403
    assert "Upload" not in page.text


def test_an_admin_of_another_group_finds_nothing(group: Group, other_group: Group) -> None:
    neighbour = person("Nora Vance", RoleKind.GROUP_ADMIN, other_group)
    assert client_of(neighbour).get(url(group)).status_code == 404


def test_an_outsider_finds_nothing_and_undoes_nothing(group: Group, group_admin: User, outsider: User) -> None:
    arrive(group, *phones(2))
    change = saved(group, "make_inactive", group_admin, *phones(2))
    client = client_of(outsider)

    assert client.get(url(group)).status_code == 404
    assert client.post(reverse("contacts:undo", args=[group.pk, change.pk])).status_code == 404
    assert group.memberships.inactive().count() == 2


def test_the_list_is_no_post(group: Group, group_admin: User) -> None:
    assert client_of(group_admin).post(url(group)).status_code == 405


def test_a_group_without_changes_says_what_will_stand_here(group: Group, group_admin: User) -> None:
    assert "Nothing has changed yet" in client_of(group_admin).get(url(group)).text


def test_making_active_again_by_hand_is_a_change_of_its_own(group: Group, group_admin: User) -> None:
    some = members(group, phone(1))
    make_inactive(group, some, by=group_admin)
    make_active(group, some, by=group_admin)

    assert [row.what for row in rows(group_admin, group)][:2] == ["1 made active", "1 made inactive"]


def test_an_open_page_keeps_the_changes_that_it_shows_and_no_change_of_another_group(
    group: Group, other_group: Group, group_admin: User
) -> None:
    chosen = [(place, members(place, phone(number))) for number, place in enumerate((group, group, other_group))]
    done = [make_inactive(place, its, by=group_admin).entry for place, its in chosen]
    first, second, elsewhere = [entry.pk for entry in done if entry]
    client = client_of(group_admin)

    page = client.get(url(group), headers={"X-Live": "1", "X-Shown": f"{first} {elsewhere}"})
    assert [row.entry.pk for row in page.context["rows"]] == [first]
    assert "There are newer changes." in page.text
    page = client.get(url(group), headers={"X-Live": "1", "X-Shown": f"{first} {second}"})
    assert "There are newer changes." not in page.text
