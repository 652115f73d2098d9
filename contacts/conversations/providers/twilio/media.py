"""Pictures and files of texts: fetched from Twilio and its storage, from nowhere else (R8.5)."""

import logging
import re
from time import monotonic
from urllib.parse import urljoin, urlsplit

import requests

from contacts.conversations.providers.base import File, NoAnswer
from contacts.conversations.providers.twilio.account import Account
from contacts.conversations.providers.twilio.transport import TooLarge, read, time_left

logger = logging.getLogger(__name__)

LARGEST = 5 * 1024 * 1024
"""Bytes: as much as Twilio lets a text have."""

PATIENCE = 6
"""How many times the time of one call a whole download may take."""

HOPS = 4
REDIRECTIONS = {301, 302, 303, 307, 308}
GONE = {404, 410}

# Nothing but a plain host may stand where two readers of an address could disagree on it.
ADDRESS = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?(/[!-~]*)?", re.ASCII)
TWILIOS = re.compile(
    r"https://([a-z0-9-]+\.)*(twilio|twiliocdn)\.com(/.*)?"
    r"|https://s3-external-1\.amazonaws\.com/media\.twiliocdn\.com/[\w/-]+(\?.*)?",
    re.ASCII,
)
"""Its domains, and its share of an older storage."""

CONTENT_TYPE = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,59}", re.ASCII)


def download(address: str, account: Account, timeout: float) -> File | None:
    """The file at ``address``; None if it is gone, larger than ``LARGEST`` or not at Twilio. Raises ``NoAnswer``."""
    deadline = monotonic() + PATIENCE * timeout
    try:
        with requests.Session() as session:
            return _follow(session, address, account, deadline)
    except TooLarge:
        return None
    except (requests.RequestException, ValueError) as problem:  # ValueError: a redirection to what is no address
        raise NoAnswer(type(problem).__name__) from problem


def is_twilios(address: str, api: str) -> bool:
    """Whether ``address`` is Twilio's: the origin set as ``api``, or a host of its domains.

    An API on this machine has its storage on another port of it.
    """
    if not ADDRESS.fullmatch(address):
        return False
    asked, set_as = urlsplit(address), urlsplit(api)
    here = asked.scheme == set_as.scheme == "http" and asked.hostname == set_as.hostname
    return here or asked[:2] == set_as[:2] or bool(TWILIOS.fullmatch(address))


def _follow(session: requests.Session, address: str, account: Account, deadline: float) -> File | None:
    for _ in range(HOPS):
        if not is_twilios(address, account.api):
            logger.warning("A file of a text is not at Twilio, but at %.100r: left there.", _place(address))
            return None
        auth = account.auth if _wants_auth(address, account.api) else None
        with session.get(
            address, auth=auth, timeout=time_left(deadline), stream=True, allow_redirects=False
        ) as response:
            if response.status_code not in REDIRECTIONS:
                return _file(response, deadline)
            address = urljoin(address, response.headers.get("Location", ""))
    raise NoAnswer("Led on and on.")


def _place(address: str) -> str:
    return address.partition("//")[2].partition("/")[0]


def _wants_auth(address: str, api: str) -> bool:
    """Our token is for the API alone; storage has its own signature in the address."""
    return urlsplit(address)[:2] in (("https", "api.twilio.com"), urlsplit(api)[:2])


def _file(response: requests.Response, deadline: float) -> File | None:
    if response.status_code in GONE:
        return None
    if response.status_code != 200:
        raise NoAnswer(str(response.status_code))
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    known = CONTENT_TYPE.fullmatch(content_type)
    return File(content_type if known else "application/octet-stream", read(response, LARGEST, deadline))
