from typing import Any

from django.core.management.base import BaseCommand

from contacts.actions import tidy


class Command(BaseCommand):
    help = "Delete what has outlived its time, and squash the daily counts. Run it once an hour, or once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        """Tidy each floor; print how many rows went, by what they were."""
        for what, many in tidy.tidy().items():
            self.stdout.write(f"{what}: {many}")
