"""Every route of the site, by floor."""

from django.urls import include, path

urlpatterns = [
    path("auth/", include("allauth.urls")),
    path("", include("groups.urls")),
    path("", include("contacts.urls")),
    path("", include("compliance.urls")),
]
