"""Forms of an organization's wordings. They validate and nothing else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contacts.conversations.models import ClosingText
from contacts.conversations.wording import Kind, Values, of, problems
from contacts.conversations.wording.contact import NoContact, read_contact
from contacts.text import clean
from groups.forms import Data, RowForm
from groups.models import Organization


class _TextField(forms.CharField):
    """A text as it is kept: nothing invisible, no spaces around it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}), **kwargs)

    def clean(self, value: Any) -> str:
        return clean(super().clean(value), lines=True)


class WordingForm(RowForm):
    """The two texts that are sent by themselves, and where people reach a person."""

    confirmation = _TextField(
        required=False,
        help_text="Sent once, to whoever opts out by text. {organization} stands for the name. "
        "While it is empty, ours is sent.",
    )
    help = _TextField(
        label="Help reply",
        required=False,
        help_text="Sent to whoever texts HELP. {contact} stands for the address below. "
        "While it is empty, ours is sent.",
    )
    contact = forms.CharField(
        label="Reach a person",
        required=False,
        max_length=200,
        help_text="One e-mail address, phone or web address, for the help reply.",
    )

    def __init__(self, data: Data = None, *, organization: Organization) -> None:
        super().__init__(data, of(organization))
        self.organization = organization
        self.fields["contact"].widget.attrs["autocomplete"] = "off"

    def clean_confirmation(self) -> str:
        return self._checked("confirmation", Kind.CONFIRMATION, Values(self.organization.name))

    def clean_contact(self) -> str:
        try:
            return read_contact(self.cleaned_data["contact"], self.organization.country)
        except NoContact as problem:
            raise ValidationError(str(problem))

    def clean(self) -> dict[str, Any]:
        """The help reply last: what it has to hold depends on the address."""
        if {"help", "contact"} <= self.cleaned_data.keys():
            values = Values(self.organization.name, self.cleaned_data["contact"])
            try:
                self._checked("help", Kind.HELP, values)
            except ValidationError as found:
                self.add_error("help", found)
        return self.cleaned_data

    def _checked(self, name: str, kind: Kind, values: Values) -> str:
        text: str = self.cleaned_data[name]
        if text and (found := problems(text, kind=kind, values=values)):
            raise ValidationError(found)
        return text


class ClosingForm(forms.Form):
    """A closing text, which no other of the organization says in the same words."""

    text = _TextField(
        label="Closing text",
        help_text="Says that texts stop and nothing else. {organization} stands for the name.",
        error_messages={"required": "Write what it says."},
    )

    def __init__(self, data: Data = None, *, organization: Organization, closing: ClosingText | None = None) -> None:
        super().__init__(data, initial={"text": closing.text} if closing else None)
        self.organization, self.closing = organization, closing

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if found := problems(text, kind=Kind.CLOSING, values=Values(self.organization.name)):
            raise ValidationError(found)
        others = self.organization.closing_texts.exclude(pk=self.closing.pk if self.closing else 0)
        if others.filter(text=text).exists():
            raise ValidationError(self.taken(text))
        return text

    def taken(self, text: str) -> str:
        """What is wrong with words that another closing text has."""
        return f"{self.organization} has a closing text of these words already, perhaps a retired one."
