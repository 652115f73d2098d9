"""What an inbound text asks for: ``classify`` (R8.1 to R8.4).

A text goes through ``cut`` (the sender's own words), ``normal`` (one spelling for all) and ``judge`` (keywords,
requests weighed by ``asked``, doubts); what is no certain stop so is read again as ``near`` would have it. The tables
stand in ``words``, ``names``, ``phrases``, ``around``, ``doubts``, ``otherwise`` and ``romance``; ``patterns`` makes
expressions of them. Nothing here knows a database.
"""

from contacts.conversations.classify.cut import is_reaction
from contacts.conversations.classify.judge import classify
from contacts.conversations.classify.verdict import Verdict

__all__ = ["Verdict", "classify", "is_reaction"]
