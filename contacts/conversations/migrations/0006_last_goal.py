import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0004_hold_group"),
        ("conversations", "0005_message_of_goal"),
        ("groups", "0005_sync_applying"),
    ]

    operations = [
        migrations.CreateModel(
            name="LastGoal",
            fields=[
                (
                    "account",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="groups.account",
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="last_goal",
                        serialize=False,
                        to="contacts.optout",
                    ),
                ),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conversations.goal",
                    ),
                ),
            ],
        ),
    ]
