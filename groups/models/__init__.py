"""The ground floor's tables: tenants, people, roles and the audit."""

from groups.models.account import Account, Group, Organization, Scope
from groups.models.audit import AuditChunk, AuditEntry, AuditText
from groups.models.invitation import Invitation
from groups.models.live import ChangeNumber
from groups.models.role import Role, RoleKind
from groups.models.user import User

__all__ = [
    "Account",
    "AuditChunk",
    "AuditEntry",
    "AuditText",
    "ChangeNumber",
    "Group",
    "Invitation",
    "Organization",
    "Role",
    "RoleKind",
    "Scope",
    "User",
]
