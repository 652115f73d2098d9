"""The tags of an organization: list, create, change, retire, bring back."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.actions import tag as actions
from contacts.models import OptOutReason, Tag
from contacts.tag_forms import TagForm
from contacts.views.labels import context, tell, unless_taken
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def tags(request: SignedIn, organization: Organization) -> HttpResponse:
    """The tags, those that are offered before those that are retired; POST creates one."""
    form = TagForm(request.POST if request.method == "POST" else None, organization=organization)
    if form.is_valid() and (made := _create(request, organization, form)):
        tell(request, made, True, "created.")
        return redirect("contacts:tags", organization.pk)
    rows = _rows(organization)
    return render(
        request,
        "contacts/tags.html",
        {
            **context(request, organization, "tags"),
            "form": form,
            "offered": [row for row in rows if row["tag"].retired is None],
            "retired": [row for row in rows if row["tag"].retired],
        },
    )


def _create(request: SignedIn, organization: Organization, form: TagForm) -> Tag | None:
    return unless_taken(form, lambda: actions.create_tag(organization, by=request.user, **form.cleaned_data))


def _rows(organization: Organization) -> list[dict[str, Tag | list[str]]]:
    reasons = _reasons(organization)
    found = organization.tags.annotate(contacts=Count("contact_tags")).order_by("name", "pk")
    by_name = sorted(found, key=lambda tag: tag.name.casefold())
    return [{"tag": tag, "reasons": reasons.get(tag.pk, [])} for tag in by_name]


def _reasons(organization: Organization) -> dict[int, list[str]]:
    """The reasons that are offered, by the tag that they put on."""
    names: dict[int, list[str]] = {}
    for reason in organization.opt_out_reasons.filter(retired=None, tag__isnull=False):
        names.setdefault(reason.tag_id, []).append(reason.name)
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
    return render(
        request,
        "contacts/tag.html",
        {
            **context(request, organization, "tags"),
            "form": form,
            "tag": tag,
            "contacts": tag.contact_tags.count(),
            "reasons": OptOutReason.objects.filter(organization=organization, tag=tag, retired=None),
        },
    )


def _change(request: SignedIn, tag: Tag, form: TagForm) -> bool | None:
    return unless_taken(form, lambda: actions.change_tag(tag, by=request.user, **form.cleaned_data))


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def retire_tag(request: SignedIn, organization: Organization, tag_id: int) -> HttpResponse:
    """Offer a tag no more; contacts keep it."""
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
