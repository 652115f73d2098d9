"""How the changes of this floor read in lists of changes."""

from collections.abc import Callable

from django.contrib.humanize.templatetags.humanize import intcomma

from contacts.models import OptOut, OptOutEvidence, Source
from groups.audit_sentences import Counts, name, name_nobody, tell

type Part = Callable[[Counts], str]

ACTED = {
    Source.KEYWORD.value: "The contact",
    Source.OTHER_CHANNEL.value: "The contact",
    Source.HOLD_EXPIRED.value: "Time limit",
    Source.CARRIER.value: "The carrier",
}
"""Who opted a phone out where nobody who signs in did, by the source."""


def by_whom(told: OptOut | OptOutEvidence) -> str:
    """Who opted a phone out, or asked again; "" where the source doesn't say."""
    return told.actor.name if told.actor else ACTED.get(told.source, "")


def _arrived(sentence: str) -> Part:
    """ "Upload: 1,902 created, 3 updated"."""

    def telling(counts: Counts) -> str:
        came = [
            f"{_n(counts[outcome])} {outcome}" for outcome in ("created", "added", "updated") if counts.get(outcome)
        ]
        return sentence.format(", ".join(came))

    return telling


def _changed(sentence: str, *besides: Part) -> Part:
    """ "1,201 made active. 3 remain opted out." """

    def telling(counts: Counts) -> str:
        rest = [more(counts) for more in besides]
        return ". ".join([sentence.format(_n(counts.get("changed", 0))), *filter(None, rest)])

    return telling


def _besides(name: str, one: str, several: str) -> Part:
    """A second sentence, where there is something to count."""

    def telling(counts: Counts) -> str:
        many = counts.get(name, 0)
        return f"{_n(many)} {one if many == 1 else several}" if many else ""

    return telling


def _opted_out(counts: Counts) -> str:
    changed, again = counts.get("changed", 0), counts.get("evidence", 0)
    asked = f"Another request kept for {_n(again)} opted out already" if again else ""
    return ". ".join(filter(None, [f"{_n(changed)} opted out" if changed else "", asked, _held(counts)]))


def _put_on_hold(counts: Counts) -> str:
    if counts.get("further"):
        return "Another doubtful text of somebody on hold kept"
    return "1 put on hold: a text of theirs may be an opt-out"


def _reversed(counts: Counts) -> str:
    changed = counts.get("changed", 0)
    return f"{_n(changed)} opt-out{'' if changed == 1 else 's'} ended"


def _n(number: int) -> str:
    return str(intcomma(number))


def _export(of: str) -> Part:
    """ "Export begun: 1,243 contacts, 12 of them redacted": whether it arrived, nobody here can know."""

    def telling(counts: Counts) -> str:
        many, gone = counts["rows"], counts.get("redacted", 0)
        rest = f", {_n(gone)} of them redacted" if gone else ""
        return f"Export begun: {_n(many)} {of if many == 1 else f'{of}s'}{rest}"

    return telling


_held = _besides("holds", "held text decided by it", "held texts decided by it")
_already = _besides("already", "was so already", "were so already")
_still = _besides("still_opted_out", "remains opted out", "remain opted out")
_asked_since = _besides("asked_since", "asked again and stays opted out", "asked again and stay opted out")
_copies = _besides("copies", "copy of it in another organization ended too", "copies in other organizations ended too")
_since = _besides("changed_since", "changed since and was left", "changed since and were left")

tell(
    upload=_arrived("Upload: {}"),
    hand=_arrived("By hand: {}"),
    number_changed=_arrived("By a change of number: {}"),
    texted_in=_arrived("By a text of theirs: {}"),
    make_active=_changed("{} made active", _already, _still),
    make_inactive=_changed("{} made inactive", _already),
    assign=_changed("{} assigned", _already),
    unassign=_changed("{} unassigned", _already),
    undo_make_active=_changed("Undone: {} made inactive again", _since),
    undo_make_inactive=_changed("Undone: {} made active again", _since),
    undo_assign=_changed("Undone: {} assigned as before", _since),
    undo_unassign=_changed("Undone: {} assigned as before", _since),
    opt_out=_opted_out,
    sync_opt_out=_changed("{} opted out as in another organization of the account", _held),
    switch_sync_on="Account sync switched on",
    switch_sync_off="Account sync switched off",
    reverse_opt_out=lambda counts: ". ".join(filter(None, [_reversed(counts), _asked_since(counts), _copies(counts)])),
    cannot_receive="1 marked: the carrier says that the number receives no texts",
    receives_again="1 unmarked: a text was delivered",
    hold=_put_on_hold,
    release_hold="1 taken off hold: not an opt-out",
    edit="1 profile edited",
    change_number="1 number changed",
    create_tag="Tag created",
    create_tags=lambda counts: f"{_n(counts['tags'])} tag{'' if counts['tags'] == 1 else 's'} created with contacts",
    change_tag="Tag changed",
    retire_tag="Tag retired",
    bring_back_tag="Tag brought back",
    create_reason="Opt-out reason created",
    change_reason="Opt-out reason changed",
    retire_reason="Opt-out reason retired",
    bring_back_reason="Opt-out reason brought back",
    export_contacts=_export("contact"),
    export_members=_export("member"),
    export_messages=_export("message"),
    export_opt_outs=_export("opt-out"),
)
name_nobody(text="The contact", **ACTED)
name(
    hand="Add contact by hand",
    number_changed="Add contact by a change of number",
    texted_in="Add contact who texted in",
    edit="Edit contact",
    sync_opt_out="Opt out by account sync",
    switch_sync_on="Switch account sync on",
    switch_sync_off="Switch account sync off",
    hold="Put on hold",
    cannot_receive="Mark as receiving no texts",
    receives_again="Unmark as receiving no texts",
    release_hold="Take off hold",
    create_tags="Create tags with contacts",
    create_reason="Create opt-out reason",
    change_reason="Change opt-out reason",
    retire_reason="Retire opt-out reason",
    bring_back_reason="Bring back opt-out reason",
    export_opt_outs="Export opt-outs",
)
