"""What an audit entry says in a list of changes: a sentence made of its counts, by its action.

Each floor tells its own: ``tell(create_group="Group created", upload=lambda counts: …)`` beside what records them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from groups.models import AuditEntry, RoleKind

type Counts = Mapping[str, Any]
type Telling = str | Callable[[Counts], str]

_told: dict[str, Telling] = {}
_nobody: dict[str, str] = {"command": "The command line"}
_named: dict[str, str] = {}


def tell(**by_action: Telling) -> None:
    """Say how actions are told: a fixed sentence, or a function of the entry's counts."""
    _told.update(by_action)


def name_nobody(**by_source: str) -> None:
    """Say who did what has no actor, by the entry's source, as in ``keyword="The contact"``."""
    _nobody.update(by_source)


def name(**by_action: str) -> None:
    """Say what actions are called in a choice of them, where their own words would not do; "" leaves one out."""
    _named.update(by_action)


def choices() -> list[tuple[str, str]]:
    """Every action that a tenant's log can hold, and what it is called, in the order of the names."""
    called = ((action, _named.get(action, _sentence(action))) for action in _told)
    return sorted((some for some in called if some[1]), key=lambda some: some[1])


def _sentence(action: str) -> str:
    return action.replace("_", " ").capitalize()


def is_told(action: str) -> bool:
    """Whether some floor told how this action reads."""
    return action in _told


def what(entry: AuditEntry) -> str:
    """The entry in a sentence without its place and its actor."""
    telling = _told.get(entry.action, _sentence(entry.action))
    return telling if isinstance(telling, str) else telling(entry.counts)


def where(entry: AuditEntry) -> str:
    """The group or organization of the entry by name, else "Account"."""
    return str(entry.group or entry.organization or "Account")


def who(entry: AuditEntry) -> str:
    """The entry's actor by name, else what acted."""
    return str(entry.actor) if entry.actor else _nobody.get(entry.source, "The system")


def _role(sentence: str) -> Telling:
    return lambda counts: sentence.format(RoleKind(counts["kind"]).label.lower())


tell(
    create_account=lambda counts: f"Account created, account sync {'on' if counts.get('sync') else 'off'}",
    change_account="Account renamed",
    create_organization="Organization created",
    change_organization="Organization settings changed",
    create_group="Group created",
    change_group="Group settings changed",
    archive_group="Group archived",
    unarchive_group="Group brought back",
    give_role=_role("1 {} added"),
    end_role=_role("1 {} removed"),
    invite=_role("1 invited as {}"),
    resend_invitation=_role("1 invitation as {} sent again"),
    withdraw_invitation=_role("1 invitation as {} withdrawn"),
    accept_invitation=_role("1 invitation as {} accepted"),
    change_own_settings="Own settings changed",
    grant_support="Customer Support granted",
    revoke_support="Customer Support revoked",
)
# These three stand in no tenant's log.
name(change_own_settings="", grant_support="", revoke_support="", unarchive_group="Bring back group")
