"""News that goes up from conversations, sent inside the transaction (docs/map.md lists the receivers)."""

from django.dispatch import Signal

texting_in = Signal()
"""A text is taken in: ``account_id``, ``phone``. Whoever erased that phone answers when it was last: what is older is
dropped (R8.5)."""
