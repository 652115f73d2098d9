"""When a first text may reach a phone: within the group's hours, in every zone that the phone may lie in (R7.4)."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import phonenumbers
from phonenumbers import timezone as of_numbers

from groups.models import Group

AHEAD = timedelta(days=8)
"""Zones that have no hour in common within this time have none at all."""


class NoHour(Exception):
    """The zones of a phone have no hour in common at which texts leave."""


def zones_of(group: Group, phone: str) -> tuple[str, ...]:
    """The group's zone, and those that a number (E.164) may lie in; only the group's where nothing is known.

    By the numbering plan, as libphonenumber has it: whoever moved away kept the number.
    """
    try:
        zones = of_numbers.time_zones_for_number(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:  # Of no country: a carrier may deliver what no plan knows.
        zones = ()
    known = (zone for zone in zones if zone != of_numbers.UNKNOWN_TIMEZONE)
    return tuple(dict.fromkeys([group.time_zone, *known]))


def next_hour(group: Group, phone: str, now: datetime) -> datetime:
    """``now`` if a first text may leave for the phone, else the next moment at which it may. Raises ``NoHour``."""
    zones = [ZoneInfo(name) for name in zones_of(group, phone)]
    moment = now
    while moment <= now + AHEAD:
        later = max(_open(moment, zone, group) for zone in zones)
        if later == moment:
            return moment
        moment = later
    raise NoHour


def _open(moment: datetime, zone: ZoneInfo, group: Group) -> datetime:
    """The moment itself, if texts leave then by the clocks of a zone, else when they next do."""
    local = moment.astimezone(zone)
    if group.texts_from <= local.hour < group.texts_until:
        return moment
    day = local.date() + timedelta(days=local.hour >= group.texts_until)
    return datetime.combine(day, time(group.texts_from), zone).astimezone(moment.tzinfo)


def common(zones: Iterable[str]) -> str:
    """Zones in words: "New York, Chicago"."""
    return ", ".join(zone.rpartition("/")[2].replace("_", " ") for zone in zones)
