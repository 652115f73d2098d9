"""How the changes of this floor read in lists of changes."""

from groups.audit_sentences import name, tell

tell(
    launch_goal="Goal launched",
    give_number="Sending number given to the group",
    take_number="Sending number taken from the group",
    drop_text="1 text dropped: it was older than the redaction of its number",
)
name(drop_text="Drop a text older than a redaction")
