"""The site with one page more, an empty one, against which others are measured."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """What every request costs before a view has done anything."""
    return HttpResponse(status=204)


urlpatterns = [path("empty", empty), path("", include("hustle.urls"))]
