"""Account sync: whether an opt-out of one organization is an opt-out of all of an account (R4.6)."""

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.actions import sync_setting
from contacts.forms.account_sync import DoForm
from groups.access import Permission, SignedIn, account_view
from groups.models import Account
from groups.views.page import page


@require_http_methods(["GET", "HEAD", "POST"])
@account_view(Permission.MANAGE_ACCOUNT)
def account_sync(request: SignedIn, account: Account) -> HttpResponse:
    """What it does, and what an application to the existing opt-outs would find; POST switches it or applies it."""
    if request.method == "POST":
        form = DoForm(request.POST)
        if form.is_valid():
            messages.success(request, _done(account, form.cleaned_data["do"], request))
        else:
            messages.error(request, "Nothing was changed: choose one of the buttons on this page.")
        return redirect("contacts:account_sync", account.pk)
    context = page(
        request, account, "settings", missing=sync_setting.missing(account), many=account.organizations.count()
    )
    return render(request, "contacts/account_sync.html", context)


def _done(account: Account, do: str, request: SignedIn) -> str:
    """Do it, and say what was done and what stays."""
    if do == "off":
        if sync_setting.switch_off(account, by=request.user):
            return "Account sync is off. Nobody's opt-out changed."
        return "Account sync is off already. Nothing changed."
    if do == "apply":
        return _applied(account, sync_setting.begin(account, by=request.user))
    changed, copies = sync_setting.switch_on(account, by=request.user, apply=do == "on_and_apply")
    said = "Account sync is on." if changed else "Account sync is on already."
    if do == "on":
        return f"{said} Opt-outs from now on reach every organization; those that exist stay as they are."
    return f"{said} {_applied(account, copies)}"


def _applied(account: Account, many: int) -> str:
    """How many opt-outs were copied, and how many phones the worker goes on with."""
    left = sync_setting.missing(account)
    if not (many or left):
        return "Every opt-out stands in every organization already."
    rest = f" {intcomma(left.phones)} more numbers follow in the background." if left else ""
    return f"{intcomma(many)} opt-outs added in other organizations.{rest}"
