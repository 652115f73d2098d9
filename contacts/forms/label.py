"""Forms of an organization's labels: tags and opt-out reasons."""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django import forms
from django.core.exceptions import ValidationError

from contacts.models import OptOutReason, Tag
from contacts.text import clean
from groups.models import Organization

PARTS_TAGS = ",;|"


class _NameField(forms.CharField):
    def __init__(self, label: str, longest: int) -> None:
        errors = {
            "required": "Enter a name.",
            "max_length": "A name has %(limit_value)d characters at most; this one has %(show_value)d.",
        }
        super().__init__(label=label, max_length=longest, error_messages=errors)
        self.widget.attrs["autocomplete"] = "off"


class _TagField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Tag) -> str:
        return f"{obj.name} (retired)" if obj.retired else obj.name


class LabelForm(forms.Form):
    """A label's ``name``, which no other of the same kind in the organization has, retired ones included."""

    model: ClassVar[type[Tag] | type[OptOutReason]]

    def __init__(
        self, data: Mapping[str, Any] | None, *, organization: Organization, label: Tag | OptOutReason | None = None
    ) -> None:
        super().__init__(data, initial=self.values_of(label) if label else None)
        self.organization, self.label = organization, label

    def values_of(self, label: Any) -> dict[str, object]:
        """What a form that changes ``label`` starts with."""
        return {"name": label.name}

    def clean_name(self) -> str:
        name = clean(self.cleaned_data["name"])
        if not name:
            raise ValidationError("Nothing in this name can be seen. Enter another.")
        if name.casefold() in (other.casefold() for other in self._others()):
            raise ValidationError(self.taken(name))
        return name

    def taken(self, name: str) -> str:
        """What is wrong with a name that another label has."""
        return f"{self.organization} has “{name}” already, perhaps in other capitals or retired. Choose another name."

    def _others(self) -> list[str]:
        labels = self.model._default_manager.filter(organization=self.organization)
        return list(labels.exclude(pk=self.label.pk if self.label else 0).values_list("name", flat=True))


class TagForm(LabelForm):
    """A tag, and who may set it."""

    model = Tag
    name = _NameField("Tag", 40)
    agents_may_set = forms.BooleanField(
        label="Agents may set it too", required=False, initial=True, help_text="Otherwise only admins may set it."
    )

    def values_of(self, label: Tag) -> dict[str, object]:
        return {"name": label.name, "agents_may_set": label.agents_may_set}

    def clean_name(self) -> str:
        name = super().clean_name()
        if any(mark in name for mark in PARTS_TAGS):
            raise ValidationError(
                "Leave out commas, semicolons and |: uploaded files part one tag from the next by them."
            )
        return name


class ReasonForm(LabelForm):
    """An opt-out reason, and the tag that it puts on: one that is offered, or the one that it has."""

    model = OptOutReason
    name = _NameField("Reason", 60)
    tag = _TagField(
        label="Adds tag",
        queryset=Tag.objects.none(),
        required=False,
        empty_label="No tag",
        help_text="Put on a contact when they are opted out with this reason.",
        error_messages={"invalid_choice": "Choose a tag from the list."},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, organization: Organization, label: OptOutReason | None = None
    ) -> None:
        super().__init__(data, organization=organization, label=label)
        offered = organization.tags.offered()
        own = organization.tags.filter(pk=label.tag_id) if label and label.tag_id else offered
        cast("forms.ModelChoiceField", self.fields["tag"]).queryset = (offered | own).order_by("name")

    def values_of(self, label: OptOutReason) -> dict[str, object]:
        return {"name": label.name, "tag": label.tag_id}
