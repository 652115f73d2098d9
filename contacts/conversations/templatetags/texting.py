"""What pages of the floors below ask about texts too: templates stand above every floor.

``{% if group|lacks_number %}``: whether a group can send nothing yet. ``{% may_write group phone as answer %}``:
whether somebody can be texted in a group, and if not, why.
"""

from django import template

from contacts.conversations import gate
from contacts.gate import Answer
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
