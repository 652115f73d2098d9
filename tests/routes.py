"""Every route of the site: how to reach it with real objects, and a body that succeeds for who may post it.

``tests/test_every_route.py`` walks them. A route that is missing here fails it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from compliance.actions.redact import redact
from compliance.actions.reversal import file_reversal
from compliance.forms.redaction import SENTENCE
from compliance.models import Redaction, ReversalRequest
from contacts.actions import change as changes
from contacts.actions import tag as labels
from contacts.actions import upload as uploads
from contacts.actions.hold import decide, open_hold
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions import wording as wordings
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import ClosingText, Conversation, Goal, Media, Message, Recipient
from contacts.conversations.providers.base import File
from contacts.models import Change, Hold, Membership, OptOutReason, Source, Tag, Upload
from groups.actions.invitation import invite
from groups.actions.tenant import archive_group
from groups.models import Account, AuditEntry, Group, Invitation, Organization, RoleKind, Scope, User
from tests.contacts.factories import arrive, member, members, phone
from tests.conversations.factories import give_number
from tests.people import person

FILE = b"Phone,First name,Nickname\n+1 206-555-0170,Ada,Ad\n12,Bea,Be\n"


@dataclass
class World:
    """A tenant with one of everything; ``author`` chose the changes and uploaded the files."""

    account: Account
    organization: Organization
    group: Group
    author: User
    leavers: dict[str, User] = field(init=False)
    invitations: dict[str, Invitation] = field(init=False)
    member: Membership = field(init=False)
    chosen: Change = field(init=False)
    saved: Change = field(init=False)
    waiting: Upload = field(init=False)
    uploaded: Upload = field(init=False)
    redaction: Redaction = field(init=False)
    tags: list[Tag] = field(init=False)
    reasons: list[OptOutReason] = field(init=False)
    closings: list[ClosingText] = field(init=False)
    bulk: AuditEntry = field(init=False)
    request: ReversalRequest = field(init=False)
    conversation: Conversation = field(init=False)
    media: Media = field(init=False)
    hold: Hold = field(init=False)
    goals: list[Goal] = field(init=False)

    def __post_init__(self) -> None:
        levels: list[tuple[str, Scope, RoleKind]] = [
            ("account", self.account, RoleKind.ACCOUNT_ADMIN),
            ("organization", self.organization, RoleKind.ORGANIZATION_ADMIN),
            ("group", self.group, RoleKind.AGENT),
        ]
        self.leavers = {level: person(f"Leaver of {level}", kind, scope) for level, scope, kind in levels}
        self.invitations = {
            level: invite(scope, email="new@example.com", kind=kind, by=None).invitation
            for level, scope, kind in levels
        }
        self._fill_the_group()
        self._fill_the_organization()
        self._redact()
        self._opt_out_and_ask_to_end_it()
        self._talk()
        self._launch()

    def _fill_the_group(self) -> None:
        rows = members(self.group, phone(1), phone(2))
        self.member = member(self.group, phone(1))
        self.chosen, self.saved = (
            changes.choose(self.group, rows.filter(phone=number), action="make_inactive", by=self.author)
            for number in (phone(1), phone(2))
        )
        changes.save(self.saved, rows, by=self.author)
        self.waiting, self.uploaded = (
            uploads.keep(self.group, name="contacts.csv", content=FILE, by=self.author) for _ in range(2)
        )
        uploads.save(self.uploaded, by=self.author)
        self.waiting = uploads.keep(self.group, name="more.csv", content=FILE.replace(b"0170", b"0171"), by=self.author)

    def _redact(self) -> None:
        arrive(self.group, phone(3))
        redaction = redact(self.account, [phone(3)], by=self.author)
        assert redaction
        self.redaction = redaction

    def previewed(self) -> str:
        """What the preview of a redaction hands on to the next step."""
        return signing.dumps([self.member.phone], salt=f"compliance.redaction:{self.account.pk}:{self.author.pk}")

    def _fill_the_organization(self) -> None:
        on, by = self.organization, self.author
        self.tags = [labels.create_tag(on, name=name, agents_may_set=True, by=by) for name in ("new", "old")]
        self.reasons = [labels.create_reason(on, name=name, tag=None, by=by) for name in ("new", "old")]
        for retired in (self.tags[1], self.reasons[1]):
            labels.retire(retired, by=by)
        self.closings = [
            wordings.create_closing(on, text=f"No more texts from us, {name}.", by=by) for name in ("new", "old")
        ]
        wordings.retire_closing(self.closings[1], by=by)

    def _opt_out_and_ask_to_end_it(self) -> None:
        on, by = self.organization, self.author
        entry = opt_out(on, [phone(900), phone(901)], by=by, source=Source.ADMIN).entry
        assert entry
        self.bulk, self.request = entry, file_reversal(on, phone(900), by=by, evidence="They wrote to us")

    def _talk(self) -> None:
        """A conversation that is nobody's now, in which the leaver of the group wrote and was sent a picture."""
        key, agent, now = self.member.contact_id, self.leavers["group"], timezone.now()
        give_number(self.group, phone(1000 + self.group.pk))
        ours = Text(key, "Hi, this is Lee.", now, Message.State.DELIVERED, agent)
        keep(self.group, [ours, Text(key, "Look", now, files=[File("image/png", b"a picture")])])
        self.conversation = self.group.conversations.get()
        self.media = Media.objects.get(message__conversation=self.conversation)
        open_hold(self.organization, str(self.member.phone), text="leave me alone", group=self.group)
        self.hold = self.group.holds.get()

    def _launch(self) -> None:
        """A draft, and a goal that was launched to the member alone before they were held."""
        names = ("Ward meeting", "Phone tree")
        self.goals = [
            goals.draft(self.group, name=name, script="Hi from {organization}", by=self.author) for name in names
        ]
        Goal.objects.filter(pk=self.goals[1].pk).update(launched=timezone.now())
        Recipient.objects.create(account=self.account, goal=self.goals[1], membership=self.member)


