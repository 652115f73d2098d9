"""Forms of an organization's opt-outs: which are listed, and a list of them. They validate and nothing else."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contacts.forms.listing import ListForm
from contacts.upload.limits import MOST_BYTES

SHOW = {"open": "Open", "ended": "Ended"}
NOTHING = "Paste numbers or choose a file first."


class OptOutsForm(ListForm):
    """Which episodes are listed."""

    field_order = ("q", "show", "page")
    show = forms.ChoiceField(
        choices=list(SHOW.items()),
        required=False,
        error_messages={"invalid_choice": f"Use one of: {', '.join(SHOW.values())}."},
    )


class OptOutListForm(forms.Form):
    """Numbers in a text, or a file of them: one of the two has to be given."""

    use_required_attribute = False
    numbers = forms.CharField(
        label="Numbers",
        strip=False,
        error_messages={"required": NOTHING},
        help_text="One a line; a date may stand after it, such as 206-555-0100 2026-03-31.",
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or a file",
        allow_empty_file=True,
        help_text="CSV or Excel (.xlsx) with a phone column and, if there is one, a date column.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if files is not None:
            self.fields["file"].required = False
            self.fields["numbers"].required = "file" not in files

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it and upload the parts.")
        return file

    def clean(self) -> dict[str, Any]:
        given = [bool(self.cleaned_data.get("numbers", "").strip()), bool(self.cleaned_data.get("file"))]
        if not self.errors and not any(given):
            raise ValidationError({"numbers": NOTHING})
        if all(given):
            raise ValidationError("Paste numbers or choose a file, not both at once.")
        return self.cleaned_data
