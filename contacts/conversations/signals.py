"""News that goes up from conversations, sent inside the transaction (docs/map.md lists the receivers)."""

from django.dispatch import Signal

texting_in = Signal()
"""A text is taken in: ``account_id``, ``phone``. Whoever erased that phone answers when it was last: what is older is
dropped (R8.5)."""

dropped = Signal()
"""Such a text was let go of: ``account_id``, ``phone``. It was written down after the phone was erased, so that the
database has something of it to clean up once more (R5.7)."""
