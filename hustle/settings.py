"""Settings, all from the environment (docs/running.md lists the variables).

``DEMO=1`` is for trying the project out: secrets are made and kept under ``var/``, mail stays in ``/outbox``, plain
HTTP will do. Without it every setting is the one for production, and what is missing stops the start with its name.
"""

import logging
import secrets
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from hustle import logs
from hustle.environment import digest_secrets, kept, new_digest_secret, required, required_list

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"

env = environ.Env()

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
if DEBUG and not DEMO:
    raise ImproperlyConfigured("DEBUG shows settings and data to every visitor: it goes with DEMO=1 only.")

if DEMO:
    SECRET_KEY = env.str("SECRET_KEY", default="") or kept(VAR / "secret_key", lambda: secrets.token_urlsafe(50))
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
    digests = env.list("DIGEST_SECRETS", default=[]) or [kept(VAR / "digest_secrets", new_digest_secret)]
else:
    SECRET_KEY = required("SECRET_KEY", "sessions and links in mails are signed with it; 50 random characters or more.")
    ALLOWED_HOSTS = required_list("ALLOWED_HOSTS", "the host names of this site, separated by commas.")
    # Without it opt-outs are still taken, and the rest says what is missing (R5.11); `check --deploy` tells first.
    digests = env.list("DIGEST_SECRETS", default=[])

# "id:secret" pairs, the current one first; digests of phones are keyed with them (R5.4, R5.11).
DIGEST_SECRETS = digest_secrets(digests)

SITE_NAME = env.str("SITE_NAME", default="Hustle")
BASE_URL = env.str(
    "BASE_URL",
    default=f"http://localhost:{env.int('PORT', default=8000)}" if DEMO else f"https://{ALLOWED_HOSTS[0].lstrip('.')}",
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "django_ox",
    "django_structlog",
    "django_tables2",
    "groups",
    "contacts",
    "contacts.conversations",
    "compliance",
    "hustle",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "hustle.middleware.permissions_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "hustle.middleware.viewer_time_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "hustle.middleware.KeysInOrder",
]

ROOT_URLCONF = "hustle.urls"
WSGI_APPLICATION = "hustle.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# --- Data ------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / ('demo.sqlite3' if DEMO else 'hustle.sqlite3')}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    VAR.mkdir(exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    # One connection for each thread of the server that may be at work, shared within a process.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL", default=8),
        "timeout": 10,
    }

# Shared by all processes, since the limits on signing in are counted in it; `migrate` makes its table.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

# --- Work behind the pages -------------------------------------------------------------------------------------------

# A queue in the database, worked off by `manage.py ox_worker`. Whichever worker is first enqueues what is due; a table
# of those times lets no other do so.
TASKS = {
    "default": {
        "BACKEND": "django_ox.backend.OxBackend",
        "OPTIONS": {
            # Seconds after which the task of a worker that was killed is another's. A live one says every third of it
            # that it goes on, for which SQLite may let it wait.
            "LOCK_TIMEOUT": 120,
            "SCHEDULES": {
                "beat": {"task": "compliance.tasks.beat", "every": timedelta(seconds=20)},
                "tidy": {"task": "compliance.tasks.tidy", "every": timedelta(minutes=5)},
                # What was to be done at once and was not, since whoever had it to do died.
                "texts in": {
                    "task": "contacts.conversations.tasks.inbound.take_in_waiting",
                    "every": timedelta(seconds=20),
                },
                "texts out": {
                    "task": "contacts.conversations.tasks.outbound.send_waiting",
                    "every": timedelta(seconds=20),
                },
                "reconcile": {
                    "task": "contacts.conversations.tasks.reconcile.reconcile",
                    "every": timedelta(hours=1),
                },
            },
        },
    }
}

# --- Texts -----------------------------------------------------------------------------------------------------------

# An account at Twilio, offered to sending numbers once both are set. Webhooks signed with any of the tokens are
# believed, so that a token can be changed; the first one is used for sending.
TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID", default="").strip()
TWILIO_AUTH_TOKENS = [token.strip() for token in env.list("TWILIO_AUTH_TOKEN", default=[]) if token.strip()]
TWILIO_API = env.str("TWILIO_API", default="https://api.twilio.com")

# Who carries texts here: modules of contacts.conversations.providers.
PROVIDERS = [*(["simulator"] if DEMO else []), *(["twilio"] if TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKENS else [])]

# --- Files -----------------------------------------------------------------------------------------------------------
# How long copies of the database outside it are kept: receipts of redactions name the day on which the last expires.
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=0)

# Pictures and files in messages: never served from here directly, but by views that ask who may see them.
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR / ("demo-media" if DEMO else "media")).root

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Mail ------------------------------------------------------------------------------------------------------------

OUTBOX = VAR / "outbox"
if DEMO:
    MAILERS = {
        "default": {"BACKEND": "django.core.mail.backends.filebased.EmailBackend", "OPTIONS": {"file_path": OUTBOX}}
    }
else:
    required("EMAIL_URL", "invitations and password resets are mailed, as in smtp+tls://user:password@host:587.")
    smtp = env.email_url("EMAIL_URL")
    MAILERS = {
        "default": {
            "BACKEND": smtp["EMAIL_BACKEND"],
            "OPTIONS": {
                "host": smtp["EMAIL_HOST"],
                "port": smtp["EMAIL_PORT"] or 25,
                "username": smtp["EMAIL_HOST_USER"] or "",
                "password": smtp["EMAIL_HOST_PASSWORD"] or "",
                "use_tls": smtp.get("EMAIL_USE_TLS", False),
                "use_ssl": smtp.get("EMAIL_USE_SSL", False),
                "timeout": 10,
            },
        }
    }
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <no-reply@{ALLOWED_HOSTS[0].lstrip('.')}>")

# --- Signing in ------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "groups.User"
AUTHENTICATION_BACKENDS = ["hustle.sign_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "hustle.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# People come by an invitation to their address, or by `manage.py create_account`: there is nothing left to verify.
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ALLOW_UNVERIFIED_EMAIL = True
# Nobody is told whether an address is known here, and strangers are not mailed.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # R5.2
ACCOUNT_SESSION_REMEMBER = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = SITE_NAME
# Not in cookies: a message may name a person, and must be erasable (R5.3).
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 14 * 24 * 3600

# --- Transport and browser -------------------------------------------------------------------------------------------

# How many proxies stand in front: as many are believed about the visitor's address and about HTTPS.
PROXIES = env.int("PROXIES", default=0)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if DEMO else env.int("HSTS_SECONDS", default=30 * 24 * 3600)
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
}
# Being built into browsers for good is a decision of the domain's owner, not of a site on it.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

# --- Time, words, logs -----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True

LOGGING = logs.configured(readable=DEMO)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
