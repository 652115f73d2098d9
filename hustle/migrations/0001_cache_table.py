from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    """The cache counts tries at signing in for all processes; `migrate` alone leaves a site ready."""
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [migrations.RunPython(make_cache_table, migrations.RunPython.noop)]
