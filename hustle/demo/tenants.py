"""Who is in the demo: two accounts, their organizations and groups, and the people who sign in."""

from dataclasses import dataclass

from contacts.actions.tag import create_reason, tags_named
from contacts.conversations.actions.number import give
from contacts.conversations.actions.wording import create_closing
from groups.models import Account, Group, Organization, Role, RoleKind, User
from hustle.demo.clock import ago


@dataclass(frozen=True)
class Tenants:
    """The demo's groups by name, and the people whom its story needs."""

    eastside: Group
    west_ward: Group
    lakeside: Group
    pantry: Group
    group_admin: User
    account_admin: User
    support: User
    outsider: User
    agents: tuple[User, ...]


PEOPLE = {
    "account.admin": "Ruth Adeyemi",
    "org.admin": "Tom Lindqvist",
    "group.admin": "Maya Okafor",
    "agent": "Priya Raman",
    "support": "Ines Duarte",
    "outsider": "Paul Berger",
    "jo.feldman": "Jo Feldman",
    "lin.zhao": "Lin Zhao",
    "sam.ortega": "Sam Ortega",
}

NUMBERS = ("+19075550100", "+19075550101", "+19075550102", "+19075550103")
"""From which the groups text; no contact of the demo has one of them."""

REASONS = {"Moved away": "moved", "Wrong number": "wrong-number", "Too many texts": None, "Asked by phone": "asked"}
CLOSING = (
    "Understood. You will get no more texts from us.",
    "Done: {organization} won't text you again. Text START to get texts again.",
)


def make(password: str) -> Tenants:
    """Make everybody, with one password."""
    people = {
        key: User.objects.create_user(f"{key}@demo.test", password, name=name, is_support=key == "support")
        for key, name in PEOPLE.items()
    }
    sunrise = Account.objects.create(name="Sunrise Alliance")
    riverside = Organization.objects.create(account=sunrise, name="Riverside Neighbors")
    renters = Organization.objects.create(account=sunrise, name="Lakeside Renters")
    eastside, west_ward = (_group(riverside, name) for name in ("Eastside Canvass", "West Ward"))
    lakeside = _group(renters, "Quay Street")
    harbor = Account.objects.create(name="Harbor Food Bank")
    pantry = _group(Organization.objects.create(account=harbor, name="Harbor Pantry"), "Pantry Visitors")
    for group, number in zip((eastside, west_ward, lakeside, pantry), NUMBERS, strict=True):
        give(group, number, provider="simulator", answers_stop="us", by=None)
    _appoint(people, sunrise, riverside, eastside, west_ward, lakeside, harbor)
    for organization in (riverside, renters):
        _offer_reasons_and_closing_texts(organization, people["account.admin"])
    agents = tuple(people[key] for key in ("agent", "jo.feldman", "lin.zhao", "sam.ortega"))
    return Tenants(
        eastside,
        west_ward,
        lakeside,
        pantry,
        group_admin=people["group.admin"],
        account_admin=people["account.admin"],
        support=people["support"],
        outsider=people["outsider"],
        agents=agents,
    )


def _group(organization: Organization, name: str) -> Group:
    return Group.objects.create(account=organization.account, organization=organization, name=name)


def _appoint(
    people: dict[str, User],
    sunrise: Account,
    riverside: Organization,
    eastside: Group,
    west_ward: Group,
    lakeside: Group,
    harbor: Account,
) -> None:
    _role(people["account.admin"], RoleKind.ACCOUNT_ADMIN, sunrise)
    _role(people["org.admin"], RoleKind.ORGANIZATION_ADMIN, riverside)
    _role(people["group.admin"], RoleKind.GROUP_ADMIN, eastside)
    _role(people["outsider"], RoleKind.ACCOUNT_ADMIN, harbor)
    for key in ("agent", "jo.feldman", "lin.zhao", "sam.ortega"):
        _role(people[key], RoleKind.AGENT, eastside)
    for group in (west_ward, lakeside):
        _role(people["sam.ortega"], RoleKind.AGENT, group)


def _role(user: User, kind: RoleKind, on: Account | Organization | Group) -> None:
    Role.objects.create(
        user=user,
        kind=kind,
        account=on if isinstance(on, Account) else on.account,
        organization=on if isinstance(on, Organization) else getattr(on, "organization", None),
        group=on if isinstance(on, Group) else None,
        started=ago(40),
    )


def _offer_reasons_and_closing_texts(organization: Organization, by: User) -> None:
    tags = tags_named(organization, [tag for tag in REASONS.values() if tag], by=by)
    for name, tag in REASONS.items():
        create_reason(organization, name=name, tag=tags[tag] if tag else None, by=by)
    for text in CLOSING:
        create_closing(organization, text=text, by=by)
