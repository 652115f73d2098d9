"""The tables of contacts: who they are, where they are members, and whether they may be texted."""

from contacts.models.change import Change, ChangeChunk
from contacts.models.contact import Contact
from contacts.models.count import GroupCount, OrganizationCount
from contacts.models.digest_key import DigestKey
from contacts.models.hold import HeldText, Hold
from contacts.models.membership import Membership, Status
from contacts.models.opt_out import OptOut, OptOutEvidence, OptOutReason, Source, Suppression
from contacts.models.tag import ContactTag, Tag
from contacts.models.upload import RejectedRow, Upload

__all__ = [
    "Change",
    "ChangeChunk",
    "Contact",
    "ContactTag",
    "DigestKey",
    "GroupCount",
    "HeldText",
    "Hold",
    "Membership",
    "OptOut",
    "OptOutEvidence",
    "OptOutReason",
    "OrganizationCount",
    "RejectedRow",
    "Source",
    "Status",
    "Suppression",
    "Tag",
    "Upload",
]
