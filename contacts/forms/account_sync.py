"""The form of account sync. It validates and nothing else."""

from django import forms

DO = ("on", "on_and_apply", "apply", "off")


class DoForm(forms.Form):
    """What is to be done: which button was pressed."""

    do = forms.ChoiceField(choices=[(one, one) for one in DO])
