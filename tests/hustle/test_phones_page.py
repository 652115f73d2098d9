"""In the demo one holds the contacts' phones: sees what they get, texts back, and is told what the webhook answered."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from contacts.actions.membership import make_inactive
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.models import Conversation, InboundText, Message, SendingNumber
from contacts.conversations.providers import simulator
from contacts.conversations.providers.base import File, Inbound
from contacts.conversations.tasks.inbound import take_in_waiting
from contacts.models import Contact, OptOut
from groups.models import Group, User
from hustle.phones.play import BEHAVES
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import OUR_NUMBER, comes, give_number, named, redact, talk, wrote

NUMBER = phone(1)
WRITTEN = "+1 206-555-0001"


@pytest.fixture(autouse=True)
def of_the_demo(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.hustle.test_demo_is_refused"


@pytest.fixture
def dana(group: Group, agent: User) -> Conversation:
    give_number(group)
    thread = talk(group, NUMBER, "Hi, this is Tess", "Who is this?", agent=agent)
    named(group, NUMBER, "Dana", "Reyes")
    return thread


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What is texted, in the place of a real post; it is answered with 204."""
    texts = list[tuple[str, str, str]]()

    def text_in(number: str, phone: str, body: str) -> int:
        texts.append((number, phone, body))
        return 204

    monkeypatch.setattr(simulator, "text_in", text_in)
    return texts


def at(thread: Conversation) -> str:
    return reverse("phone", args=[thread.pk])


