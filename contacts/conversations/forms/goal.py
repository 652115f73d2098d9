"""The forms of goals. They validate and nothing else."""

from typing import cast

from django import forms
from django.core.exceptions import ValidationError

from contacts.conversations import script as scripts
from contacts.conversations.models import Goal, Recipient
from contacts.conversations.models.goal import LONGEST_SCRIPT
from contacts.models import Contact, Tag
from contacts.text import clean
from groups.forms import Data, NameField, RowForm
from groups.models import Group

PLACEHOLDERS = ", ".join(f"{{{name}}}" for name in scripts.KNOWN)


class GoalForm(RowForm):
    """A draft: name, first text, and whom it reaches; ``goal`` is None for a new one."""

    name = NameField("Enter a name for the goal.")
    script = forms.CharField(
        label="First text",
        max_length=LONGEST_SCRIPT,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        help_text=f"Agents send it one by one. {PLACEHOLDERS} are filled in. It has to say who texts; "
        f"“{scripts.HOW_TO_STOP}” is added unless it is there.",
        error_messages={"required": "Write the first text."},
    )
    tag = forms.ModelChoiceField(
        label="Only with the tag",
        queryset=Tag.objects.none(),
        required=False,
        empty_label="Everybody in the group",
        error_messages={"invalid_choice": "This tag is not offered any more. Choose another."},
    )
    texted_in = forms.BooleanField(
        label="Include contacts that came by texting in",
        required=False,
        help_text="They wrote first; nobody brought them with a list.",
    )

    def __init__(self, data: Data = None, *, group: Group, goal: Goal | None = None) -> None:
        super().__init__(data, goal)
        self.group = group
        field = cast(forms.ModelChoiceField, self.fields["tag"])
        field.queryset = group.organization.tags.offered()

    def clean_script(self) -> str:
        """As it is kept: nothing invisible; only placeholders that there are, and who texts."""
        script = clean(self.cleaned_data["script"], lines=True)
        if found := scripts.problems(script, self.group.organization.name):
            raise ValidationError(found)
        return script


class NotesForm(forms.Form):
    """What an agent notes about a contact: the tags that agents may set, and what came of the last goal (R1, R7.2)."""

    tags = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "A tag is not offered any more. Choose again."},
    )
    result = forms.ChoiceField(
        choices=Recipient.Result.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose one of the results."},
    )

    def __init__(self, data: Data, *, contact: Contact, recipient: Recipient | None) -> None:
        self.offered = list(contact.organization.tags.filter(retired=None, agents_may_set=True))
        worn = set(contact.contact_tags.values_list("tag", flat=True))
        tags = [str(tag.pk) for tag in self.offered if tag.pk in worn]
        super().__init__(data, initial={"tags": tags, "result": recipient.result if recipient else ""})
        field = cast(forms.MultipleChoiceField, self.fields["tags"])
        field.choices = [(str(tag.pk), tag.name) for tag in self.offered]
        if recipient is None:
            del self.fields["result"]
        else:
            self.fields["result"].label = f"Result of {recipient.goal}"
        if not self.offered:
            del self.fields["tags"]
