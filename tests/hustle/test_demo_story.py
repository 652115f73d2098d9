"""The demo's story holds together: copies agree with the truth, and the threads with what became of people."""

import pytest
from django.utils import timezone

from contacts import verify
from contacts.conversations.models import Conversation, Goal, Media, Message, SendingNumber
from contacts.conversations.providers import simulator
from contacts.models import Contact, Hold, OptOutEvidence
from groups.models import AuditEntry, Group
from hustle.demo import story, tenants
from tests.people import PASSWORD


@pytest.mark.django_db
def test_the_story_holds_together() -> None:
    began = timezone.now()
    told = tenants.make(PASSWORD)
    story.tell(told)

    assert list(verify.differences()) == []
    assert Conversation.objects.filter(group=told.eastside).count() >= 60
    assert Conversation.objects.filter(group=told.west_ward).exists()
    states = [goal.state for goal in Goal.objects.filter(group=told.eastside).order_by("pk")]
    assert states == ["Stopped", "Running", "Draft"]
    assert Media.objects.count() == 1
    _each_stop_and_doubt_is_a_text_of_theirs()
    _each_stop_was_confirmed_at_once()
    _nobody_has_a_phone_that_misbehaves_or_a_number_of_ours()
    _what_lin_wrote_keeps_her_name(told.eastside)
    assert not Message.objects.filter(time__gt=timezone.now()).exists()
    assert not AuditEntry.objects.filter(action="upload", time__gt=began).exists()  # those were weeks ago


def _each_stop_and_doubt_is_a_text_of_theirs() -> None:
    stops = OptOutEvidence.objects.filter(source="keyword").values_list("opt_out__phone", "text")
    doubts = Hold.objects.values_list("phone", "text")
    texts = set(Message.objects.filter(direction="in").values_list("conversation__contact__phone", "body"))
    assert len(stops) == len(story.STOPS)
    assert len(doubts) == len(story.DOUBTS)
    assert {*stops, *doubts} <= texts


def _each_stop_was_confirmed_at_once() -> None:
    confirmed = Message.objects.filter(episode__isnull=False).select_related("episode")
    assert confirmed.count() == len(story.STOPS)
    assert not Message.objects.waiting().exists()
    for text in confirmed:
        assert text.state == Message.State.DELIVERED
        assert text.episode
        assert text.sent == text.episode.started


def _nobody_has_a_phone_that_misbehaves_or_a_number_of_ours() -> None:
    ours = {*SendingNumber.objects.values_list("phone", flat=True)}
    assert len(ours) == Group.objects.count()
    assert not Contact.objects.filter(phone__in=[*simulator.BEHAVIOUR, *ours]).exists()


def _what_lin_wrote_keeps_her_name(group: Group) -> None:
    lin = group.roles.exclude(ended=None).get().user
    assert Message.objects.filter(agent=lin, conversation__group=group).count() > 10
    assert not group.memberships.filter(agent=lin).exists()
