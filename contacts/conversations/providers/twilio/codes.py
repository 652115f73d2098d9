"""What Twilio's error codes mean to us (https://www.twilio.com/docs/api/errors)."""

import re

from contacts.conversations.providers.base import Fault, NoAnswer, NotTaken, Refused

CODE = re.compile(r"[0-9]{1,8}")

FAULTS = {
    "21610": Fault.OPTED_OUT,  # attempt to send to an unsubscribed recipient
    "21211": Fault.CANNOT_RECEIVE,  # not a valid phone number
    "21217": Fault.CANNOT_RECEIVE,  # does not appear to be valid
    "21265": Fault.CANNOT_RECEIVE,  # a short code
    "21614": Fault.CANNOT_RECEIVE,  # not a mobile number
    "21635": Fault.CANNOT_RECEIVE,  # a landline
    "30005": Fault.CANNOT_RECEIVE,  # unknown or no longer in service
    "30006": Fault.CANNOT_RECEIVE,  # a landline, or a carrier that can't be reached
}
"""All others say nothing about the phone for good: 30003 is one that is switched off, 21612 a route that is missing."""

NOT_NOW = {
    "20003",  # wrong account or token
    "20005",  # the account is not active
    "20006",  # access denied
    "20404",  # no such account
    "20429",  # too many requests: "never processed and always safe to retry"
    "21611",  # too many texts of this number are queued
}
NOT_NOW_STATUSES = {401, 404, 407, 429}
"""Faults of ours or of the hour, and none of the text: it waits until they are mended."""


def fault(code: str) -> Fault:
    """Why a text was not delivered."""
    return FAULTS.get(code, Fault.OTHER)


def refusal(status: int, code: str) -> Refused | NotTaken | NoAnswer:
    """What an answer of 4xx to a text means; ``code`` is its body's, or the status again if it had none."""
    if status in NOT_NOW_STATUSES or code in NOT_NOW:
        return NotTaken(f"{status}, {code:.8}")
    if code == str(status) or not CODE.fullmatch(code):
        return NoAnswer(f"{status} without a code of Twilio's")
    return Refused(fault(code), code)
