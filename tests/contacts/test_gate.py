"""The gate's question: may this phone be texted in this group, and if not, why? (R4.11)"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from contacts.actions.hold import open_hold
from contacts.actions.membership import make_inactive
from contacts.actions.opt_out import opt_out
from contacts.gate import Cause, may_text
from contacts.models import Contact, Membership, OptOut
from groups.models import Group, User
from tests.contacts.factories import arrive, phone, reason

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def dana(group: Group) -> None:
    arrive(group, phone(1))


def test_an_active_member_can_be_texted(group: Group) -> None:
    answer = may_text(group, phone(1))
    assert (answer.allowed, answer.sentence) == (True, f"They can be texted in {group}.")


def test_a_redacted_contact_cannot(group: Group) -> None:
    assert may_text(group, None).cause == Cause.REDACTED


def test_a_member_of_another_group_cannot(other_group: Group, foreign_group: Group) -> None:
    for any_group in (other_group, foreign_group):
        assert may_text(any_group, phone(1)).cause == Cause.NOT_A_MEMBER


def test_a_number_that_receives_no_texts_may_be_tried_and_is_named(group: Group) -> None:
    Contact.objects.update(cannot_receive_since=datetime(2026, 5, 12, 12, tzinfo=ZoneInfo("UTC")))
    answer = may_text(group, phone(1))
    assert answer.allowed
    assert "the carrier said on 12 May 2026 that this number receives no texts" in answer.sentence


def test_an_archived_group_texts_nobody(group: Group) -> None:
    group.archived = timezone.now()
    group.save()
    assert may_text(group, phone(1)).cause == Cause.ARCHIVED


def test_the_gravest_cause_is_told_first(group: Group, group_admin: User) -> None:
    told = []

    def ask() -> None:
        told.append(may_text(group, phone(1)).cause)

    group.archived = timezone.now()
    group.save()
    ask()
    make_inactive(group, group.memberships.all(), by=group_admin)
    ask()
    open_hold(group.organization, phone(1), text="leave me alone", group=group)
    ask()
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    ask()
    assert told == [Cause.ARCHIVED, Cause.INACTIVE, Cause.ON_HOLD, Cause.OPTED_OUT]


@pytest.mark.parametrize("lie", [{"opted_out": True, "on_hold": True}, {"opted_out": False, "on_hold": False}])
def test_the_gate_believes_no_read_copy(group: Group, lie: dict[str, bool]) -> None:
    if not lie["opted_out"]:
        opt_out(group.organization, [phone(1)], by=None, source="keyword")
    Membership.objects.update(**lie, phone=phone(99), sort_name="")
    assert may_text(group, phone(1)).allowed is lie["opted_out"]


def test_a_copy_of_anothers_phone_lets_nobody_through(group: Group) -> None:
    Membership.objects.update(phone=phone(99))
    assert may_text(group, phone(99)).cause == Cause.NOT_A_MEMBER


def test_an_ended_episode_keeps_nobody(group: Group) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    OptOut.objects.update(ended=timezone.now())
    assert may_text(group, phone(1)).allowed


@pytest.mark.parametrize(
    ("who", "source", "because", "sentence"),
    [
        (None, "keyword", "", "Opted out of Riverside Neighbors on 12 May 2026 (by text)."),
        ("admin", "admin", "", "Opted out of Riverside Neighbors on 12 May 2026 by Maya Okafor."),
        (
            "admin",
            "admin",
            "Moved away",
            "Opted out of Riverside Neighbors on 12 May 2026 by Maya Okafor. Reason: Moved away.",
        ),
        (None, "upload", "", "Opted out of Riverside Neighbors on 12 May 2026 (upload)."),
    ],
)
def test_the_sentence_says_when_by_whom_and_why(
    group: Group, group_admin: User, who: str | None, source: str, because: str, sentence: str
) -> None:
    opt_out(
        group.organization,
        [phone(1)],
        by=group_admin if who else None,
        source=source,
        reason=reason(group.organization, because) if because else None,
        at=datetime(2026, 5, 13, 1, tzinfo=ZoneInfo("UTC")),
    )
    with timezone.override("America/New_York"):
        assert may_text(group, phone(1)).sentence == sentence


def test_a_hold_says_since_when(group: Group) -> None:
    open_hold(group.organization, phone(1), text="leave me alone", group=group)
    assert may_text(group, phone(1)).sentence.startswith("On hold since ")


def test_the_gate_asks_a_few_queries(group: Group, django_assert_max_num_queries: Any) -> None:
    group = Group.objects.select_related("organization").get(pk=group.pk)
    with django_assert_max_num_queries(3):
        assert may_text(group, phone(1)).allowed
