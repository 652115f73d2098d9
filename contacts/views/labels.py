"""What the pages of tags and of opt-out reasons share."""

from django.contrib import messages

from contacts.models import OptOutReason, Tag
from groups.access import SignedIn


def tell(request: SignedIn, label: Tag | OptOutReason, changed: bool, said: str) -> None:
    """Say what was done to a label, or that it was so already."""
    if changed:
        messages.success(request, f"“{label}” {said}")
    else:
        messages.info(request, f"“{label}” is so already. Nothing changed.")
