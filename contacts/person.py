"""Who somebody is, before they are a contact: what a file, a form or a text says of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

PROFILE = ("first_name", "last_name", "email", "postal_code", "notes", "external_id")
"""The fields of a contact that say who they are, beside the phone and the organization's own (custom) ones."""


@dataclass(frozen=True)
class Person:
    """Somebody who arrives: a valid phone (E.164), and what is known of them; a blank value changes nothing (R6.5)."""

    phone: str
    profile: Mapping[str, str] = field(default_factory=dict)
    custom: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
