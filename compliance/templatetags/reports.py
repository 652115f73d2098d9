"""``{{ share|rate }}``: a share of people as reports write it."""

from django import template

register = template.Library()


@register.filter
def rate(share: float | None) -> str:
    """ "5.7%"; a dash where nobody could be counted."""
    return "–" if share is None else f"{share:.1%}"
