"""Forms of the ground floor. A form validates and nothing else; it is given its tenant."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Model

from groups import countries, zones
from groups.models import Account, Group, Organization, RoleKind, User

type Data = Mapping[str, Any] | None

HOURS = [(hour, f"{hour}:00") for hour in range(8, 22)]
OWN_NAME = "Enter your name as others here should see it."
ZONE_ERRORS = {
    "required": "Choose a time zone from the list.",
    "invalid_choice": "“%(value)s” is not a time zone of the list. Choose one from it.",
}


class NameField(forms.CharField):
    """A name of up to 120 characters, all of which can be seen."""

    def __init__(self, required: str, autocomplete: str = "off", **kwargs: Any) -> None:
        errors = {
            "required": required,
            "max_length": "A name has 120 characters at most; this one has %(show_value)d.",
        }
        super().__init__(max_length=120, error_messages=errors, validators=[_visible], **kwargs)
        self.widget.attrs["autocomplete"] = autocomplete


def _visible(name: str) -> None:
    if not name.isprintable():
        raise ValidationError("This name has characters that can't be seen. Type it again.")


class ZoneField(forms.ChoiceField):
    """One of the time zones that this system knows."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=zones.choices, error_messages=ZONE_ERRORS, **kwargs)


def _taken(name: str, where: object) -> str:
    return f"{where} has “{name}” already. Choose another name."


class RowForm(forms.Form):
    """Some fields of a row; None for a new one. What a page showed comes back with it, hidden beside each field."""

    def __init__(self, data: Data, row: Model | None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={name: getattr(row, name) for name in self.base_fields} if row else initial)
        for field in self.fields.values():
            field.show_hidden_initial = row is not None

    @property
    def changes(self) -> dict[str, Any]:
        """The values that the person changed against those they were shown: others may have changed the rest since.

        Where a value comes without what was shown, it counts as changed.
        """
        blind = {name for name in self.fields if self[name].html_initial_name not in self.data}
        return {name: self.cleaned_data[name] for name in {*self.changed_data, *blind}}


class AccountForm(RowForm):
    name = NameField("Enter a name for the account.")

    def __init__(self, data: Data = None, *, account: Account) -> None:
        super().__init__(data, account)


class OrganizationForm(RowForm):
    """An organization's name and country; ``organization`` is None for a new one."""

    name = NameField("Enter a name for the organization.")
    country = forms.ChoiceField(
        choices=countries.choices,
        help_text="Phones without a country code are read as numbers of this country.",
        error_messages={"required": "Choose a country.", "invalid_choice": "Choose a country from the list."},
    )

    def __init__(self, data: Data = None, *, account: Account, organization: Organization | None = None) -> None:
        self.account, self.organization = account, organization
        super().__init__(data, organization)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.account.organizations.exclude(pk=self.organization.pk if self.organization else 0)
        if others.filter(name=name).exists():
            raise ValidationError(self.taken(name))
        return name

    def taken(self, name: str) -> str:
        return _taken(name, self.account)


class GroupForm(RowForm):
    """A group's name and time zone; ``group`` is None for a new one."""

    name = NameField("Enter a name for the group.")
    time_zone = ZoneField(help_text="Times on the group's pages are in this zone, and so are its hours.")

    def __init__(self, data: Data = None, *, organization: Organization, group: Group | None = None) -> None:
        self.organization, self.group = organization, group
        super().__init__(data, group, {"time_zone": "America/New_York"})

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = self.organization.groups.exclude(pk=self.group.pk if self.group else 0)
        if others.filter(name=name).exists():
            raise ValidationError(self.taken(name))
        return name

    def taken(self, name: str) -> str:
        return _taken(name, self.organization)


class HourField(forms.TypedChoiceField):
    """A full hour between 8:00 and 21:00 (R7.4)."""

    def __init__(self, **kwargs: Any) -> None:
        errors = {"required": "Choose an hour.", "invalid_choice": "Choose an hour between 8:00 and 21:00."}
        super().__init__(choices=HOURS, coerce=int, error_messages=errors, **kwargs)


class GroupSettingsForm(GroupForm):
    """A group's name, time zone and the hours in which its texts leave."""

    texts_from = HourField(label="Texts leave from")
    texts_until = HourField(label="Texts leave until", help_text="21:00 at the latest. Replies are sent at any hour.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("texts_from"), cleaned.get("texts_until")
        if first and last and first >= last:
            self.add_error("texts_until", f"Choose an hour after {first}:00, at which texts begin to leave.")
        return cleaned


class InviteForm(forms.Form):
    """An e-mail address and the role to offer, one of ``kinds``; with a single kind there is nothing to choose."""

    email = forms.EmailField(
        label="Email",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Enter the address to invite.",
            "invalid": "Enter one whole address, as in dana@example.org.",
        },
    )
    kind = forms.TypedChoiceField(
        label="Role",
        coerce=RoleKind,
        error_messages={
            "required": "Choose a role.",
            "invalid_choice": "You can't give that role here. Choose another.",
        },
    )

    def __init__(self, data: Data = None, *, kinds: list[RoleKind]) -> None:
        super().__init__(data, initial={"kind": kinds[-1]})
        self.only = kinds[0] if len(kinds) == 1 else None
        _choices(self.fields["kind"], kinds)
        if self.only:
            del self.fields["kind"]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        return email.lower()

    @property
    def offered(self) -> RoleKind:
        """The role to offer."""
        return self.only or RoleKind(self.cleaned_data["kind"])


class RolesForm(forms.Form):
    """The roles that a member holds on one object: at least one of ``kinds``."""

    kinds = forms.TypedMultipleChoiceField(
        label="Roles",
        coerce=RoleKind,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick at least one role. To take them all away, remove the person.",
            "invalid_choice": "You can't give that role here. Choose another.",
        },
    )

    def __init__(self, data: Data = None, *, kinds: list[RoleKind], held: Iterable[RoleKind]) -> None:
        super().__init__(data, initial={"kinds": list(held)})
        _choices(self.fields["kinds"], kinds)


def _choices(field: forms.Field, kinds: list[RoleKind]) -> None:
    cast(forms.ChoiceField, field).choices = [(kind.value, kind.label) for kind in kinds]


class JoinForm(forms.Form):
    """The name and the password of somebody who accepts an invitation and has no password yet."""

    name = NameField(OWN_NAME, "name", label="Your name")
    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="12 characters or more. No common password, and nothing like your name or address.",
        error_messages={"required": "Choose a password."},
    )

    def __init__(self, data: Data = None, *, email: str, name: str = "") -> None:
        super().__init__(data, initial={"name": name})
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            self._judge(password, cleaned.get("name", ""))
        return cleaned

    def _judge(self, password: str, name: str) -> None:
        try:
            validate_password(password, User(email=self.email, name=name))
        except ValidationError as problems:
            self.add_error("password", problems)


class MeForm(RowForm):
    """What a person sets for themselves."""

    name = NameField(OWN_NAME, "name", label="Your name")
    time_zone = ZoneField(help_text="For pages that belong to no group. A group's pages are in the group's zone.")
    theme = forms.ChoiceField(
        choices=User.Theme.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a theme.", "invalid_choice": "Choose a theme from the list."},
    )
    shortcuts = forms.BooleanField(label="Keyboard shortcuts in lists", required=False)

    def __init__(self, data: Data = None, *, user: User) -> None:
        super().__init__(data, user)
