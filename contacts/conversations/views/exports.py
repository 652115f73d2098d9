"""The messages of a group as a file (R6.7)."""

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from contacts.actions.export import begin
from contacts.conversations import export
from contacts.conversations.models import Message
from contacts.export.stream import download
from groups.access import Permission, SignedIn, group_view
from groups.models import Group


@require_POST
@group_view(Permission.EXPORT)
def export_messages(request: SignedIn, group: Group) -> HttpResponseBase:
    """Every text of the group as CSV; those of redacted contacts keep their rows and read ``[redacted]``."""
    rows = Message.objects.filter(conversation__group=group).count()
    begin("messages", on=group, by=request.user, rows=rows)
    return download(group.name, "messages", export.lines(group))
