"""``{{ time|when }}``: a time as people read it, exact in its title; ``{{ time|exact }}``: to the second.

``{{ name|zone }}``: a time zone. ``{{ time|deadline }}``, ``{{ time|left }}``: a time to come, and how far off it is.
"""

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from groups import times

register = template.Library()


@register.filter
def zone(name: str) -> str:
    """A time zone's name as people read it: "America/New York"."""
    return name.replace("_", " ")


@register.filter
def exact(time: datetime) -> str:
    """To the second, with its zone."""
    return times.exact(time)


@register.filter
def when(time: datetime | None) -> SafeString | str:
    """A ``time`` element; nothing for None."""
    if time is None:
        return ""
    words = times.when(time)
    return format_html('<time datetime="{}" title="{}">{}</time>', time.isoformat(), times.exact(time), words.short)


@register.filter
def deadline(time: datetime) -> SafeString:
    """A ``time`` element with day, hour and zone."""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', time.isoformat(), times.exact(time), times.deadline(time)
    )


@register.filter
def left(time: datetime) -> str:
    """How long it is until then."""
    return times.left(time)
