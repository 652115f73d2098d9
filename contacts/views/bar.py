"""The bar between filters and table (DESIGN: the bar): what is selected, what would be changed, what was."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from contacts import sentences
from contacts.actions.change import so
from contacts.actions.membership import why_no_undo
from contacts.filters import Bound, agent_choices
from contacts.models import Change
from contacts.models.change import LIFE
from contacts.views.links import Links
from groups.models import AuditEntry, Group, User

ERRORS = {
    "nothing_selected": (
        "Nothing is selected.",
        "Tick the rows to change, or select all that match, then choose again.",
    ),
    "saved": ("Nothing was changed a second time.", "This change was saved already."),
    "expired": ("Nothing saved.", "This selection is more than an hour old. Select again."),
    "choose_agent": ("Nothing saved.", "Choose an agent first, or Nobody."),
    "no_agent": ("Nothing saved.", "This person is not an agent of the group any more. Choose another."),
    "no_reason": ("Nothing saved.", "This reason is not offered any more. Choose another."),
    "note": ("Nothing saved.", "A note has 500 characters at most. Shorten it."),
    "no_undo": ("Nothing was undone.", "A change can be undone once, by its author, for 24 hours."),
}


@dataclass(frozen=True)
class Choice:
    """One of the organization's opt-out reasons, as the dialog offers it."""

    id: int
    name: str
    tag: str


@dataclass
class Bar:
    """``mode`` is rest, all, pending, result or error; the template shows the fields of that mode."""

    mode: str
    count: int = 0
    strong: str = ""
    sentence: str = ""
    clear_url: str = ""
    select_all_url: str = ""
    select_page_url: str = ""
    action: str = ""
    title: str = ""
    effect: str = ""
    nothing: bool = False
    frozen: int = 0
    save_url: str = ""
    cancel_url: str = ""
    undo_url: str | None = None
    show_url: str | None = None
    show_label: str = ""
    agents: Sequence[tuple[str, str]] = ()
    reasons: Sequence[Choice] = field(default_factory=list)

    @property
    def sentence_strong(self) -> str:
        return self.strong

    @property
    def cause(self) -> str:
        return self.strong

    @property
    def dismiss_url(self) -> str:
        return self.clear_url


def bar(bound: Bound, links: Links, change: Change | None, many: int, error: str, selected: str) -> Bar:
    """The bar of a list of ``many`` contacts."""
    if error:
        strong, sentence = ERRORS[error]
        return Bar("error", count=many, strong=strong, sentence=sentence, clear_url=links.without("error", "change"))
    if change and change.state == Change.State.SAVED:
        return _result(change, links)
    if change and change.created < timezone.now() - LIFE:
        return bar(bound, links, None, many, "expired", "")
    if change:
        return _pending(change, bound, links, many)
    if selected == "all":
        return Bar("all", count=many, clear_url=links.without("select"), select_page_url=links.to(select="page"))
    return Bar("rest", count=many, clear_url=links.without("select"), select_all_url=links.to(select="all"))


def _pending(change: Change, bound: Bound, links: Links, many: int) -> Bar:
    group = change.group
    tally = bound.memberships.at(change.positions).aggregate(
        shown=Count("pk"),
        already=Count("pk", filter=so(change)),
        out=Count("pk", filter=Q(opted_out=True) & ~so(change)),
    )
    changing = tally["shown"] - tally["already"]
    strong, sentence = sentences.before(change, changing, tally["already"], tally["out"])
    people = "contact" if changing == 1 else "contacts"
    return Bar(
        "pending",
        count=many,
        strong=strong,
        sentence=f" {sentence}",
        clear_url=links.without("change", "select"),
        cancel_url=links.without("change"),
        select_all_url=links.to(select="all") if change.selected < many else "",
        select_page_url=links.to(select="page") if change.selected == many else "",
        action=change.action,
        title=f"Opt out {changing:,} {people}",
        effect=f"No group of {group.organization.reach} will text them any more. There is no undo: "
        "only Customer Support, or START from their own phone, can reverse it.",
        nothing=not changing and change.action != Change.Action.ASSIGN,
        frozen=change.selected,
        save_url=links.post("contacts:save", change.pk),
        agents=agent_choices(group) if change.action == Change.Action.ASSIGN else [],
        reasons=reasons(group) if change.action == Change.Action.OPT_OUT else [],
    )


def reasons(group: Group) -> list[Choice]:
    """The organization's reasons that are offered, with the tag that each puts on."""
    offered = group.organization.opt_out_reasons.offered().select_related("tag")
    return [Choice(reason.pk, reason.name, reason.tag.name if reason.tag else "") for reason in offered]


def _result(change: Change, links: Links) -> Bar:
    undoing = AuditEntry.objects.filter(undoes=change.entry).first() if change.entry else None
    offered = change.entry and not undoing and not why_no_undo(change.entry, change.author)
    if undoing:
        strong, sentence = sentences.undone(change, undoing.counts)
    else:
        strong, sentence = sentences.after(change, _agent_name(change))
    many = change.result.get("changed", 0)
    return Bar(
        "result",
        strong=strong,
        sentence=sentence,
        clear_url=links.without("change"),
        undo_url=links.post("contacts:undo", change.pk) if offered else None,
        show_url=links.only(changed=change.pk) if many and not undoing else None,
        show_label=f"Show the {many:,}" if many > 1 else "Show them",
    )


def _agent_name(change: Change) -> str:
    key = change.entry.counts.get("agent") if change.entry else None
    return User.objects.get(pk=key).name if key else ""
