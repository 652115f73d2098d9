"""What happened in the demo so far: files uploaded, people deactivated, opted out, on hold, assigned."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from contacts.actions import upload
from contacts.actions.arrival import Person, bring_in
from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_active, make_inactive
from contacts.actions.opt_out import opt_out, opt_out_contacts
from contacts.models import Contact, OptOutReason, Source, Upload
from contacts.models.membership import MembershipQuerySet
from groups.models import Group, User
from hustle.demo.tenants import Tenants

FILES = Path(__file__).parent
LARGE_BATCH = 10_000


def tell(tenants: Tenants) -> None:
    """Upload the files and let some people be removed in each of the ways there are."""
    for group, file, by in (
        (tenants.eastside, "eastside-canvass.csv", tenants.group_admin),
        (tenants.west_ward, "west-ward.csv", tenants.agents[0]),
        (tenants.lakeside, "lakeside-renters.csv", tenants.agents[0]),
        (tenants.pantry, "pantry-visitors.csv", tenants.outsider),
    ):
        _upload(group, file, by)
    _assign(tenants)
    _deactivate(tenants)
    _opt_out(tenants)
    _hold(tenants.eastside)


def _upload(group: Group, file: str, by: User) -> None:
    kept = upload.keep(group, name=file, content=(FILES / file).read_bytes(), by=by)
    upload.save(kept, by=by, answer=Upload.StatusAnswer.OPT_OUT)


def _some(group: Group, positions: Sequence[int]) -> MembershipQuerySet:
    return group.memberships.at(list(positions))


def _assign(tenants: Tenants) -> None:
    for number, agent in enumerate(tenants.agents):
        assign(
            tenants.eastside, _some(tenants.eastside, range(number + 1, 200, 5)), agent=agent, by=tenants.group_admin
        )


def _deactivate(tenants: Tenants) -> None:
    group, by = tenants.eastside, tenants.group_admin
    make_inactive(group, _some(group, range(3, 120, 7)), by=by, note="Moved out of the ward, says the voter file")
    make_inactive(group, _some(group, [24, 52]), by=by)
    make_active(group, _some(group, [24]), by=by)
    make_inactive(tenants.west_ward, _some(tenants.west_ward, range(5, 60, 9)), by=None)


def _opt_out(tenants: Tenants) -> None:
    group, admin, agent = tenants.eastside, tenants.group_admin, tenants.agents[0]
    reasons = list(OptOutReason.objects.filter(organization=group.organization))
    for number, reason in enumerate(reasons):
        opt_out_contacts(group, _some(group, [12 + number * 30]), by=admin, reason=reason, source=Source.ADMIN)
    opt_out_contacts(group, _some(group, [17, 45]), by=agent, reason=reasons[0], source=Source.AGENT)
    opt_out_contacts(group, _some(group, [60]), by=admin, source=Source.OTHER_CHANNEL)
    for position, text in ((9, "STOP"), (48, "Stop please"), (77, "unsubscribe"), (210, "STOP")):
        _by_text(group, position, text)


def _by_text(group: Group, position: int, text: str) -> None:
    phone = str(group.memberships.get(position=position).phone)
    opt_out(group.organization, [phone], by=None, source=Source.KEYWORD, text=text, group=group)


def _hold(group: Group) -> None:
    for position, text in ((33, "leave me alone"), (88, "wrong number"), (140, "stop it")):
        phone = str(group.memberships.get(position=position).phone)
        open_hold(group.organization, phone, text=text, due=timezone.now() + timedelta(days=2), group=group)


def crowd(group: Group, many: int, by: User) -> None:
    """Add ``many`` made-up members to ``group``: some inactive, some opted out, a tenth tagged."""
    for start in range(0, many, LARGE_BATCH):
        numbers = range(start, min(start + LARGE_BATCH, many))
        bring_in(group, [_stranger(number) for number in numbers], by=by, source=Contact.Source.UPLOAD, via="demo")
    last = group.memberships.order_by("-position").values_list("position", flat=True)[0]
    joined = range(last - many + 1, last + 1)
    make_inactive(group, _some(group, joined[::14]), by=by)
    opt_out_contacts(group, _some(group, joined[::33]), by=by, source=Source.ADMIN)


def _stranger(number: int) -> Person:
    """A person of a range of numbers that is valid and made up."""
    names = {"first_name": f"Person {number % 997:03d}", "last_name": f"Number {number:06d}"}
    phone = f"+1{_AREAS[number // 100_000]}5{number % 100_000 + 500_000:06d}"
    return Person(phone, names, tags=("crowd",) if number % 10 == 0 else ())


_AREAS = (201, 203, 205, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229, 231)
