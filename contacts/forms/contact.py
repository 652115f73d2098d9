"""Forms of one contact: add, edit, change number."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from contacts import timeline
from contacts.forms.listing import StrictForm
from contacts.models import Contact, Tag
from contacts.person import PROFILE, Person
from contacts.phone import InvalidPhone, normalise
from groups.keys import key_of, keys_of
from groups.models import Group, Organization

_CUSTOM = "custom:"


class PhoneField(forms.CharField):
    """A phone in any spelling of a country; cleans to E.164, or says what is wrong with it."""

    widget = forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.country = "US"

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return normalise(text, self.country)
        except InvalidPhone as problem:
            raise ValidationError(str(problem), code="invalid_phone") from problem


class TagsField(forms.ModelMultipleChoiceField):
    """Some of an organization's tags; a key that no database holds is no tag."""

    def clean(self, value: Any) -> Any:
        return super().clean(_with_keys(value))

    def to_python(self, value: Any) -> Any:
        """Also for what the form says that it was shown with."""
        return super().to_python(_with_keys(value))


def _with_keys(value: Any) -> Any:
    if keys_of(map(str, value or ())) is None:
        raise ValidationError("Choose tags from the list.", code="invalid_choice")
    return value


class _ProfileFields(forms.ModelForm):
    """The profile of a contact and its tags."""

    tags = TagsField(queryset=Tag.objects.none(), required=False, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Contact
        fields = PROFILE
        labels = {"external_id": "External id"}
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}

    def _offer_tags(self, organization: Organization, worn: set[int]) -> None:
        field = cast("forms.ModelMultipleChoiceField", self.fields["tags"])
        offered = organization.tags.offered() | organization.tags.filter(pk__in=worn)
        field.queryset = offered.distinct()

    @property
    def profile(self) -> dict[str, str]:
        """The values of the profile's fields, by name."""
        return {name: self.cleaned_data[name] for name in PROFILE}


class AddForm(_ProfileFields):
    """One contact by hand: the phone is required, the rest is not."""

    phone = PhoneField(label="Phone")
    field_order = ("phone", *PROFILE, "tags")

    def __init__(self, data: Mapping[str, Any] | None, *, group: Group) -> None:
        super().__init__(data)
        cast(PhoneField, self.fields["phone"]).country = group.organization.country
        self._offer_tags(group.organization, set())

    @property
    def person(self) -> Person:
        """Whom the form describes."""
        values = self.cleaned_data
        return Person(values["phone"], profile=self.profile, tags=tuple(tag.name for tag in values["tags"]))


class ProfileForm(_ProfileFields):
    """Edit a contact: the profile, the custom fields that it has, and the tags. A blank field empties.

    Each field carries the value that it was shown with, so that only what the person changed is written: whatever an
    upload or another admin wrote meanwhile stays.
    """

    def __init__(self, data: Mapping[str, Any] | None, *, contact: Contact) -> None:
        worn = set(contact.contact_tags.values_list("tag_id", flat=True))
        super().__init__(data, initial={"tags": worn}, instance=Contact.objects.get(pk=contact.pk))
        self._offer_tags(contact.organization, worn)
        for name, value in contact.custom.items():
            self.fields[f"{_CUSTOM}{name}"] = forms.CharField(
                label=name, required=False, max_length=1000, initial=value
            )
        for field in self.fields.values():
            field.show_hidden_initial = True

    @property
    def changed(self) -> dict[str, str]:
        """The changed values of the profile's fields, by name."""
        return {name: value for name, value in self.profile.items() if name in self.changed_data}

    @property
    def custom(self) -> dict[str, str]:
        """The changed values of the custom fields, by name; an emptied one is "" and goes."""
        changed = (name for name in self.changed_data if name.startswith(_CUSTOM))
        return {name.removeprefix(_CUSTOM): self.cleaned_data[name] for name in changed}

    @property
    def worn(self) -> tuple[set[Tag], set[int]]:
        """The tags that were ticked, and the keys of those that were unticked."""
        keys = cast(QueryDict, self.data).getlist(self["tags"].html_initial_name)
        shown = {key for key in map(key_of, keys) if key is not None}
        ticked = set(self.cleaned_data["tags"])
        return {tag for tag in ticked if tag.pk not in shown}, shown - {tag.pk for tag in ticked}


class NumberForm(forms.Form):
    """`Change number`: the new phone."""

    phone = PhoneField(label="New phone")

    def __init__(self, data: Mapping[str, Any] | None, *, contact: Contact) -> None:
        super().__init__(data)
        self.contact = contact
        cast(PhoneField, self.fields["phone"]).country = contact.organization.country

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone == self.contact.phone:
            raise ValidationError("This is their number already. Enter the new one.")
        return phone


class TimelineForm(StrictForm):
    """What of the timeline is asked for."""

    show = forms.ChoiceField(
        choices=list(timeline.SHOWN.items()),
        required=False,
        error_messages={"invalid_choice": "Use: texts, changes, or none."},
    )
