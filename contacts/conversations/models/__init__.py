"""The tables of conversations: sending numbers, what comes in, goals, threads, their messages and the media in them."""

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal
from contacts.conversations.models.inbound import InboundText
from contacts.conversations.models.message import Media, Message
from contacts.conversations.models.number import SendingNumber

__all__ = ["Conversation", "Goal", "InboundText", "Media", "Message", "SendingNumber"]
