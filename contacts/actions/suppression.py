"""What a redaction leaves of an open opt-out: a keyed digest of the phone, joined to nothing (R5.4)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date

from contacts import digests
from contacts.actions.arrival import suppressions
from contacts.models import Hold, OptOut, Suppression
from groups.models import Organization


def suppress(organization: Organization, phones: Sequence[str]) -> int:
    """Suppress the phones (E.164) with an open opt-out or an undecided hold, from its day (UTC) on; how many.

    Inside the redaction's transaction, before the phones go. One that is suppressed already stays so.
    """
    days: dict[str, date] = {}
    for phone, day in _days(organization, phones):
        days[phone] = min(day, days.get(phone, day))
    already = suppressions(organization, sorted(days))
    key_id = digests.current_key_id()
    made = Suppression.objects.bulk_create(
        Suppression(
            account_id=organization.account_id,
            organization=organization,
            digest=digests.digest(organization.account_id, "suppression", phone, key_id),
            key_id=key_id,
            day=day,
        )
        for phone, day in days.items()
        if phone not in already
    )
    return len(made)


def _days(organization: Organization, phones: Sequence[str]) -> Iterator[tuple[str, date]]:
    episodes = OptOut.objects.open().filter(organization=organization, phone__among=phones)
    holds = Hold.objects.open().filter(organization=organization, phone__among=phones)
    for phone, start in (*episodes.values_list("phone", "started"), *holds.values_list("phone", "opened")):
        yield str(phone), start.astimezone(UTC).date()
