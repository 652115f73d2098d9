"""The WSGI application that a server such as granian loads."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hustle.settings")

site = get_wsgi_application()

from hustle.live import answering_first  # noqa: E402  (it knows tables, and so needs Django to be set up)

application = answering_first(site)
