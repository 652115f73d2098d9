"""How the changes of this floor read in lists of changes and on timelines."""

from contacts import timeline
from groups.audit_sentences import name, tell

tell(
    draft_goal="Goal drafted",
    change_goal="Goal changed",
    launch_goal="Goal launched",
    pause_goal="Goal paused",
    resume_goal="Goal resumed",
    stop_goal="Goal stopped",
    note_result="Result of a goal noted",
    give_number="Sending number given to the group",
    take_number="Sending number taken from the group",
    drop_text="1 text dropped: it was older than the redaction of its number",
    change_wording="Texts changed",
    create_closing="Closing text approved",
    change_closing="Closing text changed",
    retire_closing="Closing text retired",
    bring_back_closing="Closing text brought back",
)
name(
    drop_text="Drop a text older than a redaction",
    change_wording="Change texts",
    create_closing="Approve closing text",
    change_closing="Change closing text",
    retire_closing="Retire closing text",
    bring_back_closing="Bring back closing text",
)
timeline.tell(note_result="Result of a goal noted")
