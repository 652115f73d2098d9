"""The page of phones. No phone stands in an address: it is posted, or named by a conversation or text of its own."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.conversations.models import InboundText, SendingNumber
from contacts.conversations.providers import simulator
from contacts.forms.contact import PhoneField
from contacts.phone import written
from hustle.demo.clock import ZONE
from hustle.phones import seen
from hustle.phones.play import BEHAVES, plays
from hustle.phones.seen import Held

SALT = "hustle.phones"
LIVES = 24 * 3600
"""Seconds for which a page that was left open can still text."""

TAKEN = 204
LOST = "The text is lost here"
IN_ITS_LIST = f"{LOST}; a real carrier would keep it in its list, from which it is taken in later."
SAID: dict[int | None, str] = {
    TAKEN: "The webhook answered 204: the text was taken in.",
    403: f"The webhook answered 403: it doesn't believe the signature. {LOST}.",
    404: f"The webhook answered 404: no group has this number any more. {LOST}.",
    503: f"The webhook answered 503: it could not take the text in now. {IN_ITS_LIST}",
    None: f"The site didn't answer. {IN_ITS_LIST}",
}
STALE = "Nothing was texted: this page is too old, or the number is gone. Pick the phone up again."


class PhoneForm(forms.Form):
    """Any phone, and the group whose number it texts."""

    phone = PhoneField(label="Phone", error_messages={"required": "Enter a phone, such as +1 206-555-0143."})
    number = forms.ModelChoiceField(
        SendingNumber.objects.none(),
        label="Texts with",
        empty_label=None,
        error_messages={"required": "Choose a group.", "invalid_choice": "This group has no such number any more."},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = seen.numbers()
        field.label_from_instance = _label  # type: ignore[assignment]


def _label(number: SendingNumber) -> str:
    return f"{number.group}, {number.written}"


def of_the_demo[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Without signing in, as one reads the outbox; times are those of the demo's people."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        with timezone.override(ZONE):
            return view(*args, **kwargs)

    return login_not_required(wrapper)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_demo
def phones(request: HttpRequest) -> HttpResponse:
    """The phones; POST picks one up, whether somebody knows it or not."""
    if request.method != "POST":
        return _answer(request, None)
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _answer(request, None, form=form)
    held = seen.of(form.cleaned_data["phone"], form.cleaned_data["number"])
    return redirect("phone", held.thread.pk) if held.thread else _answer(request, held)


@require_safe
@of_the_demo
def phone(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """A phone as its owner sees it, with a conversation of theirs."""
    return _answer(request, seen.of_thread(get_object_or_404(seen.threads(), pk=conversation_id)))


@require_safe
@of_the_demo
def stranger(request: HttpRequest, text_id: int) -> HttpResponse:
    """The phone that a text came from, until there is a conversation with it."""
    held = seen.of_text(get_object_or_404(InboundText.objects.select_related("number"), pk=text_id))
    if held is None:
        raise Http404
    if held.thread and not request.htmx:  # type: ignore[attr-defined]
        return redirect("phone", held.thread.pk)
    return _answer(request, held)


@require_POST
@of_the_demo
def text(request: HttpRequest) -> HttpResponse:
    """Text from the phone that is held to our webhook, and tell what it answered."""
    held = _held(request.POST.get("held", ""))
    if held is None:
        messages.error(
            request, "Nothing was texted: this page is too old, or the number is gone. Pick the phone up again."
        )
        return redirect("phones")
    body = request.POST.get("body", "")
    if not body.strip():
        return _answer(request, held, wrong="Nothing was texted: write something first.")
    status = simulator.text_in(held.number.phone, held.phone, body)
    if status != TAKEN:
        wrong = SAID.get(status, f"The webhook answered {status}. {LOST}.")
        return _answer(request, held, wrong=wrong, body=body)
    messages.success(request, SAID[TAKEN])
    return redirect(_address(held))


def _held(signed: str) -> Held | None:
    try:
        phone, number_id = signing.loads(signed, salt=SALT, max_age=LIVES)
    except signing.BadSignature:
        return None
    number = seen.numbers().filter(pk=number_id).first()
    return seen.of(phone, number) if number else None


def _address(held: Held) -> str:
    if held.thread:
        return reverse("phone", args=[held.thread.pk])
    last = seen.last_text(held)
    return reverse("phone_of_text", args=[last.pk]) if last else reverse("phones")


def _answer(request: HttpRequest, held: Held | None, *, form: PhoneForm | None = None, **more: str) -> HttpResponse:
    """The page; to htmx, which asks again and again, what may have changed on it, or 204."""
    lines = seen.lines(held)
    texts = seen.texts(held) if held else []
    standing = seen.standing(held) if held else []
    mark = sha256(repr([lines, texts, standing]).encode()).hexdigest()[:16]
    asks: bool = request.htmx  # type: ignore[attr-defined]
    if asks and request.GET.get("mark") == mark:
        return HttpResponse(status=204)
    context = {
        "held": held,
        "signed": signing.dumps([held.phone, held.number.pk], salt=SALT) if held else "",
        "follow": f"{_address(held) if held else reverse('phones')}?mark={mark}",
        "lines": lines,
        "texts": texts,
        "statuses": standing,
        "plays": plays(held) if held else [],
        "behaves": [(written(phone), what) for phone, what in BEHAVES.items()],
        "form": form or PhoneForm(),
        "most": simulator.MOST_CHARACTERS,
        "phones": seen.PHONES,
        **more,
    }
    return render(request, "hustle/phones.html#follow" if asks else "hustle/phones.html", context)


urlpatterns = [
    path("phones/", phones, name="phones"),
    path("phones/text/", text, name="phone_text"),
    path("phones/<int:conversation_id>/", phone, name="phone"),
    path("phones/texts/<int:text_id>/", stranger, name="phone_of_text"),
]
