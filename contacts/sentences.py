"""What the bar says before ``Save`` and after it (DESIGN: words). Each names the number, the place and what stays."""

from collections.abc import Mapping

from django.contrib.humanize.templatetags.humanize import intcomma

from contacts.models import Change

Action = Change.Action
SO = {
    Action.MAKE_ACTIVE: "active",
    Action.MAKE_INACTIVE: "inactive",
    Action.OPT_OUT: "opted out",
    Action.ASSIGN: "assigned so",
}
LEFT = {
    "opted_out": "opted out meanwhile",
    "on_hold": "went on hold meanwhile",
    "redacted": "{was} redacted meanwhile",
    "no_longer_match": "{do} not match any more",
}


def before(change: Change, changing: int, already: int, opted_out: int) -> tuple[str, str]:
    """What ``Save`` would do: a strong part and the rest. ``opted_out`` of those made active stay opted out."""
    if not changing and change.action != Action.ASSIGN:
        return nothing(change, already, "Nothing would change.")
    strong = {
        Action.MAKE_ACTIVE: f"Make {_n(changing)} active",
        Action.MAKE_INACTIVE: f"Make {_n(changing)} inactive",
        Action.OPT_OUT: f"Opt out {_n(changing)}",
        Action.ASSIGN: f"Assign {_n(changing + already)}",
    }[Action(change.action)]
    place = f"of {change.group.organization}." if change.action == Action.OPT_OUT else f"in {change.group}."
    rest = [place]
    if already and change.action != Action.ASSIGN:
        rest.append(f"{_n(already)} already {_be(already)}.")
    if opted_out and change.action == Action.MAKE_ACTIVE:
        rest.append(f"{_n(opted_out)} of them {_remain(opted_out)} opted out.")
    return strong, " ".join(rest)


def after(change: Change, agent: str = "") -> tuple[str, str]:
    """What ``Save`` did."""
    result: Mapping[str, int] = change.result
    changed, already = result.get("changed", 0), result.get("already", 0)
    left = [_left(cause, result[cause]) for cause in LEFT if result.get(cause)]
    kept = result.get("evidence", 0)
    if not changed:
        end = f"Your request was kept with {_n(kept)} of them." if kept else "Nothing changed."
        strong, rest = nothing(change, already, end)
        return strong, " ".join([rest, *left]).strip()
    said = []
    if already:
        said.append(f"{_n(already)} {_were(already)} already {SO[Action(change.action)]}: nothing changed for them.")
    if result.get("still_opted_out"):
        still = result["still_opted_out"]
        said.append(f"{_n(still)} of them {_remain(still)} opted out.")
    if result.get("copies"):
        said.append("By account sync they are opted out of the other organizations too.")
    return _done(change, changed, agent), " ".join([*said, *left])


def undone(change: Change, counts: Mapping[str, int]) -> tuple[str, str]:
    """What ``Undo`` did."""
    changed, since = counts.get("changed", 0), counts.get("changed_since", 0)
    again = {
        Action.MAKE_ACTIVE: f"{_n(changed)} made inactive again.",
        Action.MAKE_INACTIVE: f"{_n(changed)} made active again.",
        Action.ASSIGN: f"{_n(changed)} assigned as before.",
    }[Action(change.action)]
    return again, f"{_n(since)} changed since and {_were(since)} left as they are." if since else ""


def nothing(change: Change, already: int, end: str) -> tuple[str, str]:
    """All of them are so already, or nobody is left."""
    if not already:
        return end, ""
    so = SO[Action(change.action)]
    return (f"All {_n(already)} are {so} already." if already > 1 else f"They are {so} already."), end


def _done(change: Change, changed: int, agent: str) -> str:
    return {
        Action.MAKE_ACTIVE: f"{_n(changed)} made active.",
        Action.MAKE_INACTIVE: f"{_n(changed)} made inactive.",
        Action.OPT_OUT: f"{_n(changed)} opted out of {change.group.organization}.",
        Action.ASSIGN: f"{_n(changed)} assigned to {agent}." if agent else f"{_n(changed)} unassigned.",
    }[Action(change.action)]


def _left(cause: str, many: int) -> str:
    what = LEFT[cause].format(was=_were(many), do="does" if many == 1 else "do")
    return f"{_n(many)} {what} and {_were(many)} left as they are."


def _n(number: int) -> str:
    return str(intcomma(number))


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"


def _remain(number: int) -> str:
    return "remains" if number == 1 else "remain"
