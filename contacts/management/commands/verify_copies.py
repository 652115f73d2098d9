from typing import Any

from django.core.management.base import BaseCommand, CommandError

from contacts import verify


class Command(BaseCommand):
    help = "Compare every read copy, position and count with the truth; print each difference, exit 1 if there is any."

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare at one moment; ids only are printed."""
        found = 0
        with verify.one_moment():
            for line in verify.differences():
                self.stdout.write(line)
                found += 1
        if found:
            raise CommandError(f"{found} differences.")
        self.stdout.write("No difference.")
