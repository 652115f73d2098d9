from typing import Any

from django.core.management.base import BaseCommand

from compliance import tidying


class Command(BaseCommand):
    help = "Do now what a worker does every five minutes: let go what has outlived its time, finish what was begun."

    def handle(self, *args: Any, **options: Any) -> None:
        """Take every step; print how many rows went, by what they were."""
        for what, many in tidying.tidy().items():
            self.stdout.write(f"{what}: {many}")
