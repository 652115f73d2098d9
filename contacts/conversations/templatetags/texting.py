"""What pages of the floors below ask about texts too: templates stand above every floor.

``{% if group|lacks_number %}``: whether a group can send nothing yet. ``{% may_write group phone as answer %}``:
whether somebody can be texted in a group, and if not, why. ``{% with_last_goals episodes as told %}``: opt-outs, each
with the ``goal`` of its ``last_goal``, if it has one.
"""

from collections.abc import Sequence

from django import template
from django.db.models import prefetch_related_objects

from contacts.conversations import gate
from contacts.gate import Answer
from contacts.models import OptOut
from groups.models import Group

register = template.Library()


@register.filter
def lacks_number(group: Group) -> bool:
    """Whether nothing can be sent from ``group``, since it has no number to text from."""
    return gate.number_of(group) is None


@register.simple_tag
def may_write(group: Group, phone: str | None) -> Answer:
    """Whether an ordinary text may go to a phone in a group now; if not, why, in one sentence (R4.11)."""
    return gate.may_write(group, phone)


@register.simple_tag
def with_last_goals(episodes: Sequence[OptOut]) -> Sequence[OptOut]:
    """The episodes, which have been asked together for the last goal before each (R4.5)."""
    prefetch_related_objects(episodes, "last_goal__goal")
    return episodes
