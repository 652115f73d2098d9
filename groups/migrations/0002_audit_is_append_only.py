"""Entries of the audit and their chunks are written once: UPDATE and DELETE are refused by trigger on both engines."""

from django.db import migrations

TABLES = ("groups_auditentry", "groups_auditchunk")

FUNCTION = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$
"""


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(trigger(schema_editor.connection.vendor, table, event))


def trigger(vendor, table, event):
    head = f"CREATE TRIGGER {table}_refuses_{event.lower()} BEFORE {event} ON {table} "
    if vendor == "postgresql":
        return head + "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
    return head + "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"


def drop(apps, schema_editor):
    on = " ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    for table in TABLES:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER {table}_refuses_{event.lower()}" + on.format(table=table))
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION audit_is_append_only")


class Migration(migrations.Migration):
    dependencies = [("groups", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
