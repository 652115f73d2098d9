"""What an audit log is asked for: by person, action, place, contact and time; bound strictly (R2, R6.2)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import QueryDict

from compliance.models import ReversalRequest
from contacts.forms.listing import StrictForm
from contacts.models import Contact
from groups import audit, audit_sentences
from groups.audit import Kind
from groups.models import Account, AuditEntry, Group, Organization, Role, Scope, User
from groups.times import midnight

NOBODY = "nobody"
MOST = 1000
"""Entries about one contact that are looked for."""
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
_CHOOSE = {"invalid_choice": "Choose one from the list."}


def _choice(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, error_messages=_CHOOSE)


class _DayField(forms.DateField):
    """A day that the log can hold, in the form that browsers send."""

    widget = forms.DateInput(attrs={"type": "date"})

    def __init__(self, label: str) -> None:
        said = {"invalid": "A day is written as 2026-11-22."}
        super().__init__(label=label, required=False, input_formats=["%Y-%m-%d"], error_messages=said)

    def clean(self, value: object) -> date | None:
        day = cast("date | None", super().clean(value))
        if day and not FIRST <= day <= LAST:
            raise forms.ValidationError(f"Use a day from {FIRST:%Y} to {LAST:%Y}.")
        return day


class AuditFilter(StrictForm):
    """Which entries of a scope are listed; ``before`` is the last one of the page before."""

    person = _choice("By")
    action = _choice("What")
    place = _choice("Where")
    since = _DayField("From")
    until = _DayField("To")
    contact = forms.IntegerField(required=False, min_value=1, max_value=10**18)
    before = forms.IntegerField(required=False, min_value=1, max_value=10**18)

    def __init__(self, scope: Scope, query: QueryDict) -> None:
        super().__init__(query)
        self.scope = scope
        self.about: Contact | None = None
        self.last: AuditEntry | None = None
        self._offer("person", "Anybody", [(NOBODY, "Nobody who signs in"), *_people(scope)])
        self._offer("action", "Anything", audit_sentences.choices())
        if isinstance(scope, Group):
            del self.fields["place"]
        else:
            self._offer("place", "Anywhere", _places(scope))

    def _offer(self, name: str, everything: str, choices: Iterable[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", everything), *choices]

    def clean_contact(self) -> int | None:
        """The contact has to be one of the scope."""
        key: int | None = self.cleaned_data["contact"]
        self.about = _contacts(self.scope).filter(pk=key).first() if key else None
        if key and self.about is None:
            raise forms.ValidationError("Open the log from the contact's page.")
        return key

    def clean_before(self) -> int | None:
        """The entry has to be one of the scope."""
        key: int | None = self.cleaned_data["before"]
        self.last = _entries(self.scope).filter(pk=key).first() if key else None
        if key and self.last is None:
            raise forms.ValidationError("Start again from the newest.")
        return key

    def clean(self) -> dict[str, object]:
        """The days have to stand in their order."""
        values = cast("dict[str, object]", super().clean() or self.cleaned_data)
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and since > until:
            self.add_error("until", "The last day comes before the first.")
        return values

    @property
    def in_use(self) -> bool:
        """Whether anything narrows the list."""
        return any(value for name, value in self.cleaned_data.items() if name != "before")

    def entries(self) -> QuerySet[AuditEntry]:
        """The entries that are asked for, newest first; ``time__lte`` beside the tie-break keeps both engines on the
        index."""
        asked = self.cleaned_data
        found = self._in_place(asked.get("place", "")).order_by("-time", "-pk").filter(*self._conditions(asked))
        if self.about:
            found = found.filter(pk__among=sorted(_about(self.scope, self.about)))
        if self.last:
            found = found.filter(Q(time__lt=self.last.time) | Q(pk__lt=self.last.pk), time__lte=self.last.time)
        return found.select_related("account", "organization", "group", "actor", "text")

    def _in_place(self, place: str) -> QuerySet[AuditEntry]:
        """By the narrowest place alone, whose index then leads; the choice was one inside the scope."""
        level, _, key = place.partition(":")
        return AuditEntry.objects.filter(**{level: int(key)}) if place else _entries(self.scope)

    def _conditions(self, asked: Mapping[str, object]) -> list[Q]:
        person, action = asked["person"], asked["action"]
        since, until = (cast("date | None", asked[name]) for name in ("since", "until"))
        return [
            *([Q(actor=None if person == NOBODY else int(str(person)))] if person else []),
            *([Q(action=action)] if action else []),
            *([Q(time__gte=midnight(since))] if since else []),
            *([Q(time__lt=midnight(until + timedelta(days=1)))] if until else []),
        ]


def _entries(scope: Scope) -> QuerySet[AuditEntry]:
    """The entries of a scope and of all that is inside it."""
    return AuditEntry.objects.filter(**{scope.level: scope.pk})


def _contacts(scope: Scope) -> QuerySet[Contact]:
    if isinstance(scope, Group):
        return Contact.objects.filter(pk__in=scope.memberships.values("contact"))
    return Contact.objects.filter(**{scope.level: scope.pk})


def _about(scope: Scope, contact: Contact) -> set[int]:
    memberships = contact.memberships.values_list("pk", flat=True)
    subjects = {Kind.CONTACT: [contact.pk], Kind.MEMBERSHIP: list(memberships)}
    return audit.ids_about(contact.account_id, subjects, MOST)


def _places(scope: Account | Organization) -> list[tuple[str, str]]:
    """The organizations and groups inside the scope, each group below its organization."""
    groups = Group.objects.filter(**{scope.level: scope.pk}).order_by("name", "pk")
    if isinstance(scope, Organization):
        return [(f"group:{group.pk}", group.name) for group in groups]
    below: dict[int, list[tuple[str, str]]] = {}
    for group in groups:
        below.setdefault(group.organization_id, []).append((f"group:{group.pk}", f"– {group.name}"))
    return [
        choice
        for one in scope.organizations.order_by("name", "pk")
        for choice in [(f"organization:{one.pk}", one.name), *below.get(one.pk, [])]
    ]


def _people(scope: Scope) -> list[tuple[str, str]]:
    """Who has, or had, a role in the scope or above it, and whoever of Customer Support decided there; by name."""
    roles = Role.objects.filter(account=scope.account_id)
    decided = ReversalRequest.objects.filter(account=scope.account_id)
    if isinstance(scope, Group):
        roles = roles.filter(Q(group=scope) | Q(group=None, organization=scope.organization) | Q(organization=None))
        decided = decided.none()
    elif isinstance(scope, Organization):
        roles = roles.filter(Q(organization=scope) | Q(organization=None))
        decided = decided.filter(organization=scope)
    found = User.objects.filter(Q(pk__in=roles.values("user")) | Q(pk__in=decided.values("decided_by")))
    return [(str(user.pk), user.name) for user in found.order_by("name", "pk")]
