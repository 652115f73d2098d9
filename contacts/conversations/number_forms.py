"""The form that gives a group its number."""

from typing import Any, cast

from django import forms

from contacts.contact_forms import PhoneField
from contacts.conversations import providers
from contacts.conversations.models import SendingNumber
from groups.models import Group


class NumberForm(forms.Form):
    """A number, who carries its texts, and who answers STOP and HELP (R8.6)."""

    phone = PhoneField(
        label="Number",
        help_text="As your provider lists it, such as +1 202-555-0143.",
        error_messages={"required": "Enter the number that this group texts from."},
    )
    provider = forms.ChoiceField(help_text="Who carries its texts. It has to be set up on this server first.")
    answers_stop = forms.ChoiceField(
        label="Who answers STOP and HELP",
        choices=SendingNumber.Answers.choices,
        widget=forms.RadioSelect,
        initial=SendingNumber.Answers.PROVIDER,
        help_text="Twilio answers by itself unless told otherwise. Two answers to one STOP are one too many.",
    )

    def __init__(self, data: Any = None, *, group: Group, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        cast(PhoneField, self.fields["phone"]).region = group.organization.country
        cast(forms.ChoiceField, self.fields["provider"]).choices = providers.offered()
