"""The form that gives a group its number."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError

from contacts.conversations import providers
from contacts.conversations.models import SendingNumber
from contacts.forms.contact import PhoneField
from contacts.phone import carries_texts
from groups.models import Group


class NumberForm(forms.Form):
    """A number, who carries its texts, and who answers STOP and HELP (R8.6)."""

    phone = PhoneField(
        label="Number",
        help_text="As the provider lists it, such as +1 202-555-0143.",
        error_messages={"required": "Enter the number that this group texts from."},
    )
    provider = forms.ChoiceField(
        help_text="Who carries its texts.",
        error_messages={
            "required": "Choose who carries its texts.",
            "invalid_choice": "This provider is not set up on this server. Choose another.",
        },
    )
    answers_stop = forms.ChoiceField(
        label="Who answers STOP and HELP",
        choices=SendingNumber.Answers.choices,
        widget=forms.RadioSelect,
        help_text="Twilio does by itself, unless it was told not to there. The simulator leaves it to us.",
        error_messages={
            "required": "Choose who answers: two answers to one STOP are one too many.",
            "invalid_choice": "Choose the provider, or us.",
        },
    )

    def __init__(self, data: Any = None, *, group: Group, current: SendingNumber | None) -> None:
        super().__init__(data, initial=_shown(current))
        cast(PhoneField, self.fields["phone"]).country = group.organization.country
        cast(forms.ChoiceField, self.fields["provider"]).choices = providers.offered()

    def clean_phone(self) -> str:
        """A number from which texts can leave."""
        phone: str = self.cleaned_data["phone"]
        if not carries_texts(phone):
            raise ValidationError("A landline or a premium number carries no texts. Enter one that does.")
        return phone


def _shown(current: SendingNumber | None) -> dict[str, str]:
    """What the form offers: the number as it is; for a first one the provider that is set up, and who answers there."""
    if current:
        return {"phone": current.written, "provider": current.provider, "answers_stop": current.answers_stop}
    offered = [name for name, _ in providers.offered()]
    by_us = offered[:1] == [SendingNumber.At.SIMULATOR]
    answers = SendingNumber.Answers.US if by_us else SendingNumber.Answers.PROVIDER
    return {"provider": next(iter(offered), ""), "answers_stop": answers}
