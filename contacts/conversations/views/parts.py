"""What the pages of conversations share: how they answer htmx, read a thread, and serve its files."""

from collections.abc import Collection

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.formats import date_format
from django.utils.http import content_disposition_header

from contacts.conversations import history
from contacts.conversations.history import History
from contacts.conversations.models import Conversation, Media, Message
from contacts.conversations.models.message import PICTURES
from contacts.models import Membership, OptOut
from contacts.models.membership import MembershipQuerySet
from contacts.timeline import Event
from groups.access import SignedIn
from groups.models import Group
from groups.views.page import wants_part


def answer(request: SignedIn, template: str, part: str, context: dict[str, object]) -> HttpResponse:
    """The page; to htmx only its part, with the address under which it stands."""
    wanted = wants_part(request)
    response = render(request, f"{template}#{part}" if wanted else template, context)
    if wanted and request.htmx.current_url_abs_path != request.get_full_path():
        response["HX-Push-Url"] = request.get_full_path()
    patch_vary_headers(response, ["HX-Request"])
    return response


def conversation_of(group: Group, conversation_id: int, members: MembershipQuerySet) -> tuple[Conversation, Membership]:
    """A conversation whose contact is among ``members``, with its membership; else 404."""
    found = group.conversations.select_related("contact__organization", "group__organization", "writer")
    conversation = get_object_or_404(found, pk=conversation_id)
    member = members.select_related("agent", "group__organization").filter(contact=conversation.contact_id).first()
    if member is None:
        raise Http404
    return conversation, member


def read(conversation: Conversation, events: Collection[Event], before: int | None) -> History:
    """The texts and events of a page, the latest or those before a text of the same conversation; else 404."""
    last: Message | None = get_object_or_404(conversation.messages, pk=before) if before else None
    return history.of_conversation(conversation, events, before=last)


def open_episode(group: Group, phone: str | None) -> OptOut | None:
    """The truth about an opt-out: the phone's open episode in the group's organization."""
    episodes = OptOut.objects.open().filter(organization=group.organization, phone=phone)
    return episodes.select_related("actor", "reason").first()


def since(episode: OptOut) -> str:
    """ "Opted out 12 May, by text"."""
    day = timezone.localtime(episode.started)
    written = date_format(day, "j M" if day.year == timezone.localdate().year else "j M Y")
    return f"Opted out {written}, {episode.get_source_display().lower()}"


def serve(conversation: Conversation, media_id: int) -> HttpResponse:
    """A file of this conversation, shown if it is one of a few kinds of picture, else handed over as a download.

    No browser guesses another type, runs it or keeps it.
    """
    media = get_object_or_404(Media.objects.filter(message__conversation=conversation), pk=media_id)
    ending = PICTURES.get(media.content_type)
    try:
        with media.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(content, content_type=media.content_type if ending else "application/octet-stream")
    name = f"file-{media.pk}.{ending or 'bin'}"
    response["Content-Disposition"] = str(content_disposition_header(ending is None, name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
