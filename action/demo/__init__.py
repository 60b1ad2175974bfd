"""`make demo`: a repository, a hand edit, a change, a pull request's worth of it all, and an SDK that gets answers."""
