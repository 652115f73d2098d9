from django.urls import URLPattern, URLResolver, path

from compliance.views import reversals, support

app_name = "compliance"
urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/<int:account_id>/reversals/", reversals.reversals, name="reversals"),
    path("accounts/<int:account_id>/reversals/file/", reversals.file_reversal, name="file_reversal"),
    path("accounts/<int:account_id>/reversals/file-bulk/", reversals.file_bulk_reversal, name="file_bulk_reversal"),
    path("support/", support.support, name="support"),
    path("support/find/", support.find, name="support_find"),
    path("support/requests/<int:request_id>/", support.request, name="support_request"),
]
