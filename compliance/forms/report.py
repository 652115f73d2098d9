"""The form of a report. It validates and nothing else."""

from django import forms

from compliance.reports.period import LABELS, USUAL
from contacts.forms.listing import StrictForm


class PeriodForm(StrictForm):
    """What a report may be asked for."""

    period = forms.ChoiceField(
        choices=list(LABELS.items()),
        required=False,
        error_messages={"invalid_choice": f"Periods are: {', '.join(LABELS)}."},
    )

    @property
    def key(self) -> str:
        """The period that is asked for, or the usual one."""
        return self.cleaned_data["period"] or USUAL
