"""What leaves as a file: contacts, members and opt-outs, row by row, redacted rows included (R6.7)."""
