"""An organization: its groups and its settings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups.access import Permission, SignedIn, organization_view
from groups.actions.tenant import change_organization, create_group
from groups.forms import GroupForm, OrganizationForm
from groups.models import Organization
from groups.views.live import follows
from groups.views.page import page, saved


@require_safe
@organization_view(Permission.SEE_ORGANIZATION)
@follows
def groups(request: SignedIn, organization: Organization) -> HttpResponse:
    """The groups of the organization, the archived ones apart."""
    return _groups_page(request, organization, GroupForm(organization=organization))


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def create(request: SignedIn, organization: Organization) -> HttpResponse:
    """Create a group."""
    form = GroupForm(request.POST, organization=organization)
    if form.is_valid():
        values = form.cleaned_data
        made = saved(form, values["name"], lambda: create_group(organization, **values, by=request.user))
        if made:
            messages.success(request, f"{made} created. It has no contacts and no agents yet.")
            return redirect("groups:group", made.pk)
    return _groups_page(request, organization, form)


def _groups_page(request: SignedIn, organization: Organization, form: GroupForm) -> HttpResponse:
    everything = list(organization.groups.all())
    context = page(
        request,
        organization,
        "groups",
        groups=[group for group in everything if not group.archived],
        archived=[group for group in everything if group.archived],
        form=form,
    )
    return render(request, "groups/organization.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def settings(request: SignedIn, organization: Organization) -> HttpResponse:
    """The organization's name and country."""
    data = request.POST if request.method == "POST" else None
    form = OrganizationForm(data, account=organization.account, organization=organization)
    if request.method == "POST" and form.is_valid():
        name, changes = form.cleaned_data["name"], form.changes
        changed = saved(form, name, lambda: change_organization(organization, **changes, by=request.user))
        if changed is not None:
            messages.success(request, "Settings saved." if changed else "Nothing changed.")
            return redirect("groups:organization_settings", organization.pk)
    return render(request, "groups/organization_settings.html", page(request, organization, "settings", form=form))
