"""Who may call: credentials, where they stand in a request, grants, and what is refused or not needed."""
