"""Forms of conversations. They validate and nothing else."""

from typing import Any, cast

from django import forms

from contacts.filters import STATUSES
from contacts.models import OptOutReason
from contacts.phone import visible
from contacts.views.listing import ListForm
from groups.models import Organization

LARGEST = (1 << 63) - 1
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


class TextForm(forms.Form):
    """A text that an agent writes; ``key`` is of this form alone, so that it is sent once."""

    body = forms.CharField(
        max_length=MOST_CHARACTERS,
        error_messages={
            "required": "Nothing was sent: write a text first.",
            "max_length": "Nothing was sent: a text has at most %(limit_value)d characters, this one %(show_value)d.",
        },
    )
    key = forms.UUIDField(error_messages={"required": STALE, "invalid": STALE})

    def clean_body(self) -> str:
        """Something that can be seen."""
        body: str = self.cleaned_data["body"]
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
        field.queryset = organization.opt_out_reasons.filter(retired=None).select_related("tag")
