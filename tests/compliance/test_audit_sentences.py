"""How the changes of this floor, and the ends of opt-outs, read in lists of changes."""

import pytest

from groups import audit_sentences
from groups.models import AuditEntry


@pytest.mark.parametrize(
    ("action", "counts", "sentence"),
    [
        ("look_up", {"phones": 1}, "1 number looked up"),
        ("file_reversal", {}, "Customer Support asked to end an opt-out"),
        ("file_reversal", {"entry": 7}, "Customer Support asked to end a bulk opt-out"),
        ("approve_reversal", {"changed": 3}, "1 request to end an opt-out approved"),
        ("approve_reversal", {"already": 1}, "1 request to end an opt-out approved: nothing was left to end"),
        ("approve_reversal", {"asked_since": 1}, "1 request to end an opt-out approved: asked again, so it stays"),
        ("decline_reversal", {}, "1 request to end an opt-out declined"),
        ("reverse_opt_out", {"changed": 1}, "1 opt-out ended"),
        (
            "reverse_opt_out",
            {"changed": 1200, "asked_since": 1, "copies": 2},
            "1,200 opt-outs ended. 1 asked again and stays opted out. 2 copies in other organizations ended too",
        ),
    ],
)
def test_an_entry_is_told_by_its_counts(action: str, counts: dict[str, int], sentence: str) -> None:
    assert audit_sentences.what(AuditEntry(action=action, counts=counts)) == sentence
