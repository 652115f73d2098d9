"""Forms of held texts. They validate and nothing else."""

from django import forms

from contacts.actions.hold import DECISIONS
from contacts.forms.listing import PageForm


class HoldsForm(PageForm):
    """Which holds are listed: those that wait, or those that were decided lately."""

    field_order = ("show", "page")
    show = forms.ChoiceField(
        choices=[("decided", "Decided")], required=False, error_messages={"invalid_choice": "Use: decided, or none."}
    )


class DecisionForm(forms.Form):
    """One of what a person can decide."""

    decision = forms.ChoiceField(choices=[(one.value, one.label) for one in DECISIONS])
