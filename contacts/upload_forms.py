"""Forms of the upload: the file, and the target of each of its columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contacts.models import Upload
from contacts.upload import columns
from contacts.upload.limits import MOST_BYTES

TARGETS = (
    ("phone", "Phone"),
    ("first_name", "First name"),
    ("last_name", "Last name"),
    ("name", "Whole name"),
    ("email", "Email"),
    ("postal_code", "Postal code"),
    ("tags", "Tags"),
    ("notes", "Notes"),
    ("external_id", "External id"),
    ("status", "Texting status"),
    ("custom", "A field of its own"),
    ("ignore", "Leave out"),
)


class FileForm(forms.Form):
    """The contact file."""

    file = forms.FileField(
        label="Contact file",
        help_text="CSV or Excel (.xlsx), up to 10,000 rows. Only a phone column is required.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file first."},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"This file has more than {MOST_BYTES // 2**20} MB. Split it, then upload the parts.")
        return file


class MappingForm(forms.Form):
    """Where each column goes: ``column-0`` … in the file's order."""

    def __init__(self, data: Mapping[str, Any] | None, *, upload: Upload) -> None:
        super().__init__(data)
        self.headers: Sequence[str] = upload.headers
        for number, (header, target) in enumerate(zip(upload.headers, upload.mapping, strict=True)):
            self.fields[f"column-{number}"] = forms.ChoiceField(label=header, choices=TARGETS, initial=target)

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for problem in columns.check(self.mapping, self.headers):
                self.add_error(None, problem)
        return self.cleaned_data

    @property
    def mapping(self) -> list[str]:
        """The chosen targets, in the file's order."""
        return [self.cleaned_data[f"column-{number}"] for number in range(len(self.headers))]
