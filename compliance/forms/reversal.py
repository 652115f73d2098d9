"""Forms of requests for reversal: file one, find one, decide one (R4.8)."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from compliance.models import ReversalRequest
from compliance.reversals import told
from contacts.phone import InvalidPhone, readings
from groups.models import Account, AuditEntry, Organization

type Data = Mapping[str, Any] | None


class WordsField(forms.CharField):
    """Some lines of text that have to be there."""

    def __init__(self, required: str, **kwargs: Any) -> None:
        errors = {"required": required, "max_length": "Use 2,000 characters at most."}
        widget = forms.Textarea(attrs={"rows": 4})
        super().__init__(max_length=2000, widget=widget, error_messages=errors, **kwargs)


def _evidence() -> WordsField:
    return WordsField(
        "Say how you know that the opt-out is to end.",
        label="Evidence",
        help_text="How you know, such as their own words and the day. Customer Support decides by it.",
    )


class OrganizationField(forms.ModelChoiceField):
    """One of the organizations that are given later; named with its account where they are of several."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": "Choose an organization.", "invalid_choice": "Choose an organization from the list."}
        super().__init__(queryset=Organization.objects.none(), error_messages=errors, **kwargs)
        self.with_account = False

    def label_from_instance(self, organization: Organization) -> str:
        return f"{organization} · {organization.account}" if self.with_account else str(organization)


class PhoneInOrganizationForm(forms.Form):
    """A phone and an organization, by whose country the phone is read."""

    phone = forms.CharField(
        max_length=60,
        error_messages={"required": "Enter the phone.", "max_length": "Too long for a phone."},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    organization = OrganizationField()

    def __init__(self, data: Data, *, organizations: QuerySet[Organization]) -> None:
        super().__init__(data)
        cast(OrganizationField, self.fields["organization"]).queryset = organizations

    def clean(self) -> dict[str, Any]:
        organization, text = self.cleaned_data.get("organization"), self.cleaned_data.get("phone")
        if organization and text:
            try:
                (self.cleaned_data["phone"],) = readings(text, [organization.country])
            except InvalidPhone as problem:
                self.add_error("phone", ValidationError(str(problem)))
        return self.cleaned_data


class FindForm(PhoneInOrganizationForm):
    """Find a request by phone and organization; only organizations that requests are about are named (R2.4)."""

    def __init__(self, data: Data = None) -> None:
        asked_about = ReversalRequest.objects.values("organization")
        super().__init__(data, organizations=Organization.objects.filter(pk__in=asked_about).select_related("account"))
        cast(OrganizationField, self.fields["organization"]).with_account = True


class FileForm(PhoneInOrganizationForm):
    """A request about one phone."""

    evidence = _evidence()

    def __init__(self, data: Data, *, account: Account) -> None:
        super().__init__(data, organizations=account.organizations.all())


class FileBulkForm(forms.Form):
    """A request about one of these bulk opt-outs."""

    opened_by = forms.ChoiceField(
        label="Bulk opt-out",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a bulk opt-out.", "invalid_choice": "Choose a bulk opt-out of the list."},
    )
    evidence = _evidence()

    def __init__(self, data: Data, *, entries: Sequence[AuditEntry]) -> None:
        super().__init__(data)
        self.entries = {str(entry.pk): entry for entry in entries}
        field = cast(forms.ChoiceField, self.fields["opened_by"])
        field.choices = [(key, told(entry)) for key, entry in self.entries.items()]

    def clean_opened_by(self) -> AuditEntry:
        return self.entries[self.cleaned_data["opened_by"]]


class DecisionForm(forms.Form):
    """Approve or decline, with the reason; which of the two is said by the button."""

    decision = forms.ChoiceField(
        choices=[("approve", "Approve"), ("decline", "Decline")],
        error_messages={
            "required": "Choose Approve or Decline.",
            "invalid_choice": "Choose Approve or Decline.",
        },
    )
    answer = WordsField("Say why: the account admin reads it.", label="Reason", help_text="The account admin reads it.")
