from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0004_account_sync"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="sync_applying",
            field=models.BooleanField(
                default=False,
                help_text="Opt-outs that existed before are still being brought to all of them (R4.9).",
            ),
        ),
    ]
