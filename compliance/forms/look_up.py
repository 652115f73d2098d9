"""The form of a look-up. It validates and nothing else."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from contacts.phone import InvalidPhone, readings
from groups import countries
from groups.models import Account, Organization


class NumberForm(forms.Form):
    """The number, in any spelling that one of the organizations would read."""

    phone = forms.CharField(
        label="Phone",
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text="It is not kept: the audit log holds who looked numbers up, when and how many.",
    )

    def __init__(self, data: QueryDict | None, *, scope: Account | Organization) -> None:
        super().__init__(data)
        self.scope = scope

    def clean_phone(self) -> list[str]:
        """What the text may mean, E.164."""
        try:
            return sorted(readings(self.cleaned_data["phone"], countries.of(self._countries())))
        except InvalidPhone as problem:
            raise forms.ValidationError(str(problem), code="invalid_phone") from problem

    def _countries(self) -> Iterable[str]:
        if isinstance(self.scope, Organization):
            return [self.scope.country]
        return self.scope.organizations.values_list("country", flat=True)
