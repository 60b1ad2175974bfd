"""Third-party I/O, kept at arm's length: git, folders, GitHub, search."""
