"""Every route of the site."""

from django.conf import settings
from django.urls import include, path

from hustle import outbox
from hustle.health import healthz
from hustle.phones import views as phones

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("contacts.conversations.urls")),
    path("auth/", include("hustle.sign_in")),
    path("", include("groups.urls")),
    path("", include("contacts.urls")),
    path("", include("compliance.urls")),
    *([*outbox.urlpatterns, *phones.urlpatterns] if settings.DEMO else []),
]

handler400 = "hustle.errors.not_read"
