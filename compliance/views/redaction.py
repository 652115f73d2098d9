"""Compliance: a phone → what goes and what stays → the typed sentence → the receipt (R5.1, R5.2, R5.6).

Phones travel in the bodies of requests only: never in an address, a session or a log. After the preview they travel
signed, so that nobody asks about a number without having been counted by ``look_ups``.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from compliance import look_ups
from compliance.actions.clean_up import index_clean_up_at
from compliance.actions.redact import redact
from compliance.forms.redaction import SENTENCE, PhonesForm, ReceiptsForm, SentenceForm
from compliance.leads import known
from compliance.models import Redaction
from compliance.preview import preview
from compliance.tasks import finish
from contacts.phone import doubt, written
from contacts.views.pager import pager_of
from groups.access import Permission, SignedIn, account_view
from groups.models import Account
from groups.views.page import page, wants_part

NOTHING = "There is nothing to redact for this number in this account."
NOTHING_OF_SEVERAL = "There is nothing to redact for these numbers in this account."
LIFE = timedelta(minutes=15)


@require_safe
@account_view(Permission.REDACT)
def compliance(request: SignedIn, account: Account) -> HttpResponse:
    """The field for the phone, and past redactions with their receipts."""
    return _start(request, account, PhonesForm(account=account, several="several" in request.GET))


def _start(request: SignedIn, account: Account, form: PhonesForm) -> HttpResponse:
    asked = ReceiptsForm(request.GET)
    if asked.problem:
        raise Http404  # These receipts have no filter that a link could be wrong about.
    receipts = account.redactions.select_related("actor").order_by("-started", "-pk")
    pager = pager_of(asked.page_asked, receipts.count(), partial(_address, account))
    shown = receipts[pager.start - 1 : pager.end] if pager.total else []
    stale = is_reauthentication_required(request, app="compliance")
    more = {"step": 1, "form": form, "several": form.several, "receipts": shown, "pager": pager, "stale": stale}
    return render(request, "compliance/compliance.html", page(request, account, "compliance", **more))


def _address(account: Account, page: int | None) -> str:
    """Of a page of receipts, also where a form that is shown again was posted somewhere else."""
    url = reverse("compliance:compliance", args=[account.pk])
    return f"{url}?page={page}" if page else url


type Step = Callable[[SignedIn, Account, list[str]], HttpResponse]


@require_POST
@never_cache
@account_view(Permission.REDACT)
def preview_redaction(request: SignedIn, account: Account) -> HttpResponse:
    """`Redact Leads`: what goes and what stays. Nothing is erased yet."""
    form = PhonesForm(request.POST, account=account, several="several" in request.POST)
    if not form.is_valid():
        return _start(request, account, form)
    if is_reauthentication_required(request, app="compliance"):
        return _sign_in_again(request, account)
    phones = form.cleaned_data["phones"]
    if not look_ups.take(request.user, account, len(phones)):
        form.add_error(None, f"{look_ups.TOO_MANY} Nothing was erased.")
        return _start(request, account, form)
    found = known(account, phones)
    if not found:
        form.add_error(None, _nothing(phones))
        return _start(request, account, form)
    context = _step(request, account, 2, found, asked=len(phones), preview=preview(account, found))
    return render(request, "compliance/preview.html", context)


def _nothing(phones: list[str]) -> str:
    """The one answer, whatever the cause (R5.9); with what is odd about a number, which may be mistyped."""
    odd = next((f"Check {written(phone)}: {why}" for phone in phones if (why := doubt(phone))), "")
    return f"{NOTHING if len(phones) == 1 else NOTHING_OF_SEVERAL} {odd}".strip()


def _step(request: SignedIn, account: Account, step: int, phones: list[str], **more: object) -> dict[str, object]:
    signed = signing.dumps(phones, salt=_salt(request, account))
    shown = [written(phone) for phone in phones]
    return page(request, account, "compliance", step=step, signed=signed, phones=shown, **more)


def _salt(request: SignedIn, account: Account) -> str:
    return f"compliance.redaction:{account.pk}:{request.user.pk}"


def _signed(step: Step) -> Callable[[SignedIn, Account], HttpResponse]:
    """Hand the phones of the preview to a later step; what is too old, or not of this preview, starts anew."""

    def view(request: SignedIn, account: Account) -> HttpResponse:
        if is_reauthentication_required(request, app="compliance"):
            return _sign_in_again(request, account)
        try:
            phones = signing.loads(request.POST.get("leads", ""), salt=_salt(request, account), max_age=LIFE)
        except signing.BadSignature:
            messages.error(
                request, "Nothing was erased. This preview is more than 15 minutes old: enter the number again."
            )
            return redirect("compliance:compliance", account.pk)
        return step(request, account, phones)

    return view


def _sign_in_again(request: SignedIn, account: Account) -> HttpResponse:
    """Signed in more than 15 minutes ago (R5.2). The phones are not kept meanwhile."""
    messages.info(request, "Sign in again first, then enter the number. Nothing was erased.")
    back = urlencode({"next": reverse("compliance:compliance", args=[account.pk])})
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{back}")


def _confirm(request: SignedIn, account: Account, phones: list[str]) -> HttpResponse:
    return _ask(request, account, phones, SentenceForm())


def _ask(request: SignedIn, account: Account, phones: list[str], form: SentenceForm) -> HttpResponse:
    context = _step(request, account, 3, phones, form=form, sentence=SENTENCE, preview=preview(account, phones))
    return render(request, "compliance/confirm.html", context)


def _erase(request: SignedIn, account: Account, phones: list[str]) -> HttpResponse:
    form = SentenceForm(request.POST)
    if not form.is_valid():
        return _ask(request, account, phones, form)
    redaction = redact(account, phones, by=request.user, also_opt_out=form.cleaned_data["also_opt_out"])
    if redaction is None:
        messages.info(request, NOTHING if len(phones) == 1 else NOTHING_OF_SEVERAL)
        return redirect("compliance:compliance", account.pk)
    finish()
    return redirect("compliance:receipt", account.pk, redaction.pk)


confirm_redaction = require_POST(never_cache(account_view(Permission.REDACT)(_signed(_confirm))))
"""The typed sentence. Nothing is erased yet."""

erase = require_POST(never_cache(account_view(Permission.REDACT)(_signed(_erase))))
"""`Confirm redact PII from leads`: with the right sentence, erase."""


@require_safe
@account_view(Permission.REDACT)
def receipt(request: SignedIn, account: Account, redaction_id: int) -> HttpResponse:
    """The receipt of a redaction: what was erased, what a search found afterwards, and what is still to be done."""
    redaction = get_object_or_404(account.redactions.select_related("actor", "account"), pk=redaction_id)
    context = page(request, account, "compliance", step=4, redaction=redaction, **_receipt(redaction))
    if "download" in request.GET:
        response = render(request, "compliance/receipt.txt", context, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{redaction.number}.txt"'
        return response
    part = "#receipt" if wants_part(request) else ""
    return render(request, f"compliance/receipt.html{part}", context)


def _receipt(redaction: Redaction) -> dict[str, object]:
    return {
        "erased": redaction.phones.order_by("pk"),
        "files": redaction.doomed_files.count(),
        "indexes_at": None if redaction.indexes_cleaned else index_clean_up_at(),
        "outside_until": redaction.finished + timedelta(days=kept) if (kept := settings.BACKUPS_KEPT_DAYS) else None,
    }
