"""Forms of conversations. They validate and nothing else."""

from typing import Any, cast

from django import forms

from contacts.conversations.wording import Closing, Values, closings, fill
from contacts.filters import STATUSES
from contacts.forms.listing import ListForm
from contacts.models import OptOutReason
from contacts.text import visible
from groups.keys import LARGEST, keys_of
from groups.models import Organization

STALE = "Nothing was sent: this page is out of date. Send the text again."


class ThreadsForm(ListForm):
    """Which threads an agent's list shows, and before which text a thread is read."""

    field_order: tuple[str, ...] = ("q", "page", "before")
    before = forms.IntegerField(min_value=1, max_value=LARGEST, required=False)

    @property
    def before_asked(self) -> int | None:
        """The text before which the thread is read; none, if that can't be read."""
        self.is_valid()
        found: int | None = self.cleaned_data.get("before")
        return found


class ReviewForm(ThreadsForm):
    """Which of an agent's conversations are listed."""

    field_order = ("q", "status", "page", "before")
    status = forms.ChoiceField(
        choices=list(STATUSES.items()),
        required=False,
        error_messages={"invalid_choice": f"Use one of: {', '.join(STATUSES.values())}."},
    )


MOST_CHARACTERS = 1600
"""Of a text: ten segments, which is what carriers take."""


class _TextField(forms.CharField):
    """What is typed into a box of several lines; a line break is one character, as it is sent."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class TextForm(forms.Form):
    """A text that an agent writes; ``key`` is of this form alone, so that it is sent once."""

    body = _TextField(
        error_messages={
            "required": "Nothing was sent: write a text first.",
            "null_characters_not_allowed": "Nothing was sent: this text holds a character that can't be sent (NUL).",
        },
    )
    key = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})

    def clean_body(self) -> str:
        """Something that can be seen, and no longer than carriers take."""
        body: str = self.cleaned_data["body"]
        if len(body) > MOST_CHARACTERS:
            most, many = f"{MOST_CHARACTERS:,}", f"{len(body):,}"
            raise forms.ValidationError(f"Nothing was sent: a text has at most {most} characters, this one {many}.")
        if not visible(body).strip():
            raise forms.ValidationError("Nothing was sent: there is nothing to be seen in this text.")
        return body

    @property
    def problem(self) -> str:
        """The first thing that is wrong, once it is bound; "" if nothing is."""
        return next((str(errors[0]) for errors in self.errors.values()), "")


class ReasonForm(forms.Form):
    """The reason of an opt-out, which is optional."""

    reason = forms.ModelChoiceField(
        queryset=OptOutReason.objects.none(),
        required=False,
        error_messages={"invalid_choice": "This reason is not offered any more. Choose another."},
    )

    def __init__(self, data: Any, *, organization: Organization) -> None:
        super().__init__(data)
        field = cast(forms.ModelChoiceField, self.fields["reason"])
        field.queryset = organization.opt_out_reasons.offered().select_related("tag")


class ConfirmForm(ReasonForm):
    """The opt-out with its reason, and the closing text that follows it, if one is to (R4.3)."""

    closing = forms.CharField(required=False)

    def __init__(self, data: Any, *, organization: Organization) -> None:
        super().__init__(data, organization=organization)
        self.organization, self.offered = organization, closings(organization)

    def clean_closing(self) -> Closing | None:
        """The one that was chosen; none by default."""
        key: str = self.cleaned_data["closing"]
        chosen = next((one for one in self.offered if str(one.id) == key), None)
        if key and chosen is None:
            raise forms.ValidationError(
                f"Nobody was opted out: {self._called(key)} is not offered any more. Choose another one, or none."
            )
        return chosen

    def _called(self, key: str) -> str:
        """A closing text that may be retired, by its words."""
        known = self.organization.closing_texts.filter(pk__among=keys_of([key]) or [])
        words = known.values_list("text", flat=True).first()
        return f"“{fill(words, Values(self.organization.name))}”" if words else "this text"
