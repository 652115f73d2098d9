"""What agents and contacts of the demo wrote to each other."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import cycle

from django.db.models import OuterRef, Subquery

from contacts.conversations.actions.initial import words as first_text
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Goal, Message
from contacts.conversations.providers.base import File
from contacts.models import Membership
from contacts.models.membership import MembershipQuerySet
from groups.models import Group, User
from hustle.demo.picture import river

type Script = Sequence[str]
"""Texts in turn, the contact's first; "" is one that never came."""

CLEANUP = (
    "Hi {first_name}, this is {agent} with {organization}. We clean up the river path on Saturday at 9. "
    "Want to join? Reply STOP to opt out"
)
MEETING = (
    "Hi {first_name}, it's {agent} with {organization}. The ward meeting is Thursday at 7 pm, Eastside Library. "
    "Can we count you in? Reply STOP to opt out"
)
FARE = (
    "Hi {first_name}, {agent} here, a volunteer with {organization}. The city wants to cut bus line 12. "
    "Would you sign for keeping it? Reply STOP to opt out"
)

PHONE_TREE = (
    "Hi {first_name}, {agent} with {organization}. When the river rises we call each other: may we put you on the "
    "phone tree?"
)

ABOUT_THE_CLEANUP: Sequence[Script] = [
    ("Sure, what time?", "9 am at the boat ramp. See you there!", "great"),
    ("Yes, I will bring two neighbors", "Wonderful, thank you! We have gloves for everybody."),
    ("",),
    ("Can't this weekend, sorry", "No problem, {name}. Next time!"),
    ("Who is this?", "{agent}, a volunteer with Riverside Neighbors. You signed our petition in spring.", "ok thanks"),
    ("Is it ok to bring kids?", "Of course. There is a shallow spot for the little ones, and lemonade."),
    ("",),
    ("See you there", "See you, {name}!"),
    ("how long does it take", "About two hours, and you can leave whenever you like."),
    ("I'll stop by after work",),
]
ABOUT_THE_MEETING: Sequence[Script] = [
    ("Yes, count me in", "Great, see you Thursday!"),
    ("What time does it start?", "7 pm sharp, doors open at 6:30.", "ok"),
    ("",),
    ("Can you send the address?", "Eastside Library, 410 Birch Street, the room on the ground floor."),
    ("Not this month", "Understood. Shall I ask you again next month?", "yes please"),
    ("is there parking",),
    ("Will somebody take notes? I work late", "Yes, and I can text you the link.", "That would be great, thanks"),
    ("",),
    ("ok",),
]
ABOUT_THE_BUS: Sequence[Script] = [
    ("Signed!", "Thank you, {name}. That makes 412."),
    ("send me the link", "riverside.example.org/line-12"),
    ("",),
    ("I take that bus every day. Of course", "Then the meeting on the 3rd is for you too. Shall I sign you up?", "Yes"),
]
MOVED: Script = (
    "Thanks. I moved to Harbor in September so I won't be at things in the ward anymore",
    "Got it, thanks for telling me! I'll pass that on.",
)
LEAVING: Mapping[int, Script] = {
    12: ("I moved to Portland last year, please take me off", "Thanks for telling me, I'll pass it on to our admin."),
    16: ("I moved away and don't want these any more, sorry",),
    31: ("we live in Ohio now. no more texts", "Understood, I'll take you off our list."),
    42: ("This is not Victor, you have the wrong number", "So sorry about that. You won't hear from us again."),
    72: ("third text this month, it's too much",),
}
"""Who asked to be left alone when the cleanup was announced, by position; an admin or the agent opted them out."""

LIVELY: Mapping[int, Script] = {
    1: ("Here is the path after Saturday. What a difference!", "Beautiful! May we put this on our page?"),
    6: ("Yes, I will bring two neighbors",),
    11: ("What should I bring on Thursday?", "Just yourself. There is coffee."),
    21: ("See you there",),
    22: ("can somebody pick me up", "Yes! Jamal passes your street at 6:40.", "perfect"),
    25: ("happy to help set up chairs",),
}
"""Who writes today, by position."""


def write(
    group: Group,
    members: MembershipQuerySet,
    goal: Goal,
    answers: Sequence[Script],
    start: datetime,
    writer: Callable[[Membership], User],
    special: Mapping[int, Script] | None = None,
) -> None:
    """Text every member from ``start`` on, one a minute, and let them answer in turn, or as ``special`` says."""
    turns, texts = cycle(answers), list[Text]()
    for minute, member in enumerate(members.select_related("contact", "agent").order_by("position")):
        script = (special or {}).get(member.position) or next(turns)
        begun = start + timedelta(minutes=minute)
        agent = writer(member)
        texts.append(_ours(member, goal.script, agent, begun, goal))
        if texts[-1].state != Message.State.FAILED:
            texts += _exchange(member, script, agent, begun + timedelta(minutes=6 + 7 * minute % 50))
    keep(group, texts)
    theirs = Message.objects.filter(goal=goal, conversation__contact__memberships=OuterRef("membership"))
    goal.recipients.update(message=Subquery(theirs.values("pk")[:1]))


def talk(group: Group, scripts: Mapping[int, Script], now: datetime, writer: Callable[[Membership], User]) -> None:
    """Let the members at these positions write and be answered, the later ones earlier; the first sends a picture."""
    texts = list[Text]()
    members = group.memberships.select_related("contact", "agent").at(list(scripts)).order_by("position")
    for minutes, member in enumerate(members):
        begun = now - timedelta(minutes=20 + 9 * minutes)
        texts += _exchange(member, scripts[member.position], writer(member), begun)
    keep(group, [_with_picture(texts[0]), *texts[1:]])


def _said(member: Membership, body: str, time: datetime) -> Text:
    """A text of theirs."""
    return Text(member.contact_id, body, time)


def _exchange(member: Membership, script: Script, agent: User, begun: datetime) -> Iterator[Text]:
    for number, words in enumerate(script):
        time = begun + timedelta(minutes=2 * number)
        if words and number % 2:
            yield _ours(member, words, agent, time, None)
        elif words:
            yield _said(member, words, time)


def _ours(member: Membership, words: str, agent: User, time: datetime, goal: Goal | None) -> Text:
    """One of ours; that to each nineteenth member is not delivered, and the carrier is silent about some others."""
    state = Message.State.DELIVERED
    if goal and member.position % 19 == 0:
        state = Message.State.FAILED
    elif member.position % 13 == 0:
        state = Message.State.SENT
    arrived = time + timedelta(seconds=4) if state == Message.State.DELIVERED else None
    name, first = member.contact.first_name, agent.name.split()[0]
    body = first_text(goal, member.contact, agent) if goal else words.format(name=name, agent=first)
    return Text(member.contact_id, body, time, state, agent, goal, arrived)


def _with_picture(text: Text) -> Text:
    return Text(text.contact_id, text.body, text.time, files=[File("image/png", river())])


def by_turns(agents: Iterable[User]) -> Callable[[Membership], User]:
    """Who writes: the agent of the member, or for nobody's members each of ``agents`` in turn."""
    turns = cycle(agents)
    return lambda member: member.agent or next(turns)
