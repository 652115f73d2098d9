"""What this floor keeps about leads: requests to reverse their opt-outs (R5.3)."""

from compliance.models import ReversalRequest
from groups.redaction import Rows, register

register(
    Rows(
        "Requests to reverse an opt-out",
        "when they were filed and decided, by whom and how",
        ReversalRequest,
        lambda leads: ReversalRequest.objects.filter(account=leads.account_id, phone__among=leads.phones),
        organization="organization",
    ),
)
