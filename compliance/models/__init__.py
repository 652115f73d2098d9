"""The tables of the top floor: redactions with their receipts, and requests to reverse opt-outs."""

from compliance.models.redaction import DoomedFile, RedactedPhone, Redaction
from compliance.models.reversal import ReversalRequest

__all__ = ["DoomedFile", "RedactedPhone", "Redaction", "ReversalRequest"]
