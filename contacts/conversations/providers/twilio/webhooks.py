"""Reading what Twilio posts to us: nothing is believed that it has not signed, nothing in it breaks the page."""

import re

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, QueryDict
from twilio.request_validator import RequestValidator

from contacts.conversations.providers.base import BadSignature, Inbound, Malformed, Report, Stage, storable
from contacts.conversations.providers.twilio.account import public
from contacts.conversations.providers.twilio.codes import CODE, fault

SID = re.compile(r"[A-Za-z0-9]{1,64}")
PHONE = re.compile(r"\+[1-9][0-9]{6,14}")
WORD = re.compile(r"[a-z_-]{1,32}")
MEDIA_ADDRESS = re.compile(r"https?://[!-~]{1,1000}")
MOST_MEDIA = 10
"""As many go with one text."""

OPT_OUT_TYPES = {"STOP", "START", "HELP"}
STAGES = {
    "sent": Stage.SENT,
    "delivered": Stage.DELIVERED,
    "read": Stage.DELIVERED,
    "undelivered": Stage.FAILED,
    "failed": Stage.FAILED,
    "canceled": Stage.FAILED,
}


def read_text(request: HttpRequest) -> Inbound:
    """A text. Raises ``BadSignature``, or ``Malformed`` with the field that is missing or wrong, without its value."""
    form = _signed(request)
    opt_out_type = form.get("OptOutType", "")
    return Inbound(
        provider_id=_field(form, "MessageSid", SID),
        number=_field(form, "To", PHONE),
        phone=_field(form, "From", PHONE),
        body=storable(_field(form, "Body")),
        media=_media(form),
        opt_out_type=opt_out_type if opt_out_type in OPT_OUT_TYPES else "",
    )


def read_report(request: HttpRequest) -> Report:
    """A report. Raises as ``read_text`` does; a status that we don't know is none that matters."""
    form = _signed(request)
    provider_id = _field(form, "MessageSid", SID)
    stage = STAGES.get(_field(form, "MessageStatus", WORD))
    if stage is not Stage.FAILED:
        return Report(provider_id, stage)
    code = form.get("ErrorCode", "")
    code = code if CODE.fullmatch(code) else ""
    return Report(provider_id, stage, fault(code), code)


def _signed(request: HttpRequest) -> QueryDict:
    """What was posted, if one of our tokens signed it for the public address of this page."""
    form = _form(request)
    address = public(request.get_full_path())
    signature = request.headers.get("X-Twilio-Signature", "")
    # Each of them is tried, so that the time tells nothing about which.
    fits = [RequestValidator(token).validate(address, form, signature) for token in settings.TWILIO_AUTH_TOKENS]
    if not any(fits):
        raise BadSignature("TWILIO_AUTH_TOKEN did not sign this for this address, or is not set.")
    return form


def _form(request: HttpRequest) -> QueryDict:
    if request.content_type != "application/x-www-form-urlencoded":
        raise BadSignature("No form.")
    try:
        return request.POST
    except (BadRequest, SuspiciousOperation) as refused:
        raise BadSignature("A form that Django refuses to read.") from refused


def _field(form: QueryDict, name: str, shape: re.Pattern[str] | None = None) -> str:
    value = form.get(name)
    if value is None:
        raise Malformed(f"{name} is missing.")
    if shape and not shape.fullmatch(value):
        raise Malformed(f"{name} is not what it should be: {shape.pattern}")
    return value


def _media(form: QueryDict) -> tuple[str, ...]:
    """Whatever addresses there are; how many there should be (NumMedia) is no reason to refuse a text."""
    addresses = [form.get(f"MediaUrl{number}", "") for number in range(MOST_MEDIA)]
    return tuple(address for address in addresses if MEDIA_ADDRESS.fullmatch(address))
