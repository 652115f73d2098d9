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
        raise CommandError(f"{text} is no e-mail address.")
    if User.objects.filter(email=email, is_active=False).exists():
        raise CommandError(f"{email} is deactivated and can't sign in. Choose somebody else.")
    return email
