"""The tags of an organization: list, create, change, retire, bring back."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.actions import tag as actions
from contacts.forms.label import TagForm
from contacts.models import Tag
from contacts.names import folded
from contacts.views.labels import tell
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.page import page, saved


@dataclass(frozen=True)
class Row:
    """A tag, how many contacts have it, and the reasons that put it on."""

    tag: Tag
    contacts: int
    reasons: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def tags(request: SignedIn, organization: Organization) -> HttpResponse:
    """The tags, those that are offered before those that are retired; POST creates one."""
    form = TagForm(request.POST if request.method == "POST" else None, organization=organization)
    if form.is_valid() and (made := _create(request, organization, form)):
        tell(request, made, True, "created.")
        return redirect("contacts:tags", organization.pk)
    offered, retired = _rows(organization)
    context = page(request, organization, "tags", form=form, offered=offered, retired=retired)
    return render(request, "contacts/tags.html", context)


def _create(request: SignedIn, organization: Organization, form: TagForm) -> Tag | None:
    values = form.cleaned_data
    return saved(form, values["name"], lambda: actions.create_tag(organization, by=request.user, **values))


def _rows(organization: Organization) -> tuple[list[Row], list[Row]]:
    """The tags that are offered and those that are retired, each by name."""
    reasons = _reasons(organization)
    counted = organization.tags.annotate(worn=Count("contact_tags"))
    rows = [Row(tag, tag.worn, reasons.get(tag.pk, [])) for tag in sorted(counted, key=lambda tag: folded(tag.name))]
    return [row for row in rows if row.tag.retired is None], [row for row in rows if row.tag.retired]


def _reasons(organization: Organization) -> dict[int, list[str]]:
    """The reasons that are offered, by the tag that they put on."""
    names: dict[int, list[str]] = {}
    offered = organization.opt_out_reasons.offered()
    for tag_id, name in offered.values_list("tag_id", "name"):
        names.setdefault(tag_id or 0, []).append(name)
    return names


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def tag(request: SignedIn, organization: Organization, tag_id: int) -> HttpResponse:
    """Change one tag."""
    tag = get_object_or_404(organization.tags, pk=tag_id)
    form = TagForm(request.POST if request.method == "POST" else None, organization=organization, label=tag)
    if form.is_valid() and (changed := _change(request, tag, form)) is not None:
        tag.refresh_from_db()
        tell(request, tag, changed, "saved.")
        return redirect("contacts:tags", organization.pk)
    row = Row(tag, tag.contact_tags.count(), _reasons(organization).get(tag.pk, []))
    return render(request, "contacts/tag.html", page(request, organization, "tags", form=form, row=row))


def _change(request: SignedIn, tag: Tag, form: TagForm) -> bool | None:
    values = form.cleaned_data
    return saved(form, values["name"], lambda: actions.change_tag(tag, by=request.user, **values))


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def retire_tag(request: SignedIn, organization: Organization, tag_id: int) -> HttpResponse:
    """No longer offer a tag; contacts keep it."""
    tag = get_object_or_404(organization.tags, pk=tag_id)
    tell(request, tag, actions.retire(tag, by=request.user), "retired. Contacts who have it keep it.")
    return redirect("contacts:tags", organization.pk)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def bring_back_tag(request: SignedIn, organization: Organization, tag_id: int) -> HttpResponse:
    """Offer a retired tag again."""
    tag = get_object_or_404(organization.tags, pk=tag_id)
    tell(request, tag, actions.bring_back(tag, by=request.user), "is offered again.")
    return redirect("contacts:tags", organization.pk)
