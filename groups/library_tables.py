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

# The queue: tasks get keys, return nothing, and fail without values (`groups.background`); tests hold them to it.
HOST = not_personal("machine and process of a worker")
declare(
    "django_ox.OxTask",
    id=not_personal("random"),
    task_path=OURS,
    args=not_personal("keys of rows only"),
    kwargs=not_personal("keys of rows only"),
    queue_name=OURS,
    backend_name=OURS,
    status=OURS,
    return_value=not_personal("always null"),
    errors=not_personal("kinds of errors, without what they say"),
    worker_ids=HOST,
    locked_by=HOST,
)
declare("django_ox.OxScheduleTick", schedule_name=OURS)
UNUSED = not_personal("not used: schedules stand in settings")
declare(
    "django_ox.OxSchedule",
    name=UNUSED,
    task_key=UNUSED,
    trigger=UNUSED,
    cron=UNUSED,
    arguments=UNUSED,
    boundary_for=UNUSED,
)
