"""An account: its overview, its organizations, its settings."""

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from groups import audit_sentences
from groups.access import Permission, SignedIn, account_view
from groups.actions.tenant import change_account, create_organization
from groups.forms import AccountForm, OrganizationForm
from groups.models import Account, AuditEntry, Organization
from groups.views.live import follows
from groups.views.page import page, saved

LATEST = 12


@require_safe
@account_view(Permission.SEE_ACCOUNT)
@follows
def overview(request: SignedIn, account: Account) -> HttpResponse:
    """The account's home: its organizations and what changed last."""
    context = page(request, account, "overview", organizations=_organizations(account), changes=latest_changes(account))
    return render(request, "groups/account.html", context)


def _organizations(account: Account) -> QuerySet[Organization]:
    live = Count("groups", filter=Q(groups__archived=None))
    counted = account.organizations.annotate(live_groups=live, archived_groups=Count("groups") - live)
    return counted.order_by("name", "pk")


def latest_changes(account: Account) -> list[dict[str, object]]:
    """The newest entries of the account's audit, as rows: when, what, where, by whom."""
    entries = AuditEntry.objects.filter(account=account).select_related("organization", "group", "actor")
    return [
        {
            "time": entry.time,
            "what": audit_sentences.what(entry),
            "where": audit_sentences.where(entry),
            "who": audit_sentences.who(entry),
        }
        for entry in entries.order_by("-time", "-pk")[:LATEST]
    ]


@require_safe
@account_view(Permission.SEE_ACCOUNT)
@follows
def organizations(request: SignedIn, account: Account) -> HttpResponse:
    """The organizations of the account."""
    return _organizations_page(request, account, OrganizationForm(account=account))


@require_POST
@account_view(Permission.MANAGE_ACCOUNT)
def create(request: SignedIn, account: Account) -> HttpResponse:
    """Create an organization."""
    form = OrganizationForm(request.POST, account=account)
    if form.is_valid():
        values = form.cleaned_data
        made = saved(form, values["name"], lambda: create_organization(account, **values, by=request.user))
        if made:
            synced = (
                " Whoever opted out of another organization is opted out of it too." if account.sync_opt_outs else ""
            )
            messages.success(request, f"{made} created. It has no groups yet.{synced}")
            return redirect("groups:organization", made.pk)
    return _organizations_page(request, account, form)


def _organizations_page(request: SignedIn, account: Account, form: OrganizationForm) -> HttpResponse:
    context = page(request, account, "organizations", organizations=_organizations(account), form=form)
    return render(request, "groups/account_organizations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_view(Permission.MANAGE_ACCOUNT)
def settings(request: SignedIn, account: Account) -> HttpResponse:
    """The account's name."""
    form = AccountForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid():
        changed = change_account(account, **form.changes, by=request.user)
        messages.success(request, "Account settings saved." if changed else "Nothing changed.")
        return redirect("groups:account_settings", account.pk)
    return render(request, "groups/account_settings.html", page(request, account, "settings", form=form))
