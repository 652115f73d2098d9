"""How the changes of the top floor read in lists of changes."""

from django.contrib.humanize.templatetags.humanize import intcomma

from groups.audit_sentences import Counts, tell


def _looked_up(counts: Counts) -> str:
    many = counts["phones"]
    return f"{intcomma(many)} number{'' if many == 1 else 's'} looked up"


def _filed(counts: Counts) -> str:
    what = "a bulk opt-out" if "entry" in counts else "an opt-out"
    return f"Customer Support asked to end {what}"


def _approved(counts: Counts) -> str:
    said = "1 request to end an opt-out approved"
    if counts.get("changed"):
        return said
    return said + (": asked again, so it stays" if counts.get("asked_since") else ": nothing was left to end")


tell(
    look_up=_looked_up,
    file_reversal=_filed,
    approve_reversal=_approved,
    decline_reversal="1 request to end an opt-out declined",
)
