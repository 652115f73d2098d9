"""How the changes of this floor read in lists of changes."""

from groups.audit_sentences import name, tell

tell(
    launch_goal="Goal launched",
    change_wording="Texts changed",
    create_closing="Closing text approved",
    change_closing="Closing text changed",
    retire_closing="Closing text retired",
    bring_back_closing="Closing text brought back",
)
name(
    change_wording="Change texts",
    create_closing="Approve closing text",
    change_closing="Change closing text",
    retire_closing="Retire closing text",
    bring_back_closing="Bring back closing text",
)
