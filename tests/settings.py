"""The settings of production, but for what needs HTTPS, built assets or a slow password hash."""

import os
import tempfile
from pathlib import Path

os.environ.update(
    DEMO="0",
    DEBUG="0",
    SECRET_KEY="for-tests-only-" + "k" * 50,
    DIGEST_SECRETS="1:" + "1a" * 32,
    ALLOWED_HOSTS="testserver,localhost",
    EMAIL_URL="smtp://localhost",
    TWILIO_ACCOUNT_SID="",
    TWILIO_AUTH_TOKEN="",
)

from hustle.settings import *  # noqa: F403  (all of them, and then some others)
from hustle.settings import DATABASES, MIDDLEWARE

SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PROVIDERS = ["simulator"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Nothing is collected for it to serve; the live server finds files by itself.
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in production, so that races between threads and processes are the real ones.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(tempfile.gettempdir()) / f"hustle-tests-{os.getpid()}.sqlite3")}
else:
    # A pool would keep connections open to a test database that is about to be dropped.
    del DATABASES["default"]["OPTIONS"]["pool"]
