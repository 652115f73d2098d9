"""``{% if group|lacks_number %}``: whether a group can send nothing yet, on pages of the floors below too."""

from django import template

from contacts.conversations import gate
from groups.models import Group

register = template.Library()


@register.filter
def lacks_number(group: Group) -> bool:
    """Whether nothing can be sent from ``group``, since it has no number to text from."""
    return gate.number_of(group) is None
