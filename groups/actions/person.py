"""A person's own settings, and Customer Support."""

from django.db import transaction

from groups import audit
from groups.actions.fields import write
from groups.audit import Kind, Subjects
from groups.models import User


@transaction.atomic
def person_named(email: str, name: str) -> User:
    """Whoever signs in with ``email``; or else somebody new, who has no password yet."""
    known = User.objects.filter(email=email.strip().lower()).first()
    return known or User.objects.create_user(email, None, name=name)


@transaction.atomic
def set_support(user: User, support: bool) -> bool:
    """Make a person Customer Support of the installation, or not any more (R2.4); whether anything changed."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    if locked.is_support == support:
        return False
    locked.is_support = support
    locked.signed_out += 0 if support else 1
    locked.save(update_fields=["is_support", "signed_out"])
    subjects = [Subjects(Kind.USER, [user.pk])]
    action = "grant_support" if support else "revoke_support"
    audit.record(action, on=None, by=None, source="command", subjects=subjects)
    return True


@transaction.atomic
def change_own_settings(user: User, **values: str | bool) -> bool:
    """Change what is given of ``name``, ``time_zone``, ``theme`` and ``shortcuts``; whether anything changed."""
    locked = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    changed = write(locked, **values)
    if not changed:
        return False
    subjects = [Subjects(Kind.USER, [user.pk])]
    audit.record("change_own_settings", on=None, by=locked, counts=dict.fromkeys(changed, 1), subjects=subjects)
    return True
