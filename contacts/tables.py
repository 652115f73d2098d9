"""The columns of the Contacts list and how each sorts (R6.1). Rows are drawn by the template's own loop: the stock
rendering of django-tables2 takes ten times as long (docs/adr/0003)."""

import django_tables2 as tables

DEFAULT_ORDER = "-added"


class MembershipTable(tables.Table):
    """Name, phone, status, tags, assigned agent, last message, added."""

    name = tables.Column("Name", order_by=("sort_name", "pk"))
    phone = tables.Column("Phone", order_by=("phone", "pk"))
    status = tables.Column("Status", orderable=False)
    tags = tables.Column("Tags", orderable=False)
    agent = tables.Column("Assigned agent", orderable=False)
    last_message = tables.Column("Last message", order_by=("last_message_at", "pk"))
    added = tables.Column("Added", order_by="position")


SORTS = frozenset(
    direction + name
    for name, column in MembershipTable.base_columns.items()
    if column.orderable is not False
    for direction in ("", "-")
)
