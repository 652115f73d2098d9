"""A page that shows a time says once in which zone: a group's in the group's, others in the viewer's (section 9)."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse

from groups.models import Account, Group, Organization, RoleKind, User
from tests.people import client_of, role_of
from tests.routes import SCOPED, SUPPORT, World
from tests.test_every_route import own_ids, scope_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

SAYS = re.compile(r'<p class="hint zone">Times in ([^<]+)\.</p>')
TIME = re.compile(r"<time\b[^>]*>[^<]*</time>")
UNMARKED = re.compile(r"\d{4}, \d{2}:\d{2}(?!:?[\d]* \()")
"""A day with an hour, and no zone beside it."""
TAG = re.compile(r"<[^>]*>")
SHOW_TIMES = {
    "groups:account",
    "groups:account_members",
    "groups:agents",
    "contacts:list",
    "contacts:contact",
    "contacts:changes",
    "contacts:opt_outs",
    "contacts:upload",
    "contacts:tags",
    "conversations:holds",
    "conversations:organization_holds",
    "conversations:threads",
    "conversations:thread",
    "conversations:review",
    "conversations:conversation",
    "conversations:goals",
    "conversations:number",
    "compliance:compliance",
    "compliance:receipt",
    "compliance:account_audit",
    "compliance:group_goal_report",
    "compliance:reversals",
    "compliance:support",
    "compliance:support_request",
}
"""Some of those that have to be found, so that the walk can't pass because it met none."""


@pytest.fixture
def viewer(account_admin: User, group: Group) -> User:
    """Somebody in Tokyo who may see every page; the group is in New York."""
    role_of(account_admin, RoleKind.AGENT, group)
    account_admin.time_zone, account_admin.is_support = "Asia/Tokyo", True
    account_admin.save()
    return account_admin


def mains(viewer: User, world: World) -> Iterator[tuple[str, str]]:
    """Each page's name, and what stands in its main part."""
    client = client_of(viewer)
    for name, route in (SCOPED | SUPPORT).items():
        response = client.get(reverse(name, kwargs=own_ids(world, name) | route.ids(world)))
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            yield name, response.text.split("<main", 1)[1].split("</main>")[0]


def test_every_page_that_shows_a_time_says_once_in_which_zone(
    viewer: User, account: Account, organization: Organization, group: Group
) -> None:
    world = World(account, organization, group, author=viewer)
    found, problems = set(), []
    for name, page in mains(viewer, world):
        if UNMARKED.search(TAG.sub("", TIME.sub("", page))):
            problems.append(f"{name} shows a time that is not marked as one")
        if not TIME.search(page):
            continue
        found.add(name)
        zone = "America/New York" if name in SCOPED and scope_of(name) == "group" else "Asia/Tokyo"
        if SAYS.findall(page) != [zone]:
            problems.append(f"{name} says {SAYS.findall(page)}")
    assert not problems, "\n".join(problems)
    assert found >= SHOW_TIMES, SHOW_TIMES - found
