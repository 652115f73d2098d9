"""How the changes of the top floor read in lists of changes and on timelines."""

from django.contrib.humanize.templatetags.humanize import intcomma

from contacts import timeline
from groups.audit_sentences import Counts, Telling, tell
from groups.models import AuditEntry


def _many(name: str, one: str, several: str, done: str) -> Telling:
    """ "2 leads redacted"."""

    def telling(counts: Counts) -> str:
        many = counts.get(name, 0)
        return f"{intcomma(many)} {one if many == 1 else several} {done}"

    return telling


def _filed(counts: Counts) -> str:
    what = "a bulk opt-out" if "entry" in counts else "an opt-out"
    return f"Customer Support asked to end {what}"


def _approved(counts: Counts) -> str:
    said = "1 request to end an opt-out approved"
    if counts.get("changed"):
        return said
    return said + (": asked again, so it stays" if counts.get("asked_since") else ": nothing was left to end")


def _agreed(entry: AuditEntry) -> str:
    again = entry.counts.get("asked_since")
    left = "but they had asked to stop again: the opt-out stays" if again else "and nothing was left to end"
    return f"Customer Support agreed, {left}"


tell(
    redact=_many("leads", "lead", "leads", "redacted"),
    look_up=_many("phones", "number", "numbers", "looked up"),
    file_reversal=_filed,
    approve_reversal=_approved,
    decline_reversal="1 request to end an opt-out declined",
)
timeline.tell(redact="Personal data erased")
timeline.tell(
    of_an_organization=True,
    file_reversal="Customer Support was asked to end the opt-out",
    approve_reversal=_agreed,
    decline_reversal="Customer Support declined to end the opt-out",
)
