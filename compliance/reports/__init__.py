"""The figures of reports for an account, an organization or a group, and the geometry of their pictures (R6.8)."""
