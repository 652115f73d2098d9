"""The tables of conversations: goals, threads, their messages and the media in them."""

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal
from contacts.conversations.models.message import Media, Message

__all__ = ["Conversation", "Goal", "Media", "Message"]
