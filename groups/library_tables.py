"""The fates of the text fields in the tables of the libraries that we install (R5.10)."""

from groups.personal_data import EMPTY, STAFF, declare, not_personal

OURS = not_personal("names of our own code")

declare("auth.Permission", name=OURS, codename=OURS)
declare("auth.Group", name=not_personal("not used"))
declare("contenttypes.ContentType", app_label=OURS, model=OURS)
declare("sessions.Session", session_key=not_personal("random"), session_data=EMPTY)
declare("account.EmailAddress", email=STAFF)
declare("account.EmailConfirmation", key=not_personal("random"))
declare("mfa.Authenticator", type=OURS, data=STAFF)
