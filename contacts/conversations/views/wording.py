"""The texts of an organization that no agent writes: confirmation, help reply, closing texts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.conversations import wording
from contacts.conversations.actions import wording as actions
from contacts.conversations.forms.wording import ClosingForm, WordingForm
from contacts.conversations.models import ClosingText, Wording
from contacts.conversations.models.wording import LONGEST
from contacts.conversations.wording import Kind, Values, fill, problems
from contacts.conversations.wording.segments import Length, measure
from contacts.text import clean
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.page import page, saved, wants_part

TITLES = {Kind.CONFIRMATION: "Confirmation", Kind.HELP: "Help reply"}


@dataclass(frozen=True)
class Bubble:
    """A text as a phone shows it, whose words it has, and why theirs are not sent, if they may not be."""

    title: str
    text: str
    length: Length
    own: bool
    problems: list[str]


@dataclass(frozen=True)
class Row:
    """A closing text as it is sent, and why it is not offered, if it may not be sent any more."""

    closing: ClosingText
    text: str
    length: Length
    problems: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def texts(request: SignedIn, organization: Organization) -> HttpResponse:
    """The wordings and the closing texts; POST saves the wordings, or with ``preview`` shows them and saves nothing."""
    form = WordingForm(request.POST if request.method == "POST" else None, organization=organization)
    preview = "preview" in request.POST
    if form.is_valid() and not preview:
        _tell(request, actions.change_wording(organization, by=request.user, **form.changes), "Texts saved.")
        return redirect("conversations:texts", organization.pk)
    return _page(request, organization, form, ClosingForm(organization=organization), preview)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def create_closing(request: SignedIn, organization: Organization) -> HttpResponse:
    """Approve a closing text."""
    form = ClosingForm(request.POST, organization=organization)
    if form.is_valid():
        made = _kept(form, lambda text: actions.create_closing(organization, text=text, by=request.user))
        if made is not None:
            _tell(request, True, "Closing text approved. Agents may choose it from now on.")
            return redirect("conversations:texts", organization.pk)
    return _page(request, organization, WordingForm(organization=organization), form)


def _kept[T](form: ClosingForm, save: Callable[[str], T]) -> T | None:
    text = form.cleaned_data["text"]
    return saved(form, text, lambda: save(text), field="text")


def _page(
    request: SignedIn, organization: Organization, form: WordingForm, closing_form: ClosingForm, preview: bool = False
) -> HttpResponse:
    bubbles = _typed(form) if form.is_bound else _stored(organization)
    context = page(request, organization, "texts", form=form, closing_form=closing_form, bubbles=bubbles)
    if preview and wants_part(request):
        return render(request, "conversations/texts.html#bubbles", {**context, "told": True})
    offered, retired = _rows(organization)
    more = {"offered": offered, "retired": retired, "told": not form.is_bound}
    return render(request, "conversations/texts.html", {**context, **more})


def _typed(form: WordingForm) -> list[Bubble]:
    """What the form says, right or wrong."""
    said = {name: clean(str(form[name].value() or ""), lines=True)[:LONGEST] for name in form.fields}
    typed = Wording(organization=form.organization, **said)
    return [_bubble(typed, kind, wording.unchecked(typed, kind), form.errors.get(kind, [])) for kind in TITLES]


def _stored(organization: Organization) -> list[Bubble]:
    """What is sent now, and why it is not theirs, where a name has grown since or a rule has become stricter."""
    kept = wording.of(organization)
    return [_bubble(kept, kind, wording.filled(kept, kind), wording.problems_of(kept, kind)) for kind in TITLES]


def _bubble(written: Wording, kind: Kind, text: str, problems: Iterable[object]) -> Bubble:
    own = bool(wording.own_words(written, kind))
    return Bubble(TITLES[kind], text, measure(text), own, [str(problem) for problem in problems])


def _rows(organization: Organization) -> tuple[list[Row], list[Row]]:
    """The closing texts that agents are offered, and those that are retired."""
    rows = [_row(closing, Values(organization.name)) for closing in organization.closing_texts.all()]
    return [row for row in rows if row.closing.retired is None], [row for row in rows if row.closing.retired]


def _row(closing: ClosingText, values: Values) -> Row:
    text = fill(closing.text, values)
    return Row(closing, text, measure(text), problems(closing.text, kind=Kind.CLOSING, values=values))


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def closing(request: SignedIn, organization: Organization, closing_id: int) -> HttpResponse:
    """Change one closing text."""
    closing = _closing(organization, closing_id)
    form = ClosingForm(request.POST if request.method == "POST" else None, organization=organization, closing=closing)
    if form.is_valid():
        changed = _kept(form, lambda text: actions.change_closing(closing, text=text, by=request.user))
        if changed is not None:
            _tell(request, changed, "Closing text saved.")
            return redirect("conversations:texts", organization.pk)
    context = page(request, organization, "texts", form=form, row=_row(closing, Values(organization.name)))
    return render(request, "conversations/closing.html", context)


def _closing(organization: Organization, closing_id: int) -> ClosingText:
    return get_object_or_404(organization.closing_texts, pk=closing_id)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def retire_closing(request: SignedIn, organization: Organization, closing_id: int) -> HttpResponse:
    """Offer a closing text no more."""
    changed = actions.retire_closing(_closing(organization, closing_id), by=request.user)
    _tell(request, changed, "Closing text retired. Agents are not offered it any more.")
    return redirect("conversations:texts", organization.pk)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def bring_back_closing(request: SignedIn, organization: Organization, closing_id: int) -> HttpResponse:
    """Offer a retired closing text again."""
    changed = actions.bring_back_closing(_closing(organization, closing_id), by=request.user)
    _tell(request, changed, "Closing text is offered again.")
    return redirect("conversations:texts", organization.pk)


def _tell(request: SignedIn, changed: bool, said: str) -> None:
    if changed:
        messages.success(request, said)
    else:
        messages.info(request, "It is so already. Nothing changed.")
