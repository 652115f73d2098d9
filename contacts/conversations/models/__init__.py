"""The tables of conversations: numbers, what comes in, goals, threads, messages and their media, wordings."""

from contacts.conversations.models.conversation import Conversation
from contacts.conversations.models.goal import Goal, LastGoal, Recipient
from contacts.conversations.models.inbound import InboundText
from contacts.conversations.models.message import Media, Message
from contacts.conversations.models.number import SendingNumber
from contacts.conversations.models.wording import ClosingText, Wording

__all__ = [
    "ClosingText",
    "Conversation",
    "Goal",
    "InboundText",
    "LastGoal",
    "Media",
    "Message",
    "Recipient",
    "SendingNumber",
    "Wording",
]
