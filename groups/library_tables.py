"""The fates of the text fields in the tables of the libraries that we install (R5.10)."""

from groups.personal_data import EMPTY, NOT_PERSONAL, STAFF, declare

OURS = NOT_PERSONAL("names of our own code")

declare("auth.Permission", name=OURS, codename=OURS)
declare("auth.Group", name=NOT_PERSONAL("not used"))
declare("contenttypes.ContentType", app_label=OURS, model=OURS)
declare("sessions.Session", session_key=NOT_PERSONAL("random"), session_data=EMPTY)
declare("account.EmailAddress", email=STAFF)
declare("account.EmailConfirmation", key=NOT_PERSONAL("random"))
declare("mfa.Authenticator", type=OURS, data=STAFF)
