"""Half-full pages on PostgreSQL: a bulk change of status then updates in place, without touching an index (ADR 2)."""

from django.db import migrations


def halve(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE contacts_membership SET (fillfactor = 50)")


def restore(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE contacts_membership RESET (fillfactor)")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_initial")]

    operations = [migrations.RunPython(halve, restore)]
