"""Real Chromium: every test that takes ``page`` is told twice, JavaScript off first."""

import os
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import testcases
from playwright.sync_api import BrowserContext, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from groups.models import User
from hustle.live import answering_first
from tests.people import client_of

# Without preload the checker does not read the style sheets itself: none of these rules needs them; it would look for
# imported ones beside the page (404), and write what it found into inline styles, which the policy refuses.
WCAG_2_2_AA = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],
    "preload": False,
}
NARROW, WIDE = ViewportSize(width=390, height=844), ViewportSize(width=1280, height=800)


# Playwright's synchronous interface keeps an event loop running, in which Django would refuse the database, up to the
# moment when the test database is dropped. These tests are a run of their own (pyproject.toml leaves them out).
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or subprocess.check_output("script/chromium", text=True).strip()
    # No sandbox inside a container, and little shared memory.
    options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
    return {**browser_type_launch_args, "executable_path": chromium, "args": options}


@pytest.fixture(scope="session")
def served_as_in_production() -> Iterator[None]:
    """The live server makes an application of its own: what `hustle.wsgi` puts before it is put before that too."""
    handler = testcases._MediaFilesHandler  # The outermost part of it that is not about static files.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(testcases, "_MediaFilesHandler", lambda site: answering_first(handler(site)))
        yield


@pytest.fixture(scope="session")
def base_url(served_as_in_production: None, live_server: LiveServer) -> str:
    """What `page.goto("/…")` starts from."""
    return str(live_server.url)


@pytest.fixture(params=[False, True], ids=["javascript off", "javascript on"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def context(new_context: Callable[..., BrowserContext], javascript: bool) -> BrowserContext:
    context = new_context(java_script_enabled=javascript, viewport=WIDE, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def console() -> list[str]:
    """What the browser complained about; a test that provokes a complaint takes it out again."""
    return []


@pytest.fixture
def page(context: BrowserContext, console: list[str]) -> Iterator[Page]:
    """A page whose console stays silent: no script error, nothing refused by the policy, nothing missing."""
    page = context.new_page()
    page.on("console", lambda message: console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: console.append(f"error: {error}"))
    yield page
    assert console == []


@pytest.fixture
def sign_in(context: BrowserContext, base_url: str) -> Callable[[User], None]:
    """Sign a person in without the sign-in page."""

    def signed_in(user: User) -> None:
        cookie = client_of(user).cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base_url}])

    return signed_in


@pytest.fixture
def assert_well_made(javascript: bool, console: list[str]) -> Callable[[Page], None]:
    """Nothing sticks out sideways on a phone and on a desk; no barrier in light and dark (with JavaScript)."""

    def check(page: Page) -> None:
        page.wait_for_load_state()  # A heading is there before the style sheets are.
        for size in (NARROW, WIDE):
            page.set_viewport_size(size)
            assert _overflow(page) == 0, f"{page.url} is too wide at {size['width']}: {_sticking_out(page)}"
            if javascript:
                _assert_no_barrier(page)

    return check


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def _sticking_out(page: Page) -> Any:
    return page.evaluate(
        "[...document.querySelectorAll('main *')].filter(one => one.getBoundingClientRect().right > innerWidth)"
        ".map(one => one.outerHTML.slice(0, 120))"
    )


def _assert_no_barrier(page: Page) -> None:
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        violations = _violations(page)
        report = AxeResults({"violations": violations}).generate_report
        assert not violations, f"{page.url}, {scheme}:\n{report()}"


def _violations(page: Page) -> list[Any]:
    """The checker is put into a page once, and sends nothing else back: both take as long as its rules do."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(Axe().axe_script)
    found: list[Any] = page.evaluate("options => axe.run(options).then(found => found.violations)", WCAG_2_2_AA)
    return found
