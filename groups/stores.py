"""What this floor keeps about leads: words in the audit, and messages that wait in somebody's session (R5.3)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from groups.models import AuditEntry, AuditText, User
from groups.redaction import Keys, Leads, Store, Texts, register

MESSAGES = SessionStorage.session_key


def _texts(leads: Leads) -> QuerySet[AuditText]:
    return AuditText.objects.filter(pk__in=AuditEntry.objects.filter(pk__among=leads.touching).values("text"))


def _about_nobody_else(leads: Leads, keys: Keys) -> Keys:
    entries = AuditEntry.objects.filter(text__among=list(keys)).values_list("pk", "text_id")
    return [text for entry, text in entries if leads.touching.get(entry)]


@dataclass(frozen=True, eq=False)
class SessionMessages(Store):
    """What was said to people of the account and not read yet."""

    @property
    def models(self) -> Any:
        return {Session}

    def keys(self, leads: Leads) -> Keys:
        return [session.pk for session, messages in _pending(leads) if _hidden(leads, messages) != messages]

    def erase(self, leads: Leads, keys: Keys) -> None:
        """Whoever signed out meanwhile took theirs along; the rest of a session stays as it is by now."""
        for session in Session.objects.filter(pk__among=list(keys)).order_by("pk").select_for_update(no_key=True):
            data = session.get_decoded()
            data[MESSAGES] = json.dumps(_hidden(leads, json.loads(data.get(MESSAGES) or "[]")))
            session.session_data = Session.objects.encode(data)
            session.save(update_fields=["session_data"])

    def left(self, leads: Leads, keys: Keys) -> int:
        return len(self.keys(leads))


def _pending(leads: Leads) -> Iterator[tuple[Session, Any]]:
    """The sessions of the account's people in which messages wait."""
    ours = {str(pk) for pk in User.objects.filter(roles__account=leads.account_id).values_list("pk", flat=True)}
    for session in Session.objects.iterator(chunk_size=500):
        data = session.get_decoded()
        if data.get(SESSION_KEY) in ours and data.get(MESSAGES):
            yield session, json.loads(data[MESSAGES])


def _hidden(leads: Leads, messages: Any) -> Any:
    return leads.traces.hidden(messages, names=True)


register(
    Texts(
        "Notes on changes and names of files",
        "who did what when; the words too, without this person in them, where others were changed with them",
        AuditText,
        _texts,
        alone=_about_nobody_else,
    ),
    SessionMessages("Messages on screens", ""),
    last=True,
)
