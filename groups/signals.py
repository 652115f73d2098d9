"""News that goes up to the floors above, sent inside the transaction (docs/map.md lists the receivers)."""

from django.dispatch import Signal

role_ended = Signal()
"""A role was ended: ``role``, ``by``."""

organization_created = Signal()
"""An organization was created: ``organization``, ``by``."""
