"""How the changes of this floor read in lists of changes."""

from django.contrib.humanize.templatetags.humanize import intcomma

from groups.audit_sentences import Counts, tell


def _many(counts: Counts, name: str, one: str, several: str) -> str:
    many = counts.get(name, 0)
    return f"{intcomma(many)} {one if many == 1 else several}"


tell(
    redact=lambda counts: f"{_many(counts, 'leads', 'lead', 'leads')} redacted",
    look_up=lambda counts: f"{_many(counts, 'phones', 'number', 'numbers')} looked up",
)
