"""``{{ part|share:whole }}``: a part of a whole, in per cent."""

from django import template

register = template.Library()


@register.filter
def share(part: int, whole: int) -> str:
    """ "5.7%"; a dash where there is nobody."""
    return f"{100 * part / whole:.1f}%" if whole else "–"
