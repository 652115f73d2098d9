from django.db import migrations
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

BATCH = 2000


def keep(apps, schema_editor):
    """With every episode the goal whose text left last before it; what a redaction left had none."""

    def rows(app, model):
        return apps.get_model(app, model).objects

    people = rows("contacts", "Contact").filter(organization=OuterRef("organization"), phone=OuterRef("phone"))
    texts = rows("conversations", "Message").exclude(state__in=["queued", "cancelled"]).filter(goal__isnull=False)
    before = texts.filter(conversation__contact=OuterRef("person"), time__lte=OuterRef("started"))
    episodes = (
        rows("contacts", "OptOut")
        .exclude(source="kept")
        .annotate(person=Coalesce(F("redacted_contact"), Subquery(people.values("pk")[:1])))
        .annotate(goal=Subquery(before.order_by("-time", "-pk").values("goal")[:1]))
        .filter(goal__isnull=False)
        .values_list("account_id", "pk", "goal")
    )
    last_goals = rows("conversations", "LastGoal")
    made = (last_goals.model(account_id=account, episode_id=pk, goal_id=goal) for account, pk, goal in episodes)
    last_goals.bulk_create(made, batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0006_last_goal")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop)]
