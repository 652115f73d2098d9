"""Which custom fields some contacts have, asked of the database at once."""

from django.db import connection
from django.db.models import F

from contacts.models.membership import MembershipQuerySet
from groups.sets import sql_of

_KEYS = {
    "postgresql": "SELECT DISTINCT jsonb_object_keys(held.custom) FROM ({}) AS held",
    "sqlite": "SELECT DISTINCT field.key FROM ({}) AS held, json_each(held.custom) AS field",
}


def names_in(memberships: MembershipQuerySet) -> list[str]:
    """The name of each custom field that any of these members' contacts has, in order."""
    held = memberships.order_by().exclude(contact__custom={}).values(custom=F("contact__custom"))
    sql, params = sql_of(held)
    with connection.cursor() as cursor:
        cursor.execute(_KEYS[connection.vendor].format(sql), params)
        return sorted((name for (name,) in cursor.fetchall()), key=lambda name: (name.casefold(), name))
