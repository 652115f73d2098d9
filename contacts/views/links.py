"""Links of a list that keep its filter: the current query with some keys changed."""

from django.http import QueryDict
from django.urls import reverse

from contacts.filters import BESIDES
from groups.models import Group


class Links:
    """Makes the links of one group's Contacts list from the query that it was asked with."""

    def __init__(self, group: Group, query: QueryDict) -> None:
        self.group = group
        self.query = query

    def to(self, **changes: str | int | None) -> str:
        """The list with these keys changed (None: taken out); a new page or filter ends a selection's result."""
        query = self.query.copy()
        for gone in ("change", "error", *changes):
            query.pop(gone, None)
        query.update({name: str(value) for name, value in changes.items() if value is not None})
        return self._list(query)

    def without(self, *names: str) -> str:
        """The list without these keys."""
        query = self.query.copy()
        for name in names:
            query.pop(name, None)
        return self._list(query)

    def only(self, **values: str | int) -> str:
        """The list with nothing but these keys."""
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in values.items()})
        return self._list(query)

    def showing(self, **values: str | int) -> str:
        """The list as it is, with these keys and no selection."""
        query = self.query.copy()
        for gone in ("select", "change", "error"):
            query.pop(gone, None)
        query.update({name: str(value) for name, value in values.items()})
        return self._list(query)

    def filtered(self, name: str) -> str:
        """A page of the group with the filter alone; a key that nobody knows goes along, and stops that page too."""
        query = self.query.copy()
        for gone in BESIDES:
            query.pop(gone, None)
        return self._with(reverse(name, args=[self.group.pk]), query)

    def post(self, name: str, *keys: int) -> str:
        """An action's address, with the filter in it."""
        return self._with(reverse(name, args=[self.group.pk, *keys]), self.query)

    def _list(self, query: QueryDict) -> str:
        return self._with(reverse("contacts:list", args=[self.group.pk]), query)

    def _with(self, path: str, query: QueryDict) -> str:
        return f"{path}?{query.urlencode()}" if query else path
