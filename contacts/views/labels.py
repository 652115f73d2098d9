"""What the pages of tags and of opt-out reasons share."""

from collections.abc import Callable

from django.contrib import messages
from django.db import IntegrityError

from contacts.models import OptOutReason, Tag
from contacts.tag_forms import TAKEN, LabelForm
from groups.access import SignedIn
from groups.models import Organization


def context(request: SignedIn, organization: Organization, tab: str) -> dict[str, object]:
    """What every page of an organization gives to its template."""
    return {"organization": organization, "account": organization.account, "access": request.access, "tab": tab}


def unless_taken[T](form: LabelForm, act: Callable[[], T]) -> T | None:
    """Do it; where somebody was quicker with the same name, say so at the field and answer None."""
    try:
        return act()
    except IntegrityError:
        form.add_error("name", TAKEN)
        return None


def tell(request: SignedIn, label: Tag | OptOutReason, changed: bool, said: str) -> None:
    """Say what was done to a label, or that it was so already."""
    if changed:
        messages.success(request, f"“{label}” {said}")
    else:
        messages.info(request, f"“{label}” is so already. Nothing changed.")
