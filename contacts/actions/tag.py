"""Tags and opt-out reasons of an organization: create, change, retire, bring back."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from contacts.models import OptOutReason, Tag
from groups import audit
from groups.actions.fields import write
from groups.models import Organization, User


@transaction.atomic
def create_tag(organization: Organization, *, name: str, agents_may_set: bool, by: User) -> Tag:
    """Make a tag. Raises ``IntegrityError`` if the name is taken."""
    tag = Tag.objects.create(
        account_id=organization.account_id, organization=organization, name=name, agents_may_set=agents_may_set
    )
    audit.record("create_tag", on=organization, by=by, counts={"tag": tag.pk})
    return tag


@transaction.atomic
def create_reason(organization: Organization, *, name: str, tag: Tag | None, by: User) -> OptOutReason:
    """Make an opt-out reason that may name a tag. Raises ``IntegrityError`` if the name is taken."""
    reason = OptOutReason.objects.create(
        account_id=organization.account_id, organization=organization, name=name, tag=tag
    )
    audit.record("create_reason", on=organization, by=by, counts={"reason": reason.pk})
    return reason


@transaction.atomic
def reason_named(organization: Organization, name: str, *, by: User) -> OptOutReason:
    """The organization's reason of this name, also one that is retired; made, and recorded, if it lacks one."""
    reason, made = OptOutReason.objects.select_related("tag").get_or_create(
        organization=organization,
        name__iexact=name,
        defaults={"account_id": organization.account_id, "name": name},
    )
    if made:
        audit.record("create_reason", on=organization, by=by, counts={"reason": reason.pk})
    return reason


def tags_named(
    organization: Organization, names: Iterable[str], *, by: User | None, source: str = "page"
) -> dict[str, Tag]:
    """The organization's tags of these names, by casefolded name; those that are missing are made, and recorded."""
    wanted = {name.casefold(): name for name in names}
    if not wanted:
        return {}
    known = {tag.name.casefold() for tag in organization.tags.all()}
    Tag.objects.bulk_create(
        [
            Tag(account_id=organization.account_id, organization=organization, name=name)
            for folded, name in wanted.items()
            if folded not in known
        ],
        ignore_conflicts=True,  # Somebody may be making the same one by hand.
    )
    if missing := wanted.keys() - known:
        audit.record("create_tags", on=organization, by=by, source=source, counts={"tags": len(missing)})
    return {tag.name.casefold(): tag for tag in organization.tags.all()}


def change_tag(tag: Tag, *, name: str, agents_may_set: bool, by: User) -> bool:
    """Rename a tag, or change who may set it; whether anything changed."""
    return _change(tag, "change_tag", by, name=name, agents_may_set=agents_may_set)


def change_reason(reason: OptOutReason, *, name: str, tag: Tag | None, by: User) -> bool:
    """Rename a reason, or change the tag that it puts on; whether anything changed."""
    return _change(reason, "change_reason", by, name=name, tag=tag)


@transaction.atomic
def retire(label: Tag | OptOutReason, *, by: User) -> bool:
    """No longer offer a tag or a reason; it stays wherever it was used. Whether anything changed."""
    since = _locked(label).retired or timezone.now()
    return _change(label, f"retire_{_kind(label)}", by, retired=since)


def bring_back(label: Tag | OptOutReason, *, by: User) -> bool:
    """Offer a retired tag or reason again; whether anything changed."""
    return _change(label, f"bring_back_{_kind(label)}", by, retired=None)


def _kind(label: Tag | OptOutReason) -> str:
    return "tag" if isinstance(label, Tag) else "reason"


def _locked(label: Tag | OptOutReason) -> Tag | OptOutReason:
    return type(label)._default_manager.select_for_update(no_key=True).get(pk=label.pk)


@transaction.atomic
def _change(label: Tag | OptOutReason, action: str, by: User, **values: object) -> bool:
    locked = _locked(label)
    if not write(locked, **values):
        return False
    audit.record(action, on=locked.organization, by=by, counts={_kind(label): label.pk})
    return True
