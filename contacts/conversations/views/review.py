"""Review: the conversations of an agent, one of them beside the list, and what can be done about it (R3.3, R7.3)."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from contacts import counts, timeline
from contacts.conversations import gate, threads
from contacts.conversations.forms.thread import ReviewForm
from contacts.conversations.lines import lines_of, newest_first
from contacts.conversations.models import Conversation, Goal
from contacts.conversations.views.deciding import decide_one, hold_of, waiting_here
from contacts.conversations.views.parts import answer, conversation_of, open_episode, read, serve, since
from contacts.filters import STATUSES
from contacts.models import Membership
from contacts.models.membership import MembershipQuerySet
from contacts.views.bar import reasons
from contacts.views.listing import segments
from contacts.views.one import change_one
from contacts.views.pager import pager_of
from contacts.views.rows import page_of, statuses
from groups.access import Permission, SignedIn, group_view, groups_seen
from groups.models import Group, User
from groups.views.live import follows
from groups.views.page import page

KEPT = ("q", "status", "page")
"""Keys of the query that go along from one conversation to the next."""


class Links:
    """Addresses of one agent's review that keep the list as it is filtered."""

    def __init__(self, group: Group, agent: User, query: QueryDict, conversation: Conversation | None) -> None:
        self.keys = [group.pk, agent.pk]
        self.query = QueryDict(mutable=True)
        self.query.update({name: str(query[name]) for name in KEPT if query.get(name)})
        self.open = conversation

    def to(self, **changes: str | int | None) -> str:
        """What is open now, with these keys of the list changed (None: taken out)."""
        query = self.query.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = str(value)
        name = "conversation" if self.open else "review"
        return self._with(name, [self.open.pk] if self.open else [], query)

    def conversation(self, conversation_id: int) -> str:
        """A conversation beside the list."""
        return self._with("conversation", [conversation_id], self.query)

    def act(self, name: str, *more: int) -> str:
        """An address below the open conversation."""
        assert self.open
        return self._with(name, [self.open.pk, *more], self.query)

    @property
    def alone(self) -> str:
        """The list alone, as a phone shows it."""
        return self._with("review", [], self.query)

    @property
    def cleared(self) -> str:
        """What is open now, beside the whole list."""
        return self.to(**dict.fromkeys(KEPT))

    def _with(self, name: str, more: list[int], query: QueryDict) -> str:
        path = reverse(f"conversations:{name}", args=[*self.keys, *more])
        return f"{path}?{query.urlencode()}" if query else path


@require_safe
@group_view(Permission.REVIEW)
@follows
def review(request: SignedIn, group: Group, user_id: int) -> HttpResponse:
    """An agent's conversations; those of agents removed since too."""
    return _answer(request, group, _agent(group, user_id))


@require_safe
@group_view(Permission.REVIEW)
@follows
def conversation(request: SignedIn, group: Group, user_id: int, conversation_id: int) -> HttpResponse:
    """One of them beside the list."""
    agent = _agent(group, user_id)
    return _answer(request, group, agent, conversation_of(group, conversation_id, threads.of_agent(group, agent)))


@require_safe
@group_view(Permission.REVIEW)
@follows
def ask_opt_out(request: SignedIn, group: Group, user_id: int, conversation_id: int) -> HttpResponse:
    """`Opt out`: the prompt for a reason, which is optional (R4.2)."""
    agent = _agent(group, user_id)
    opened = conversation_of(group, conversation_id, threads.of_agent(group, agent))
    return _answer(request, group, agent, opened, asking=True)


@require_POST
@group_view(Permission.REVIEW)
def change_status(request: SignedIn, group: Group, user_id: int, conversation_id: int) -> HttpResponse:
    """`Opt out`, `Deactivate` or `Reactivate`; the conversation stays open."""
    agent = _agent(group, user_id)
    conversation, member = conversation_of(group, conversation_id, threads.of_agent(group, agent))
    change_one(request, member)
    return redirect(Links(group, agent, request.GET, conversation).to())


