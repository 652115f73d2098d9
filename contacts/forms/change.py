"""Forms of the contacts floor. They validate and nothing else."""

from typing import Any, cast

from django import forms

from contacts.filters import NOBODY, agent_choices
from contacts.models import Change, OptOutReason
from groups.models import Group, User


class SaveForm(forms.Form):
    """What goes with ``Save``: a note, an opt-out reason or an agent, as the action wants."""

    note = forms.CharField(max_length=500, required=False)
    reason = forms.ModelChoiceField(queryset=OptOutReason.objects.none(), required=False)
    agent = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, group: Group, action: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason = cast(forms.ModelChoiceField, self.fields["reason"])
        reason.queryset = group.organization.opt_out_reasons.offered()
        agent = cast(forms.ChoiceField, self.fields["agent"])
        agent.choices = agent_choices(group)
        agent.required = action == Change.Action.ASSIGN

    def clean_agent(self) -> User | None:
        """The agent; None for nobody."""
        chosen = self.cleaned_data["agent"]
        return User.objects.get(pk=int(chosen)) if chosen and chosen != NOBODY else None

    @property
    def first_error(self) -> str:
        """The code under which the bar explains what is wrong."""
        field = next(iter(self.errors))
        if field == "agent":
            return "choose_agent" if self.has_error("agent", "required") else "no_agent"
        return "no_reason" if field == "reason" else "note"


class OneForm(SaveForm):
    """The same for one contact; and what they said, if they asked to be opted out by another channel (R4.5)."""

    said = forms.CharField(max_length=1600, required=False)
