"""Where personal data stands: a store for each kind of it, registered by the floor that keeps it (R5.3).

A redaction asks each store the same: what it is called, what becomes of it, which of its rows are about the leads, and
to erase them. A model with personal data that no store erases fails the system check ``groups.E003``.
"""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.apps import apps
from django.core import checks
from django.db.models import Count, Model, Q, QuerySet

from groups import audit
from groups.models import AuditChunk
from groups.personal_data import BLANK, EMPTY, NULL, ROW_DELETED, Fate, declared
from groups.traces import Traces


@dataclass(frozen=True)
class Leads:
    """Whom a redaction is about: everybody of one account behind some phones (E.164), contacts or not.

    What is found about them is remembered; ``dataclasses.replace`` makes one that has to look anew.
    """

    account_id: int
    phones: tuple[str, ...]
    contacts: Mapping[tuple[int, str], int]
    """(organization, phone) → contact."""
    subjects: Mapping[AuditChunk.Kind, frozenset[int]]
    """Under which ids the audit knows them."""
    traces: Traces
    _found: dict["Store", "Keys"] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def contact_ids(self) -> list[int]:
        return sorted(self.contacts.values())

    @cached_property
    def touching(self) -> Mapping[int, bool]:
        """The ids of every audit entry that touched them; True if it touched nobody else."""
        return audit.entries_touching(self.account_id, self.subjects)

    def keys_of(self, store: "Store") -> "Keys":
        """What a store holds about them (``Store.keys``); it is asked once."""
        if store not in self._found:
            self._found[store] = store.keys(self)
        return self._found[store]


type About = Callable[[Leads], QuerySet[Any]]
type Keys = Sequence[Any]
type Tally = Counter[int | None]
"""How many, by organization; None: of no one organization."""


@dataclass(frozen=True, eq=False)
class Store(ABC):
    """One kind of personal data. ``becomes`` says what stays of it, "" for nothing."""

    label: str
    becomes: str

    @property
    def models(self) -> set[type[Model]]:
        """The tables that it erases."""
        return set()

    @abstractmethod
    def keys(self, leads: Leads) -> Keys:
        """What it holds about the leads: found before anything is erased, as stores find theirs by others' values."""

    @abstractmethod
    def erase(self, leads: Leads, keys: Keys) -> None:
        """Erase it, inside the redaction's transaction."""

    @abstractmethod
    def left(self, leads: Leads, keys: Keys) -> int:
        """In how many places something still stands: the proof, 0 after an erasure."""

    def tally(self, leads: Leads) -> Tally:
        """How much it holds, for the preview."""
        return Counter({None: len(leads.keys_of(self))})

    def files(self, keys: Keys) -> list[str]:
        """Names of stored files that go with it, for removal after the commit."""
        return []


@dataclass(frozen=True, eq=False)
class Rows(Store):
    """The rows of ``model`` that ``about`` finds, erased by the declared fates of its fields.

    ``written`` are further fields that an erasure sets. ``organization`` is the path to the organization's id.
    """

    model: type[Model]
    about: About
    organization: str = ""
    written: Mapping[str, Callable[[], object]] = field(default_factory=dict)

    @property
    def models(self) -> set[type[Model]]:
        return {self.model}

    def tally(self, leads: Leads) -> Tally:
        found = self.about(leads).order_by()
        if not self.organization:
            return Counter({None: found.count()})
        rows = found.values(self.organization).annotate(many=Count("pk"))
        return Counter({row[self.organization]: row["many"] for row in rows})

    def keys(self, leads: Leads) -> Keys:
        return list(self.about(leads).order_by("pk").values_list("pk", flat=True))

    def erase(self, leads: Leads, keys: Keys) -> None:
        if self.deletes:
            self._rows(keys).delete()
        else:
            written = {name: value() for name, value in self.written.items()}
            self._rows(keys).update(**self.blank, **written)

    def left(self, leads: Leads, keys: Keys) -> int:
        if self.deletes:
            return self._rows(keys).count()
        standing = Q()
        for name, value in self.blank.items():
            standing |= Q(**{f"{name}__isnull": False}) if value is None else ~Q(**{name: value})
        return self._rows(keys).filter(standing).count()

    @property
    def deletes(self) -> bool:
        """Whether the rows go as a whole."""
        return ROW_DELETED in declared(self.model).values()

    @property
    def blank(self) -> dict[str, Any]:
        """What the declared fates make of each field."""
        fates = declared(self.model)
        return {
            name: _BLANKS[fate](self.model._meta.get_field(name)) for name, fate in fates.items() if fate in _BLANKS
        }

    def _rows(self, keys: Keys) -> QuerySet[Any]:
        return self.model._default_manager.filter(pk__among=keys)


_BLANKS: dict[Fate, Callable[[Any], Any]] = {
    NULL: lambda _: None,
    BLANK: lambda _: "",
    EMPTY: lambda json_field: json_field.get_default(),
}


@dataclass(frozen=True, eq=False)
class Gone(Rows):
    """A store whose rows go as a whole, though no field of theirs is a text."""

    @property
    def deletes(self) -> bool:
        return True


@dataclass(frozen=True, eq=False)
class Texts(Rows):
    """Words said about several people at once: they stay, with what identifies the leads hidden (R5.3).

    ``alone`` finds, among the keys, those that are about nobody else: these are blanked.
    """

    text: str = "text"
    alone: Callable[[Leads, Keys], Keys] = lambda *_: ()

    def keys(self, leads: Leads) -> Keys:
        rows = list(self.about(leads).order_by("pk"))
        alone = set(self.alone(leads, [row.pk for row in rows]))
        return [row.pk for row in rows if self._hide(row, leads, row.pk in alone)]

    def tally(self, leads: Leads) -> Tally:
        if not self.organization:
            return super(Rows, self).tally(leads)
        return Counter(self._rows(leads.keys_of(self)).values_list(self.organization, flat=True))

    def erase(self, leads: Leads, keys: Keys) -> None:
        alone = set(self.alone(leads, keys))
        changed = [row for row in self._rows(keys) if self._hide(row, leads, row.pk in alone)]
        self.model._default_manager.bulk_update(changed, [self.text], batch_size=500)

    def _hide(self, row: Any, leads: Leads, alone: bool) -> bool:
        before = getattr(row, self.text)
        setattr(row, self.text, "" if alone else leads.traces.hidden(before, names=True))
        return bool(getattr(row, self.text) != before)

    def left(self, leads: Leads, keys: Keys) -> int:
        values = self._rows(keys).values_list(self.text, flat=True)
        return sum(leads.traces.hidden(value, names=True) != value for value in values)


_stores: list[Store] = []
_last: list[Store] = []


def register(*stores: Store, last: bool = False) -> None:
    """Make stores known to every redaction, in the order in which previews and receipts name them."""
    (_last if last else _stores).extend(stores)


def stores() -> list[Store]:
    """Every registered store."""
    return _stores + _last


@checks.register()
def every_personal_field_is_erased(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """System check: each model with personal data has a store that erases it (R5.3, R5.10)."""
    erased = set[type[Model]]().union(*(store.models for store in stores()))
    return [
        checks.Error(
            f"{model._meta.label} holds personal data that no store erases.",
            hint="Register a store (groups.redaction.Rows) for it in the stores module of its floor.",
            obj=model,
            id="groups.E003",
        )
        for model in apps.get_models(include_auto_created=True)
        if model not in erased and _is_personal(declared(model).values())
    ]


def _is_personal(fates: Iterable[Fate]) -> bool:
    return any(fate in (*_BLANKS, ROW_DELETED) for fate in fates)
