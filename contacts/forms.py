"""Forms of the contacts floor. They validate and nothing else."""

from typing import Any, cast

from django import forms

from contacts.filters import agents
from contacts.models import OptOutReason
from groups.models import Group, User


class SaveForm(forms.Form):
    """What goes with ``Save``: a note, an opt-out reason or an agent, as the action wants."""

    note = forms.CharField(max_length=500, required=False)
    reason = forms.ModelChoiceField(queryset=OptOutReason.objects.none(), required=False)
    agent = forms.ModelChoiceField(queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reason, agent = (
            cast(forms.ModelChoiceField, self.fields["reason"]),
            cast(forms.ModelChoiceField, self.fields["agent"]),
        )
        reason.queryset = group.organization.opt_out_reasons.filter(retired=None)
        agent.queryset = agents(group)

    @property
    def first_error(self) -> str:
        """The code under which the bar explains what is wrong."""
        return {"reason": "no_reason", "agent": "no_agent"}.get(next(iter(self.errors)), "note")