@require_POST
@group_view(Permission.REVIEW)
def decide_hold(request: SignedIn, group: Group, user_id: int, conversation_id: int, hold_id: int) -> HttpResponse:
    """Decide the held text of the open conversation (R8.2)."""
    agent = _agent(group, user_id)
    conversation, _ = conversation_of(group, conversation_id, threads.of_agent(group, agent))
    decide_one(request, hold_of(conversation, hold_id))
    return redirect(Links(group, agent, request.GET, conversation).to())


@require_safe
@group_view(Permission.REVIEW)
def media(request: SignedIn, group: Group, user_id: int, conversation_id: int, media_id: int) -> HttpResponse:
    """A picture or file of the conversation."""
    theirs = threads.of_agent(group, _agent(group, user_id))
    return serve(conversation_of(group, conversation_id, theirs)[0], media_id)


def _agent(group: Group, user_id: int) -> User:
    """Somebody who has, or had, a role in the group; else 404."""
    return get_object_or_404(User, pk__in=group.roles.filter(user=user_id).values("user"))


def _answer(
    request: SignedIn,
    group: Group,
    agent: User,
    opened: tuple[Conversation, Membership] | None = None,
    *,
    asking: bool = False,
) -> HttpResponse:
    form = ReviewForm(request.GET)
    problem = form.problem
    links = Links(group, agent, request.GET, opened[0] if opened else None)
    members = threads.of_agent(group, agent).listed()
    context = page(
        request,
        group,
        "agents",
        agent=agent,
        total=members.count(),
        problem=problem,
        links=links,
        q=request.GET.get("q", ""),
        kept=[("status", request.GET["status"])] if request.GET.get("status") else [],
        asking=asking,
        **_urls(links),
        **({} if problem else _list(group, members, form, links)),
        **(_thread(request, *opened, form.before_asked, links) if opened else {}),
    )
    return answer(request, "conversations/review.html", "thread", context)


def _urls(links: Links) -> dict[str, object]:
    """Where the forms and links of the open conversation lead."""
    if links.open is None:
        return {}
    ask, act = links.act("review_opt_out"), links.act("review_status")
    return {"ask_url": ask, "act_url": act, "back_url": links.to()}


def _list(group: Group, members: MembershipQuerySet, form: ReviewForm, links: Links) -> dict[str, object]:
    found = threads.matching(members, form.q_asked)
    figures = counts.of_list(found)
    status = form.cleaned_data["status"]
    pages = pager_of(form.page_asked, figures.of(status), links.to)
    ordered = page_of(newest_first(found.with_status(status)), pages.number, pages.total)
    return {
        "segments": segments(STATUSES, figures.of, lambda key: links.to(status=key, page=None), status),
        "filtered": bool(form.q_asked or status),
        "pager": pages,
        "lines": lines_of(group, ordered, links.conversation, links.open.pk if links.open else None),
    }


def _thread(
    request: SignedIn, conversation: Conversation, member: Membership, before: int | None, links: Links
) -> dict[str, object]:
    contact, group = conversation.contact, member.group
    everywhere = list(contact.memberships.select_related("group").order_by("group__name"))
    seen = groups_seen(request.user, group.organization)
    episode = open_episode(group, contact.phone)
    shown = ["redacted"] if contact.redacted_at else statuses(member.shown_status)
    texts = read(conversation, timeline.events_of(contact, [member]), before)
    others = [some for some in everywhere if some.group_id != group.pk]
    hold = waiting_here(group, contact.phone, lambda key: links.act("review_hold", key))
    return {
        **hold,
        "conversation": conversation,
        "contact": contact,
        "membership": member,
        "statuses": shown,
        "besides": [word for word in shown if not (episode and word == "opted_out")],
        "answer": gate.may_write(group, contact.phone),
        "episode": episode,
        "opted_out": since(episode) if episode else "",
        "history": texts,
        "earlier_url": links.to(before=texts.earlier) if texts.earlier else "",
        "latest_url": links.to() if before else "",
        "goals": Goal.objects.filter(pk__in=conversation.messages.values("goal")).order_by("launched"),
        "others": [(some.group.name, statuses(some.shown_status & 1)[0]) for some in others if some.group_id in seen],
        "unseen": sum(some.group_id not in seen for some in others),
        "tags": contact.contact_tags.select_related("tag").order_by("tag__name"),
        "reasons": reasons(group),
    }