type Body = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """``body`` changes something when posted by whoever may, after ``first``; ``ids``: numbers besides the scope's.

    ``shows``: it answers with a page or a file instead of leading on, since no phone may stand in an address (R5.9);
    then whether it changes something is for its own tests to say.
    """

    body: Callable[[World], Body] | None = None
    ids: Callable[[World], dict[str, Any]] = lambda _: {}
    first: Callable[[World], object] = lambda _: None
    shows: bool = False


def _member(level: str) -> Callable[[World], dict[str, int]]:
    return lambda world: {"user_id": world.leavers[level].pk}


def _invitation(level: str) -> Callable[[World], dict[str, int]]:
    return lambda world: {"invitation_id": world.invitations[level].pk}


def _contact(world: World) -> dict[str, int]:
    return {"contact_id": world.member.contact_id}


def _waiting(world: World) -> dict[str, int]:
    return {"upload_id": world.waiting.pk}


def _uploaded(world: World) -> dict[str, int]:
    return {"upload_id": world.uploaded.pk}


def _tag(which: int) -> Callable[[World], dict[str, int]]:
    return lambda world: {"tag_id": world.tags[which].pk}


def _reason(which: int) -> Callable[[World], dict[str, int]]:
    return lambda world: {"reason_id": world.reasons[which].pk}


def _closing(which: int) -> Callable[[World], dict[str, int]]:
    return lambda world: {"closing_id": world.closings[which].pk}


def _goal(which: int) -> Callable[[World], dict[str, int]]:
    return lambda world: {"goal_id": world.goals[which].pk}


def _left_out(world: World) -> dict[str, Any]:
    return {"goal_id": world.goals[0].pk, "cause": "inactive"}


def _conversation(world: World) -> dict[str, int]:
    return {"conversation_id": world.conversation.pk}


