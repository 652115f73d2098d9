from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0003_live"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="sync_opt_outs",
            field=models.BooleanField(
                default=False,
                help_text="Its organizations are one sender to people: an opt-out reaches all of them (R4.6).",
                verbose_name="account sync",
            ),
        ),
    ]
