"""A group: the way in, its settings, and putting it away."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.access import Permission, SignedIn, group_view
from groups.actions.tenant import HoursCross, archive_group, change_group, unarchive_group
from groups.forms import GroupSettingsForm
from groups.models import Group
from groups.views.page import page, saved


@require_safe
@group_view(Permission.SEE_GROUP)
def group(request: SignedIn, group: Group) -> HttpResponse:
    """Admins go to the contacts, agents to their threads."""
    manages = Permission.MANAGE_CONTACTS in request.access.may
    return redirect("contacts:list" if manages else "conversations:threads", group.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.MANAGE_GROUP)
def settings(request: SignedIn, group: Group) -> HttpResponse:
    """The group's name, zone and hours."""
    data = request.POST if request.method == "POST" else None
    form = GroupSettingsForm(data, organization=group.organization, group=group)
    if request.method == "POST" and form.is_valid():
        changed = _save(request, group, form)
        if changed is not None:
            messages.success(request, "Settings saved." if changed else "Nothing changed.")
            return redirect("groups:group_settings", group.pk)
    return render(request, "groups/group_settings.html", page(request, group, "settings", form=form))


def _save(request: SignedIn, group: Group, form: GroupSettingsForm) -> bool | None:
    """Whether anything changed; None, and an error in the form, if it can't be so."""
    name, changes = form.cleaned_data["name"], form.changes
    try:
        return saved(form, name, lambda: change_group(group, **changes, by=request.user))
    except HoursCross as crossed:
        first, last = crossed.args
        said = f"Somebody changed the hours meanwhile: texts would leave from {first}:00 until {last}:00."
        form.add_error("texts_until", f"{said} Open the settings again, then choose.")
        return None


@require_POST
@group_view(Permission.MANAGE_ORGANIZATION)
def archive(request: SignedIn, group: Group) -> HttpResponse:
    """Archive the group; groups are never deleted."""
    changed = archive_group(group, by=request.user)
    said = f"{group} archived. Its contacts and their history stay."
    messages.success(request, said if changed else f"{group} is archived already. Nothing changed.")
    return redirect("groups:group_settings", group.pk)


@require_POST
@group_view(Permission.MANAGE_ORGANIZATION)
def unarchive(request: SignedIn, group: Group) -> HttpResponse:
    """Bring the group back."""
    changed = unarchive_group(group, by=request.user)
    messages.success(request, f"{group} is back." if changed else f"{group} is not archived. Nothing changed.")
    return redirect("groups:group_settings", group.pk)
