"""What an organization says when texts stop, and to HELP."""

from groups.models import Organization


def confirmation(organization: Organization) -> str:
    """The one text after a STOP (R4.4)."""
    return f"{organization}: you are opted out and will get no more texts from us."


def help_reply(organization: Organization) -> str:
    """The one answer to a HELP."""
    return f"{organization}: volunteers text you from this number. Reply STOP to opt out."