def _reviewed(world: World) -> dict[str, int]:
    return _member("group")(world) | _conversation(world)


def _held(of: Callable[[World], dict[str, int]]) -> Callable[[World], dict[str, int]]:
    return lambda world: of(world) | {"hold_id": world.hold.pk}


def _nothing_else(world: World) -> dict[str, int]:
    return {}


def _media(of: Callable[[World], dict[str, int]]) -> Callable[[World], dict[str, int]]:
    return lambda world: of(world) | {"media_id": world.media.pk}


def _number(world: World) -> Body:
    return {"phone": phone(2000 + world.group.pk), "provider": "simulator", "answers_stop": "us"}


def _text(world: World) -> Body:
    return {"body": "Hello", "key": str(uuid4())}


def _own(world: World) -> object:
    return world.group.memberships.filter(pk=world.member.pk).update(agent=world.author)


def _off_hold(world: World) -> object:
    return decide(world.hold, Hold.Decision.NOT_AN_OPT_OUT, by=world.author)


def _nothing(world: World) -> Body:
    return {}


def _same(**body: Any) -> Callable[[World], Body]:
    return lambda _: body


def _file(world: World) -> Body:
    return {"file": SimpleUploadedFile("contacts.csv", FILE, content_type="text/csv")}


SCOPED: dict[str, Route] = {
    "groups:account": Route(),
    "groups:account_organizations": Route(),
    "groups:create_organization": Route(_same(name="Hilltop Renters", country="US")),
    "groups:account_settings": Route(_same(name="Renamed")),
    "contacts:account_sync": Route(_same(do="on_and_apply")),
    "groups:account_members": Route(),
    "groups:account_invite": Route(_same(email="dana@example.com")),
    "groups:account_member": Route(ids=_member("account")),
    "groups:account_remove": Route(_nothing, _member("account")),
    "groups:account_resend": Route(_nothing, _invitation("account")),
    "groups:account_withdraw": Route(_nothing, _invitation("account")),
    "groups:organization": Route(),
    "groups:create_group": Route(_same(name="Northside Doors", time_zone="America/Chicago")),
    "groups:organization_settings": Route(_same(name="Renamed", country="CA")),
    "groups:organization_members": Route(),
    "groups:organization_invite": Route(_same(email="dana@example.com")),
    "groups:organization_member": Route(ids=_member("organization")),
    "groups:organization_remove": Route(_nothing, _member("organization")),
    "groups:organization_resend": Route(_nothing, _invitation("organization")),
    "groups:organization_withdraw": Route(_nothing, _invitation("organization")),
    "groups:group": Route(),
    "groups:group_settings": Route(
        _same(name="Renamed", time_zone="America/Chicago", texts_from="9", texts_until="19")
    ),
    "groups:archive_group": Route(_nothing),
    "groups:unarchive_group": Route(_nothing, first=lambda world: archive_group(world.group, by=world.author)),
    "groups:agents": Route(),
    "groups:group_invite": Route(_same(email="dana@example.com", kind="agent")),
    "groups:group_member": Route(ids=_member("group")),
    "groups:group_change": Route(_same(kinds=["group_admin", "agent"]), _member("group")),
    "groups:group_remove": Route(_nothing, _member("group")),
    "groups:group_resend": Route(_nothing, _invitation("group")),
    "groups:group_withdraw": Route(_nothing, _invitation("group")),
    "compliance:compliance": Route(),
    "compliance:preview": Route(lambda world: {"phones": world.member.phone}, shows=True),
    "compliance:confirm": Route(lambda world: {"leads": world.previewed()}, shows=True),
    "compliance:redact": Route(lambda world: {"leads": world.previewed(), "sentence": SENTENCE}),
    "compliance:receipt": Route(ids=lambda world: {"redaction_id": world.redaction.pk}),
    "contacts:list": Route(),
    "contacts:rows": Route(),
    "contacts:add": Route(_same(phone="+1 206-555-0150", first_name="Eve")),
    "contacts:contact": Route(ids=_contact),
    "contacts:edit": Route(_same(first_name="Dee"), _contact),
    "contacts:number": Route(_same(phone="+1 206-555-0151"), _contact),
    "contacts:opt_out": Route(ids=_contact),
    "contacts:status": Route(_same(action="deactivate"), _contact),
    "contacts:upload": Route(_file),
    "contacts:upload_preview": Route(
        _same(**{"column-0": "phone", "column-1": "first_name", "column-2": "ignore"}), _waiting
    ),
    "contacts:upload_save": Route(_nothing, _waiting),
    "contacts:upload_cancel": Route(_nothing, _waiting),
    "contacts:upload_result": Route(ids=_uploaded),
    "contacts:upload_rejected": Route(ids=_uploaded),
    "contacts:changes": Route(),
    "contacts:exports": Route(),
    "contacts:export": Route(_same(select="everybody"), shows=True),
    "contacts:export_members": Route(_nothing, shows=True),
    "contacts:choose": Route(lambda world: {"action": "opt_out", "row": [world.member.pk]}),
    "contacts:save": Route(_nothing, lambda world: {"change_id": world.chosen.pk}),
    "contacts:undo": Route(_nothing, lambda world: {"change_id": world.saved.pk}),
    "contacts:organization_contacts": Route(),
    "contacts:tags": Route(_same(name="donor", agents_may_set="on")),
    "contacts:tag": Route(_same(name="renamed"), _tag(0)),
    "contacts:retire_tag": Route(_nothing, _tag(0)),
    "contacts:bring_back_tag": Route(_nothing, _tag(1)),
    "contacts:reasons": Route(lambda world: {"name": "Moved away", "tag": world.tags[0].pk}),
    "contacts:reason": Route(lambda world: {"name": "renamed", "tag": world.tags[0].pk}, _reason(0)),
    "contacts:retire_reason": Route(_nothing, _reason(0)),
    "contacts:bring_back_reason": Route(_nothing, _reason(1)),
    "contacts:opt_outs": Route(),
    "contacts:opt_out_list": Route(_same(step="save", lines=f"1\t{phone(902)}\t2026-03-31\t"), shows=True),
    "compliance:reversals": Route(),
    "compliance:file_reversal": Route(
        lambda world: {"phone": phone(901), "organization": world.organization.pk, "evidence": "They wrote to us"}
    ),
    "compliance:file_bulk_reversal": Route(lambda world: {"opened_by": world.bulk.pk, "evidence": "The wrong list"}),
    "contacts:export_opt_outs": Route(_nothing, shows=True),
    "compliance:account_audit": Route(),
    "compliance:organization_audit": Route(),
    "compliance:group_audit": Route(),
    **{
        f"compliance:{level}_{report}{file}": Route()
        for level in ("account", "organization", "group")
        for report in ("report", "opt_out_report", "goal_report")
        for file in ("", "_csv")
    },
    "compliance:look_up": Route(_same(phone="+1 206-555-0001"), shows=True),
    "compliance:organization_look_up": Route(_same(phone="+1 206-555-0001"), shows=True),
    "conversations:texts": Route(_same(confirmation="", help="", contact="help@example.org")),
    "conversations:create_closing": Route(_same(text="We will not text you again.")),
    "conversations:closing": Route(_same(text="You will get no more texts from us."), _closing(0)),
    "conversations:retire_closing": Route(_nothing, _closing(0)),
    "conversations:bring_back_closing": Route(_nothing, _closing(1)),
    "conversations:export": Route(_nothing, shows=True),
    "conversations:review": Route(ids=_member("group")),
    "conversations:conversation": Route(ids=_reviewed),
    "conversations:review_opt_out": Route(ids=_reviewed),
    "conversations:review_status": Route(_same(action="deactivate"), _reviewed),
    "conversations:review_hold": Route(_same(decision="opt_out"), _held(_reviewed)),
    "conversations:review_media": Route(ids=_media(_reviewed)),
    "conversations:threads": Route(),
    "conversations:thread": Route(ids=_conversation),
    "conversations:number": Route(_number),
    "conversations:take_number": Route(_nothing),
    "conversations:goals": Route(),
    "conversations:new_goal": Route(_same(name="Phone tree", script="Hi from {organization}")),
    "conversations:goal": Route(_same(name="Renamed", script="Hi from {organization}"), _goal(0)),
    "conversations:launch": Route(_nothing, _goal(0), _off_hold),
    "conversations:move_goal": Route(_same(action="pause"), _goal(1)),
    "conversations:left_out": Route(ids=_left_out),
    "conversations:begin": Route(lambda world: {"recipient": world.goals[1].recipients.get().pk}, _goal(1), _off_hold),
    "conversations:send": Route(_text, _conversation, _off_hold),
    "conversations:notes": Route(lambda world: {"tags": [world.tags[0].pk]}, _conversation),
    "conversations:claim": Route(_nothing, _conversation, shows=True),
    "conversations:opt_out": Route(ids=_conversation),
    "conversations:confirm_opt_out": Route(_nothing, _conversation),
    "conversations:thread_hold": Route(_same(decision="not_an_opt_out"), _held(_conversation), _own),
    "conversations:thread_media": Route(ids=_media(_conversation)),
    "conversations:holds": Route(),
    "conversations:decide_hold": Route(_same(decision="wrong_person"), _held(_nothing_else)),
    "conversations:organization_holds": Route(),
    "conversations:decide_hold_of_organization": Route(_same(decision="opt_out"), _held(_nothing_else)),
}
"""The routes on a tenant, by name."""

