"""The tables of conversations: goals, threads, their messages and the media in them, an organization's wordings."""

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal
from contacts.conversations.models.message import Media, Message
from contacts.conversations.models.wording import ClosingText, Wording

__all__ = ["ClosingText", "Conversation", "Goal", "Media", "Message", "Wording"]
