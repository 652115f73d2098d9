from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_goals")]

    operations = [
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("goal__isnull", False)),
                fields=["goal", "state", "conversation"],
                name="message_of_goal",
            ),
        ),
    ]
