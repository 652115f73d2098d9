"""Reading the arguments of our commands: a wrong one ends the command with one line."""

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.core.validators import validate_email

from groups.models import User

LONGEST = 120


def name_of(text: str) -> str:
    """A name without outer spaces."""
    name = text.strip()
    if not 0 < len(name) <= LONGEST:
        raise CommandError(f"A name has 1 to {LONGEST} characters.")
    return name


def address(text: str) -> str:
    """An e-mail address in lower case, of nobody who is deactivated."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise CommandError(f"{text} is not an e-mail address.")
    if User.objects.filter(email=email, is_active=False).exists():
        raise CommandError(f"{email} is deactivated and can't sign in. Choose somebody else.")
    return email


REFUSED = 2


def refused(cause: str) -> CommandError:
    """The end of a command that did nothing: exit 2, and one line whatever stands in the names of files and columns."""
    return CommandError(" ".join(cause.split()), returncode=REFUSED)


def somebody(email: str) -> User:
    """Whoever signs in with this address; without them the command is refused."""
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise refused(f"Nobody signs in as {email}.")
    return user
