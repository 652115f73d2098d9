from django.apps import AppConfig


class HustleConfig(AppConfig):
    name = "hustle"

    def ready(self) -> None:
        from hustle import checks  # noqa: F401, PLC0415  (registers them, once the models are there)
