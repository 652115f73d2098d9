"""News that goes up to the floors above, sent inside the transaction (docs/map.md lists the receivers)."""

from django.dispatch import Signal

deactivated = Signal()
"""Members were made inactive: ``group``, ``membership_ids``."""

opted_out = Signal()
"""Contacts were opted out: ``organization``, ``contact_ids``."""