def words(response: Any) -> str:
    """What a person reads on the page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


def bubbles(response: Any) -> list[str]:
    return re.findall(r'<p class="bubble"><bdi>(.*?)</bdi>', response.text)


def held(client: Client, path: str) -> str:
    """The signed phone that the page at this address hands on."""
    return str(client.get(path).context["signed"])


def text(client: Client, thread: Conversation, body: str, **how: Any) -> Any:
    return client.post("/phones/text/", {"held": held(client, at(thread)), "body": body}, **how)


# What is on them.


def test_the_phones_that_texted_with_us_are_listed_the_newest_first(
    client: Client, group: Group, dana: Conversation, agent: User
) -> None:
    talk(group, phone(2), "Hi", "Not me", agent=agent, at=timezone.now())
    page = words(client.get("/phones/"))

    assert page.index("+1 206-555-0002") < page.index("Dana Reyes")
    assert "Eastside Canvass · Not me" in page
    assert "Eastside Canvass · Who is this?" in page


def test_a_phone_shows_what_was_delivered_to_it_and_what_it_wrote(client: Client, dana: Conversation) -> None:
    page = client.get(at(dana))
    assert bubbles(page) == ["Hi, this is Tess", "Who is this?"]
    assert page.text.index('class="text in"') < page.text.index('class="text out"')
    assert "Eastside Canvass sees them as Active" in words(page)


@pytest.mark.parametrize("state", [one for one in Message.State if one not in ("received", "sent", "delivered")])
def test_what_did_not_arrive_is_not_on_it(client: Client, dana: Conversation, agent: User, state: str) -> None:
    waiting = wrote(dana, "Not yet", agent)
    Message.objects.filter(pk=waiting.pk).update(state=state)

    assert "Not yet" not in client.get(at(dana)).text
    Message.objects.filter(pk=waiting.pk).update(state="sent")
    assert "Not yet" in client.get(at(dana)).text


def test_what_it_wrote_is_on_it_before_the_site_has_read_it(client: Client, group: Group, dana: Conversation) -> None:
    number = numbers.give(group, OUR_NUMBER, provider="simulator", answers_stop="us", by=None)
    InboundText.objects.create(
        account=group.account, number=number, provider="simulator", provider_id="1", phone=NUMBER, body="Sure",
        received=timezone.now(),
    )  # fmt: skip
    assert bubbles(client.get(at(dana))) == ["Hi, this is Tess", "Who is this?", "Sure"]


def test_texts_are_shown_as_they_are_and_run_nothing(client: Client, dana: Conversation) -> None:
    comes(NUMBER, "<script>alert(1)</script>\nBye")
    page = client.get(at(dana)).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>Bye" in page


def test_a_redacted_phone_is_there_no_more(client: Client, group: Group, dana: Conversation) -> None:
    redact(member(group, NUMBER))
    assert client.get(at(dana)).status_code == 404
    assert "Dana" not in client.get("/phones/").text


def test_a_group_without_a_number_of_the_simulator_s_has_no_phones(
    client: Client, group: Group, dana: Conversation
) -> None:
    numbers.take_away(group, by=None)
    assert client.get(at(dana)).status_code == 404
    assert "No group has a number at the simulator." in words(client.get("/phones/"))


def test_no_address_on_it_holds_a_phone(client: Client, dana: Conversation) -> None:
    comes(phone(7), "STOP")
    pages = [client.get("/phones/"), client.get(at(dana)), client.get(f"/phones/texts/{InboundText.objects.get().pk}/")]
    addresses = [url for page in pages for url in re.findall(r'(?:href|action|hx-get)="([^"]*)"', page.text)]

    assert len(addresses) > 10
    assert not [url for url in addresses if "206555" in url.replace("-", "")]


def test_the_page_asks_the_same_however_many_phones_there_are(
    client: Client,
    group: Group,
    dana: Conversation,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    client.get(at(dana))
    with CaptureQueriesContext(connection) as few:
        client.get(at(dana))
    for number in range(2, 8):
        talk(group, phone(number), "Hi", "Hello")
    with CaptureQueriesContext(connection) as many, refuse_lazy_fetches():
        assert client.get(at(dana)).text.count('<li>\n    <a id="line-') == 7
    assert len(many) <= len(few)


# Following.


def test_it_is_asked_for_again_and_again_and_says_only_what_is_new(client: Client, dana: Conversation) -> None:
    follow = re.findall(r'hx-get="([^"]+)"', client.get(at(dana)).text)[0]
    asking = {"HX-Request": "true"}
    assert client.get(follow, headers=asking).status_code == 204

    comes(NUMBER, "STOP")
    page = client.get(follow, headers=asking)
    assert "STOP" in bubbles(page)
    assert "Opted out" in words(page)
    assert "<textarea" not in page.text, "what is typed stays"
    follow = re.findall(r'hx-get="([^"]+)"', page.text)[0]
    assert client.get(follow, headers=asking).status_code == 204


def test_asking_leaves_the_answer_of_the_webhook_for_the_page(
    client: Client, dana: Conversation, posted: list[tuple[str, str, str]]
) -> None:
    text(client, dana, "Hello")
    client.get(at(dana), headers={"HX-Request": "true"})
    assert "answered 204" in words(client.get(at(dana)))


# Texting back.


def test_a_text_goes_from_the_phone_to_the_group_s_number(
    client: Client, dana: Conversation, posted: list[tuple[str, str, str]]
) -> None:
    answer = text(client, dana, " Sure, what time?\r\n")
    assert posted == [(OUR_NUMBER, NUMBER, " Sure, what time?\r\n")]
    assert answer.status_code == 302
    assert answer["Location"] == at(dana)
    assert "The webhook answered 204: the text was taken in." in words(client.get(at(dana)))


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (403, "The webhook answered 403: it doesn't believe the signature. The text is lost here."),
        (404, "The webhook answered 404: no group has this number any more. The text is lost here."),
        (503, "The webhook answered 503: it could not take the text in now."),
        (500, "The webhook answered 500. The text is lost here."),
        (None, "The site didn't answer. The text is lost here; a real carrier would keep it in its list"),
    ],
)
def test_what_the_webhook_answers_is_told_and_what_was_written_stays(
    client: Client, dana: Conversation, monkeypatch: pytest.MonkeyPatch, status: int | None, says: str
) -> None:
    monkeypatch.setattr(simulator, "text_in", lambda *_: status)
    page = text(client, dana, "Sure, what time?").text.replace("&#x27;", "'")
    assert says in page
    assert ">Sure, what time?</textarea>" in page


@pytest.mark.parametrize("body", ["", "  \n"])
def test_nothing_written_is_nothing_texted(
    client: Client, dana: Conversation, posted: list[tuple[str, str, str]], body: str
) -> None:
    assert "Nothing was texted: write something first." in text(client, dana, body).text
    assert posted == []


@pytest.mark.parametrize(
    "signed",
    ["", "x", signing.dumps(["+12065550001", 1], salt="another")],
    ids=["nothing", "no signature", "another's"],
)
def test_a_phone_that_no_page_of_ours_handed_on_texts_nothing(
    client: Client, dana: Conversation, posted: list[tuple[str, str, str]], signed: str
) -> None:
    page = client.post("/phones/text/", {"held": signed, "body": "STOP"}, follow=True)
    assert "Nothing was texted: this page is too old, or the number is gone." in words(page)
    assert posted == []


def test_a_page_whose_number_is_gone_texts_nothing(
    client: Client, group: Group, dana: Conversation, posted: list[tuple[str, str, str]]
) -> None:
    signed = held(client, at(dana))
    numbers.take_away(group, by=None)
    page = client.post("/phones/text/", {"held": signed, "body": "STOP"}, follow=True)
    assert "the number is gone" in words(page)
    assert posted == []


def test_texting_is_no_get_and_wants_the_token_of_a_page_of_ours(dana: Conversation) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.get("/phones/text/").status_code == 405
    assert client.post("/phones/text/", {"body": "STOP"}).status_code == 403
    assert client.post("/phones/", {"phone": NUMBER}).status_code == 403


# Any other phone.


def pick_up(client: Client, phone: str, **changes: Any) -> Any:
    ours = SendingNumber.objects.get()
    return client.post("/phones/", {"phone": phone, "number": ours.pk} | changes)


def test_a_phone_that_we_texted_with_is_picked_up_by_its_number(client: Client, dana: Conversation) -> None:
    answer = pick_up(client, "(206) 555-0001")
    assert answer["Location"] == at(dana)


def test_a_member_who_never_texted_is_known_by_name(client: Client, group: Group, dana: Conversation) -> None:
    named(group, phone(2), "Ada", "Lowe")
    make_inactive(group, members(group, phone(2)), by=None)
    page = words(pick_up(client, phone(2)))
    assert "Ada Lowe" in page
    assert "Eastside Canvass sees them as Inactive" in page


def test_a_phone_that_nobody_knows_has_nothing_on_it(client: Client, dana: Conversation) -> None:
    page = words(pick_up(client, phone(3)))
    assert "+1 206-555-0003" in page
    assert "Eastside Canvass doesn't know this phone." in page
    assert "Nothing on this phone yet." in page
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"phone": ""}, "Enter a phone, such as +1 206-555-0143."),
        ({"phone": "206"}, "Too short: a US number has 10 digits."),
        ({"number": "0"}, "This group has no such number any more."),
        ({"number": "x"}, "This group has no such number any more."),
        ({"number": ""}, "Choose a group."),
    ],
)
def test_what_can_not_be_picked_up_says_why(
    client: Client, dana: Conversation, changes: dict[str, str], says: str
) -> None:
    assert says in words(pick_up(client, **({"phone": phone(3)} | changes)))


def test_a_stranger_s_phone_keeps_its_texts_and_becomes_a_contact_s(
    client: Client, dana: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = pick_up(client, phone(3)).context["signed"]
    monkeypatch.setattr(simulator, "text_in", lambda *told: 204 if delivered(*told) else 404)
    page = client.post("/phones/text/", {"held": signed, "body": "Who is this?"}, follow=True)
    waiting = InboundText.objects.get()
    assert page.redirect_chain == [(f"/phones/texts/{waiting.pk}/", 302)]
    assert bubbles(page) == ["Who is this?"]

    take_in(waiting.pk)
    page = client.get(f"/phones/texts/{waiting.pk}/", follow=True)
    assert page.redirect_chain == [(at(Conversation.objects.get(contact__phone=phone(3))), 302)]
    assert bubbles(page) == ["Who is this?"]


def test_a_stranger_s_stop_is_on_their_phone_without_a_contact(
    client: Client, dana: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed = pick_up(client, phone(3)).context["signed"]
    monkeypatch.setattr(simulator, "text_in", lambda *told: 204 if delivered(*told) else 404)
    page = client.post("/phones/text/", {"held": signed, "body": "STOP"}, follow=True)
    assert bubbles(page) == ["STOP"]

    take_in_waiting.func()
    page = client.get(page.redirect_chain[-1][0])
    assert bubbles(page) == ["STOP"]
    assert "Eastside Canvass sees them as Opted out" in words(page)
    assert Contact.objects.count() == 1


def delivered(number: str, phone: str, body: str) -> bool:
    told = Inbound(f"S{InboundText.objects.count()}", number, phone, body, timezone.now())
    return receive("simulator", told)


@pytest.mark.parametrize("key", [0, 1, 10**30])
def test_what_is_not_there_is_not_found(client: Client, dana: Conversation, key: int) -> None:
    assert client.get(f"/phones/texts/{key}/").status_code == 404
    assert client.get(f"/phones/{key + dana.pk + 1}/").status_code == 404


# The guide.


def test_the_four_texts_say_what_to_watch_where_and_as_whom(
    client: Client, group: Group, group_admin: User, agent: User, dana: Conversation
) -> None:
    told = client.get(at(dana)).context["plays"]
    assert [play.text for play in told] == ["STOP", "START", "leave me alone", "Sure, what time?"]
    assert [play.url for play in told] == [
        reverse("contacts:list", args=[group.pk]),
        reverse("contacts:list", args=[group.pk]),
        reverse("conversations:holds", args=[group.pk]),
        reverse("conversations:thread", args=[group.pk, dana.pk]),
    ]
    assert [play.who for play in told] == [group_admin.email] * 3 + [agent.email]


def test_a_group_without_an_admin_of_its_own_is_watched_from_above(
    client: Client, dana: Conversation, account_admin: User
) -> None:
    assert client.get(at(dana)).context["plays"][0].who == account_admin.email


def test_the_numbers_that_misbehave_are_those_of_the_simulator(client: Client, db: None) -> None:
    assert BEHAVES.keys() == simulator.BEHAVIOUR.keys()
    page = words(client.get("/phones/"))
    for number in BEHAVES:
        assert f"+1 907-555-{number[-4:]}" in page


# All of it, over HTTP.


@pytest.mark.django_db(transaction=True)
def test_stop_start_doubt_and_reply_go_all_the_way(
    client: Client, group: Group, dana: Conversation, live_server: LiveServer, settings: Settings
) -> None:
    settings.BASE_URL = live_server.url

    def plays(body: str) -> str:
        text(client, dana, body)
        for key in InboundText.objects.waiting().values_list("pk", flat=True):
            take_in(key)
        for key in Message.objects.waiting().values_list("pk", flat=True):
            send_now(key)
        return words(client.get(at(dana)))

    assert "sees them as Opted out" in plays("STOP")
    assert OptOut.objects.open().exists()
    assert "you are opted out" in bubbles(client.get(at(dana)))[-1]
    assert "sees them as Active" in plays("START")
    assert "sees them as On hold" in plays("leave me alone")
    make_inactive(group, members(group, NUMBER), by=None)
    assert "Inactive" not in plays("Sure, what time?").split("sees them as")[1]


def test_a_picture_is_named(client: Client, group: Group, dana: Conversation) -> None:
    keep(group, [Text(dana.contact_id, "", timezone.now(), files=[File("image/png", b"1")])])
    assert "Picture or file" in words(client.get(at(dana)))