SUPPORT: dict[str, Route] = {
    "compliance:support": Route(),
    "compliance:support_find": Route(
        lambda world: {"phone": phone(900), "organization": world.organization.pk}, shows=True
    ),
    "compliance:support_request": Route(
        _same(decision="approve", answer="Their own words"), lambda world: {"request_id": world.request.pk}
    ),
}
"""The routes of Customer Support, by name: for everybody else they do not exist (R2.4)."""

LIBRARY = "django-allauth's: about one's own sign-in only, each asks for it where it must"
EXEMPT: dict[str, str] = {
    "groups:home": "leads everybody to what their own roles open",
    "groups:mine": "lists what one's own roles open",
    "groups:me": "one's own settings, nobody else's",
    "groups:invitation": "the secret in the link, known to the invited address only, stands for a role",
    "conversations:texts_in": "a provider signs what it posts",
    "conversations:reports": "a provider signs what it posts",
    "healthz": "says whether the process can serve, and nothing else",
    "account_login": LIBRARY,
    "account_logout": LIBRARY,
    "account_inactive": LIBRARY,
    "account_reauthenticate": LIBRARY,
    "account_change_password": LIBRARY,
    "account_set_password": LIBRARY,
    "account_reset_password": LIBRARY,
    "account_reset_password_done": LIBRARY,
    "account_reset_password_from_key": LIBRARY,
    "account_reset_password_from_key_done": LIBRARY,
    "mfa_index": LIBRARY,
    "mfa_authenticate": LIBRARY,
    "mfa_reauthenticate": LIBRARY,
    "mfa_activate_totp": LIBRARY,
    "mfa_deactivate_totp": LIBRARY,
    "mfa_view_recovery_codes": LIBRARY,
    "mfa_generate_recovery_codes": LIBRARY,
    "mfa_download_recovery_codes": LIBRARY,
}
"""The routes on no tenant, and why they need no permission; our own views carry the same reason."""

OPEN = {
    "healthz",
    "conversations:texts_in",
    "conversations:reports",
    "groups:invitation",
    "account_login",
    "account_inactive",
    "account_logout",
} | {name for name in EXEMPT if name.startswith("account_reset_password") or name == "mfa_authenticate"}
"""Those of them that answer somebody who has not signed in with anything but the way to the sign-in page."""
