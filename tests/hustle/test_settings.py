"""Settings come from the environment; what production needs and lacks is named."""

import os
import subprocess
import sys
from ast import literal_eval

import pytest
from django.core.exceptions import ImproperlyConfigured

from hustle.environment import digest_secrets

pytestmark = pytest.mark.each_engine

SECRET = "ab" * 32
PRODUCTION = {
    "SECRET_KEY": "q" * 25 + "abcdefghijklmnopqrstuvwxyz",
    "DIGEST_SECRETS": "2:" + "ab" * 32 + ",1:" + "cd" * 32,
    "ALLOWED_HOSTS": "texts.example.org",
    "EMAIL_URL": "smtp+tls://user:p%40ss@mail.example.org:587",
}
ENVIRONMENT = {name: os.environ[name] for name in ("PATH", "HOME", "DATABASE_URL") if name in os.environ}


def python(code: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**ENVIRONMENT, "DJANGO_SETTINGS_MODULE": "hustle.settings", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **variables: str) -> str:
    done = python(f"from django.conf import settings; print(settings.{name})", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_production_does_not_start_without(name: str) -> None:
    done = python("import hustle.settings", **{**PRODUCTION, name: " "})
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {name} is not set: " in done.stderr


@pytest.mark.parametrize(
    "pairs",
    [
        ["abc"],
        ["1:abc"],
        [f"x:{SECRET}"],
        [f"0:{SECRET}"],
        [f"40000:{SECRET}"],
        [f"1:{SECRET.upper()}"],
        [f"1:{SECRET}", f"1:{SECRET[::-1]}"],
    ],
)
def test_digest_secrets_that_can_not_be_right_stop_the_start(pairs: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="DIGEST_SECRETS must be") as stopped:
        digest_secrets(pairs)
    assert pairs[0] not in str(stopped.value)


def test_digest_secrets_that_can_be_right_are_taken_as_they_stand() -> None:
    assert setting("DIGEST_SECRETS", **PRODUCTION) == str(PRODUCTION["DIGEST_SECRETS"].split(","))


def test_without_digest_secrets_opt_outs_are_still_taken() -> None:
    """R5.11: what needs a digest stops with its own page; the deployment check tells the operator."""
    assert setting("DIGEST_SECRETS", **{**PRODUCTION, "DIGEST_SECRETS": ""}) == "[]"


def test_debug_is_for_the_demo_only() -> None:
    assert "DEBUG shows settings" in python("import hustle.settings", **PRODUCTION, DEBUG="1").stderr


def test_mail_goes_where_email_url_says() -> None:
    options = literal_eval(setting("MAILERS['default']['OPTIONS']", **PRODUCTION))
    assert options["host"] == "mail.example.org"
    assert options["password"] == "p@ss"
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (587, True, False)


def test_twilio_is_set_up_by_its_two_variables_and_may_have_several_tokens() -> None:
    of_twilio = {"TWILIO_ACCOUNT_SID": " AC1 ", "TWILIO_AUTH_TOKEN": "new, old,"}
    assert setting("TWILIO_ACCOUNT_SID", **PRODUCTION, **of_twilio) == "AC1"
    assert setting("TWILIO_AUTH_TOKENS", **PRODUCTION, **of_twilio) == "['new', 'old']"
    assert setting("TWILIO_API", **PRODUCTION, **of_twilio) == "https://api.twilio.com"
    assert setting("TWILIO_AUTH_TOKENS", **PRODUCTION) == "[]"
    assert setting("PROVIDERS", **PRODUCTION, **of_twilio) == "['twilio']"


@pytest.mark.parametrize("missing", ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"])
def test_twilio_is_not_offered_while_one_of_its_variables_is_missing(missing: str) -> None:
    of_twilio = {"TWILIO_ACCOUNT_SID": "AC1", "TWILIO_AUTH_TOKEN": "token", missing: ""}
    assert setting("PROVIDERS", **PRODUCTION, **of_twilio) == "[]"


def test_a_proxy_is_believed_only_when_it_is_declared() -> None:
    assert setting("SECURE_PROXY_SSL_HEADER", **PRODUCTION) == "None"
    assert setting("SECURE_PROXY_SSL_HEADER", **PRODUCTION, PROXIES="1") == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_the_deployment_check_finds_nothing_in_production() -> None:
    done = _check(**PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("variables", "finding"),
    [({**PRODUCTION, "DEMO": "1"}, "hustle.E001"), ({**PRODUCTION, "DIGEST_SECRETS": ""}, "hustle.E002")],
)
def test_the_deployment_check_finds(variables: dict[str, str], finding: str) -> None:
    done = _check(**variables)
    assert done.returncode != 0
    assert finding in done.stderr


def _check(**variables: str) -> subprocess.CompletedProcess[str]:
    code = "from django.core.management import execute_from_command_line as run; run(['', 'check', *{}])"
    return python(code.format(["--deploy", "--fail-level", "WARNING"]), **variables)
