"""An organization's own words for texts that are sent by themselves, and its closing texts (R4.3, R4.4, R4.9)."""

from django.db import transaction
from django.utils import timezone

from contacts.conversations.models import ClosingText, Wording
from groups import audit
from groups.actions.fields import write
from groups.models import Organization, User

LABELS = {"confirmation": "Confirmation", "help": "Help reply", "contact": "Reach a person"}


@transaction.atomic
def change_wording(organization: Organization, *, by: User, **values: str) -> bool:
    """Change what is given of ``confirmation``, ``help`` and ``contact`` ("": ours); whether anything changed."""
    locked = Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    wording, _ = Wording.objects.get_or_create(organization=locked, defaults={"account_id": locked.account_id})
    changed = write(wording, **values)
    if changed:
        said = "\n".join(
            f"{LABELS[name]}: {values[name] or 'empty, so ours is sent'}" for name in LABELS if name in changed
        )
        audit.record("change_wording", on=locked, by=by, counts=dict.fromkeys(changed, 1), text=said)
    return bool(changed)


@transaction.atomic
def create_closing(organization: Organization, *, text: str, by: User) -> ClosingText:
    """Approve a closing text. Raises ``IntegrityError`` if there is one of these words."""
    closing = ClosingText.objects.create(account_id=organization.account_id, organization=organization, text=text)
    audit.record("create_closing", on=organization, by=by, counts={"closing": closing.pk}, text=text)
    return closing


def change_closing(closing: ClosingText, *, text: str, by: User) -> bool:
    """Change the words from the next opt-out on; whether anything changed. Raises ``IntegrityError`` as above."""
    return _change(closing, "change_closing", by, text=text)


@transaction.atomic
def retire_closing(closing: ClosingText, *, by: User) -> bool:
    """Offer a closing text no more; whether anything changed."""
    return _locked(closing).retired is None and _change(closing, "retire_closing", by, retired=timezone.now())


def bring_back_closing(closing: ClosingText, *, by: User) -> bool:
    """Offer a retired closing text again; whether anything changed."""
    return _change(closing, "bring_back_closing", by, retired=None)


@transaction.atomic
def _change(closing: ClosingText, action: str, by: User, **values: object) -> bool:
    locked = _locked(closing)
    changed = write(locked, **values)
    if changed:
        audit.record(action, on=locked.organization, by=by, counts={"closing": locked.pk}, text=locked.text)
    return bool(changed)


def _locked(closing: ClosingText) -> ClosingText:
    return ClosingText.objects.select_for_update(no_key=True, of=("self",)).get(pk=closing.pk)
