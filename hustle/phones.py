"""The demo's phones: whoever tries the project out holds them, sees what they get, and texts back (``/phones``).

What is texted is posted to the site's own webhook over HTTP, signed, as any provider does
(``contacts.conversations.providers.simulator``).
"""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from contacts.contact_forms import PhoneField
from contacts.conversations.models import Conversation, Message, SendingNumber
from contacts.conversations.providers import simulator

SHOWN = 40
"""Phones in the list, and texts on a phone."""

WORDS = {
    "STOP": "Opted out at once, with one confirmation on this phone. Whatever waited to be sent is cancelled.",
    "START": "Ends the opt-out, whoever made it: their own consent.",
    "leave me alone": "Doubtful: sending pauses, and the text waits for a decision for two business days.",
    "Sure, what time?": "An ordinary reply: makes somebody inactive active again, and ends no opt-out.",
}
"""What to play, and what to watch for."""

SAID = {
    204: "The site took the text in.",
    404: "The site knows no such number: 404. The text is lost.",
    503: "The site could not take it in: 503. A real carrier would keep it in its list for later.",
    None: "The site did not answer. A real carrier would keep the text in its list for later.",
}

State = Message.State


class PhoneForm(forms.Form):
    """A text from a phone that has no thread here, to one of the groups."""

    phone = PhoneField(label="Phone", error_messages={"required": "Enter a phone, such as +1 206-555-0143."})
    number = forms.ModelChoiceField(SendingNumber.objects.none(), label="To the number of", empty_label=None)
    body = forms.CharField(label="Text", max_length=simulator.MOST_CHARACTERS, initial="Who is this?")

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["number"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = numbers().select_related("group")
        field.label_from_instance = lambda obj: f"{obj.group}, {obj.written}"  # type: ignore[method-assign]


def numbers() -> QuerySet[SendingNumber]:
    """The numbers that the simulator carries texts of."""
    return SendingNumber.objects.current().filter(provider=SendingNumber.At.SIMULATOR)


def held() -> QuerySet[Conversation]:
    """The threads whose contact's phone is held here, the newest first."""
    threads = Conversation.objects.filter(group__sending_numbers__in=numbers(), contact__phone__isnull=False)
    return threads.select_related("contact", "group__organization").order_by("-last_message_at", "-pk")


@require_safe
@login_not_required
def phones(request: HttpRequest, conversation_id: int | None = None) -> HttpResponse:
    """The phones, and one of them as its owner sees it."""
    return _answer(request, get_object_or_404(held(), pk=conversation_id) if conversation_id else None)


@require_POST
@login_not_required
def text_back(request: HttpRequest, conversation_id: int) -> HttpResponse:
    """Text from a phone with a thread."""
    thread = get_object_or_404(held(), pk=conversation_id)
    number, body = numbers().get(group=thread.group), request.POST.get("body", "")
    if body.strip():
        _post(request, number.phone, str(thread.contact.phone), body)
    else:
        messages.error(request, "Nothing was texted: write something first.")
    return redirect("phone", thread.pk)


@require_POST
@login_not_required
def text_in(request: HttpRequest) -> HttpResponse:
    """Text from a phone that nobody knows."""
    form = PhoneForm(request.POST)
    if not form.is_valid():
        return _answer(request, None, form)
    told = form.cleaned_data
    _post(request, told["number"].phone, told["phone"], told["body"])
    thread = held().filter(group=told["number"].group, contact__phone=told["phone"]).first()
    return redirect("phone", thread.pk) if thread else redirect("phones")


def _post(request: HttpRequest, number: str, phone: str, body: str) -> None:
    status = simulator.text_in(number, phone, body)
    tell = messages.success if status == 204 else messages.error
    tell(request, SAID.get(status, f"The site answered {status}. The text is lost."))


def _answer(request: HttpRequest, thread: Conversation | None, form: PhoneForm | None = None) -> HttpResponse:
    context = {
        "threads": held()[:SHOWN],
        "thread": thread,
        "texts": _seen(thread) if thread else [],
        "words": [(word, effect, _where(thread)) for word, effect in WORDS.items()] if thread else [],
        "form": form or PhoneForm(),
    }
    return render(request, "hustle/phones.html", context)


def _seen(thread: Conversation) -> list[Message]:
    """What the phone got and wrote; what has not left is not on it."""
    texts = thread.messages.filter(state__in=[State.RECEIVED, State.SENT, State.DELIVERED]).order_by("-time", "-pk")
    return list(reversed(texts[:SHOWN]))


def _where(thread: Conversation | None) -> list[tuple[str, str]]:
    """Pages on which to watch what becomes of it."""
    if thread is None:
        return []
    group = thread.group_id
    return [
        ("Contacts", reverse("contacts:list", args=[group])),
        ("thread", reverse("conversations:thread", args=[group, thread.pk])),
        ("held texts", reverse("conversations:holds", args=[group])),
    ]


urlpatterns = [
    path("phones", phones, name="phones"),
    path("phones/text", text_in, name="phones_text"),
    path("phones/<int:conversation_id>", phones, name="phone"),
    path("phones/<int:conversation_id>/text", text_back, name="phone_text"),
]
