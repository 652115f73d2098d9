"""What a request gets that Django doesn't read."""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.views.defaults import bad_request

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def not_read(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say how to send it in parts, if it was more than a form may hold (413); else that it was not understood (400)."""
    if not isinstance(exception, TOO_MUCH):
        answer: HttpResponse = bad_request(request, exception)
        return answer
    most = filesizeformat(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return render(None, "413.html", {"most": most}, status=413)
