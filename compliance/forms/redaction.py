"""Forms of a redaction. They validate and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from compliance.actions.redact import MOST
from contacts.forms.listing import PageForm
from contacts.phone import InvalidPhone, readings
from contacts.text import visible
from groups import countries
from groups.models import Account

SENTENCE = "I understand this cannot be undone"


class ReceiptsForm(PageForm):
    """Which page of the receipts is shown, under a field for one phone or for several."""

    several = forms.CharField(required=False)


class PhonesForm(forms.Form):
    """The phones of the leads, in any spelling; several on lines of their own or with commas between them."""

    phones = forms.CharField(
        label="Phone number of the lead",
        max_length=5000,
        help_text="Any spelling. Next you see what goes and what stays; nothing is erased yet.",
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        error_messages={"required": "Enter the number of the lead."},
    )

    def __init__(self, data: Any = None, *, account: Account, several: bool = False) -> None:
        super().__init__(data)
        self.several = several
        self.countries = countries.of(account.organizations.values_list("country", flat=True))
        if several:
            field = self.fields["phones"]
            field.widget = forms.Textarea(attrs={"rows": 8, "autocomplete": "off"})
            field.label, field.help_text = "Phone numbers of the leads", f"One a line, {MOST} at most, in any spelling."

    def clean_phones(self) -> list[str]:
        """The phones in E.164, each once, in their order."""
        found = list(dict.fromkeys(self._read()))
        if len(found) > MOST:
            raise ValidationError(f"{len(found)} numbers are too many: {MOST} at most go in one redaction.")
        return found

    def _read(self) -> Iterator[str]:
        entries = [entry.strip() for entry in re.split(r"[\n,;\t]", visible(self.cleaned_data["phones"]))]
        for number, entry in enumerate(filter(None, entries), start=1):
            try:
                yield _only(readings(entry, self.countries))
            except InvalidPhone as problem:
                where = f"Number {number}: " if len(entries) > 1 else ""
                raise ValidationError(f"{where}{problem}") from problem


def _only(phones: set[str]) -> str:
    if len(phones) > 1:
        raise InvalidPhone("Could be a number of more than one country: write it with + and the country code.")
    return phones.pop()


class SentenceForm(forms.Form):
    """The typed sentence, compared exactly but for outer spaces, and whether to opt the numbers out as well (R5.2)."""

    sentence = forms.CharField(
        strip=True,
        required=False,
        max_length=200,
        help_text="Exactly as written. Pasting is allowed.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}),
    )
    also_opt_out = forms.BooleanField(required=False, label="Also opt this number out")

    def clean_sentence(self) -> str:
        """Nothing but the sentence."""
        if self.cleaned_data["sentence"] != SENTENCE:
            raise ValidationError("That is not the sentence. Nothing was erased.")
        return SENTENCE
