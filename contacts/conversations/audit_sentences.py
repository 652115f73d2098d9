"""How the changes of this floor read in lists of changes."""

from groups.audit_sentences import tell

tell(launch_goal="Goal launched")
