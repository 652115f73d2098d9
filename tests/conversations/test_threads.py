"""An agent's threads: whose they see, `Opt Out` in two steps, and what locks the composer (R2.1, R4.3, R4.11, R7.2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse as reverse_opt_out
from contacts.actions.tag import retire
from contacts.conversations.actions import closing
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Conversation, Message
from contacts.models import ContactTag, OptOut
from groups.actions.role import end_role
from groups.models import AuditEntry, Group, RoleKind, User
from tests.contacts.factories import member, members, phone, reason
from tests.conversations.factories import give_number, named, ours, redact, talk
from tests.people import client_of, person, role_of


@pytest.fixture
def dana(group: Group, agent: User, group_admin: User) -> Conversation:
    """Dana Whitfield's thread, which is the agent's."""
    named(group, phone(1), "Dana", "Whitfield")
    found = talk(group, phone(1), "Hi Dana", "I moved away", agent=agent)
    assign(group, members(group, phone(1)), agent=agent, by=group_admin)
    return found


@pytest.fixture
def colleague(group: Group) -> User:
    return person("Jo Feldman", RoleKind.AGENT, group)


@pytest.fixture
def client(agent: User) -> Client:
    return client_of(agent)


def at(of: Conversation, name: str = "thread") -> str:
    return reverse(f"conversations:{name}", args=[of.group_id, of.pk])


def listing(group: Group) -> str:
    return reverse("conversations:threads", args=[group.pk])


def text(client: Client, address: str, **query: str | int) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def listed(client: Client, group: Group, **query: str | int) -> list[str]:
    return [line.name for line in client.get(listing(group), query).context["lines"]]


def opted_out(client: Client, of: Conversation, **body: str | int) -> str:
    """The page after the second step."""
    response = client.post(at(of, "confirm_opt_out"), body, follow=True)
    return " ".join(unescape(response.content.decode()).split())


def test_an_agent_who_opens_the_group_comes_to_the_threads(client: Client, group: Group) -> None:
    assert client.get(reverse("groups:group", args=[group.pk]))["Location"] == listing(group)


def test_the_list_shows_own_and_unassigned_threads_the_newest_first(
    client: Client, group: Group, dana: Conversation, colleague: User, group_admin: User
) -> None:
    named(group, phone(2), "Nobodys")
    named(group, phone(3), "Colleagues")
    named(group, phone(4), "Silent")
    talk(group, phone(2), "Hello", at=timezone.now())
    talk(group, phone(3), "Hello")
    assign(group, members(group, phone(3)), agent=colleague, by=group_admin)

    assert listed(client, group) == ["Nobodys", "Dana Whitfield"]
    assert listed(client, group, q="dana") == ["Dana Whitfield"]
    assert "No thread matches" in text(client, listing(group), q="colleagues")


def test_a_colleagues_thread_is_not_there_even_if_one_wrote_in_it(
    client: Client, group: Group, dana: Conversation, colleague: User, group_admin: User
) -> None:
    assign(group, members(group, phone(1)), agent=colleague, by=group_admin)

    for name in ("thread", "opt_out", "confirm_opt_out"):
        assert client.get(at(dana, name)).status_code == 404
    assert client.post(at(dana, "confirm_opt_out")).status_code == 404
    assert not OptOut.objects.exists()


def test_a_thread_of_another_group_or_tenant_is_not_there(
    client: Client, group: Group, other_group: Group, foreign_group: Group
) -> None:
    for place in (other_group, foreign_group):
        elsewhere = talk(place, phone(9), "Hello")
        assert client.get(at(elsewhere)).status_code == 404
        assert client.get(reverse("conversations:thread", args=[group.pk, elsewhere.pk])).status_code == 404


@pytest.mark.parametrize("query", ["status=active", "page=0", "page=x", "q=a&q=b", "q=" + "a" * 101])
def test_an_unknown_filter_lists_nobody(client: Client, group: Group, dana: Conversation, query: str) -> None:
    response = client.get(f"{listing(group)}?{query}")
    assert "lines" not in response.context
    assert "Nothing is listed." in response.content.decode()


def test_an_admin_who_is_no_agent_does_not_work_threads(group: Group, group_admin: User, dana: Conversation) -> None:
    client = client_of(group_admin)
    assert client.get(listing(group)).status_code == 403
    assert client.post(at(dana, "confirm_opt_out")).status_code == 403
    assert not OptOut.objects.exists()

    role_of(group_admin, RoleKind.AGENT, group)
    assert client.get(listing(group)).status_code == 200


def test_an_agent_who_was_removed_finds_nothing(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    end_role(agent.roles.get(), by=group_admin)

    assert client.post(at(dana, "confirm_opt_out")).status_code == 302  # signed out: the way to the sign-in page
    again = client_of(User.objects.get(pk=agent.pk))
    assert again.get(listing(group)).status_code == 404
    assert again.post(at(dana, "confirm_opt_out")).status_code == 404
    assert not OptOut.objects.exists()


# Opt Out.


def test_opt_out_asks_for_a_reason_then_says_what_it_means_and_changes_nothing_yet(
    client: Client, dana: Conversation
) -> None:
    moved = reason(dana.group.organization, "Moved away", tag="moved")
    assert "Opt Out" in text(client, at(dana))
    assert "Why does Dana want out?" in text(client, at(dana, "opt_out"))
    page = text(client, at(dana, "confirm_opt_out"), reason=moved.pk)

    assert "Opt out Dana Whitfield?" in page
    assert "No one in <strong>Riverside Neighbors</strong> can text this number, in any group." in page
    assert "No message is waiting to be sent to them." in page
    assert "You can't undo this. An account admin can ask Customer Support." in page
    assert "Reason: <strong>Moved away</strong>, adds tag moved" in page
    assert "Keep texting Dana" in page
    assert not OptOut.objects.exists()


def test_confirming_opts_out_with_source_reason_and_tag_and_the_thread_leaves_the_list(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    moved = reason(group.organization, "Moved away", tag="moved")
    page = opted_out(client, dana, reason=moved.pk)

    episode = OptOut.objects.get()
    assert (episode.source, episode.actor, episode.reason, episode.last_group) == ("agent", agent, moved, group)
    assert ContactTag.objects.filter(contact=dana.contact, tag=moved.tag).exists()
    entry = AuditEntry.objects.get(action="opt_out")
    assert (entry.actor, entry.group) == (agent, group)
    assert "Opted out of Riverside Neighbors." in page
    assert "You can't text Dana any more" in page
    assert "by Tess Lindqvist. Reason: Moved away." in page
    assert "Opt Out" not in page
    assert listed(client, group) == []


def test_a_reason_is_not_necessary(client: Client, dana: Conversation) -> None:
    assert "Reason: <strong>none</strong>" in text(client, at(dana, "confirm_opt_out"))
    opted_out(client, dana, reason="")
    assert OptOut.objects.get().reason is None


@pytest.mark.parametrize("wrong", ["x", "0", "9" * 30, "retired", "foreign"])
def test_a_reason_that_is_not_offered_leads_back_to_the_choice(
    client: Client, dana: Conversation, foreign_group: Group, group_admin: User, wrong: str
) -> None:
    gone = reason(dana.group.organization, "Gone")
    retire(gone, by=group_admin)
    key = {"retired": str(gone.pk), "foreign": str(reason(foreign_group.organization).pk)}.get(wrong, wrong)

    page = opted_out(client, dana, reason=key)
    assert "This reason is not offered any more. Choose another." in page
    assert "Why does Dana want out?" in page
    assert client.get(at(dana, "confirm_opt_out"), {"reason": key}).status_code == 302
    assert not OptOut.objects.exists()


def test_messages_that_wait_are_counted_and_cancelled(client: Client, group: Group, dana: Conversation) -> None:
    keep(group, [Text(dana.contact_id, "Soon", timezone.now(), Message.State.QUEUED)])
    assert "1 message waiting to be sent is cancelled." in text(client, at(dana, "confirm_opt_out"))
    opted_out(client, dana)
    assert dana.messages.get(body="Soon").state == "cancelled"


def test_a_second_opt_out_changes_nothing(client: Client, dana: Conversation) -> None:
    opted_out(client, dana)
    assert "They had opted out already. Nothing changed." in opted_out(client, dana)
    assert OptOut.objects.get().evidence.count() == 1
    assert AuditEntry.objects.filter(action="opt_out").count() == 1


def test_an_opt_out_after_one_by_text_is_kept_with_it(client: Client, dana: Conversation) -> None:
    opt_out(dana.group.organization, [phone(1)], by=None, source="keyword", text="STOP")

    assert "They had opted out already. Your request was kept with it." in opted_out(client, dana)
    assert OptOut.objects.get().source == "keyword"
    assert OptOut.objects.get().evidence.count() == 2


def test_a_thread_that_goes_to_a_colleague_meanwhile_is_not_opted_out(
    client: Client,
    group: Group,
    dana: Conversation,
    colleague: User,
    group_admin: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    act = closing.opt_out_contacts

    def late(*args: object, **kwargs: object) -> object:
        assign(group, members(group, phone(1)), agent=colleague, by=group_admin)
        return act(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(closing, "opt_out_contacts", late)
    response = client.post(at(dana, "confirm_opt_out"))

    assert response.status_code == 302
    assert not OptOut.objects.exists()


# The composer.


def test_the_composer_of_somebody_who_may_be_texted_is_open(client: Client, group: Group, dana: Conversation) -> None:
    give_number(group)
    page = text(client, at(dana))
    assert "can't text" not in page
    assert "<textarea" in page


@pytest.mark.parametrize(
    ("state", "title", "cause"),
    [
        ("inactive", "You can't text Dana here", "Inactive in Eastside Canvass"),
        ("opted out", "You can't text Dana any more", "Opted out of Riverside Neighbors on"),
        ("on hold", "You can't text Dana for now", "On hold since"),
        ("archived", "You can't text Dana here", "Eastside Canvass is archived"),
    ],
)
def test_the_composer_is_locked_and_says_why(
    client: Client, group: Group, dana: Conversation, group_admin: User, state: str, title: str, cause: str
) -> None:
    if state == "inactive":
        make_inactive(group, members(group, phone(1)), by=group_admin)
    elif state == "opted out":
        opt_out(group.organization, [phone(1)], by=group_admin, source="admin")
    elif state == "on hold":
        open_hold(group.organization, phone(1), text="stop it", group=group)
    else:
        Group.objects.update(archived=timezone.now())

    page = text(client, at(dana))
    assert title in page
    assert cause in page
    assert listed(client, group) == ([] if state in ("inactive", "opted out") else ["Dana Whitfield"])
    if state == "inactive":
        assert "Made inactive by Maya Okafor, " in page


def test_the_composer_asks_the_truth_and_not_the_copy(client: Client, group: Group, dana: Conversation) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP")
    group.memberships.update(opted_out=False)

    assert "You can't text Dana any more" in text(client, at(dana))


def test_next_thread_leads_to_whoever_waits_longest_for_an_answer_and_to_nobody_with_whom_a_colleague_writes(
    client: Client, group: Group, dana: Conversation
) -> None:
    newer = talk(group, phone(2), "Hello", at=timezone.now())
    older = talk(group, phone(3), "Hello", at=timezone.now() - timedelta(days=9))
    opted_out(client, dana)

    assert client.get(at(dana)).context["next_url"] == at(older)
    colleague = person("Priya Raman", RoleKind.AGENT, group)
    Conversation.objects.filter(pk=older.pk).update(
        writer=colleague, writing_until=timezone.now() + timedelta(minutes=1)
    )
    assert client.get(at(dana)).context["next_url"] == at(newer)


def test_next_thread_leads_to_the_one_after_it_then_to_the_first_once_nobody_waits(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    newer = talk(group, phone(2), "Hello", "Hi", "Bye", at=timezone.now(), agent=agent)
    older = talk(group, phone(3), "Hello", "Hi", "Bye", at=timezone.now() - timedelta(days=9), agent=agent)
    keep(group, [ours(dana.contact_id, "Bye", agent=agent)])
    Message.objects.filter(conversation=newer).update(time=timezone.now() + timedelta(minutes=1))

    assert client.get(at(dana)).context["next_url"] == at(older)
    assert client.get(at(older)).context["next_url"] in (at(newer), at(dana))
    for one in (dana, newer, older):
        opted_out(client, one)
    assert client.get(at(older)).context["next_url"] == ""


def test_a_redacted_contacts_thread_has_left_the_list_and_is_shown_locked(
    client: Client, group: Group, dana: Conversation
) -> None:
    redact(member(group, phone(1)))

    assert listed(client, group) == []
    page = text(client, at(dana))
    assert "Their personal data was erased" in page
    assert "Opt Out" not in page
    assert "Whitfield" not in page
    assert "Nothing changed" in opted_out(client, dana)
    assert not OptOut.objects.exists()


def test_list_and_thread_take_as_many_queries_for_many_as_for_one(
    client: Client,
    group: Group,
    agent: User,
    dana: Conversation,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked, refuse_lazy_fetches():
            assert client.get(address).status_code == 200
        return len(asked)

    talk(group, phone(40), "Hello")
    pages = [listing(group), at(dana), at(dana, "opt_out"), at(dana, "confirm_opt_out")]
    before = [queries(address) for address in pages]
    rows = members(group, *(phone(number) for number in range(2, 30)))
    now = timezone.now()
    keep(group, [Text(row.contact_id, "Hi", now, Message.State.SENT, agent) for row in rows])
    talk(group, phone(1), *"abcdefgh", agent=agent)

    assert [queries(address) for address in pages] == before


def test_an_agent_is_told_which_of_their_contacts_opted_out_within_the_last_day(
    client: Client, group: Group, agent: User, group_admin: User
) -> None:
    numbers = [phone(number) for number in (1, 2, 3, 4)]
    for number, name in zip(numbers, ["Dana", "Omar", "Noor", "Wanda"], strict=True):
        named(group, number, name)
    assign(group, group.memberships.filter(phone__in=numbers[:3]), agent=agent, by=group_admin)
    opt_out(group.organization, [numbers[0], numbers[3]], by=group_admin, source="admin")
    opt_out(group.organization, [numbers[1]], by=agent, source="agent")
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        opt_out(group.organization, [numbers[2]], by=None, source="keyword")

    page = client_of(agent).get(f"/groups/{group.pk}/threads/")
    assert [member.contact.first_name for member in page.context["gone"]] == ["Dana"]
    assert "1 of your contacts opted out within the last day" in page.content.decode()


def test_the_end_of_an_opt_out_stands_between_the_texts(
    client: Client, dana: Conversation, support: User, group: Group
) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    reverse_opt_out(group.organization, [phone(1)], by=None, source="text")
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    reverse_opt_out(group.organization, [phone(1)], by=support, source="support")
    page = text(client, at(dana))
    assert "Opt-out ended by START from their phone of Riverside Neighbors" in page
    assert "Opt-out ended by Customer Support of Riverside Neighbors" in page
