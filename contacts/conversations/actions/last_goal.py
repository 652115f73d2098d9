"""What an episode keeps of the goals before it (R4.5)."""

from collections.abc import Sequence

from django.db.models import F, OuterRef, Subquery, Window
from django.db.models.functions import RowNumber

from contacts.conversations.models import LastGoal, Message
from contacts.models import OptOut
from groups.sets import insert_from


def keep_last_goals(contact_ids: Sequence[int]) -> int:
    """Keep with the episodes of these contacts, which were just opened, the goal whose text left last before each, if
    one did; how many. In one statement, inside the change that opened them.
    """
    contact = "conversation__contact"
    episode = OptOut.objects.open().filter(
        organization=OuterRef(f"{contact}__organization"), phone=OuterRef(f"{contact}__phone")
    )
    texts = Message.objects.passed().filter(goal__isnull=False, conversation__contact__among=contact_ids)
    before = texts.annotate(began=Subquery(episode.values("started"))).filter(time__lte=F("began"))
    ranked = before.annotate(
        opened=Subquery(episode.values("pk")),
        rank=Window(RowNumber(), partition_by=contact, order_by=("-time", "-pk")),
    )
    last = ranked.filter(rank=1).order_by().values_list("account_id", "opened", "goal_id")
    return insert_from(LastGoal, last, ("account_id", "episode_id", "goal_id"))
