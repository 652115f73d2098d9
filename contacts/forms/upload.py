"""Forms of the upload: the file, and the target of each of its columns."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contacts.models import Upload
from contacts.upload import columns
from contacts.upload.columns import Target
from contacts.upload.limits import MOST_BYTES, MOST_ROWS

TARGETS = [
    *((target, target.label) for target in Target if target not in columns.MANY),
    (Target.STATUS, "Texting status"),
    (Target.CUSTOM, "Custom field"),
    (Target.IGNORE, "Leave out"),
]


class FileForm(forms.Form):
    """The contact file."""

    file = forms.FileField(
        label="Contact file",
        help_text=f"CSV or Excel (.xlsx), up to {MOST_ROWS:,} rows. Only a phone column is required.",
        allow_empty_file=True,
        error_messages={"required": "Choose a file first."},
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it and upload the parts.")
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
